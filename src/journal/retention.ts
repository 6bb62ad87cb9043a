/** Removes what is older than it is to be kept, after the journal has said up to where. */

import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Connection } from './connection.js';
import type { Database } from './database.js';
import type { Head, NewEntry } from './entry.js';
import { decisionIn } from './given-card.js';
import type { Schema } from './schema.js';
import { Counts, takeTallies } from './tallies.js';

const DAY_MS = 86_400_000;
/** Entries that are removed at once, and tokens. */
const STEP = 500;
const TOKENS = 2_000;

export interface Pruning {
  readonly connection: Connection;
  /** Entries older than this many days are removed. */
  readonly days: number;
  readonly now: Date;
  /** Resolves once the entry is stored. */
  readonly note: (entry: NewEntry) => Promise<void>;
}

/** @throws Error of the driver */
export async function prune({ connection, days, now, note }: Pruning): Promise<void> {
  const database = await connection.get();
  const before = new Date(now.getTime() - days * DAY_MS).toISOString();
  const chains = await database.db.selectFrom('chain').select(['id', 'base_seq']).execute();
  for (const { id, base_seq: base } of chains) {
    const last = await lastTooOld(database, id, before);
    if (last === undefined || last.seq <= base) continue;
    // Said before it is done: what is missing without a word was taken by somebody else.
    await note({ at: now.toISOString(), kind: 'pruned', body: { chain: id, ...last } });
    await remove(database, id, last);
  }
  await removeTokens(database, Math.floor(now.getTime() / 1_000));
}

/**
 * Entries are removed from the beginning of a chain only: what is left stays chained without a gap. What is written while
 * this looks is never too old, whatever the first query did not see of it yet.
 */
async function lastTooOld({ db }: Database, chain: string, before: string): Promise<Head | undefined> {
  const kept = await db
    .selectFrom('entry')
    .select((eb) => eb.fn.min('seq').as('seq'))
    .where('chain', '=', chain)
    .where('at', '>=', before)
    .executeTakeFirst();
  const older = db
    .selectFrom('entry')
    .select(['seq', 'hash'])
    .where('chain', '=', chain)
    .where('at', '<', before)
    .orderBy('seq', 'desc')
    .limit(1);
  return (kept?.seq ?? null) === null
    ? older.executeTakeFirst()
    : older.where('seq', '<', Number(kept?.seq)).executeTakeFirst();
}

/** In steps, since SQLite holds up everything else meanwhile; each leaves a chain without a gap. */
async function remove(database: Database, chain: string, last: Head): Promise<void> {
  for (;;) {
    const step = await database.db
      .selectFrom('entry')
      .select(['seq', 'hash'])
      .where('chain', '=', chain)
      .where('seq', '<=', last.seq)
      .orderBy('seq')
      .limit(1)
      .offset(STEP - 1)
      .executeTakeFirst();
    await removeUpTo(database, chain, step ?? last);
    if (step === undefined || step.seq === last.seq) return;
    await setImmediate();
  }
}

async function removeUpTo(database: Database, chain: string, { seq, hash }: Head): Promise<void> {
  await database.write(false, async (db) => {
    // First, and held until the end: of several processes one removes and counts, and none sets the beginning back.
    const { numUpdatedRows } = await db
      .updateTable('chain')
      .set({ base_seq: seq, base_hash: hash })
      .where('id', '=', chain)
      .where('base_seq', '<', seq)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return;
    await removeCards(db, chain, seq);
    for (const table of ['feedback', 'answer', 'entry'] as const) {
      await db.deleteFrom(table).where('chain', '=', chain).where('seq', '<=', seq).execute();
    }
  });
}

/** Cards have no index of their entries, which know them, and no count of them stays. */
async function removeCards(db: Kysely<Schema>, chain: string, upTo: number): Promise<void> {
  const decisions = await db
    .selectFrom('entry')
    .select(['at', 'body'])
    .where('chain', '=', chain)
    .where('seq', '<=', upTo)
    .where('kind', '=', 'decision')
    .execute();
  const counts = new Counts();
  for (const { at, body } of decisions) {
    const decision = decisionIn(body);
    if (decision === undefined) continue;
    counts.add(decision, at);
    const uuids = decision.issued.map(({ uuid }) => uuid);
    if (uuids.length > 0) await db.deleteFrom('issued').where('uuid', 'in', uuids).execute();
  }
  await takeTallies(db, counts);
}

/** Those of an hour may be a million. */
async function removeTokens({ db }: Database, expired: number): Promise<void> {
  for (;;) {
    const some = db.selectFrom('used_token').select('id').where('exp', '<', expired).limit(TOKENS);
    const { numDeletedRows } = await db
      .deleteFrom('used_token')
      .where('id', 'in', some)
      .executeTakeFirstOrThrow();
    if (numDeletedRows < TOKENS) return;
    await setImmediate();
  }
}
