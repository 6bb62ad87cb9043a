/** The service as a process: what it refuses to start with, what its first log line says, and how it stops. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { sqlitePath } from '../src/journal/database.js';
import { temporaryDatabase } from './support/database.js';
import { startService as startToCall } from './support/service-process.js';

const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** @returns the process, its output so far, and promises of a log line and of the end */
function startService(variables: Record<string, string>) {
  const { PATH } = process.env;
  const child = spawn(process.execPath, ['tools/start.mjs'], {
    env: { PATH, DATABASE_URL: temporaryDatabase(), ...variables },
  });
  running.push(child);
  const output = { text: '' };
  const collect = (chunk: Buffer) => {
    output.text += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', () => output.text.includes('"msg":"ready"') && resolve());
  });
  return { child, output, ended, ready };
}

const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

test('faults of the environment are told one a line, without a stack', async () => {
  const { ended, output } = startService({ HOST: '0.0.0.0', PORT: '0' });
  expect(await ended).toBe(1);
  expect(output.text.trim().split('\n')).toEqual([
    expect.stringMatching(/^HOST: .*ALLOW_ANONYMOUS=true/),
    expect.stringMatching(/^PUBLIC_URL: must be given/),
  ]);
});

test('a folder without cards does not start', async () => {
  const { ended, output } = startService({ PORT: '0', CARDS_DIR: './docs' });
  expect(await ended).toBe(1);
  expect(output.text).not.toMatch(/^\s+at /m);
});

test('the first log line says that calls without a token are taken, and SIGTERM ends the service in time', async () => {
  const { child, ended, output, ready } = startService({ PORT: '0' });
  await ready;
  const start = Date.now();
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(Date.now() - start).toBeLessThan(10_000);
  expect(lines(output.text).map(({ msg }) => msg)).toEqual([
    'Calls without a token are taken: this service does not check who calls.',
    'ready',
    'stopping',
    'stopped',
  ]);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  'a second %s changes nothing',
  async (signal) => {
    const { child, ended, output, ready } = startService({ PORT: '0' });
    await ready;
    child.kill(signal);
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.kill(signal);
    expect(await ended).toBe(0);
    expect(lines(output.text).filter(({ msg }) => msg === 'stopping' || msg === 'stopped')).toHaveLength(2);
  },
  30_000,
);

test('a port that is taken is told in one line', async () => {
  const first = startService({ PORT: '0' });
  await first.ready;
  const port = String(lines(first.output.text).at(-1)?.port);
  const second = startService({ PORT: port });
  expect(await second.ended).toBe(1);
  expect(second.output.text).toContain(
    `PORT: expected a free port, but ${port} on 127.0.0.1 is taken (EADDRINUSE); end what has it, or set another port\n`,
  );
});

/** A folder of the test's own. */
const folder = () => dirname(sqlitePath(temporaryDatabase()) ?? '');

test('a file in place of the folder of cards is told by the name of the setting', async () => {
  const CARDS_DIR = join(folder(), 'cards');
  writeFileSync(CARDS_DIR, 'cards: none');
  const { ended, output } = startService({ PORT: '0', CARDS_DIR });
  expect(await ended).toBe(1);
  expect(output.text).toContain(
    `${CARDS_DIR}:1 is a file; expected the folder of the cards: name it in CARDS_DIR\n`,
  );
  expect(output.text).not.toContain('ENOTDIR');
});

test('an address of the operator that is not of this machine is told by the name of the setting', async () => {
  const { ended, output } = startService({ PORT: '0', ADMIN_PORT: '0', ADMIN_HOST: '192.0.2.1' });
  expect(await ended).toBe(1);
  expect(output.text).toContain(
    'ADMIN_HOST: expected an address of this machine, got 192.0.2.1 (EADDRNOTAVAIL);',
  );
});

describe('what can never become the journal is refused, and nothing is left beside it', () => {
  test.each([{}, { JOURNAL_KEY: 'k'.repeat(32) }])('a folder, with %j', async (more) => {
    const place = folder();
    mkdirSync(join(place, 'journal'));
    const { ended, output } = startService({
      PORT: '0',
      DATABASE_URL: `sqlite:${join(place, 'journal')}`,
      ...more,
    });
    expect(await ended).toBe(1);
    expect(output.text).toMatch(
      /^DATABASE_URL: expected the path of a SQLite file, .*; got a folder \(.*\); name another path\n$/,
    );
    expect(readdirSync(place)).toEqual(['journal']);
  });

  test.each(['name,dose\nbaclofen,5\n', 'x'])('a file that begins with %j', async (text) => {
    const place = folder();
    writeFileSync(join(place, 'doses.csv'), text);
    const { ended, output } = startService({
      PORT: '0',
      DATABASE_URL: `sqlite:${join(place, 'doses.csv')}`,
    });
    expect(await ended).toBe(1);
    expect(output.text).toMatch(/^DATABASE_URL: expected .*; got a file of another kind \(/);
    expect(readdirSync(place)).toEqual(['doses.csv']);
  });
});

test('a file that is empty, or the journal of before, is taken', async () => {
  const DATABASE_URL = temporaryDatabase();
  writeFileSync(sqlitePath(DATABASE_URL) ?? '', '');
  for (const start of ['first', 'again']) {
    const service = await startToCall({ variables: { DATABASE_URL } });
    const [card] = await service.call();
    expect([start, await service.feedback(card?.uuid ?? '')]).toEqual([start, 200]);
    expect(await service.stop()).toBe(0);
  }
});

test('an address without TLS is warned of in the second line, whatever HOST is', async () => {
  const { output, ready } = startService({
    PORT: '0',
    PUBLIC_URL: 'http://cds.example.org',
    ALLOW_ANONYMOUS: 'true',
  });
  await ready;
  expect(
    lines(output.text)
      .slice(0, 2)
      .map(({ msg }) => msg),
  ).toEqual([
    'Calls without a token are taken: this service does not check who calls.',
    'Clients are told an address without TLS: CDS Hooks asks for https.',
  ]);
});

test.each(['warn', 'fatal', 'silent'])(
  'what journal verify --log builds on is written at LOG_LEVEL %s as well',
  async (LOG_LEVEL) => {
    const service = await startToCall({ variables: { DATABASE_URL: temporaryDatabase(), LOG_LEVEL } });
    await service.call();
    expect(await service.stop()).toBe(0);
    const kept = lines(service.log()).filter(({ level }) => Number(level) < 40);
    expect(kept).toEqual([
      {
        level: 30,
        time: expect.any(String),
        host: '127.0.0.1',
        port: service.port,
        publicUrl: expect.any(String),
        pid: service.pid,
        msg: 'ready',
      },
      {
        level: 30,
        time: expect.any(String),
        chain: expect.any(String),
        seq: 2,
        hash: expect.any(String),
        msg: 'head of the journal',
      },
    ]);
  },
);
