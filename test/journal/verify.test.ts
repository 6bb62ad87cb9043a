/** A journal that somebody has changed behind the back of the service: the first wrong record is named. */

import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Updateable } from 'kysely';
import { openToRead } from '../../src/journal/database.js';
import { journalKeys } from '../../src/journal/keys.js';
import type { Schema } from '../../src/journal/schema.js';
import { freshStore, storeKinds } from './stores.js';
import { afterQuery, answer, decided, startProcess, tamper, verified } from './processes.js';

const otherKeys = journalKeys('another secret of the tests, as long as it');

describe.each(storeKinds)('a journal in %s', (kind) => {
  let url: string;
  /** Holds six entries: 1 and 2 of itself, 3 to 5 cards a, b and c, 6 the answer to card a. */
  let chain: string;

  beforeEach(async () => {
    url = await freshStore(kind);
    const process = await startProcess(url);
    await process.decide(decided('a'), decided('b'), decided('c'));
    await process.answer(answer('a', { comment: 'I know her' }));
    ({ chain } = process);
    await process.stop();
  });

  const edit = (seq: number, set: Updateable<Schema['entry']>) =>
    tamper(url, (db) => db.updateTable('entry').set(set).where('seq', '=', seq).execute());
  const remove = (...seqs: readonly number[]) =>
    tamper(url, (db) =>
      db
        .deleteFrom('entry')
        .where('seq', 'in', [...seqs])
        .execute(),
    );
  const setHead = (set: Updateable<Schema['chain']>) =>
    tamper(url, (db) => db.updateTable('chain').set(set).where('id', '=', chain).execute());
  const hashOf = async (seq: number) => {
    let hash = '';
    await tamper(url, async (db) => {
      ({ hash } = await db
        .selectFrom('entry')
        .select('hash')
        .where('chain', '=', chain)
        .where('seq', '=', seq)
        .executeTakeFirstOrThrow());
    });
    return hash;
  };
  /** As thoroughly as somebody who knows all tables. */
  const forget = (from: number) =>
    tamper(url, async (db) => {
      for (const table of ['entry', 'issued', 'feedback'] as const) {
        await db.deleteFrom(table).where('chain', '=', chain).where('seq', '>=', from).execute();
      }
      await db.deleteFrom('answer').execute();
      const cards = await db.selectFrom('issued').selectAll().execute();
      const name = 'card:relaxants-baclofen';
      await db.updateTable('tally').set({ count: cards.length }).where('name', '=', name).execute();
    });
  const found = async (more: Parameters<typeof verified>[1] = {}) => {
    const { faults } = await verified(url, more);
    return faults.map(({ record, wrong }) => [record.replaceAll(chain, 'c'), wrong]);
  };

  test('that nobody has touched is right', async () => {
    expect(await verified(url)).toEqual({
      chains: 1,
      entries: 6,
      cards: 3,
      heads: 0,
      faults: [],
      otherKey: [],
    });
  });

  test('that nothing was written to is right', async () => {
    const empty = await freshStore(kind);
    await tamper(empty, () => Promise.resolve());
    expect(await verified(empty)).toMatchObject({ chains: 0, entries: 0, faults: [] });
  });

  test('is right when a process began a chain and never wrote', async () => {
    await tamper(url, (db) =>
      db
        .insertInto('chain')
        .values({ id: 'd', started: '', key: 'k', seq: 0, hash: 'd', base_seq: 0, base_hash: '' })
        .execute(),
    );
    expect(await found()).toEqual([]);
  });

  test.each<[string, Updateable<Schema['entry']>]>([
    ['what an entry holds', { body: '{}' }],
    ['what an entry holds into something unreadable', { body: '{' }],
    ['the time of an entry', { at: '2026-11-22T10:00:01.000Z' }],
    ['the kind of an entry', { kind: 'dropped' }],
    ['the hash of an entry', { hash: 'x' }],
  ])('tells who changed %s', async (_, set) => {
    await edit(4, set);
    expect(await found()).toEqual([['c:4', 'altered']]);
  });

  test('names the first of several', async () => {
    await edit(5, { body: '{}' });
    await edit(3, { body: '{}' });
    expect(await found()).toEqual([['c:3', 'altered']]);
  });

  test.each([
    ['in the middle', [3, 4], 'c:3'],
    ['at the beginning', [1], 'c:1'],
  ])('tells which entries were removed %s', async (_, seqs, first) => {
    await remove(...seqs);
    expect(await found()).toEqual([[first, 'missing']]);
  });

  test('tells that its beginning was removed without a word, as if for its age', async () => {
    const hash = await hashOf(2);
    await remove(1, 2);
    await setHead({ base_seq: 2, base_hash: hash });
    expect(await found()).toEqual([['c:2', 'removed without a word']]);
  });

  test('tells that all of it was removed without a word, as if for its age', async () => {
    const hash = await hashOf(6);
    await forget(1);
    await setHead({ base_seq: 6, base_hash: hash });
    expect(await found()).toEqual([['c:6', 'removed without a word']]);
  });

  test('tells that a base was set while the entries are there', async () => {
    await setHead({ base_seq: 2, base_hash: await hashOf(2) });
    expect(await found()).toEqual([['chain c', 'altered']]);
  });

  test('tells which entry was moved', async () => {
    await edit(4, { seq: 40 });
    await edit(5, { seq: 4 });
    await edit(40, { seq: 5 });
    expect(await verified(url).then(({ faults }) => faults)).toEqual([
      {
        record: `${chain}:4`,
        wrong: 'in the wrong place',
        message: `${chain}:4 is in the wrong place: it is genuine and was written behind what is now ${chain}:5`,
      },
    ]);
  });

  test('tells that its end is cut off', async () => {
    await forget(5);
    expect(await found()).toEqual([['c:5', 'the end is cut off']]);
  });

  test('tells that its end is cut off and its head set back, by what the log says', async () => {
    const head = { chain, seq: 6, hash: await hashOf(6), by: 'line 7 of a log' };
    expect(await found({ claims: [head] })).toEqual([]);
    await forget(5);
    await setHead({ seq: 4, hash: await hashOf(4) });
    expect(await found()).toEqual([]);
    const { faults } = await verified(url, { claims: [head] });
    expect(faults).toEqual([
      {
        record: `${chain}:5`,
        wrong: 'the end is cut off',
        message: `${chain}:5 is missing with all that followed: the end is cut off and the head of the chain set back; line 7 of a log says that it had come to ${chain}:6`,
      },
    ]);
  });

  test('tells that its end is cut off and its head set back, by what a later process found', async () => {
    await startProcess(url).then((later) => later.stop());
    await forget(5);
    await setHead({ seq: 4, hash: await hashOf(4) });
    expect(await found()).toEqual([['c:5', 'the end is cut off']]);
  });

  test('tells that it is not the one the log speaks of', async () => {
    const claims = [{ chain, seq: 5, hash: 'another', by: 'line 7 of a log' }];
    expect(await found({ claims })).toEqual([['c:5', 'altered']]);
  });

  test('tells that the head was set back over entries that are there', async () => {
    await setHead({ seq: 4, hash: await hashOf(4) });
    expect(await found()).toEqual([['c:6', 'without a head']]);
  });

  test('tells that the hash of the head was changed', async () => {
    await setHead({ hash: 'x' });
    expect(await found()).toEqual([['chain c', 'altered']]);
  });

  test('tells that the head is gone', async () => {
    await tamper(url, (db) => db.deleteFrom('chain').execute());
    expect(await found()).toEqual([['chain c', 'without a head']]);
  });

  test('tells that a whole chain is gone, by what a later process found', async () => {
    await startProcess(url).then((later) => later.stop());
    await forget(1);
    await tamper(url, (db) => db.deleteFrom('chain').where('id', '=', chain).execute());
    expect(await found()).toEqual([['chain c', 'the chain is gone']]);
  });

  test('says nothing of entries that another key wrote, and no other fault', async () => {
    expect(await verified(url, { keys: otherKeys })).toEqual({
      chains: 1,
      entries: 0,
      cards: 0,
      heads: 0,
      faults: [],
      otherKey: [chain],
    });
  });

  test('does not believe that another key wrote what fits this one', async () => {
    await setHead({ key: otherKeys.fingerprint });
    expect(await found()).toEqual([['chain c', 'altered']]);
  });

  test.each<[string, Updateable<Schema['issued']>, string]>([
    ['the id of a card', { uuid: 'another' }, 'missing'],
    ['the entry of a card', { seq: 4 }, 'altered'],
  ])('tells who changed %s', async (_, set, wrong) => {
    await tamper(url, (db) => db.updateTable('issued').set(set).where('uuid', '=', 'a').execute());
    expect(await found()).toEqual([['issued a', wrong]]);
  });

  test.each<[string, Updateable<Schema['answer']>]>([
    ['the topic of an answered card', { topic: 'another' }],
    ['the patient of an answered card', { patient: 'another' }],
    ['the week of an answered card', { week: '2026-W01' }],
    ['the entry of an answered card', { seq: 4 }],
    ['the outcome of a card', { outcome: 'accepted' }],
    ['the time of an outcome', { outcome_at: '2026-11-22T10:02:00.000Z' }],
    ['the reason of a card', { reason: 'another' }],
  ])('tells who changed %s', async (_, set) => {
    await tamper(url, (db) => db.updateTable('answer').set(set).execute());
    expect(await found()).toEqual([['answer a', 'altered']]);
  });

  test.each([
    ['a card which nobody answered', 'b', 'no entry says that the card was answered'],
    ['a card that nobody gave out', 'x', 'no entry gave out this card'],
  ])('tells that an answer was added to %s', async (_, card, why) => {
    await tamper(url, async (db) => {
      const row = await db.selectFrom('answer').selectAll().executeTakeFirstOrThrow();
      await db
        .insertInto('answer')
        .values({ ...row, card })
        .execute();
    });
    const { faults } = await verified(url);
    expect(faults).toMatchObject([{ record: `answer ${card}`, message: expect.stringContaining(why) }]);
  });

  test('tells that an answered card was made into one that nobody answered', async () => {
    await tamper(url, (db) => db.deleteFrom('answer').execute());
    expect(await found()).toEqual([['answer a', 'missing']]);
  });

  test.each([
    ['raised', 4],
    ['lowered', 2],
  ])('tells that the count of cards given out was %s', async (_, count) => {
    const name = 'card:relaxants-baclofen';
    await tamper(url, (db) => db.updateTable('tally').set({ count }).where('name', '=', name).execute());
    const { faults } = await verified(url);
    expect(faults.map(({ message }) => message)).toEqual([
      `tally 2026-W47 ${name} was altered: it is ${count}, and the entries give out 3`,
    ]);
  });

  test('tells that the count of cards given out was removed, or one added', async () => {
    await tamper(url, (db) => db.deleteFrom('tally').execute());
    expect(await found()).toEqual([['tally 2026-W47 card:relaxants-baclofen', 'altered']]);
    const made = { week: '2026-W02', name: 'card:relaxants-baclofen', count: 1 };
    await tamper(url, (db) => db.insertInto('tally').values(made).execute());
    expect(await found()).toEqual([['tally 2026-W02 card:relaxants-baclofen', 'altered']]);
  });

  test.each([
    ['a card', 4, 'did not give out this card'],
    ['a card of an entry that is not there', 400, 'there is no entry'],
  ])('tells that %s was added', async (_, seq, why) => {
    await tamper(url, (db) => db.insertInto('issued').values({ uuid: 'x', chain, seq }).execute());
    const { faults } = await verified(url);
    expect(faults).toMatchObject([{ record: 'issued x', message: expect.stringContaining(why) }]);
  });

  test('tells that a card was removed', async () => {
    await tamper(url, (db) => db.deleteFrom('issued').where('uuid', '=', 'b').execute());
    expect(await found()).toEqual([['issued b', 'missing']]);
  });

  test('tells that the row of a feedback was changed, added or removed', async () => {
    await tamper(url, (db) => db.updateTable('feedback').set({ digest: 'x' }).execute());
    expect(await found()).toEqual([['feedback x', 'altered']]);
    await tamper(url, (db) => db.updateTable('feedback').set({ seq: 400 }).execute());
    expect(await found()).toEqual([['feedback x', 'altered']]);
    await tamper(url, (db) => db.deleteFrom('feedback').execute());
    expect(await found()).toEqual([[expect.stringMatching(/^feedback \S+$/), 'missing']]);
  });

  test('is right when a card was answered again, in whatever order the answers came', async () => {
    const later = await startProcess(url);
    const reminded = { outcomeAt: '2026-11-22T10:03:00.000Z' };
    await later.answer(answer('b', reminded), answer('b'), answer('a', reminded));
    await later.stop();
    expect(await found()).toEqual([]);
  });

  test('is right while it is written', async () => {
    const process = await startProcess(url);
    const numbers = Array.from({ length: 300 }, (_, index) => `n${index}`);
    const writing = process
      .decide(...numbers.map((number) => decided(number)))
      .then(() => process.answer(answer('b'), answer('n1')));
    expect(await found()).toEqual([]);
    await writing;
    expect(await found()).toEqual([]);
    await process.stop();
  });

  describe('whose entries are removed for their age', () => {
    const later = (now: string) => startProcess(url, { now });
    const pruneOn = async (now: string) => {
      const process = await later(now);
      await process.prune(30);
      await process.stop();
    };

    test('is right: an entry says so before it is done', async () => {
      const process = await later('2026-12-24T12:00:00.000Z');
      await process.decide(decided('d'));
      await process.prune(30);
      await process.stop();
      expect(await verified(url)).toMatchObject({ chains: 2, entries: 4, cards: 1, faults: [] });
    });

    test('is right when the process ended between saying so and doing it', async () => {
      const process = await later('2026-12-24T12:00:00.000Z');
      const body = { chain, seq: 5, hash: await hashOf(5) };
      await process.writer.note({ at: '2026-12-24T12:00:00.000Z', kind: 'pruned', body });
      await process.stop();
      expect(await found()).toEqual([]);
    });

    test('is right when the entry that said so was removed for its age in turn', async () => {
      await pruneOn('2026-12-24T12:00:00.000Z');
      await pruneOn('2027-02-24T12:00:00.000Z');
      expect(await found()).toEqual([]);
    });

    test('is right while that is done', async () => {
      const process = await later('2026-12-24T12:00:00.000Z');
      const { db, close } = afterQuery(await openToRead(url), 3, () => process.prune(30));
      expect(await found({ db })).toEqual([]);
      await close();
      await process.stop();
      expect(await verified(url)).toMatchObject({ chains: 2, entries: 3 });
    });

    test('is not right when more is gone than was said', async () => {
      const process = await later('2026-12-24T12:00:00.000Z');
      const body = { chain, seq: 2, hash: await hashOf(2) };
      await process.writer.note({ at: '2026-12-24T12:00:00.000Z', kind: 'pruned', body });
      await process.stop();
      const hash = await hashOf(3);
      await tamper(url, (db) =>
        db.deleteFrom('entry').where('chain', '=', chain).where('seq', '<=', 3).execute(),
      );
      await setHead({ base_seq: 3, base_hash: hash });
      expect(await found()).toEqual([['c:3', 'removed without a word']]);
    });
  });
});
