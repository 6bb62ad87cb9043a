/** The store fails under a running service: cards are given out all the same, feedback is refused, and both recover by themselves. */

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import Sqlite from 'libsql';
import { type ServiceProcess, startService, untilStatus, untilTold } from '../support/service-process.js';
import { freshStore, server } from './stores.js';
import { SECRET } from './support.js';

const RECOVERY_MS = 5_000;
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own for a SQLite file, which a service without privileges may write. */
function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rx-distinct-fault-'));
  chmodSync(folder, 0o777);
  folders.push(folder);
  return folder;
}

const start = (url: string, more: Partial<Parameters<typeof startService>[0]> = {}) =>
  startService({ variables: { DATABASE_URL: url, JOURNAL_KEY: SECRET }, ...more });

/** Gives out a card, whose entry is stored before anything fails. */
async function storedCard(service: ServiceProcess): Promise<string> {
  const [card] = await service.call();
  expect(await service.feedback(card?.uuid ?? '')).toBe(200);
  return card?.uuid ?? '';
}

interface Fault {
  readonly begin: () => void | Promise<void>;
  readonly end: () => void | Promise<void>;
}

/**
 * What must hold of every fault: cards, 503 for feedback, and 200 again after its end.
 * @returns milliseconds from the end of the fault to the first 200
 */
async function recovery(service: ServiceProcess, { begin, end }: Fault): Promise<number | undefined> {
  const card = await storedCard(service);
  await begin();
  const refused = await untilStatus(503, () => service.feedback(card));
  if (refused === undefined) throw new Error(`feedback was not refused:\n${service.log()}`);
  for (let times = 0; times < 3; times += 1) expect(await service.call()).toHaveLength(1);
  expect(await untilStatus(200, () => readyButFailing(service))).toBeDefined();
  await end();
  const recoveredMs = await untilStatus(200, () => service.feedback(card));
  if (recoveredMs === undefined) throw new Error(`feedback is refused still:\n${service.log()}`);
  const [later] = await service.call();
  expect(await service.feedback(later?.uuid ?? '')).toBe(200);
  expect(await untilTold([service], 'the journal is written again')).toBe(true);
  return recoveredMs;
}

/** Readiness stays: without the journal there is no feedback, but there are cards. */
async function readyButFailing(service: ServiceProcess): Promise<number> {
  const ready = await fetch(`${service.url}/readyz`);
  const { journal } = (await ready.json()) as { journal: string };
  return journal.startsWith('cannot be written') ? ready.status : 0;
}

describe('a SQLite file', () => {
  test('on a disk that is full', async () => {
    const path = join(ownFolder(), 'journal.sqlite');
    // A file that may not grow is what SQLite sees of a full disk; without the signal the write fails with EFBIG.
    const service = await start(`sqlite:${path}`, { by: ['sh', '-c', 'trap \'\' XFSZ; exec "$@"', 'sh'] });
    const limit = (size: string) =>
      execFileSync('prlimit', ['--pid', String(service.pid), `--fsize=${size}:unlimited`]);
    const fault = { begin: () => void limit('1024'), end: () => void limit('unlimited') };
    expect(await recovery(service, fault)).toBeLessThan(RECOVERY_MS);
  });

  test('that another program has locked', async () => {
    const path = join(ownFolder(), 'journal.sqlite');
    const service = await start(`sqlite:${path}`);
    const other = new Sqlite(path);
    const fault = {
      begin: () => void other.exec('BEGIN IMMEDIATE'),
      end: () => void other.exec('ROLLBACK'),
    };
    expect(await recovery(service, fault)).toBeLessThan(RECOVERY_MS);
    other.close();
  });

  test('that may only be read', async () => {
    const folder = ownFolder();
    const path = join(folder, 'journal.sqlite');
    // Root may write whatever the file says.
    const uid = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const before = await start(`sqlite:${path}`, uid);
    const card = await storedCard(before);
    await before.stop();
    const allow = (ofFiles: number, ofFolder: number) => {
      for (const file of readdirSync(folder)) chmodSync(join(folder, file), ofFiles);
      chmodSync(folder, ofFolder);
    };
    allow(0o444, 0o555);
    const service = await start(`sqlite:${path}`, uid);
    expect(await service.call()).toHaveLength(1);
    expect(await service.feedback(card)).toBe(503);
    expect(await untilStatus(200, () => readyButFailing(service))).toBeDefined();
    allow(0o666, 0o777);
    expect(await untilStatus(200, () => service.feedback(card))).toBeLessThan(RECOVERY_MS);
  });
});

