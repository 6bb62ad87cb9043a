/** A verdict as a CDS Hooks card: its fields, its limits and its words. */

import { describe, expect, test } from '@jest/globals';
import { overrideReasons, renderCard } from '../../src/render/card.js';
import { wordsIn } from '../../src/render/words.js';
import { draft, identityOf, listed, problem } from '../decide/support.js';
import { verdictOf } from './support.js';

const rendered = (...parts: Parameters<typeof verdictOf>) => {
  const { verdict, context } = verdictOf(...parts);
  return renderCard(verdict, context);
};

describe('a card', () => {
  test('has every field that CDS Hooks asks for', () => {
    expect(rendered({ override: '[seen, not relevant here]' })).toEqual({
      uuid: '00000000-0000-4000-8000-000000000001',
      summary: 'Baclofen is ordered.',
      detail: 'Look again.\n\n**Order:** baclofen.',
      indicator: 'warning',
      source: {
        label: 'rx-distinct',
        url: 'http://127.0.0.1:3000/cards/relaxants-baclofen',
        topic: { system: 'https://cards.example/topics', code: 'relaxants-baclofen', display: 'A card' },
      },
      overrideReasons: [
        {
          system: 'https://cards.example/override-reasons',
          code: 'relaxants-baclofen-seen',
          display: 'Seen',
        },
        {
          system: 'https://cards.example/override-reasons',
          code: 'relaxants-baclofen-not-relevant-here',
          display: 'Not relevant here',
        },
      ],
    });
  });

  test('that offers something lets the prescriber choose one at most', () => {
    expect(rendered({ card: ['suggest: [{remove: baclofen}]'] })).toMatchObject({
      selectionBehavior: 'at-most-one',
      suggestions: [{ label: 'Remove the baclofen order' }],
    });
  });

  test('says the words of its indicator', () => {
    const byIndicator = {
      indicator: '[{critical: [continuous]}, info]',
      summary: '{critical: Stop., info: Look.}',
      detail: '{critical: Do stop., info: Do look.}',
    };
    expect(rendered(byIndicator, { indicator: 'critical' })).toMatchObject({
      indicator: 'critical',
      summary: 'Stop.',
      detail: expect.stringContaining('Do stop.'),
    });
    expect(rendered(byIndicator, { indicator: 'info' }).summary).toBe('Look.');
  });

  test('names the drugs as lists, and the order by its own drugs', () => {
    expect(
      rendered(
        {
          when: ['- together: [baclofen, maoi]'],
          summary: "'{this} with {other}; the order is {order}.'",
        },
        { this: ['baclofen'], other: ['phenelzine', 'linezolid', 'cyclobenzaprine'] },
      ).summary,
    ).toBe('Baclofen with phenelzine, linezolid and cyclobenzaprine; the order is baclofen.');
  });

  test('names no order when there is none', () => {
    expect(rendered({ summary: "'Order: {order}.'" }, { orders: [] }).summary).toBe('Order: .');
  });
});

describe('a summary', () => {
  test.each([139, 140, 500])('of %i characters as written has at most 139', (length) => {
    const { summary } = rendered({
      summary: 'word '
        .repeat(length / 5 + 1)
        .slice(0, length - 1)
        .concat('x'),
    });
    expect(summary.length).toBeLessThanOrEqual(139);
  });

  test('of 139 characters is left as it is', () => {
    expect(rendered({ summary: `A${'b'.repeat(138)}` }).summary).toBe(`A${'b'.repeat(138)}`);
  });

  test('that is too long ends at a word with an ellipsis', () => {
    const { summary } = rendered({ summary: `Take care ${'of it '.repeat(30)}` });
    expect(summary).toMatch(/^Take care (of it )+of?( it)?…$/);
  });

  test('of one word that is too long is cut inside it', () => {
    expect(rendered({ summary: 'a'.repeat(200) }).summary).toBe(`A${'a'.repeat(137)}…`);
  });
});

