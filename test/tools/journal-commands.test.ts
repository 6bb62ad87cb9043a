/** `journal verify`, `journal report` and `journal comments` at a terminal, with and without a journal. */

import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { openDatabase, sqlitePath } from '../../src/journal/database.js';
import { journalKeys } from '../../src/journal/keys.js';
import { comments } from '../../tools/journal-comments.js';
import { report } from '../../tools/journal-report.js';
import { errorInWords, journalSource, type JournalSource, keysOf } from '../../tools/journal-source.js';
import { verify } from '../../tools/journal-verify.js';
import { freshStore, storeKinds } from '../journal/stores.js';
import { answer, decided, startProcess, tamper } from '../journal/processes.js';
import { NOW, SECRET } from '../journal/support.js';
import { cardsFolder, newFolder } from '../library/support.js';
import { card, CARD, saidLater } from './support.js';

const clock = () => NOW;

describe.each(storeKinds)('a journal in %s', (kind) => {
  let source: JournalSource;
  let chain: string;

  beforeEach(async () => {
    const databaseUrl = await freshStore(kind);
    source = { databaseUrl, journalKey: SECRET, cardsDir: cardsFolder({ [CARD]: card }) };
    const process = await startProcess(databaseUrl);
    await process.decide(decided('a'), decided('b'), decided('c', { issued: [] }));
    await process.answer(answer('a', { comment: '=she knows', reason: { code: 'x' } }));
    ({ chain } = process);
    await process.stop();
  });

  describe('that is verified', () => {
    const verified = (...args: readonly string[]) => saidLater((terminal) => verify(source, terminal, args));
    const logOf = (...heads: readonly object[]) => {
      const file = join(newFolder(), 'service.log');
      const lines = [{ msg: 'ready' }, ...heads.map((head) => ({ ...head, msg: 'head of the journal' }))];
      writeFileSync(
        file,
        `head of the journal\n${lines.map((line) => `service | ${JSON.stringify(line)}`).join('\n')}\n`,
      );
      return file;
    };

    test('is right, with counts', async () => {
      expect(await verified()).toEqual({
        code: 0,
        said: ['1 chain, 6 right entries, 0 named heads, 2 cards: nothing was altered, removed or moved'],
      });
    });

    test('is wrong, with the first wrong record', async () => {
      await tamper(source.databaseUrl, (db) => db.updateTable('entry').set({ body: '{}' }).execute());
      expect(await verified()).toEqual({
        code: 1,
        said: [
          `altered: ${chain}:1 was altered: its hash does not fit what it holds and the entry before it`,
          '1 chain, 0 right entries, 0 named heads, answers to cards not compared',
        ],
      });
    });

    test('is told as JSON', async () => {
      const { said } = await verified('--json');
      expect(JSON.parse(said.join('\n'))).toEqual({
        isRight: true,
        chains: 1,
        entries: 6,
        cards: 2,
        heads: 0,
        faults: [],
        otherKey: [],
      });
    });

    test('is wrong when the log says that there was more, with the line of the log', async () => {
      const file = logOf({ chain, seq: 0, hash: chain }, { chain, seq: 9, hash: 'x' });
      expect(await verified('--log', file)).toMatchObject({
        code: 1,
        said: [
          expect.stringMatching(
            /^the end is cut off: \S+:7 is missing .* line 4 of \S+service\.log says that it had come to \S+:9$/,
          ),
          expect.stringMatching(/, 2 named heads, /),
        ],
      });
    });

    test('is held against several files of the log', async () => {
      const files = [logOf({ chain, seq: 0, hash: chain }), logOf({ chain, seq: 6, hash: 'x' })];
      const args = files.flatMap((file) => ['--log', file]);
      expect((await verified(...args)).said[0]).toMatch(
        /^altered: \S+:6 was altered: it is not the entry that line 3 of \S+ names$/,
      );
    });

    test('is not held against a log that tells of no head', async () => {
      await expect(verified('--log', logOf())).rejects.toThrow('expected the log of the service');
    });

    test('cannot be told when everything is gone', async () => {
      await tamper(source.databaseUrl, async (db) => {
        for (const table of ['feedback', 'answer', 'issued', 'tally', 'entry', 'chain'] as const)
          await db.deleteFrom(table).execute();
      });
      expect(await verified()).toEqual({
        code: 2,
        said: [
          'the journal holds nothing, so nothing can be said of it',
          expect.stringMatching(/^0 chains, 0 right entries/),
        ],
      });
    });

    test('cannot be told with another key', async () => {
      source = { ...source, journalKey: 'another secret of the tests, as long as it' };
      expect(await verified()).toMatchObject({
        code: 2,
        said: [
          expect.stringMatching(/^another key: nothing can be said of 1 chain \(\w+\); give the key/),
          expect.stringContaining('answers to cards not compared'),
        ],
      });
    });
  });

  describe('that is reported', () => {
    const reported = (...args: readonly string[]) =>
      saidLater((terminal) => report(source, terminal, args, clock));

    test('is a table, card by card and week by week', async () => {
      expect(await reported()).toEqual({
        code: 0,
        said: [
          [
            '2026-W22 to 2026-W47: 3 calls, 3 orders',
            '',
            'card                week      shown  accepted  overridden  ignored  median seconds  orders  per 100 orders  reasons',
            'relaxants-baclofen  all           2         0           1        1              60       3            66.7  other 1',
            '                    2026-W47      2         0           1        1              60       3            66.7  other 1',
          ].join('\n'),
        ],
      });
    });

    test('is CSV, one row for each card and week', async () => {
      expect(await reported('--csv', '--weeks', '1')).toEqual({
        code: 0,
        said: [
          [
            'card,week,shown,accepted,overridden,ignored,median seconds,orders,per 100 orders,reasons',
            'relaxants-baclofen,2026-W47,2,0,1,1,60,3,66.7,other 1',
          ].join('\n'),
        ],
      });
    });

    test('is JSON', async () => {
      const { said } = await reported('--json');
      expect(JSON.parse(said.join('\n'))).toMatchObject({
        calls: 3,
        cards: [{ topic: 'relaxants-baclofen' }],
      });
    });

    test('is asked for a number of weeks', async () => {
      await expect(reported('--weeks', 'x')).rejects.toThrow('--weeks: expected a number from 1 to 9999');
    });
  });

  describe('whose comments are read', () => {
    const read = (...args: readonly string[]) => saidLater((terminal) => comments(source, terminal, args));
    const time = '2026-11-22T10:01:00.000Z';

    test('is a table', async () => {
      expect(await read()).toEqual({
        code: 0,
        said: [
          [
            'time                      topic               outcome     reason  card  comment',
            `${time}  relaxants-baclofen  overridden  other   a     =she knows`,
          ].join('\n'),
        ],
      });
    });

    test('is CSV without formulae', async () => {
      expect((await read('--csv')).said).toEqual([
        `time,topic,outcome,reason,card,comment\n${time},relaxants-baclofen,overridden,other,a,"'=she knows"`,
      ]);
    });

    test('is JSON', async () => {
      expect(JSON.parse((await read('--json')).said.join('\n'))).toEqual([
        {
          at: time,
          topic: 'relaxants-baclofen',
          outcome: 'overridden',
          reason: 'other',
          card: 'a',
          comment: '=she knows',
        },
      ]);
    });

    test('says which ones another key encrypted', async () => {
      source = { ...source, journalKey: 'another secret of the tests, as long as it' };
      expect(await read()).toEqual({
        code: 2,
        said: [
          expect.stringContaining('a     (encrypted with another key)'),
          '1 of 1 encrypted with another key; give the key that the service had then in JOURNAL_KEY',
        ],
      });
    });

    test('never steers the terminal', async () => {
      const process = await startProcess(source.databaseUrl);
      await process.answer(answer('b', { comment: 'red \u001B[31m\nline' }));
      await process.stop();
      expect((await read()).said[0]).toContain('red  [31m line');
    });
  });

  test('that holds nothing is not taken for one', async () => {
    const databaseUrl = await freshStore(kind);
    await openDatabase(databaseUrl).then((database) => database.close());
    await tamper(databaseUrl, (db) => db.schema.dropTable('entry').execute());
    await expect(verify({ ...source, databaseUrl }, console, [])).rejects.toThrow('holds no journal');
  });
});

