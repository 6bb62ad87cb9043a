/** What is too old is removed from the beginning of each chain, after the journal has said so. */

import { describe, expect, test } from '@jest/globals';
import type { KyselyPlugin } from 'kysely';
import type { Connection } from '../../src/journal/connection.js';
import { linked } from '../../src/journal/entry.js';
import { openChain } from '../../src/journal/open-chain.js';
import { prune } from '../../src/journal/retention.js';
import { verifyJournal } from '../../src/journal/verify.js';
import { freshStore, storeKinds } from './stores.js';
import { decision, issued, keys, overridden, type Written, writerOn } from './support.js';

const FLUSH_MS = 10_000;
const old = '2026-08-01T10:00:00.000Z';
const recent = '2026-11-20T10:00:00.000Z';
const now = '2026-11-22T10:00:00.000Z';

async function countsIn(connection: Connection) {
  const { db } = await connection.get();
  const rows = async (table: 'issued' | 'answer' | 'feedback' | 'used_token') =>
    (await db.selectFrom(table).selectAll().execute()).length;
  return {
    kinds: (await db.selectFrom('entry').select('kind').orderBy('seq').execute()).map(({ kind }) => kind),
    issued: await rows('issued'),
    feedback: await rows('feedback'),
    tallies: await db.selectFrom('tally').selectAll().orderBy('name').execute(),
    answers: await rows('answer'),
    tokens: await rows('used_token'),
  };
}

/** Says that something is removed, and has written it when it returns. */
const noting =
  ({ writer }: Pick<Written, 'writer'>) =>
  async (entry: Parameters<typeof writer.note>[0]): Promise<void> => {
    await Promise.all([writer.note(entry), writer.flush(FLUSH_MS)]);
  };

/** Removes what is older than thirty days, and has written that it did when it returns. */
async function pruneNow(written: Pick<Written, 'writer' | 'connection'>): Promise<void> {
  await prune({ connection: written.connection, days: 30, now: new Date(now), note: noting(written) });
}

/** The same connection through something that looks at what comes back. */
function watched(
  connection: Connection,
  look: (rows: readonly object[]) => Promise<void> | void,
): Connection {
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      await look(result.rows);
      return result;
    },
  };
  const get = async () => {
    const database = await connection.get();
    return { ...database, db: database.db.withPlugin(plugin) };
  };
  return { ...connection, get };
}

