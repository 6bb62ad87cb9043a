/** One transaction of the journal: entries behind the head of the chain, and what is looked up by. */

import { flatMap } from '../flat-map.js';
import type { Kysely } from 'kysely';
import { type FeedbackEntry, type Head, linked, type LinkedEntry, type NewEntry } from './entry.js';
import { answerRow, givenCards } from './given-card.js';
import { insertRows } from './insert-rows.js';
import { keptQuery } from './kept-queries.js';
import type { JournalKeys } from './keys.js';
import type { Chain } from './open-chain.js';
import type { Schema } from './schema.js';
import { addTallies, Counts } from './tallies.js';

/** An entry to be stored; a feedback carries its digest, by which a repeated one is known. */
export type ToStore = { readonly entry: NewEntry; readonly digest?: string };

/**
 * Stores what is not stored yet and moves the head of the chain.
 * @returns the new head
 */
export async function storeBatch(
  trx: Kysely<Schema>,
  chain: Chain,
  batch: readonly ToStore[],
  keys: JournalKeys,
): Promise<Head> {
  const fresh = await withoutRepeats(trx, batch);
  const entries = linked(
    chain.id,
    chain.head,
    fresh.map(({ entry }) => entry),
    keys,
  );
  const last = entries.at(-1);
  if (last === undefined) return chain.head;
  await insertRows(trx, 'entry', entries);
  await storeIssued(trx, fresh, entries);
  await storeTallies(trx, fresh);
  await storeFeedback(trx, fresh, entries);
  await moveHead(trx, last);
  return { seq: last.seq, hash: last.hash };
}

async function moveHead(trx: Kysely<Schema>, { chain, seq, hash }: LinkedEntry): Promise<void> {
  const query = keptQuery(trx, 'head', (db) =>
    db.updateTable('chain').set({ seq, hash }).where('id', '=', chain),
  );
  await trx.executeQuery({ ...query, parameters: [seq, hash, chain] });
}

async function withoutRepeats(trx: Kysely<Schema>, batch: readonly ToStore[]): Promise<readonly ToStore[]> {
  const digests = flatMap(batch, ({ digest }) => digest ?? []);
  if (digests.length === 0) return batch;
  const rows = await trx.selectFrom('feedback').select('digest').where('digest', 'in', digests).execute();
  const seen = new Set(rows.map((row) => row.digest));
  return batch.filter(({ digest }) => {
    if (digest === undefined) return true;
    const isNew = !seen.has(digest);
    seen.add(digest);
    return isNew;
  });
}

async function storeIssued(
  trx: Kysely<Schema>,
  fresh: readonly ToStore[],
  entries: readonly LinkedEntry[],
): Promise<void> {
  const rows = flatMap(fresh, ({ entry }, position) => {
    const line = entries[position];
    if (entry.kind !== 'decision' || line === undefined) return [];
    const { chain, seq } = line;
    return entry.body.issued.map(({ uuid }) => ({ uuid, chain, seq }));
  });
  await insertRows(trx, 'issued', rows);
}

async function storeTallies(trx: Kysely<Schema>, fresh: readonly ToStore[]): Promise<void> {
  const counts = new Counts();
  for (const { entry } of fresh) if (entry.kind === 'decision') counts.add(entry.body, entry.at);
  await addTallies(trx, counts);
}

/** In an order that all processes share: two that store the same wait for each other, but not each for the other. */
async function storeFeedback(
  trx: Kysely<Schema>,
  fresh: readonly ToStore[],
  entries: readonly LinkedEntry[],
): Promise<void> {
  const answers = flatMap(fresh, ({ entry, digest }, position) => {
    const line = entries[position];
    if (entry.kind !== 'feedback' || digest === undefined || line === undefined) return [];
    const { body } = entry;
    return { body, row: { card: body.card, digest, chain: line.chain, seq: line.seq } };
  });
  for (const { row } of sortedBy(answers, ({ row: { digest } }) => digest)) {
    await trx.insertInto('feedback').values(row).execute();
  }
  // Of one card the later stays behind the earlier.
  for (const { body } of sortedBy(answers, ({ body: { card } }) => card)) await storeOutcome(trx, body);
}

function sortedBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b))));
}

/** The latest answer to a card is the one that counts, in whatever order they come. */
async function storeOutcome(trx: Kysely<Schema>, body: FeedbackEntry): Promise<void> {
  const given = (await givenCards(trx, [body.card])).get(body.card);
  // It may have been removed for its age meanwhile.
  if (given === undefined) return;
  const { outcome, outcome_at, reason, ...card } = answerRow(given, body);
  const answer = { outcome, outcome_at, reason };
  await trx
    .insertInto('answer')
    .values({ ...card, ...answer })
    .onConflict((conflict) =>
      conflict.column('card').doUpdateSet(answer).where('answer.outcome_at', '<=', outcome_at),
    )
    .execute();
}