describe('the detail', () => {
  test('holds what is said also, the orders and the record, in paragraphs', () => {
    const phenelzine = listed('phenelzine', {}, { product: 'phenelzine 15 MG Oral Tablet' });
    expect(
      rendered(
        {},
        {
          also: ['{other} is near.', 'An MAOI is taken.'],
          orders: [draft('baclofen'), draft('cyclobenzaprine')],
          witnesses: [
            { ...phenelzine, elements: [] },
            { resource: problem('G35'), identity: undefined, elements: [] },
          ],
        },
      ).detail,
    ).toBe(
      [
        'Look again. Cyclobenzaprine is near. An MAOI is taken.',
        '**Orders:** baclofen; cyclobenzaprine.',
        '**In the record:** phenelzine 15 MG Oral Tablet, listed as active without a date; Multiple sclerosis.',
      ].join('\n\n'),
    );
  });

  test('calls an entry of the list a medication, with its state', () => {
    const entry = (drug: string) => draft(drug, { status: 'active' }, { listed: true });
    expect(rendered({}, { orders: [entry('baclofen')] }).detail).toContain(
      '**Medication:** baclofen, listed as active without a date.',
    );
    expect(rendered({}, { orders: [entry('baclofen'), entry('cyclobenzaprine')] }).detail).toContain(
      '**Medications:** ',
    );
    expect(rendered({}, { orders: [entry('baclofen'), draft('cyclobenzaprine')] }).detail).toContain(
      '**Orders:** ',
    );
  });

  test('does not print the order itself as a witness, but a reason found in it', () => {
    const order = draft('baclofen');
    expect(rendered({}, { orders: [order], witnesses: [{ ...order, elements: [] }] }).detail).not.toContain(
      'In the record',
    );
    expect(
      rendered({}, { orders: [order], witnesses: [{ ...order, elements: [problem('G35').code] }] }).detail,
    ).toContain('**In the record:** reason: Multiple sclerosis.');
  });

  test('prints the same words once', () => {
    const witness = { resource: problem('G35'), identity: undefined, elements: [] };
    expect(rendered({}, { witnesses: [witness, { ...witness }] }).detail).toContain(
      '**In the record:** Multiple sclerosis.',
    );
  });

  const sedatives = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...listed('phenelzine', {}, { product: `sedative ${index + 1}`, byNameOnly: true }),
      elements: [],
    }));
  const drafts = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      draft(
        'baclofen',
        {},
        { identity: identityOf(['baclofen'], { product: `product number ${index + 1}` }) },
      ),
    );
  const detailOf = (words: number, orders: number, witnesses: number) =>
    rendered({ detail: 'word '.repeat(words) }, { orders: drafts(orders), witnesses: sedatives(witnesses) })
      .detail;

  test('names as much of the record as 120 words hold, and counts the rest', () => {
    expect(detailOf(81, 1, 3)).toContain('sedative 3, listed as active without a date.');
    expect(detailOf(82, 1, 3)).toMatch(/sedative 2, listed as active without a date; and 1 more\.\n/);
    expect(detailOf(82, 1, 12)).toMatch(/sedative 2, listed as active without a date; and 10 more\.\n/);
    expect(wordsIn(detailOf(83, 1, 12))).toBeLessThanOrEqual(120);
  });

  test('names as many orders as 120 words hold beside the first of the record', () => {
    const detail = detailOf(80, 12, 12);
    expect(detail).toMatch(/\*\*Orders:\*\* product number 1;.*; and \d+ more\.\n/);
    expect(detail).toMatch(
      /\*\*In the record:\*\* sedative 1, listed as active without a date; and 11 more\./,
    );
    expect(wordsIn(detail)).toBeLessThanOrEqual(120);
  });

  test('never leaves out the first of each, however long it is itself', () => {
    expect(detailOf(130, 2, 2)).toMatch(/product number 1; and 1 more\.\n[^]*sedative 1, .*; and 1 more\./);
    expect(detailOf(130, 1, 1)).toMatch(/product number 1\.\n[^]*sedative 1, [^;]*\.\n/);
  });

  test('says when the order, or a witness, was known by name alone', () => {
    const byName = 'Recognised by name only, without a known code.';
    const named = draft('baclofen', {}, { identity: identityOf(['baclofen'], { byNameOnly: true }) });
    expect(rendered({}, { orders: [named] }).detail).toContain(byName);
    expect(
      rendered({}, { witnesses: [{ ...listed('phenelzine', {}, { byNameOnly: true }), elements: [] }] })
        .detail,
    ).toContain(byName);
    expect(rendered({}, { witnesses: [{ ...listed('phenelzine'), elements: [] }] }).detail).not.toContain(
      byName,
    );
  });
});

describe('the code of an override reason', () => {
  test('stays the same as long as the reason says the same, whatever its capitals and stops', () => {
    const { context } = verdictOf();
    const code = (reason: string) => overrideReasons('topic', [reason], context).map((one) => one.code);
    expect(code('Benefit outweighs the risk.')).toEqual(['topic-benefit-outweighs-the-risk']);
    expect(code('benefit outweighs — the risk')).toEqual(['topic-benefit-outweighs-the-risk']);
    expect(code('(eGFR ≥ 30)')).toEqual(['topic-egfr-30']);
  });

  test('differs between cards', () => {
    const { context } = verdictOf();
    expect(overrideReasons('a', ['seen'], context)[0]?.code).not.toBe(
      overrideReasons('b', ['seen'], context)[0]?.code,
    );
  });
});