describe.each(storeKinds)('in %s', (kind) => {
  test('entries older than the days to keep are gone, with what was looked up by them', async () => {
    const clock = { at: old };
    const { writer, connection } = writerOn(await freshStore(kind), { clock: () => new Date(clock.at) });
    const card = issued();
    writer.decided(decision({ issued: [card] }));
    await writer.feedback([overridden(card.uuid)]);
    clock.at = recent;
    writer.decided(decision());
    await writer.flush(FLUSH_MS);
    const { db } = await connection.get();
    const seconds = Date.parse(now) / 1_000;
    await db
      .insertInto('used_token')
      .values({ id: 'expired', exp: seconds - 1 })
      .execute();
    await db
      .insertInto('used_token')
      .values({ id: 'valid', exp: seconds + 300 })
      .execute();
    clock.at = now;
    await pruneNow({ writer, connection });
    expect(await countsIn(connection)).toEqual({
      kinds: ['decision', 'pruned'],
      issued: 1,
      answers: 0,
      feedback: 0,
      tallies: [
        { week: '2026-W47', name: 'calls', count: 1 },
        { week: '2026-W47', name: 'card:interchange-replaced', count: 1 },
        { week: '2026-W47', name: 'drug:baclofen', count: 1 },
        { week: '2026-W47', name: 'orders', count: 1 },
      ],
      tokens: 1,
    });
    const chain = await db.selectFrom('chain').selectAll().executeTakeFirstOrThrow();
    const pruned = await db.selectFrom('entry').select('body').where('kind', '=', 'pruned').execute();
    const base = { chain: chain.id, seq: chain.base_seq, hash: chain.base_hash };
    expect(pruned.map(({ body }) => JSON.parse(body) as unknown)).toEqual([base]);
    expect(base.seq).toBe(3);
  });

  test('many entries are removed in steps, and what is left begins where the last step ended', async () => {
    const clock = { at: old };
    const { writer, connection } = writerOn(await freshStore(kind), { clock: () => new Date(clock.at) });
    for (let times = 0; times < 1_100; times += 1) writer.decided(decision({ issued: [] }));
    await writer.flush(FLUSH_MS);
    clock.at = recent;
    writer.decided(decision());
    await writer.flush(FLUSH_MS);
    clock.at = now;
    const most = { rows: 0 };
    const counting = watched(connection, ({ length }) => {
      most.rows = Math.max(most.rows, length);
    });
    await pruneNow({ writer, connection: counting });
    expect(most.rows).toBeLessThan(10);
    const { db } = await connection.get();
    expect(await db.selectFrom('entry').select('seq').orderBy('seq').execute()).toEqual([
      { seq: 1_102 },
      { seq: 1_103 },
    ]);
    expect(await db.selectFrom('chain').select('base_seq').execute()).toEqual([{ base_seq: 1_101 }]);
  });

  test('entries behind one that is kept stay, though a clock that was set back says they are too old', async () => {
    const clock = { at: old };
    const { writer, connection } = writerOn(await freshStore(kind), { clock: () => new Date(clock.at) });
    for (const at of [old, recent, old]) {
      clock.at = at;
      writer.decided(decision());
    }
    await writer.flush(FLUSH_MS);
    clock.at = now;
    await pruneNow({ writer, connection });
    const { db } = await connection.get();
    expect(await db.selectFrom('entry').select(['seq', 'at', 'kind']).orderBy('seq').execute()).toEqual([
      { seq: 3, at: recent, kind: 'decision' },
      { seq: 4, at: old, kind: 'decision' },
      { seq: 5, at: now, kind: 'pruned' },
    ]);
    expect(await db.selectFrom('chain').select('base_seq').execute()).toEqual([{ base_seq: 2 }]);
  });

  test('an entry that somebody has altered goes with the others', async () => {
    const clock = { at: old };
    const { writer, connection } = writerOn(await freshStore(kind), { clock: () => new Date(clock.at) });
    for (const _ of [1, 2, 3]) writer.decided(decision());
    await writer.flush(FLUSH_MS);
    const { db } = await connection.get();
    await db.updateTable('entry').set({ body: '{' }).where('seq', '=', 2).execute();
    await db.updateTable('entry').set({ body: 'null' }).where('seq', '=', 3).execute();
    clock.at = now;
    await pruneNow({ writer, connection });
    expect(await countsIn(connection)).toMatchObject({ kinds: ['pruned'] });
  });

  test('all tokens that have expired are gone, however many they are', async () => {
    const { connection } = writerOn(await freshStore(kind));
    const { db } = await connection.get();
    const seconds = Date.parse(now) / 1_000;
    for (let times = 0; times < 10; times += 1) {
      const tokens = Array.from({ length: 450 }, (_one, at) => ({
        id: `${times} ${at}`,
        exp: seconds + (at === 0 ? times : -1 - at),
      }));
      await db.insertInto('used_token').values(tokens).execute();
    }
    const note = () => Promise.reject(new Error('nothing to say'));
    await prune({ connection, days: 30, now: new Date(now), note });
    const left = await db.selectFrom('used_token').select('id').orderBy('exp').execute();
    expect(left.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_one, times) => `${times} 0`));
  });

  test('nothing is said or removed while nothing is too old', async () => {
    const { writer, connection } = writerOn(await freshStore(kind), { clock: () => new Date(recent) });
    writer.decided(decision());
    await writer.flush(FLUSH_MS);
    const before = await countsIn(connection);
    await prune({
      connection,
      days: 30,
      now: new Date(now),
      note: () => Promise.reject(new Error('nothing to say')),
    });
    expect(await countsIn(connection)).toEqual(before);
  });
});

