/** What all tables of the journal are held against, and whether a row of theirs still has its entry. */

import type { Kysely } from 'kysely';
import type { Schema } from './schema.js';
import type { ChainRow } from './verification.js';
import type { SeenEntries } from './verify-seen.js';

export interface Tables {
  readonly db: Kysely<Schema>;
  readonly seen: SeenEntries;
  /** As far as they were walked. */
  readonly chains: ReadonlyMap<string, ChainRow>;
  readonly page: number;
  readonly walked: (cards: number) => void;
}

/** The rows of a table in the order of its key, page by page: each page is read when it is asked for. */
export async function* pagesOf<Row>(
  read: (after: string) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): AsyncGenerator<readonly Row[]> {
  let after = '';
  for (;;) {
    const rows = await read(after);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = keyOf(last);
  }
}

type Place = Pick<Schema['entry'], 'chain' | 'seq'>;

export function isWalked({ chain, seq }: Place, { chains }: Tables): boolean {
  const walked = chains.get(chain);
  return walked !== undefined && seq > walked.base_seq && seq <= walked.seq;
}

export async function isThere({ chain, seq }: Place, { db }: Tables): Promise<boolean> {
  const row = await db
    .selectFrom('entry')
    .select('seq')
    .where('chain', '=', chain)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row !== undefined;
}

const idOf = { issued: 'uuid', answer: 'card', feedback: 'digest' } as const;

/** Whether a row stays without an entry: one that was written or removed meanwhile comes and goes with its entry. */
export async function isOrphan(
  table: keyof typeof idOf,
  id: string,
  place: Place,
  tables: Tables,
): Promise<boolean> {
  return !(await isThere(place, tables)) && (await isRow(table, id, tables));
}

export async function isRow(table: keyof typeof idOf, id: string, { db }: Tables): Promise<boolean> {
  const { dynamic } = db;
  const row = await db
    .selectFrom(table)
    .select('seq')
    .where(dynamic.ref<string>(idOf[table]), '=', id)
    .executeTakeFirst();
  return row !== undefined;
}
