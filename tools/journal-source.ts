/** Where the commands find the journal: as the service's own environment says, and nothing is made there. */

import { existsSync, readFileSync } from 'node:fs';
import { loadConfig } from '../src/config.js';
import { openToRead, sqlitePath } from '../src/journal/database.js';
import { type JournalKeys, journalKeys, keyFile } from '../src/journal/keys.js';
import { codeOf } from '../src/journal/store-faults.js';

export type Database = Awaited<ReturnType<typeof openToRead>>;

export interface JournalSource {
  readonly databaseUrl: string;
  readonly journalKey: string | undefined;
  readonly cardsDir: string;
}

export function journalSource(environment: Readonly<Record<string, string | undefined>>): JournalSource {
  const { DATABASE_URL, JOURNAL_KEY, CARDS_DIR } = environment;
  const standard = loadConfig({});
  return {
    databaseUrl: DATABASE_URL?.trim() || standard.databaseUrl,
    journalKey: JOURNAL_KEY?.trim() || undefined,
    cardsDir: CARDS_DIR?.trim() || standard.cardsDir,
  };
}

/** @throws Error saying where a key was expected */
export function keysOf({ databaseUrl, journalKey }: JournalSource): JournalKeys {
  if (journalKey !== undefined) return journalKeys(journalKey);
  const path = sqlitePath(databaseUrl);
  if (path === undefined) throw new Error('JOURNAL_KEY: expected the key that the service is given');
  const file = keyFile(path);
  if (!existsSync(file)) {
    throw new Error(`JOURNAL_KEY: expected the key of the journal, or the one that is kept in ${file}`);
  }
  return journalKeys(readFileSync(file, 'utf8').trim());
}

/** Some errors of drivers have a code only. */
export function errorInWords(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message === '' ? `DATABASE_URL: the journal could not be read (${codeOf(error)})` : message;
}

/** Opens the journal, and closes it whatever becomes of `use`. */
export async function withJournal<T>(
  { databaseUrl }: Pick<JournalSource, 'databaseUrl'>,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openToRead(databaseUrl);
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}
