/** The tables of the journal, the same in SQLite and PostgreSQL, and the steps that make them. */

import type { Kysely, Migration } from 'kysely';

/** All times are ISO 8601 in UTC, so that their order as text is their order in time. */
export interface Schema {
  /** One chain of entries for each process; its head tells how long it is. */
  readonly chain: {
    readonly id: string;
    readonly started: string;
    /** Which key its hashes were made with: never the key itself. */
    readonly key: string;
    readonly seq: number;
    readonly hash: string;
    /** The last entry that was removed because it was too old; 0 and empty when none was. */
    readonly base_seq: number;
    readonly base_hash: string;
  };
  /** What happened, each entry hashed together with the one before it. */
  readonly entry: {
    readonly chain: string;
    readonly seq: number;
    readonly at: string;
    readonly kind: string;
    /** JSON. */
    readonly body: string;
    readonly hash: string;
  };
  /** Each card given out, and the answer to it that counts: what its feedback and the figures are looked up by. */
  readonly issued: {
    readonly uuid: string;
    readonly chain: string;
    readonly seq: number;
    readonly at: string;
    /** ISO 8601 week: `2026-W47`. */
    readonly week: string;
    readonly client: string;
    readonly tenant: string;
    readonly service: string;
    readonly topic: string;
    readonly version: string;
    readonly indicator: string;
    /** Names of `cards/vocabulary`, in alphabetical order, with commas between them. */
    readonly drugs: string;
    /** Keyed hashes; empty where the call named none. */
    readonly patient: string;
    readonly prescriber: string;
    /** Their uuids, with commas between them. */
    readonly suggestions: string;
    readonly outcome: string | null;
    readonly outcome_at: string | null;
    readonly reason: string | null;
  };
  /** Each feedback once, however often it was sent. */
  readonly feedback: {
    readonly card: string;
    /** Keyed hash of all that was said. */
    readonly digest: string;
    readonly chain: string;
    readonly seq: number;
  };
  /** Counts of a week: `calls`, `orders`, and `drug:<name>` for orders of a drug. */
  readonly tally: {
    readonly week: string;
    readonly name: string;
    readonly count: number;
  };
  /** Tokens that were used, until they expire (seconds since 1970). */
  readonly used_token: {
    readonly id: string;
    readonly exp: number;
  };
}

const first: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createChain(db);
    await createIssued(db);
    await db.schema
      .createTable('feedback')
      .addColumn('card', 'text', (column) => column.notNull())
      .addColumn('digest', 'text', (column) => column.primaryKey())
      .addColumn('chain', 'text', (column) => column.notNull())
      .addColumn('seq', 'integer', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('feedback_entry').on('feedback').columns(['chain', 'seq']).execute();
    await db.schema
      .createTable('tally')
      .addColumn('week', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('count', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('tally_key', ['week', 'name'])
      .execute();
    await db.schema
      .createTable('used_token')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('exp', 'integer', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('used_token_exp').on('used_token').column('exp').execute();
  },
};

async function createChain(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('chain')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('started', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('base_seq', 'integer', (column) => column.notNull())
    .addColumn('base_hash', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('entry')
    .addColumn('chain', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('entry_key', ['chain', 'seq'])
    .execute();
}

async function createIssued(db: Kysely<unknown>): Promise<void> {
  const filled = [
    'at',
    'week',
    'client',
    'tenant',
    'service',
    'topic',
    'version',
    'indicator',
    'drugs',
    'patient',
    'prescriber',
    'suggestions',
    'chain',
  ] as const;
  let table = db.schema
    .createTable('issued')
    .addColumn('uuid', 'text', (column) => column.primaryKey())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('outcome', 'text')
    .addColumn('outcome_at', 'text')
    .addColumn('reason', 'text');
  for (const name of filled) table = table.addColumn(name, 'text', (column) => column.notNull());
  await table.execute();
  await db.schema.createIndex('issued_week').on('issued').columns(['week', 'topic']).execute();
  await db.schema.createIndex('issued_patient').on('issued').columns(['patient', 'prescriber']).execute();
  await db.schema.createIndex('issued_entry').on('issued').columns(['chain', 'seq']).execute();
}

/** In the order of their names; one that has landed is never changed. */
export const migrations: Readonly<Record<string, Migration>> = { '2026-11-22-journal': first };
