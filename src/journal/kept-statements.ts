/** Keeps prepared statements of SQLite that write: preparing one costs more than running it. */

import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** The writer has some thirty; one for each number of cards that retention removes at once may come to it. */
const MOST_KEPT = 100;

/**
 * Statements that read are not kept: an answer that is still held could end the reading of the next one.
 * One that has failed is not used again, since the driver may have left it open.
 */
export function keepStatements(file: SqliteDatabase): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  const prepare = (sql: string): SqliteStatement => {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    const made = file.prepare(sql);
    if (made.reader) return made;
    if (kept.size >= MOST_KEPT) kept.clear();
    const statement: SqliteStatement = {
      reader: false,
      all: (parameters) => made.all(parameters),
      iterate: (parameters) => made.iterate(parameters),
      run(parameters) {
        try {
          return made.run(parameters);
        } catch (error) {
          kept.delete(sql);
          throw error;
        }
      },
    };
    kept.set(sql, statement);
    return statement;
  };
  return { prepare, close: () => file.close() };
}
