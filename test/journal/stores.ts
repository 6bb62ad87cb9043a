/** The two kinds of store, each empty and new for every test that asks for one. */

import { afterAll } from '@jest/globals';
import { temporaryDatabase } from '../support/database.js';
import { type Postgres, startPostgres } from '../support/postgres.js';

export const storeKinds = ['SQLite', 'PostgreSQL'] as const;
export type StoreKind = (typeof storeKinds)[number];

let postgres: Promise<Postgres> | undefined;

afterAll(async () => {
  await (await postgres)?.close();
});

/** The address of an empty store, as DATABASE_URL names it. */
export async function freshStore(kind: StoreKind): Promise<string> {
  if (kind === 'PostgreSQL') return (await server()).database();
  return temporaryDatabase();
}

/** The server that all PostgreSQL stores of a test file live in. */
export function server(): Promise<Postgres> {
  postgres ??= startPostgres();
  return postgres;
}
