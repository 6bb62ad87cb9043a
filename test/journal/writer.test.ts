/** The writer: everything once, in order, whatever the store does in between. */

import { rmSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Connection } from '../../src/journal/connection.js';
import type { Database } from '../../src/journal/database.js';
import { StoreFailingError } from '../../src/journal/store-faults.js';
import { freshStore, storeKinds } from './stores.js';
import { connected, decision, issued, overridden, writerOn } from './support.js';

const FLUSH_MS = 10_000;

async function entriesOf(connection: Connection) {
  const { db } = await connection.get();
  return db.selectFrom('entry').selectAll().orderBy('chain').orderBy('seq').execute();
}

describe.each(storeKinds)('in %s', (kind) => {
  test('a decision becomes an entry behind the start of the chain, and its cards are found by their uuid', async () => {
    const { writer, connection } = writerOn(await freshStore(kind));
    const card = issued();
    writer.decided(decision({ issued: [card] }));
    expect(writer.isWaiting(new Set([card.uuid]))).toBe(true);
    await writer.flush(FLUSH_MS);
    expect(writer.isWaiting(new Set([card.uuid]))).toBe(false);
    const entries = await entriesOf(connection);
    expect(entries.map(({ seq, kind: of }) => [seq, of])).toEqual([
      [1, 'start'],
      [2, 'decision'],
    ]);
    const { db } = await connection.get();
    const { chain } = entries[1] ?? {};
    expect(await db.selectFrom('issued').selectAll().execute()).toEqual([{ uuid: card.uuid, chain, seq: 2 }]);
  });

  test('feedback is stored once, however often it is sent, and the latest answer counts', async () => {
    const { writer, connection } = writerOn(await freshStore(kind));
    const card = issued();
    writer.decided(decision({ issued: [card] }));
    const early = overridden(card.uuid, { reason: 'early' });
    const late = overridden(card.uuid, {
      outcome: 'accepted',
      outcomeAt: '2026-11-22T10:05:00.000Z',
      acceptedSuggestions: ['suggestion-1'],
    });
    await writer.feedback([late, early, early]);
    await writer.feedback([early]);
    await Promise.all([writer.feedback([late]), writer.feedback([late])]);
    const { db } = await connection.get();
    expect(await db.selectFrom('feedback').select('card').execute()).toHaveLength(2);
    expect((await entriesOf(connection)).filter((entry) => entry.kind === 'feedback')).toHaveLength(2);
    expect(await db.selectFrom('answer').selectAll().execute()).toEqual([
      {
        card: card.uuid,
        chain: writer.chain()?.id,
        seq: 2,
        at: '2026-11-22T10:00:00.000Z',
        week: '2026-W47',
        topic: 'interchange-replaced',
        indicator: 'warning',
        drugs: 'baclofen',
        patient: decision().patient,
        prescriber: decision().prescriber,
        outcome: 'accepted',
        outcome_at: '2026-11-22T10:05:00.000Z',
        reason: '',
      },
    ]);
  });

  test('calls, orders and cards are counted by week, drug and topic', async () => {
    const { writer, connection } = writerOn(await freshStore(kind));
    writer.decided(decision({ orders: [['baclofen'], []] }));
    writer.decided(decision({ orders: [['baclofen']], issued: [issued()] }));
    await writer.flush(FLUSH_MS);
    writer.decided(decision({ orders: [], issued: [] }));
    await writer.flush(FLUSH_MS);
    const { db } = await connection.get();
    expect(await db.selectFrom('tally').selectAll().orderBy('name').execute()).toEqual([
      { week: '2026-W47', name: 'calls', count: 3 },
      { week: '2026-W47', name: 'card:interchange-replaced', count: 2 },
      { week: '2026-W47', name: 'drug:baclofen', count: 2 },
      { week: '2026-W47', name: 'orders', count: 3 },
    ]);
  });

  test('two processes of one store each have their own chain, and the later one names the head of the other', async () => {
    const url = await freshStore(kind);
    const one = writerOn(url);
    one.writer.decided(decision());
    await one.writer.flush(FLUSH_MS);
    const other = writerOn(url);
    other.writer.decided(decision());
    await other.writer.flush(FLUSH_MS);
    const id = one.writer.chain()?.id ?? '';
    const start = (await entriesOf(one.connection)).find(
      (entry) => entry.kind === 'start' && entry.chain !== id,
    );
    expect(JSON.parse(start?.body ?? '{}')).toEqual({ heads: { [id]: one.writer.chain()?.head } });
  });

  test('the same feedback sent to two replicas at once is stored once, and both are told so', async () => {
    const url = await freshStore(kind);
    const [one, other] = [writerOn(url), writerOn(url)];
    const cards = Array.from({ length: 20 }, () => issued());
    one.writer.decided(decision({ issued: cards }));
    await one.writer.flush(FLUSH_MS);
    other.writer.decided(decision());
    await other.writer.flush(FLUSH_MS);
    const all = cards.map(({ uuid }) => overridden(uuid));
    await Promise.all([one.writer.feedback(all), other.writer.feedback([...all].reverse())]);
    expect((await entriesOf(one.connection)).filter((entry) => entry.kind === 'feedback')).toHaveLength(20);
    // A deadlock would end after a second, which is half of the time there is for feedback.
    const faults = [one, other].flatMap(({ log }) => log.lines.map(({ facts }) => facts['fault']));
    expect(faults).not.toContain('40P01');
  });

  test('a transaction that came about although it seemed to fail is not written twice', async () => {
    const url = await freshStore(kind);
    const connection = connected(url);
    let isLost = true;
    const lossy: Connection = {
      drop: () => connection.drop(),
      get: async () => {
        const database = await connection.get();
        if (!isLost) return database;
        const write: Database['write'] = async (isDurable, run) => {
          await database.write(isDurable, run);
          isLost = false;
          throw new Error('the connection was lost before the answer came');
        };
        return { ...database, write };
      },
    };
    const { writer } = writerOn(url, { connection: lossy });
    const card = issued();
    writer.decided(decision({ issued: [card] }));
    await writer.feedback([overridden(card.uuid)]);
    expect((await entriesOf(connection)).map((entry) => entry.kind)).toEqual([
      'start',
      'decision',
      'feedback',
    ]);
  });

  test('an entry that no store takes is left out, counted and told; the others are kept', async () => {
    const { writer, connection, log } = writerOn(await freshStore(kind));
    const twice = issued();
    writer.decided(decision({ issued: [twice] }));
    writer.decided(decision({ issued: [twice] }));
    const good = issued();
    writer.decided(decision({ issued: [good] }));
    await writer.flush(FLUSH_MS);
    const { db } = await connection.get();
    const kept = await db.selectFrom('issued').select('uuid').execute();
    expect(kept.map(({ uuid }) => uuid).sort()).toEqual([twice.uuid, good.uuid].sort());
    expect(writer.state()).toEqual({ queued: 0, dropped: 1, isFailing: false });
    expect(log.lines.map(({ message }) => message)).toContain('the journal refused an entry');
  });
});

