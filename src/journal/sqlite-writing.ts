/** Writes to SQLite, one after the other on the one connection to its file. */

import type { Kysely } from 'kysely';
import type { Schema } from './schema.js';
import { codeOf, isOfTheEntry } from './store-faults.js';

/** The open file, as its driver gives it. */
interface SqliteFile {
  exec(sql: string): unknown;
  readonly inTransaction: boolean;
}

export interface Writes {
  /**
   * Writes all or nothing.
   * @param isDurable it must outlive a failure of the power as well as of the process
   */
  readonly write: <T>(isDurable: boolean, run: (db: Kysely<Schema>) => Promise<T>) => Promise<T>;
  /** Writes with one statement, which need not outlive a failure of the power. */
  readonly once: <T>(run: (db: Kysely<Schema>) => Promise<T>) => Promise<T>;
}

export interface SqliteWrites extends Writes {
  /** Whether a statement has failed, and may be open still. */
  isLeftBehind(): boolean;
}

export function writingTo(file: SqliteFile, db: Kysely<Schema>): SqliteWrites {
  const setSynchronous = synchronousOf(file);
  let isLeftBehind = false;
  const failed = (error: unknown): never => {
    isLeftBehind ||= !isOfTheEntry(codeOf(error));
    throw error;
  };
  const transaction = async <T>(run: () => Promise<T>): Promise<T> => {
    // Taken at once, so that a lock of somebody else is met before anything was begun.
    file.exec('BEGIN IMMEDIATE');
    try {
      const result = await run();
      file.exec('COMMIT');
      return result;
    } catch (error) {
      if (file.inTransaction) file.exec('ROLLBACK');
      return failed(error);
    }
  };
  return {
    isLeftBehind: () => isLeftBehind,
    write: (isDurable, run) =>
      db.connection().execute((connection) => {
        setSynchronous(isDurable ? 'FULL' : 'NORMAL');
        return transaction(() => run(connection));
      }),
    // A statement by itself is a transaction of its own, and is told to SQLite in one step instead of three.
    once: (run) =>
      db.connection().execute((connection) => {
        setSynchronous('NORMAL');
        return run(connection).catch(failed);
      }),
  };
}

/** Set at once, and told to SQLite when it changes only. */
function synchronousOf(file: SqliteFile): (wanted: 'NORMAL' | 'FULL') => void {
  let current = 'NORMAL';
  file.exec(`PRAGMA synchronous = ${current}`);
  return (wanted) => {
    if (wanted === current) return;
    file.exec(`PRAGMA synchronous = ${wanted}`);
    current = wanted;
  };
}
