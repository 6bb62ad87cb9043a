/** A journal of an earlier version: brought up to date when it is opened, with nothing lost. */

import { describe, expect, test } from '@jest/globals';
import { Kysely, Migrator, PostgresDialect, SqliteDialect } from 'kysely';
import Sqlite from 'libsql';
import pg from 'pg';
import { openDatabase, openToRead, sqlitePath } from '../../src/journal/database.js';
import { linked } from '../../src/journal/entry.js';
import { insights } from '../../src/journal/insights.js';
import { migrations } from '../../src/journal/migrations.js';
import { feedbackDigest } from '../../src/journal/feedback.js';
import { verified } from './processes.js';
import { freshStore, type StoreKind, storeKinds } from './stores.js';
import { connected, decision, issued, keys, NOW, overridden } from './support.js';

const at = NOW.toISOString();

function opened(kind: StoreKind, url: string) {
  const dialect =
    kind === 'SQLite'
      ? new SqliteDialect({ database: new Sqlite(sqlitePath(url) ?? '') })
      : new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) });
  return new Kysely<Record<string, Record<string, unknown>>>({ dialect });
}

const none = { outcome: null, outcome_at: null, reason: null };

/** The first version: two decisions of two cards, the first card of the first one overridden. */
async function storeOfFirstVersion(kind: StoreKind): Promise<string> {
  const url = await freshStore(kind);
  const db = opened(kind, url);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateTo('2026-11-22-journal');
  expect(error).toBeUndefined();
  const given = ['a', 'c'].map((one) =>
    decision({ issued: [issued({ uuid: one }), issued({ uuid: `${one}2`, topic: 'relaxants-baclofen' })] }),
  );
  const { body: feedback } = overridden('a', { reason: 'known' });
  const entries = linked(
    'f00',
    { seq: 0, hash: 'f00' },
    [
      { at, kind: 'start', body: { heads: {} } },
      ...given.map((body) => ({ at, kind: 'decision' as const, body })),
      { at, kind: 'feedback', body: feedback },
    ],
    keys,
  );
  const { seq, hash } = entries[3] ?? { seq: 0, hash: '' };
  const base = { base_seq: 0, base_hash: '' };
  await db
    .insertInto('chain')
    .values({ id: 'f00', started: at, key: keys.fingerprint, seq, hash, ...base })
    .execute();
  await db
    .insertInto('entry')
    .values(entries.map((entry) => ({ ...entry })))
    .execute();
  const rows = given.flatMap(({ issued: cards, client, tenant, service, patient, prescriber }, position) =>
    cards.map(({ drugs, suggestions, ...card }) => ({
      ...card,
      drugs: drugs.join(','),
      suggestions: suggestions.join(','),
      chain: 'f00',
      seq: position + 2,
      at,
      week: '2026-W47',
      client,
      tenant,
      service,
      patient,
      prescriber,
      ...(card.uuid === 'a'
        ? { outcome: 'overridden', outcome_at: feedback.outcomeAt, reason: 'known' }
        : none),
    })),
  );
  await db.insertInto('issued').values(rows).execute();
  const digest = feedbackDigest(feedback, undefined, keys);
  await db.insertInto('feedback').values({ card: 'a', digest, chain: 'f00', seq: 4 }).execute();
  const counts = { calls: 2, orders: 2, 'drug:baclofen': 2 };
  const tallies = Object.entries(counts).map(([name, count]) => ({ week: '2026-W47', name, count }));
  await db.insertInto('tally').values(tallies).execute();
  await db.insertInto('used_token').values({ id: 'token', exp: 1_800_000_000 }).execute();
  await db.destroy();
  return url;
}

describe.each(storeKinds)('a journal of the first version in %s', (kind) => {
  test('is not read before the service has brought it up to date', async () => {
    const url = await storeOfFirstVersion(kind);
    const reading = await openToRead(url).then(
      () => 'opened',
      (error: Error) => error.message,
    );
    expect(reading).toBe('DATABASE_URL: the journal is of an earlier version; start the service once');
  });

  test('has the same cards, answers, tokens and figures afterwards, and is found right', async () => {
    const url = await storeOfFirstVersion(kind);
    await openDatabase(url).then((database) => database.close());
    expect(await verified(url)).toMatchObject({ chains: 1, entries: 4, cards: 4, faults: [] });
    const connection = connected(url);
    const { db } = await connection.get();
    expect(await db.selectFrom('issued').selectAll().orderBy('uuid').execute()).toEqual([
      { uuid: 'a', chain: 'f00', seq: 2 },
      { uuid: 'a2', chain: 'f00', seq: 2 },
      { uuid: 'c', chain: 'f00', seq: 3 },
      { uuid: 'c2', chain: 'f00', seq: 3 },
    ]);
    expect(await db.selectFrom('used_token').selectAll().execute()).toEqual([
      { id: 'token', exp: 1_800_000_000 },
    ]);
    const figures = await insights({ connection, drugsOf: () => ['baclofen'], clock: () => NOW }, 2);
    expect(figures).toMatchObject({
      calls: 2,
      orders: 2,
      cards: [
        {
          topic: 'interchange-replaced',
          shown: 2,
          overridden: 1,
          ignored: 1,
          reasons: { known: 1 },
          orders: 2,
        },
        { topic: 'relaxants-baclofen', shown: 2, overridden: 0, ignored: 2, medianSeconds: null },
      ],
    });
  });
});