test.each(storeKinds)(
  'in %s several that remove at the same moment count what is removed once',
  async (kind) => {
    const url = await freshStore(kind);
    const clock = { at: '2026-11-16T10:00:00.000Z' };
    const written = [1, 2, 3].map(() => writerOn(url, { clock: () => new Date(clock.at) }));
    const [first, second] = written;
    for (let times = 0; times < 120; times += 1) first?.writer.decided(decision());
    await first?.writer.flush(FLUSH_MS);
    // Of the same week, and to stay.
    clock.at = '2026-11-16T12:00:00.000Z';
    for (let times = 0; times < 150; times += 1) second?.writer.decided(decision());
    await second?.writer.flush(FLUSH_MS);
    clock.at = now;
    const days = (Date.parse(now) - Date.parse('2026-11-16T11:00:00.000Z')) / 86_400_000;
    await Promise.all(
      written.map((one) =>
        prune({ connection: one.connection, days, now: new Date(now), note: noting(one) }),
      ),
    );
    const { db } = await first!.connection.get();
    const calls = await db.selectFrom('tally').select('count').where('name', '=', 'calls').execute();
    expect(calls).toEqual([{ count: 150 }]);
    expect((await verifyJournal({ db, keys })).faults).toEqual([]);
  },
);

test('what has been removed further by another does not come back as the beginning', async () => {
  const clock = { at: old };
  const { writer, connection } = writerOn(await freshStore('SQLite'), { clock: () => new Date(clock.at) });
  for (let times = 0; times < 6; times += 1) {
    if (times === 3) clock.at = '2026-08-02T10:00:00.000Z';
    writer.decided(decision());
    await writer.flush(FLUSH_MS);
  }
  const { db } = await connection.get();
  const [newest] = await db.selectFrom('entry').select('seq').orderBy('seq', 'desc').limit(1).execute();
  clock.at = now;
  const flushed = noting({ writer });
  const removing = (until: string, note: typeof flushed) =>
    prune({ connection, days: 30, now: new Date(Date.parse(until) + 30 * 86_400_000), note });
  // The one that looked first says and removes last.
  await removing('2026-08-01T12:00:00.000Z', async (entry) => {
    await flushed(entry);
    await removing('2026-08-02T12:00:00.000Z', flushed);
  });
  expect((await verifyJournal({ db, keys })).faults).toEqual([]);
  const chains = await db.selectFrom('chain').select('base_seq').execute();
  expect(chains.map(({ base_seq: base }) => base)).toEqual([newest?.seq]);
});

/** SQLite has one connection, and nothing comes between two queries of it. */
test('in PostgreSQL an entry that is written while it looks is never taken for an old one', async () => {
  const { connection } = writerOn(await freshStore('PostgreSQL'), { clock: () => new Date(recent) });
  const database = await connection.get();
  const { chain } = await openChain(database, undefined, keys, recent);
  const first = linked(chain.id, chain.head, [{ at: recent, kind: 'start', body: { heads: {} } }], keys);
  let isWritten = false;
  // Behind the first look at the entries of a chain that has none so far.
  const meanwhile = watched(connection, async (rows) => {
    if (isWritten || rows.some((row) => 'base_seq' in row)) return;
    isWritten = true;
    await database.db
      .insertInto('entry')
      .values([...first])
      .execute();
  });
  const said: unknown[] = [];
  const note = async (entry: unknown) => {
    said.push(entry);
  };
  await prune({ connection: meanwhile, days: 30, now: new Date(now), note });
  expect(isWritten).toBe(true);
  expect(said).toEqual([]);
  expect(await countsIn(connection)).toMatchObject({ kinds: ['start'] });
});