/** SQLite writes in the process: a transaction at every turn of the event loop would be the dearest part of a call. */
test('decisions that come turn by turn are written many at a time', async () => {
  const connection = connected(await freshStore('SQLite'));
  const database = await connection.get();
  let transactions = 0;
  const write: Database['write'] = (isDurable, run) => {
    transactions += 1;
    return database.write(isDurable, run);
  };
  const counting = { ...database, write };
  const { writer } = writerOn('', {
    connection: { drop: () => connection.drop(), get: async () => counting },
  });
  for (let call = 0; call < 400; call += 1) {
    writer.decided(decision({ issued: [] }));
    await setImmediate();
  }
  await writer.flush(FLUSH_MS);
  expect(await entriesOf(connection)).toHaveLength(401);
  expect(transactions).toBeLessThan(40);
});

test('only what holds feedback is asked to outlive a failure of the power', async () => {
  const connection = connected(await freshStore('SQLite'));
  const database = await connection.get();
  const asked: unknown[] = [];
  const write: Database['write'] = (isDurable, run) =>
    database.write(isDurable, async (db) => {
      const { rows } = await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(db);
      asked.push([isDurable, ...rows]);
      return run(db);
    });
  const watched = { ...database, write };
  const { writer } = writerOn('', {
    connection: { drop: () => connection.drop(), get: async () => watched },
  });
  const card = issued();
  writer.decided(decision({ issued: [card] }));
  await writer.flush(FLUSH_MS);
  await writer.feedback([overridden(card.uuid)]);
  writer.decided(decision());
  await writer.flush(FLUSH_MS);
  const [normal, full] = [{ synchronous: 1 }, { synchronous: 2 }];
  expect(asked).toEqual([
    [false, normal],
    [true, full],
    [false, normal],
  ]);
});

