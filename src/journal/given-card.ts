/** Cards given out, as the entries of their decisions tell of them. */

import type { Kysely } from 'kysely';
import type { DecisionEntry, IssuedCard } from './decision.js';
import type { FeedbackEntry, LinkedEntry } from './entry.js';
import type { Schema } from './schema.js';
import { weekOf } from './week.js';

export interface GivenCard {
  /** The entry of its decision. */
  readonly entry: Pick<LinkedEntry, 'chain' | 'seq' | 'at'>;
  readonly decision: DecisionEntry;
  readonly card: IssuedCard;
}

/**
 * @param uuids a thousand at most
 * @returns by uuid; those without an entry that can be read are left out
 * @throws Error of the driver
 */
export async function givenCards(
  db: Kysely<Schema>,
  uuids: readonly string[],
): Promise<ReadonlyMap<string, GivenCard>> {
  const rows = await db
    .selectFrom('issued')
    .innerJoin('entry', (join) =>
      join.onRef('entry.chain', '=', 'issued.chain').onRef('entry.seq', '=', 'issued.seq'),
    )
    .select(['issued.uuid', 'entry.chain', 'entry.seq', 'entry.at', 'entry.body'])
    .where('issued.uuid', 'in', [...uuids])
    .where('entry.kind', '=', 'decision')
    .execute();
  const given = new Map<string, GivenCard>();
  for (const { uuid, body, chain, seq, at } of rows) {
    const decision = decisionIn(body);
    const card = decision?.issued.find((one) => one.uuid === uuid);
    if (decision !== undefined && card !== undefined)
      given.set(uuid, { entry: { chain, seq, at }, decision, card });
  }
  return given;
}

/** @returns undefined for an entry that somebody has altered into something else: what is left of the journal goes on */
export function decisionIn(body: string): DecisionEntry | undefined {
  try {
    const decision = JSON.parse(body) as Partial<DecisionEntry> | null;
    const isOne = Array.isArray(decision?.issued) && Array.isArray(decision.orders);
    return isOne ? (decision as DecisionEntry) : undefined;
  } catch {
    return undefined;
  }
}

/** The row of a card that was answered. */
export function answerRow(
  { entry: { chain, seq, at }, decision, card }: GivenCard,
  { outcome, outcomeAt, reason }: Pick<FeedbackEntry, 'outcome' | 'outcomeAt' | 'reason'>,
): Schema['answer'] {
  return {
    card: card.uuid,
    chain,
    seq,
    at,
    week: weekOf(at),
    topic: card.topic,
    indicator: card.indicator,
    drugs: card.drugs.join(','),
    patient: decision.patient,
    prescriber: decision.prescriber,
    outcome,
    outcome_at: outcomeAt,
    reason,
  };
}
