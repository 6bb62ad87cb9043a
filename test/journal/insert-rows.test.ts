/** Rows of a batch, however many they are, and statements that are used again. */

import { afterAll, expect, test } from '@jest/globals';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { openDatabase } from '../../src/journal/database.js';
import { insertRows } from '../../src/journal/insert-rows.js';
import { keepStatements } from '../../src/journal/kept-statements.js';

const database = await openDatabase('sqlite::memory:');
afterAll(() => database.close());

const row = (chain: string, seq: number) => ({
  chain,
  seq,
  at: '2026-11-22T10:00:00.000Z',
  kind: 'decision',
  body: `{"of":${seq}}`,
  hash: `${chain}${seq}`,
});
const rowsOf = (chain: string, count: number) =>
  Array.from({ length: count }, (_one, position) => row(chain, position + 1));
const stored = (chain: string) =>
  database.db.selectFrom('entry').selectAll().where('chain', '=', chain).orderBy('seq').execute();

test.each([0, 1, 2, 3, 7, 64, 127, 128, 129, 391])('%i rows are stored as they are', async (count) => {
  const rows = rowsOf(`of ${count}`, count);
  await insertRows(database.db, 'entry', rows);
  expect(await stored(`of ${count}`)).toEqual(rows);
});

test('a statement that was refused is made anew, and takes the next rows', async () => {
  await insertRows(database.db, 'entry', [row('refused', 1)]);
  await expect(insertRows(database.db, 'entry', [row('refused', 1)])).rejects.toThrow('UNIQUE');
  await insertRows(database.db, 'entry', [row('refused', 2)]);
  expect(await stored('refused')).toHaveLength(2);
});

/** A file that remembers what was prepared. */
function fileOf(isReader: boolean, run: SqliteStatement['run']) {
  const prepared: string[] = [];
  const file: SqliteDatabase = {
    prepare(sql) {
      prepared.push(sql);
      return { reader: isReader, all: () => [], iterate: () => [].values(), run };
    },
    close: () => undefined,
  };
  return { prepared, kept: keepStatements(file) };
}
const written = () => ({ changes: 1, lastInsertRowid: 1 });

test('a statement that writes is prepared once, and again after it has failed', () => {
  const runs = [
    written,
    written,
    () => {
      throw new Error('full');
    },
    written,
  ];
  const { prepared, kept } = fileOf(false, () => (runs.shift() ?? written)());
  kept.prepare('insert').run([]);
  kept.prepare('insert').run([]);
  expect(prepared).toEqual(['insert']);
  expect(() => kept.prepare('insert').run([])).toThrow('full');
  kept.prepare('insert').run([]);
  expect(prepared).toEqual(['insert', 'insert']);
});

test('a statement that reads is prepared each time, and few others are kept', () => {
  const reading = fileOf(true, written);
  reading.kept.prepare('select');
  reading.kept.prepare('select');
  expect(reading.prepared).toHaveLength(2);
  const writing = fileOf(false, written);
  for (const sql of ['first', ...Array.from({ length: 100 }, (_one, at) => `${at}`), 'first']) {
    writing.kept.prepare(sql);
  }
  expect(writing.prepared.filter((sql) => sql === 'first')).toHaveLength(2);
});
