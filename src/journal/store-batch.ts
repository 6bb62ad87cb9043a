/** One transaction of the journal: entries behind the head of the chain, and what is looked up by. */

import { flatMap } from '../flat-map.js';
import type { Kysely } from 'kysely';
import type { DecisionEntry } from './decision.js';
import { type FeedbackEntry, type Head, linked, type LinkedEntry, type NewEntry } from './entry.js';
import { insertRows } from './insert-rows.js';
import type { JournalKeys } from './keys.js';
import type { Chain } from './open-chain.js';
import type { Schema } from './schema.js';
import { weekOf } from './week.js';

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
  await trx.updateTable('chain').set({ seq: last.seq, hash: last.hash }).where('id', '=', chain.id).execute();
  return { seq: last.seq, hash: last.hash };
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
    return entry.kind === 'decision' && line !== undefined ? issuedRows(entry.body, line) : [];
  });
  await insertRows(trx, 'issued', rows);
}

/** @param line the entry of the decision */
export function issuedRows(
  decision: DecisionEntry,
  { chain, seq, at }: Pick<LinkedEntry, 'chain' | 'seq' | 'at'>,
): Schema['issued'][] {
  const { client, tenant, service, patient, prescriber } = decision;
  return decision.issued.map(({ uuid, topic, version = '', indicator, drugs, suggestions }) => ({
    uuid,
    chain,
    seq,
    at,
    week: weekOf(at),
    client,
    tenant,
    service,
    topic,
    version,
    indicator,
    drugs: drugs.join(','),
    patient,
    prescriber,
    suggestions: suggestions.join(','),
    outcome: null,
    outcome_at: null,
    reason: null,
  }));
}

async function storeTallies(trx: Kysely<Schema>, fresh: readonly ToStore[]): Promise<void> {
  const counts = new Map<string, { week: string; name: string; count: number }>();
  for (const { entry } of fresh) {
    if (entry.kind !== 'decision') continue;
    const week = weekOf(entry.at);
    const { orders } = entry.body;
    const names = ['calls', ...orders.map(() => 'orders'), ...orders.flat().map((drug) => `drug:${drug}`)];
    for (const name of names) {
      const key = `${week} ${name}`;
      counts.set(key, { week, name, count: (counts.get(key)?.count ?? 0) + 1 });
    }
  }
  if (counts.size === 0) return;
  // In one order in all processes: two that lock the same rows in two orders would wait for each other.
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  await trx
    .insertInto('tally')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['week', 'name'])
        .doUpdateSet((eb) => ({ count: eb('tally.count', '+', eb.ref('excluded.count')) })),
    )
    .execute();
}

async function storeFeedback(
  trx: Kysely<Schema>,
  fresh: readonly ToStore[],
  entries: readonly LinkedEntry[],
): Promise<void> {
  for (const [position, { entry, digest }] of fresh.entries()) {
    const line = entries[position];
    if (entry.kind !== 'feedback' || digest === undefined || line === undefined) continue;
    const { card } = entry.body;
    const { chain, seq } = line;
    await trx.insertInto('feedback').values({ card, digest, chain, seq }).execute();
    await storeOutcome(trx, entry.body);
  }
}

/** The latest answer to a card is the one that counts, in whatever order they come. */
async function storeOutcome(
  trx: Kysely<Schema>,
  { card, outcome, outcomeAt, reason }: FeedbackEntry,
): Promise<void> {
  await trx
    .updateTable('issued')
    .set({ outcome, outcome_at: outcomeAt, reason })
    .where('uuid', '=', card)
    .where((eb) => eb.or([eb('outcome_at', 'is', null), eb('outcome_at', '<=', outcomeAt)]))
    .execute();
}
