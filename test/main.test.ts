/** The service as a process: what it refuses to start with, what its first log line says, and how it stops. */
import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, expect, test } from '@jest/globals';
import { temporaryDatabase } from './support/database.js';

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
  expect(second.output.text).toContain('EADDRINUSE');
});
