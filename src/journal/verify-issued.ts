/** Holds the rows of cards against the decisions they come from. */

import type { Kysely } from 'kysely';
import { entryName, type LinkedEntry } from './entry.js';
import { decisionIn } from './given-card.js';
import type { Schema } from './schema.js';
import { fault, type JournalFault } from './verification.js';

/** Rows that are asked for by one statement. */
const AT_ONCE = 500;

/**
 * @param entries of one chain, without a gap, each one right
 * @returns the first card of theirs whose row is not what its entry says
 */
export async function issuedFault(
  entries: readonly LinkedEntry[],
  db: Kysely<Schema>,
): Promise<JournalFault | undefined> {
  const given = entries.flatMap((entry) => cardsOf(entry).map((uuid) => ({ uuid, entry })));
  for (let from = 0; from < given.length; from += AT_ONCE) {
    const some = given.slice(from, from + AT_ONCE);
    const rows = await db
      .selectFrom('issued')
      .selectAll()
      .where(
        'uuid',
        'in',
        some.map(({ uuid }) => uuid),
      )
      .execute();
    const nameOf = new Map(rows.map((row) => [row.uuid, entryName(row)]));
    for (const { uuid, entry } of some) {
      const [name, stored] = [entryName(entry), nameOf.get(uuid)];
      if (stored === undefined) {
        return fault(`issued ${uuid}`, 'missing', `is missing: ${name} gave out this card`);
      }
      if (stored !== name)
        return fault(`issued ${uuid}`, 'altered', `was altered: ${name} gave out this card`);
    }
  }
  return undefined;
}

/** Uuids of the cards that an entry gave out. */
export function cardsOf({ kind, body }: Pick<LinkedEntry, 'kind' | 'body'>): readonly string[] {
  return kind === 'decision' ? (decisionIn(body)?.issued ?? []).map(({ uuid }) => uuid) : [];
}
