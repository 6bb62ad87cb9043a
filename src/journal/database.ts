/** Opens the database of the journal, SQLite or PostgreSQL: the only file that knows their drivers. */

import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  Kysely,
  Migrator,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  SqliteDialect,
} from 'kysely';
import Sqlite from 'libsql';
import type { Pool } from 'pg';
import { keepStatements } from './kept-statements.js';
import { migrations } from './migrations.js';
import type { Schema } from './schema.js';
import { type Writes, writingTo } from './sqlite-writing.js';
import { codeOf, isOfTheEntry } from './store-faults.js';

export interface Database extends Writes {
  readonly db: Kysely<Schema>;
  /** Whether it must be opened again: its file was removed or replaced, or a statement was left behind in it. */
  isSpoilt(): boolean;
  close(): Promise<void>;
}

/** Another process may be writing. Waiting for it holds up every call, so it is short; the writer tries again. */
const LOCKED_MS = 10;
/** What an answer to the prescriber, and a caller of feedback, may be kept waiting for by a server that hangs. */
const CONNECT_MS = 2_000;
const STATEMENT_MS = 4_000;
const CONNECTIONS = 8;
/** Nobody's answer waits for somebody who reads all of it. */
const READING_MS = 120_000;

/** Path of the file, or undefined for a server. */
export function sqlitePath(databaseUrl: string): string | undefined {
  return databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : undefined;
}

/**
 * Opens it and brings its tables up to date.
 * @param databaseUrl `sqlite:<path>` or `postgres://…`
 * @throws Error of the driver when it cannot be reached, read or written
 */
export async function openDatabase(databaseUrl: string): Promise<Database> {
  const path = sqlitePath(databaseUrl);
  const database = path === undefined ? await openPostgres(databaseUrl) : openSqlite(path);
  try {
    await migrate(database.db);
  } catch (error) {
    await database.close().catch(() => undefined);
    throw error;
  }
  return database;
}

/**
 * Opens it as it is: nothing is made, brought up to date or written.
 * @throws Error saying what is missing; Error of the driver when it cannot be reached or read
 */
export async function openToRead(databaseUrl: string): Promise<Database> {
  const path = sqlitePath(databaseUrl);
  if (path !== undefined && !existsSync(path)) {
    throw new Error(`DATABASE_URL: expected the file of the journal, ${path}, which does not exist`);
  }
  if (path === undefined && !/^postgres(ql)?:/.test(databaseUrl)) {
    throw new Error('DATABASE_URL: expected sqlite:<path> or postgres://user:password@host/database');
  }
  const database = path === undefined ? await openPostgres(databaseUrl, READING_MS) : openSqliteToRead(path);
  try {
    await expectUpToDate(database.db);
  } catch (error) {
    await database.close().catch(() => undefined);
    throw error;
  }
  return database;
}

async function expectUpToDate(db: Kysely<Schema>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'entry')) {
    throw new Error('DATABASE_URL: holds no journal; the service makes one when it starts');
  }
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const steps = await migrator.getMigrations();
  if (steps.some(({ executedAt }) => executedAt === undefined)) {
    throw new Error('DATABASE_URL: the journal is of an earlier version; start the service once');
  }
}

async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** One connection: whoever writes next waits for the one before, in turn and without holding up the event loop. */
function openSqlite(path: string): Database {
  mkdirSync(dirname(path), { recursive: true });
  refuseReadOnly(path);
  const file = new Sqlite(path, { timeout: LOCKED_MS });
  file.pragma('journal_mode = WAL');
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: keepStatements(file) }) });
  const opened = inodeOf(path);
  const writing = writingTo(file, db);
  return {
    db,
    // The driver does not end a statement that has failed before its garbage is collected.
    isSpoilt: () => writing.isLeftBehind() || (path !== ':memory:' && inodeOf(path) !== opened),
    close: async () => {
      // The driver leaves all of it beside the file.
      if (!writing.isLeftBehind()) file.pragma('wal_checkpoint(TRUNCATE)');
      await db.destroy();
    },
    write: writing.write,
    once: writing.once,
  };
}

/**
 * SQLite would open it for reading, and other connections of this process to it could then never write either.
 * @throws Error `EACCES` or `EROFS`
 */
function refuseReadOnly(path: string): void {
  if (path === ':memory:') return;
  accessSync(dirname(path), constants.W_OK);
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    if (existsSync(file)) accessSync(file, constants.W_OK);
  }
}

/** While the service writes to it. */
function openSqliteToRead(path: string): Database {
  // The driver has no option for it; SQLite takes it from the address of the file.
  const file = new Sqlite(`${pathToFileURL(path).href}?mode=ro`, { timeout: READING_MS });
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: file }) });
  return { db, isSpoilt: () => false, close: () => db.destroy(), write: refuseToWrite, once: refuseToWrite };
}

function refuseToWrite(): never {
  throw new Error('the journal was opened to be read');
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

async function openPostgres(connectionString: string, statementMs = STATEMENT_MS): Promise<Database> {
  // Most have a file, and need none of it.
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: statementMs,
    query_timeout: statementMs,
    application_name: 'rx-distinct',
    keepAlive: true,
  });
  // A connection that breaks while nobody uses it; the next query gets another one.
  pool.on('error', () => undefined);
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: withoutSpoilt(pool) }) });
  return {
    db,
    isSpoilt: () => false,
    close: () => db.destroy(),
    write: (_isDurable, run) => db.transaction().execute(run),
    once: (run) => run(db),
  };
}

/**
 * A statement that is given up goes on at the server, and the transaction around it with it: such a connection is not
 * used again.
 */
function withoutSpoilt(pool: Pool): PostgresPool {
  return {
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect();
      let isSpoilt = false;
      // The pool listens to those that nobody uses only; unheard, it would end the process.
      const onError = () => {
        isSpoilt = true;
      };
      client.on('error', onError);
      const query = async (text: string, values: unknown[]) => {
        try {
          return await client.query(text, values);
        } catch (error) {
          isSpoilt ||= !isOfTheEntry(codeOf(error));
          throw error;
        }
      };
      const release = () => {
        client.off('error', onError);
        client.release(isSpoilt);
      };
      return { query, release } as unknown as PostgresPoolClient;
    },
  };
}
