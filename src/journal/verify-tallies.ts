/** Holds the counts of cards given out, as the figures have them, against the entries. */

import type { Kysely } from 'kysely';
import type { Schema } from './schema.js';
import { type Tally, tallyName, topicOf } from './tallies.js';
import { fault, type JournalFault } from './verification.js';

/** Of cards alone: what an earlier version counted besides may go back further than the entries. */
export async function readCardTallies(db: Kysely<Schema>): Promise<ReadonlyMap<string, number>> {
  return ofCards(await db.selectFrom('tally').selectAll().execute());
}

function ofCards(tallies: readonly Tally[]): ReadonlyMap<string, number> {
  const own = tallies.filter(({ name }) => topicOf(name) !== undefined);
  return new Map(own.map((tally) => [tallyName(tally), tally.count]));
}

/**
 * Entries may be added meanwhile, each together with its counts.
 * @param before read before the heads that the entries were walked up to
 * @param counted in the entries
 * @returns the first count that is not that of the entries
 */
export async function tallyFault(
  before: ReadonlyMap<string, number>,
  counted: readonly Tally[],
  db: Kysely<Schema>,
): Promise<JournalFault | undefined> {
  const after = await readCardTallies(db);
  const entries = ofCards(counted);
  const names = [...new Set([...before.keys(), ...entries.keys(), ...after.keys()])].sort();
  for (const name of names) {
    const [least, right, most] = [before.get(name) ?? 0, entries.get(name) ?? 0, after.get(name) ?? 0];
    if (least <= right && right <= most) continue;
    const message = `was altered: it is ${least > right ? least : most}, and the entries give out ${right}`;
    return fault(`tally ${name}`, 'altered', message);
  }
  return undefined;
}
