/** Holds the rows of cards against the decisions they come from. */

import type { Kysely } from 'kysely';
import type { DecisionEntry } from './decision.js';
import { entryName, type LinkedEntry } from './entry.js';
import type { Schema } from './schema.js';
import { issuedRows } from './store-batch.js';
import { fault, type JournalFault } from './verification.js';

type IssuedRow = Schema['issued'];

/** What may change after the decision: the answer to the card. */
const later: ReadonlySet<string> = new Set(['outcome', 'outcome_at', 'reason']);

/**
 * @param entries of one chain, without a gap, each one right
 * @returns the first row of theirs that is not what its entry says
 */
export async function issuedFault(
  entries: readonly LinkedEntry[],
  db: Kysely<Schema>,
): Promise<JournalFault | undefined> {
  const [first] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const rows = await db
    .selectFrom('issued')
    .selectAll()
    .where('chain', '=', first.chain)
    .where('seq', '>=', first.seq)
    .where('seq', '<=', last.seq)
    .orderBy('seq')
    .execute();
  const bySeq = new Map<number, IssuedRow[]>();
  for (const row of rows) bySeq.set(row.seq, [...(bySeq.get(row.seq) ?? []), row]);
  for (const entry of entries) {
    const found = faultOfEntry(entry, bySeq.get(entry.seq) ?? []);
    if (found !== undefined) return found;
  }
  return undefined;
}

function faultOfEntry(entry: LinkedEntry, rows: readonly IssuedRow[]): JournalFault | undefined {
  const expected = entry.kind === 'decision' ? rowsOf(entry) : [];
  const known = new Map(rows.map((row) => [row.uuid, row]));
  for (const one of expected) {
    const row = known.get(one.uuid);
    if (row === undefined) {
      return fault(`issued ${one.uuid}`, 'missing', `is missing: ${entryName(entry)} gave out this card`);
    }
    known.delete(one.uuid);
    const column = columnsOf(one).find((name) => !later.has(name) && row[name] !== one[name]);
    if (column !== undefined) {
      const expectedValue = `${entryName(entry)} says ${JSON.stringify(one[column])}`;
      return fault(`issued ${one.uuid}`, 'altered', `was altered: ${expectedValue} for its ${column}`);
    }
  }
  const [extra] = known.keys();
  return extra === undefined
    ? undefined
    : fault(
        `issued ${extra}`,
        'altered',
        `was altered or added: ${entryName(entry)} did not give out this card`,
      );
}

function rowsOf(entry: LinkedEntry): readonly IssuedRow[] {
  return issuedRows(JSON.parse(entry.body) as DecisionEntry, entry);
}

function columnsOf(row: IssuedRow): readonly (keyof IssuedRow)[] {
  return Object.keys(row) as (keyof IssuedRow)[];
}
