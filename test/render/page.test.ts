/** The page of a card: what it says, when, why and what it rests on, in words. */

import { describe, expect, test } from '@jest/globals';
import { cardPage, conditionsInWords, keyInWords } from '../../src/render/page.js';
import { capitalised, cut, filled, listOf } from '../../src/render/words.js';
import { cardText, libraryOf } from '../library/support.js';

const library = libraryOf({
  'relaxants/baclofen.yaml': cardText({
    when: [
      '- ordering: baclofen',
      '  all: [{taking: maoi}, continuous]',
      '  any: [{aged at least: 65 years}, {has problem: stroke}]',
      '  unless: [{newest result under: {lab: eGFR, limit: 30 mL/min}}]',
      '- ordering: cyclobenzaprine',
    ],
    indicator: '[{critical: [continuous]}, info]',
    summary: '{critical: Stop., info: Look.}',
    detail: '{critical: Do stop., info: Do look.}',
    override: '[seen, agreed]',
    card: ['also:', '  - {say: It goes on., all: [continuous]}', '  - {say: Always.}'],
  }),
});

describe('the page of a card', () => {
  test('says everything that the card file says', () => {
    expect(cardPage('relaxants-baclofen', library)).toBe(
      [
        '# A card',
        'A reason.',
        '## What it says',
        'Indicator: critical (The order is meant to go on without an end.), else info.',
        '**Look.**',
        '**Stop.**',
        'Do look.',
        'Do stop.',
        '- It goes on. (The order is meant to go on without an end.)',
        '- Always. (always)',
        '## When it shows',
        '1. Baclofen is ordered. The patient is taking maoi. The order is meant to go on without an end. At least one: The patient is 65 years or older today. The problem list holds stroke. Not when: The newest eGFR is under 30 mL/min.',
        '2. Cyclobenzaprine is ordered.',
        '## When not to follow it',
        '- Seen.',
        '- Agreed.',
        '## Evidence',
        '- label: A label (certainty: high)',
        '## Governance',
        'Version 1.0.0, active, revised 2026-11-22, to be reviewed by 2027-11-22. Owner: an owner. Reviewer: pending.',
        '',
      ].join('\n\n'),
    );
  });

  test('of the service itself says why there is such a card', () => {
    expect(cardPage('not-checked', library)).toBe(
      '# Checks that could not be made\n\nSomething was not readable.\n\nCheck these yourself.\n\n',
    );
  });

  test.each(['', 'nothing', 'relaxants/baclofen', '__proto__'])('of "%s" is none', (topic) => {
    expect(cardPage(topic, library)).toBeUndefined();
  });
});

describe('a key in words', () => {
  const together = { kind: 'together', drug: 'cyclobenzaprine', other: 'maoi' } as const;

  test.each([
    [{ kind: 'ordering', drug: 'baclofen' } as const, 'Baclofen is ordered.'],
    [{ kind: 'stopping', drug: 'baclofen' } as const, 'Baclofen is stopped.'],
    [{ kind: 'taking', drug: 'baclofen' } as const, 'Baclofen is being taken.'],
    [
      { kind: 'pair', drug: 'baclofen', other: 'cyclobenzaprine' } as const,
      'One of baclofen and cyclobenzaprine ({this}) is ordered, the other is {other}.',
    ],
    [
      { ...together, within: undefined, notAs: undefined },
      'Cyclobenzaprine is ordered while maoi is taken, or the other way round.',
    ],
    [
      { ...together, within: { value: 14, unit: 'day' } as const, notAs: 'sublingual' },
      'Cyclobenzaprine is ordered while maoi is taken, or the other way round, or maoi ended within 14 days. Not counted: maoi as sublingual.',
    ],
  ])('of %j', (key, words) => {
    expect(keyInWords(key)).toBe(words);
  });
});

test('a question of an unknown fact, or without its argument, is printed as it stands', () => {
  const none = { all: [], any: [], unless: [] };
  const call = (fact: string) => ({ ...none, all: [{ fact, args: {}, line: 1 }] });
  expect(conditionsInWords(call('something else'), library)).toEqual(['something else']);
  expect(conditionsInWords(call('taking'), library)).toEqual(['The patient is taking {drug}.']);
});

test('evidence that is not listed leaves its words out', () => {
  const cards = library.cards.map((card) => ({ ...card, evidence: ['elsewhere'] }));
  expect(cardPage('relaxants-baclofen', { ...library, cards })).toContain('- elsewhere:  (certainty: )');
});

describe('words', () => {
  test.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('%j is listed as "%s"', (items, text) => {
    expect(listOf(items)).toBe(text);
  });

  test('are filled in, and a placeholder nobody fills stays', () => {
    expect(filled('{this} and {that}', { this: 'baclofen' })).toBe('Baclofen and {that}');
  });

  test('that are filled in are not filled in again', () => {
    expect(filled('{this}', { this: '{other}', other: 'x' })).toBe('{other}');
  });

  test('get a capital and are cut at a word', () => {
    expect(capitalised('')).toBe('');
    expect(cut('one two three', 9)).toBe('one two…');
    expect(cut('one two', 7)).toBe('one two');
    expect(cut('onetwothree', 4)).toBe('one…');
  });
});
