/** The steps that make the tables of the journal, and bring those of an earlier version up to date. */

import { type Kysely, type Migration, sql, SqliteAdapter } from 'kysely';

/** Tables as they are on the way: a step must not change when the schema does. */
type Old = Readonly<Record<string, Readonly<Record<string, string | number | null>>>>;

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

/** What a card is about stands in the entry of its decision; only answered cards have a row that repeats some of it. */
const answers: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createAnswer(db);
    await fillAnswer(db as Kysely<Old>);
    await countCards(db as Kysely<Old>);
    await thinIssued(db as Kysely<Old>);
  },
};

const ofCard = ['chain', 'at', 'week', 'topic', 'indicator', 'drugs', 'patient', 'prescriber'] as const;
const ofAnswer = ['outcome', 'outcome_at', 'reason'] as const;

async function createAnswer(db: Kysely<unknown>): Promise<void> {
  let table = db.schema
    .createTable('answer')
    .addColumn('card', 'text', (column) => column.primaryKey())
    .addColumn('seq', 'integer', (column) => column.notNull());
  for (const name of [...ofCard, ...ofAnswer]) {
    table = table.addColumn(name, 'text', (column) => column.notNull());
  }
  await table.execute();
  await db.schema.createIndex('answer_week').on('answer').columns(['week', 'topic']).execute();
  await db.schema.createIndex('answer_patient').on('answer').columns(['patient', 'prescriber']).execute();
  await db.schema.createIndex('answer_entry').on('answer').columns(['chain', 'seq']).execute();
}

async function fillAnswer(db: Kysely<Old>): Promise<void> {
  await db
    .insertInto('answer')
    .columns(['card', 'seq', ...ofCard, ...ofAnswer])
    .expression((from) =>
      from
        .selectFrom('issued')
        .select(['uuid', 'seq', ...ofCard, ...ofAnswer])
        .where('outcome', 'is not', null),
    )
    .execute();
}

async function countCards(db: Kysely<Old>): Promise<void> {
  await db
    .insertInto('tally')
    .columns(['week', 'name', 'count'])
    .expression((from) =>
      from
        .selectFrom('issued')
        .select(['week', sql<string>`'card:' || topic`.as('name'), from.fn.countAll().as('count')])
        .groupBy(['week', 'topic']),
    )
    .execute();
}

/** A new table, since SQLite would write the old one anew for each column that goes. */
async function thinIssued(db: Kysely<Old>): Promise<void> {
  await db.schema
    .createTable('issued_card')
    .addColumn('uuid', 'text', (column) => column.primaryKey())
    .addColumn('chain', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .execute();
  await takeThePlaceOf('issued', 'issued_card', ['uuid', 'chain', 'seq'], db);
}

/** Puts a new table in the place of an old one, with the rows of it, as far as there is room for them. */
async function takeThePlaceOf(
  old: string,
  made: string,
  columns: readonly string[],
  db: Kysely<Old>,
): Promise<void> {
  await db
    .insertInto(made)
    .columns([...columns])
    .expression((from) => from.selectFrom(old).select([...columns]))
    .execute();
  await db.schema.dropTable(old).execute();
  await db.schema.alterTable(made).renameTo(old).execute();
}

/** In SQLite a token is then written to one tree instead of three. PostgreSQL keeps an index, and finds by it what is over. */
const tokens: Migration = {
  up: (db: Kysely<unknown>) =>
    intoOneTree('used_token', 'claimed_token', { id: 'text', exp: 'integer' }, db as Kysely<Old>),
};

/** In SQLite a card is then written to one tree instead of two. */
const cards: Migration = {
  up: (db: Kysely<unknown>) =>
    intoOneTree('issued', 'given_card', { uuid: 'text', chain: 'text', seq: 'integer' }, db as Kysely<Old>),
};

/** @param columns the first of them is the key */
async function intoOneTree(
  old: string,
  made: string,
  columns: Readonly<Record<string, 'text' | 'integer'>>,
  db: Kysely<Old>,
): Promise<void> {
  if (!(db.getExecutor().adapter instanceof SqliteAdapter)) return;
  const names = Object.keys(columns);
  let table = db.schema.createTable(made).modifyEnd(sql`without rowid`);
  for (const [name, type] of Object.entries(columns)) {
    table = table.addColumn(name, type, (column) =>
      name === names[0] ? column.primaryKey() : column.notNull(),
    );
  }
  await table.execute();
  await takeThePlaceOf(old, made, names, db);
}

/** In the order of their names; one that has landed is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '2026-11-22-journal': first,
  '2026-11-27-answers': answers,
  '2026-11-27-tokens': tokens,
  '2026-11-30-cards': cards,
};