describe('while the store fails', () => {
  const failing: Connection = {
    get: () => Promise.reject(Object.assign(new Error('full of secrets'), { code: 'SQLITE_FULL' })),
    drop: () => Promise.resolve(),
  };

  test('decisions wait up to a bound, beyond it they are counted; feedback is refused; the log gets a code, once', async () => {
    let current = failing;
    const url = await freshStore('SQLite');
    const real = connected(url);
    const connection: Connection = { get: () => current.get(), drop: () => current.drop() };
    const { writer, log } = writerOn(url, { connection, most: 3, feedbackMs: 50 });
    for (let times = 0; times < 5; times += 1) writer.decided(decision());
    await writer.flush(300);
    expect(writer.state()).toEqual({ queued: 3, dropped: 2, isFailing: true });
    await expect(writer.feedback([overridden('any')])).rejects.toThrow(StoreFailingError);
    expect(log.lines).toEqual([
      {
        level: 'error',
        facts: { fault: 'SQLITE_FULL', queued: 3, dropped: 2, isFailing: true },
        message: 'the journal cannot be written',
      },
    ]);
    current = real;
    await writer.flush(FLUSH_MS);
    const entries = await entriesOf(real);
    expect(entries.map((entry) => entry.kind)).toEqual([
      'start',
      'decision',
      'decision',
      'decision',
      'dropped',
    ]);
    expect(entries.at(-1)?.body).toBe('{"decisions":2}');
    expect(log.lines.at(-1)?.message).toBe('the journal is written again');
  });

  test.each([
    [
      'a database that is not there',
      (url: string) => `${url}_of_nobody`,
      '3D000',
      /^no such database: make it/,
    ],
    [
      'a server without TLS',
      (url: string) => `${url}?sslmode=verify-full`,
      'no TLS',
      /^the server has no TLS: /,
    ],
  ])('%s is told in words', async (_, changed, fault, means) => {
    const { writer, log } = writerOn(changed(await freshStore('PostgreSQL')));
    expect(await writer.probe()).toBe(false);
    const facts = { fault, means: expect.stringMatching(means), queued: 0, dropped: 0, isFailing: true };
    expect(log.lines).toEqual([{ level: 'error', facts, message: 'the journal cannot be written' }]);
  });

  test('a password that is not taken is told in words, without the words of the server', async () => {
    const error = Object.assign(new Error('password authentication failed for user "ada"'), {
      code: '28P01',
    });
    const connection = { ...failing, get: () => Promise.reject(error) };
    const { writer, log } = writerOn(await freshStore('SQLite'), { connection });
    expect(await writer.probe()).toBe(false);
    expect(log.lines[0]?.facts).toMatchObject({
      fault: '28P01',
      means: 'authentication failed: mend user or password in DATABASE_URL',
    });
    expect(JSON.stringify(log.lines)).not.toContain('ada');
  });

  test('a feedback that could not be stored in time is given up, and may be sent again', async () => {
    let isFailing = true;
    const url = await freshStore('SQLite');
    const real = connected(url);
    const connection: Connection = {
      get: () => (isFailing ? failing.get() : real.get()),
      drop: () => real.drop(),
    };
    const { writer } = writerOn(url, { connection, feedbackMs: 100 });
    const card = issued();
    writer.decided(decision({ issued: [card] }));
    await expect(writer.feedback([overridden(card.uuid)])).rejects.toThrow(StoreFailingError);
    isFailing = false;
    await writer.flush(FLUSH_MS);
    const { db } = await real.get();
    expect(await db.selectFrom('feedback').selectAll().execute()).toEqual([]);
    await writer.feedback([overridden(card.uuid)]);
    expect(await db.selectFrom('feedback').selectAll().execute()).toHaveLength(1);
  });
});

test('a file that is replaced while it is open is noticed: a new chain begins in the new one', async () => {
  const url = await freshStore('SQLite');
  const path = url.slice('sqlite:'.length);
  const { writer, connection } = writerOn(url);
  writer.decided(decision());
  await writer.flush(FLUSH_MS);
  const first = writer.chain()?.id;
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  writer.decided(decision());
  await writer.flush(FLUSH_MS);
  expect(writer.chain()?.id).not.toBe(first);
  expect((await entriesOf(connection)).map((entry) => entry.kind)).toEqual(['start', 'decision']);
});

test('the event loop has its turn between two batches', async () => {
  const { writer } = writerOn(await freshStore('SQLite'));
  for (let times = 0; times < 640; times += 1) writer.decided(decision());
  let turns = 0;
  const count = setInterval(() => {
    turns += 1;
  }, 0);
  await writer.flush(FLUSH_MS);
  clearInterval(count);
  expect(writer.state().queued).toBe(0);
  expect(turns).toBeGreaterThanOrEqual(5);
});