describe('PostgreSQL', () => {
  test('that is gone and comes back', async () => {
    const postgres = await server();
    const service = await start(await freshStore('PostgreSQL'));
    const fault = { begin: () => postgres.kill(), end: () => postgres.start() };
    expect(await recovery(service, fault)).toBeLessThan(RECOVERY_MS);
  });

  test('that goes while it is asked: the service lives', async () => {
    const postgres = await server();
    const service = await start(await freshStore('PostgreSQL'));
    const cards = (await Promise.all(Array.from({ length: 10 }, () => service.call()))).flat();
    const answers = cards.map(({ uuid }) => service.feedback(uuid));
    await postgres.kill();
    const statuses = await Promise.all(answers);
    await postgres.start();
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(await service.call()).toHaveLength(1);
  });

  test('that may only be read', async () => {
    const postgres = await server();
    const url = await freshStore('PostgreSQL');
    const service = await start(url);
    const name = new URL(url).pathname.slice(1);
    const readOnly = async (value: string) => {
      await postgres.run(`alter database ${name} set default_transaction_read_only = ${value}`);
      await postgres.run(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    };
    const fault = { begin: () => readOnly('on'), end: () => readOnly('off') };
    expect(await recovery(service, fault)).toBeLessThan(RECOVERY_MS);
  });

  test('that hangs: feedback is refused soon, and no transaction is left behind', async () => {
    const postgres = await server();
    const url = await freshStore('PostgreSQL');
    const service = await start(url);
    const card = await storedCard(service);
    postgres.freeze('SIGSTOP');
    const began = performance.now();
    const statuses = await Promise.all([
      service.feedback(card),
      service.feedback(card),
      service.feedback(card),
    ]);
    const waitedMs = performance.now() - began;
    expect(await service.call()).toHaveLength(1);
    // Longer than a statement is waited for.
    await new Promise((resolve) => {
      setTimeout(resolve, 5_000);
    });
    postgres.freeze('SIGCONT');
    expect(statuses).toEqual([503, 503, 503]);
    expect(waitedMs).toBeLessThan(4_000);
    expect(await untilStatus(200, () => service.feedback(card))).toBeLessThan(RECOVERY_MS);
    const open = `select pid from pg_stat_activity where datname = '${new URL(url).pathname.slice(1)}'
      and state like 'idle in transaction%' and state_change < now() - interval '1 second'`;
    expect(await untilStatus(0, async () => (await postgres.run(open)).length)).toBeDefined();
    for (let times = 0; times < 5; times += 1) await storedCard(service);
    expect(await postgres.run(open)).toEqual([]);
  });

  test('whose table somebody has locked', async () => {
    const postgres = await server();
    const url = await freshStore('PostgreSQL');
    const service = await start(url);
    const lock = postgres.hold(url, 'begin; lock table entry in access exclusive mode');
    const fault = { begin: () => lock.begin(), end: () => lock.end() };
    expect(await recovery(service, fault)).toBeLessThan(RECOVERY_MS);
  });
});

test('a service that starts while its PostgreSQL is not there gives out cards, and takes feedback once it is', async () => {
  const postgres = await server();
  const url = await freshStore('PostgreSQL');
  await postgres.kill();
  const service = await start(url);
  const [card] = await service.call();
  expect(await service.feedback(card?.uuid ?? '')).toBe(503);
  await postgres.start();
  expect(await untilStatus(200, () => service.feedback(card?.uuid ?? ''))).toBeLessThan(RECOVERY_MS);
  expect(await service.stop()).toBe(0);
});