describe('a journal that is not there', () => {
  const source = (folder: string) =>
    journalSource({ DATABASE_URL: `sqlite:${join(folder, 'journal.sqlite')}`, JOURNAL_KEY: ' ' });

  test.each([
    ['verify', verify],
    ['comments', comments],
    ['report', (from: JournalSource) => report(from, console, [], clock)],
  ])('is not made by %s', async (_, command) => {
    const folder = newFolder();
    await expect(command(source(folder), console, [])).rejects.toThrow(
      /^DATABASE_URL: expected the file of the journal, .*journal\.sqlite, which does not exist$/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is not looked for at another address', async () => {
    const elsewhere = { ...source(newFolder()), databaseUrl: 'mysql://x' };
    await expect(verify(elsewhere, console, [])).rejects.toThrow('DATABASE_URL: expected sqlite:<path> or');
  });

  test('has no key either, and gets none', async () => {
    const from = source(newFolder());
    const file = `${sqlitePath(from.databaseUrl)}.key`;
    await startProcess(from.databaseUrl, { keys: journalKeys('k'.repeat(32)) }).then((one) => one.stop());
    await expect(verify(from, console, [])).rejects.toThrow(`or the one that is kept in ${file}`);
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, `${'k'.repeat(32)}\n`);
    expect(await saidLater((terminal) => verify(from, terminal, []))).toMatchObject({ code: 0 });
  });

  test('on a server needs the key of the service', () => {
    const server = { ...source(newFolder()), databaseUrl: 'postgres://127.0.0.1/x' };
    expect(() => keysOf(server)).toThrow('JOURNAL_KEY: expected the key that the service is given');
  });

  test('is told by the code of an error that has no words', () => {
    expect(errorInWords(Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }))).toBe(
      'DATABASE_URL: the journal could not be read (ECONNREFUSED)',
    );
    expect(errorInWords('x')).toBe('x');
  });
});
