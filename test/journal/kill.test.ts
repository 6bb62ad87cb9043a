/** Services killed in the middle of feedback, again and again: what was acknowledged is in the store, once. */

import { describe, expect, test } from '@jest/globals';
import type { Connection } from '../../src/journal/connection.js';
import { startService, type ServiceProcess } from '../support/service-process.js';
import { freshStore, type StoreKind } from './stores.js';
import { verifyJournal } from '../../src/journal/verify.js';
import { connected, keys, SECRET } from './support.js';

/** More by hand: KILL_ROUNDS=100 npm test -- test/journal/kill */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 10);
const CARDS = 12;

/** Answers of one round: the service is killed while they are on their way. */
async function round(service: ServiceProcess, next: ServiceProcess | undefined, seed: number) {
  const cards = (await Promise.all(Array.from({ length: CARDS }, () => service.call()))).flat();
  const uuids = cards.map(({ uuid }) => uuid);
  // The entries of the cards are on their way into the store.
  await new Promise((resolve) => {
    setTimeout(resolve, 120);
  });
  const sent = uuids.map(async (uuid, position) => {
    await new Promise((resolve) => {
      setTimeout(resolve, position * 2);
    });
    return { uuid, status: await (next !== undefined && position % 3 === 0 ? next : service).feedback(uuid) };
  });
  setTimeout(() => process.kill(service.pid, 'SIGKILL'), 3 + ((seed * 7) % 30));
  const answers = await Promise.all(sent);
  await service.kill();
  return answers.filter(({ status }) => status === 200).map(({ uuid }) => uuid);
}

/** Acknowledged feedback, sorted, beside what the store has of it: rows, and entries of the chains. */
async function expectEachOnce(connection: Connection, acknowledged: readonly string[]) {
  const { db } = await connection.get();
  const rows = await db.selectFrom('feedback').select('card').execute();
  const entries = await db.selectFrom('entry').select('body').where('kind', '=', 'feedback').execute();
  const inEntries = entries.map(({ body }) => (JSON.parse(body) as { card: string }).card);
  expect(new Set(inEntries).size).toBe(inEntries.length);
  expect(rows.map(({ card }) => card).sort()).toEqual([...inEntries].sort());
  const stored = new Set(inEntries);
  expect(acknowledged.filter((uuid) => !stored.has(uuid))).toEqual([]);
  const { faults } = await verifyJournal({ db, keys });
  expect(faults).toEqual([]);
  return { acknowledged: acknowledged.length, stored: inEntries.length };
}

async function start(url: string): Promise<ServiceProcess> {
  return startService({ variables: { DATABASE_URL: url, JOURNAL_KEY: SECRET } });
}

describe(`${ROUNDS} rounds of SIGKILL`, () => {
  test('of one service on SQLite: everything acknowledged is there exactly once', async () => {
    const url = await freshStore('SQLite');
    const acknowledged: string[] = [];
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      acknowledged.push(...(await round(await start(url), undefined, turn)));
    }
    const found = await expectEachOnce(connected(url), acknowledged);
    report('SQLite', found);
    expect(acknowledged.length).toBeGreaterThan(0);
  }, 600_000);

  test('of two replicas on PostgreSQL, one after the other: everything acknowledged is there exactly once', async () => {
    const url = await freshStore('PostgreSQL');
    const acknowledged: string[] = [];
    let [one, other] = await Promise.all([start(url), start(url)]);
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      acknowledged.push(...(await round(one, other, turn)));
      [one, other] = [other, await start(url)];
    }
    await Promise.all([one.stop(), other.stop()]);
    const found = await expectEachOnce(connected(url), acknowledged);
    report('PostgreSQL', found);
    expect(acknowledged.length).toBeGreaterThan(0);
  }, 600_000);
});

/** For whoever runs more rounds by hand. */
function report(store: StoreKind, found: { acknowledged: number; stored: number }): void {
  process.stderr.write(
    `${store}: ${ROUNDS} kills, ${found.acknowledged} acknowledged, all found; ${found.stored} stored\n`,
  );
}
