/** Queries put together once: to build one in Kysely costs more than SQLite takes for it. */

import type { CompiledQuery, DialectAdapter, Kysely } from 'kysely';
import type { Schema } from './schema.js';

/** Both stores may be open in one process, and each has its own way to write parameters. */
const queries = new WeakMap<DialectAdapter, Map<string, CompiledQuery>>();

/**
 * @param name tells it from all others
 * @param make called the first time; its parameters are of no account
 */
export function keptQuery(
  db: Kysely<Schema>,
  name: string,
  make: (db: Kysely<Schema>) => { compile(): CompiledQuery },
): CompiledQuery {
  const { adapter } = db.getExecutor();
  const kept = queries.get(adapter) ?? new Map<string, CompiledQuery>();
  queries.set(adapter, kept);
  const made = kept.get(name) ?? make(db).compile();
  kept.set(name, made);
  return made;
}
