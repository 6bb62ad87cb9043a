/** The two kinds of store, each empty and new for every test that asks for one. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { type Postgres, startPostgres } from '../support/postgres.js';

export const storeKinds = ['SQLite', 'PostgreSQL'] as const;
export type StoreKind = (typeof storeKinds)[number];

let postgres: Promise<Postgres> | undefined;
const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  await (await postgres)?.close();
});

/** The address of an empty store, as DATABASE_URL names it. */
export async function freshStore(kind: StoreKind): Promise<string> {
  if (kind === 'PostgreSQL') return (await server()).database();
  const folder = mkdtempSync(join(tmpdir(), 'rx-distinct-journal-'));
  folders.push(folder);
  return `sqlite:${join(folder, 'journal.sqlite')}`;
}

/** The server that all PostgreSQL stores of a test file live in. */
export function server(): Promise<Postgres> {
  postgres ??= startPostgres();
  return postgres;
}
