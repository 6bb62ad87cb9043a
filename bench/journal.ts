/** How many entries a second the journal writes, beside the bare driver with rows of the same size and batches of the same length. */

import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'libsql';
import pg from 'pg';
import { createConnection } from '../src/journal/connection.js';
import type { DecisionEntry } from '../src/journal/decision.js';
import { journalKeys } from '../src/journal/keys.js';
import { createWriter } from '../src/journal/queue-writer.js';
import { median } from './load.js';
import type { Setting } from './setting.js';
import { table } from './tables.js';

export interface Writes {
  readonly store: string;
  readonly entriesPerSecond: number;
  readonly rowsPerSecondOfDriver: number;
  readonly bytesOfAnEntry: number;
}

const ENTRIES = 6_000;
const BATCH = 64;
const keys = journalKeys('a secret of the bench, long enough');
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function decision(): DecisionEntry {
  const drugs = ['baclofen'];
  const issued = { uuid: randomUUID(), topic: 'interchange-replaced', version: '1.0.0', indicator: 'warning' } as const;
  return {
    requestId: randomUUID(),
    client: 'general-hospital',
    tenant: '',
    hook: 'order-sign',
    service: 'rx-distinct-order-sign',
    library: 'f'.repeat(64),
    orders: [drugs],
    patient: keys.patient({ client: 'general-hospital', tenant: '', id: randomUUID() }),
    prescriber: keys.prescriber({ client: 'general-hospital', tenant: '', id: 'Practitioner/1' }),
    issued: [{ ...issued, drugs, suggestions: [randomUUID()] }],
    suppressed: [],
    unread: {},
    ms: 4,
  };
}

/** @param postgresUrl address of an empty database; absent: SQLite alone */
export async function measureJournal(
  { folder, rounds }: Setting,
  postgresUrl: string | undefined,
): Promise<readonly Writes[]> {
  const body = JSON.stringify(decision());
  const file = join(folder, 'bare.sqlite');
  const found = [
    await compared('SQLite', rounds, `sqlite:${join(folder, 'writes.sqlite')}`, body, () => bareSqlite(file, body)),
  ];
  if (postgresUrl !== undefined) {
    found.push(await compared('PostgreSQL', rounds, postgresUrl, body, () => barePostgres(postgresUrl, body)));
  }
  console.log(
    `\n${table(
      ['journal', 'entries/s', 'rows/s of the driver', 'of it', 'bytes of an entry'],
      found.map(({ store, entriesPerSecond, rowsPerSecondOfDriver, bytesOfAnEntry }) => [
        store,
        entriesPerSecond.toFixed(0),
        rowsPerSecondOfDriver.toFixed(0),
        `${((100 * entriesPerSecond) / rowsPerSecondOfDriver).toFixed(0)} %`,
        String(bytesOfAnEntry),
      ]),
    )}`,
  );
  return found;
}

async function compared(
  store: string,
  rounds: number,
  url: string,
  body: string,
  bare: () => Promise<number>,
): Promise<Writes> {
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await written(url));
    theirs.push(await bare());
  }
  return {
    store,
    entriesPerSecond: median(ours),
    rowsPerSecondOfDriver: median(theirs),
    bytesOfAnEntry: body.length,
  };
}

/** @returns entries a second; each brings a row of `entry`, one of `issued`, and its share of the counts */
async function written(url: string): Promise<number> {
  const connection = createConnection(url);
  const writer = createWriter({ connection, keys, clock: () => new Date(), log: silent });
  writer.decided(decision());
  await writer.flush(30_000);
  const start = performance.now();
  for (let entry = 0; entry < ENTRIES; entry += 1) writer.decided(decision());
  await writer.flush(120_000);
  const perSecond = perSecondSince(start);
  await connection.drop();
  return perSecond;
}

async function bareSqlite(file: string, body: string): Promise<number> {
  rmSync(file, { force: true });
  const db = new Sqlite(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE t (id TEXT PRIMARY KEY, body TEXT)');
  const insert = db.prepare('INSERT INTO t VALUES (?, ?)');
  const start = performance.now();
  for (let entry = 0; entry < ENTRIES; entry += 1) {
    if (entry % BATCH === 0) db.exec('BEGIN');
    insert.run(randomUUID(), body);
    if (entry % BATCH === BATCH - 1 || entry === ENTRIES - 1) db.exec('COMMIT');
  }
  const perSecond = perSecondSince(start);
  db.close();
  return perSecond;
}

async function barePostgres(connectionString: string, body: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query('DROP TABLE IF EXISTS bare; CREATE TABLE bare (id text PRIMARY KEY, body text)');
  const start = performance.now();
  for (let entry = 0; entry < ENTRIES; entry += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, ENTRIES - entry) }, () => [randomUUID(), body]);
    const places = rows.map((_, row) => `($${2 * row + 1}, $${2 * row + 2})`).join(', ');
    await client.query(`INSERT INTO bare VALUES ${places}`, rows.flat());
  }
  const perSecond = perSecondSince(start);
  await client.end();
  return perSecond;
}

function perSecondSince(start: number): number {
  return (ENTRIES * 1_000) / (performance.now() - start);
}
