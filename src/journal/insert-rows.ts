/** Inserts many rows with few statements, each put together once: a batch of answers costs no building of SQL. */

import { flatMap } from '../flat-map.js';
import type { CompiledQuery, Kysely } from 'kysely';
import { keptQuery } from './kept-queries.js';
import type { Schema } from './schema.js';

/** Most rows of one statement. Fewer go in powers of two, so that there are few statements to keep. */
const MOST_ROWS = 128;

type Filled = 'entry' | 'issued' | 'tally';

const inserting: {
  readonly [Table in Filled]: (
    db: Kysely<Schema>,
    rows: readonly Schema[Table][],
  ) => { compile(): CompiledQuery };
} = {
  entry: (db, rows) => db.insertInto('entry').values(rows),
  issued: (db, rows) => db.insertInto('issued').values(rows),
  tally: (db, rows) =>
    db
      .insertInto('tally')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(['week', 'name'])
          .doUpdateSet((eb) => ({ count: eb('tally.count', '+', eb.ref('excluded.count')) })),
      ),
};

/** @param rows all with the same columns, in the same order; those of `tally` are added to what is there */
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
    const query = keptQuery(db, name, (into) => inserting[table](into, piece));
    await db.executeQuery({ ...query, parameters });
    done += piece.length;
  }
}

function sizeOfPiece(left: number): number {
  return left >= MOST_ROWS ? MOST_ROWS : 2 ** Math.floor(Math.log2(left));
}
