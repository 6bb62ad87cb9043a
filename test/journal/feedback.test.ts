/** Feedback: taken for cards of the same client and service, each once; what could not be told is not called unknown at once. */

import { describe, expect, test } from '@jest/globals';
import { createTakeFeedback, type FeedbackItem } from '../../src/journal/feedback.js';
import type { FeedbackEntry } from '../../src/journal/entry.js';
import { StoreFailingError } from '../../src/journal/store-faults.js';
import { freshStore, storeKinds } from './stores.js';
import { decision, issued, keys, writerOn, type Written } from './support.js';

const from = { service: 'rx-distinct-order-sign', client: 'ehr', tenant: 'north' };
const reasons = [{ system: 'https://example.org/override-reasons', code: 'known', display: 'Known' }];

function taking({ connection, writer }: Written) {
  return createTakeFeedback({ connection, writer, keys, reasonsOf: () => reasons });
}

function overrides(card: string, item: Partial<FeedbackItem> = {}): FeedbackItem {
  return {
    card,
    outcome: 'overridden',
    acceptedSuggestions: [],
    outcomeAt: '2026-11-22T10:01:00.000Z',
    ...item,
  };
}

async function storedIn({ connection }: Written): Promise<readonly FeedbackEntry[]> {
  const { db } = await connection.get();
  const rows = await db.selectFrom('entry').select('body').where('kind', '=', 'feedback').execute();
  return rows.map(({ body }) => JSON.parse(body) as FeedbackEntry);
}

describe.each(storeKinds)('in %s', (kind) => {
  test('is stored with its reason, and what was written only encrypted', async () => {
    const written = writerOn(await freshStore(kind));
    const card = issued();
    written.writer.decided(decision({ ...from, issued: [card] }));
    const reason = { code: 'known', system: 'https://example.org/override-reasons' };
    const items = [overrides(card.uuid, { reason, comment: 'Mrs Example insists' })];
    expect(await taking(written)(items, from)).toEqual([]);
    const [entry] = await storedIn(written);
    expect(entry).toMatchObject({ card: card.uuid, outcome: 'overridden', reason: 'known' });
    expect(JSON.stringify(entry)).not.toContain('Example');
    expect(keys.decrypt(entry?.comment ?? '')).toBe('Mrs Example insists');
  });

  test.each([
    ['another client', { client: 'other' }],
    ['another tenant', { tenant: 'south' }],
    ['another service', { service: 'rx-distinct-patient-view' }],
  ])('from %s the card is unknown, as one that never was', async (_, other) => {
    const written = writerOn(await freshStore(kind));
    const card = issued();
    written.writer.decided(decision({ ...from, issued: [card] }));
    const items = [overrides(card.uuid), overrides('never given out')];
    expect(await taking(written)(items, { ...from, ...other })).toEqual([
      { position: 0, why: 'unknown card' },
      { position: 1, why: 'unknown card' },
    ]);
    expect(await storedIn(written)).toEqual([]);
  });

  test('of several items the known ones are stored, the others named', async () => {
    const written = writerOn(await freshStore(kind));
    const card = issued({ suggestions: ['one', 'two'] });
    written.writer.decided(decision({ ...from, issued: [card] }));
    const accepts = (id: string) => overrides(card.uuid, { outcome: 'accepted', acceptedSuggestions: [id] });
    const refused = await taking(written)([overrides('nobody'), accepts('two'), accepts('three')], from);
    expect(refused).toEqual([
      { position: 0, why: 'unknown card' },
      { position: 2, why: 'unknown suggestion' },
    ]);
    expect(await storedIn(written)).toMatchObject([{ outcome: 'accepted', acceptedSuggestions: ['two'] }]);
  });

  test('to a card whose entry somebody has altered is to an unknown card', async () => {
    const written = writerOn(await freshStore(kind));
    const card = issued();
    written.writer.decided(decision({ ...from, issued: [card] }));
    await written.writer.flush(5_000);
    const { db } = await written.connection.get();
    await db.updateTable('entry').set({ body: '{}' }).where('kind', '=', 'decision').execute();
    expect(await taking(written)([overrides(card.uuid)], from)).toEqual([
      { position: 0, why: 'unknown card' },
    ]);
  });

  test('that overtakes the entry of its card at another replica waits for it', async () => {
    const url = await freshStore(kind);
    const [here, there] = [writerOn(url), writerOn(url)];
    const card = issued();
    const taken = taking(here)([overrides(card.uuid)], from);
    there.writer.decided(decision({ ...from, issued: [card] }));
    expect(await taken).toEqual([]);
    expect(await storedIn(here)).toHaveLength(1);
  });
});

test('to a card that waits for a store that takes no writes is to be sent again, not unknown', async () => {
  const written = writerOn(await freshStore('SQLite'));
  const card = issued();
  const writer = { ...written.writer, isWaiting: () => true, flush: () => Promise.resolve() };
  const take = createTakeFeedback({ ...written, writer, keys, reasonsOf: () => reasons });
  await expect(take([overrides(card.uuid)], from)).rejects.toThrow(StoreFailingError);
});

test('of many that wait for cards nobody knows, all but some are turned away at once', async () => {
  const take = taking(writerOn(await freshStore('SQLite')));
  const answers = await Promise.allSettled(
    Array.from({ length: 40 }, (_, at) => take([overrides(`unknown ${at}`)], from)),
  );
  const told = answers.map((answer) =>
    answer.status === 'fulfilled' ? answer.value[0]?.why : 'turned away',
  );
  expect(told.filter((why) => why === 'unknown card')).toHaveLength(32);
  expect(told.filter((why) => why === 'turned away')).toHaveLength(8);
});

test.each([
  ['of another system', { code: 'known', system: 'https://other.example' }],
  ['not offered by the card', { code: 'John Example, born 1950' }],
])('a reason %s is kept as "other"', async (_, reason) => {
  const written = writerOn(await freshStore('SQLite'));
  const card = issued();
  written.writer.decided(decision({ ...from, issued: [card] }));
  await taking(written)([overrides(card.uuid, { reason })], from);
  expect(await storedIn(written)).toMatchObject([{ reason: 'other' }]);
});

test('a store that cannot be read fails, it does not call the card unknown', async () => {
  const written = writerOn(await freshStore('SQLite'));
  const broken = { get: () => Promise.reject(new Error('gone')), drop: () => Promise.resolve() };
  const take = createTakeFeedback({ ...written, connection: broken, keys, reasonsOf: () => reasons });
  await expect(take([overrides('any')], from)).rejects.toThrow(StoreFailingError);
});
