/** Inserts many rows with few statements, each put together once: a batch of answers costs no building of SQL. */

import { flatMap } from '../flat-map.js';
import type { Kysely } from 'kysely';
import { keptQuery } from './kept-queries.js';
import type { Schema } from './schema.js';

/** Most rows of one statement. Fewer go in powers of two, so that there are few statements to keep. */
const MOST_ROWS = 128;

type Filled = 'entry' | 'issued';

/** @param rows all with the same columns, in the same order */
export async function insertRows<Table extends Filled>(
  db: Kysely<Schema>,
  table: Table,
  rows: readonly Schema[Table][],
): Promise<void> {
  let done = 0;
  while (done < rows.length) {
    const piece = rows.slice(done, done + sizeOfPiece(rows.length - done));
    const parameters = flatMap(piece, (row) => Object.values(row));
    const name = `${table} ${piece.length}`;
    const query = keptQuery(db, name, (into) => into.insertInto<Filled>(table).values(piece));
    await db.executeQuery({ ...query, parameters });
    done += piece.length;
  }
}

function sizeOfPiece(left: number): number {
  return left >= MOST_ROWS ? MOST_ROWS : 2 ** Math.floor(Math.log2(left));
}
