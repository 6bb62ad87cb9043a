/** Which cards of a decision are seen, and in which order. */

import { describe, expect, test } from '@jest/globals';
import type { Indicator } from '../../src/cdshooks/protocol.js';
import type { Verdict } from '../../src/decide/verdict.js';
import { arrangeCards } from '../../src/render/arrange.js';
import { draft } from '../decide/support.js';
import { verdictOf } from './support.js';

const { verdict, context } = verdictOf();
const baclofen = draft('baclofen');
const phenelzine = draft('phenelzine');
const titled = (
  title: string,
  indicator: Indicator,
  parts: Partial<Verdict> = {},
  status: 'draft' | 'active' = 'active',
): Verdict => ({
  ...verdict,
  orders: [baclofen],
  ...parts,
  indicator,
  card: { ...verdict.card, title, status },
});
const open = (title: string, order = baclofen, status: 'draft' | 'active' = 'active') => ({
  card: { ...verdict.card, title, status },
  order,
  missing: [{ what: 'problem list', why: 'not sent' }],
  indicator: 'warning' as const,
});
const arranged = (
  verdicts: readonly Verdict[],
  undecided: readonly ReturnType<typeof open>[] = [],
  resembled: readonly string[] = [],
) =>
  arrangeCards(
    {
      decision: { verdicts, undecided, replaced: [], counts: { facts: 0, resources: 0 } },
      subjects: new Set(['baclofen']),
      resembled,
      foreign: [],
    },
    context,
  ).cards.map(({ source, indicator }) => `${source.topic.display}, ${indicator}`);

const ofPair = (title: string, indicator: Indicator): Verdict => {
  const told = titled(title, indicator);
  const key = { kind: 'pair', drug: 'baclofen', other: 'cyclobenzaprine' } as const;
  const none = { all: [], any: [], unless: [], indicator: undefined, line: 1 };
  return { ...told, card: { ...told.card, ways: [{ ...none, key }] } };
};

describe('the cards of a call', () => {
  test('of one drug treated as the other come first among equals', () => {
    expect(
      arranged([
        titled('A', 'warning'),
        ofPair('B', 'info'),
        ofPair('C', 'warning'),
        titled('D', 'critical'),
      ]),
    ).toEqual(['D, critical', 'C, warning', 'A, warning', 'B, info']);
  });

  test('come critical first, then in the order of the library, the cards of the service last', () => {
    expect(
      arranged(
        [titled('A', 'info'), titled('B', 'warning'), titled('C', 'critical'), titled('D', 'warning')],
        [open('E')],
        ['baclofen'],
      ),
    ).toEqual([
      'C, critical',
      'B, warning',
      'D, warning',
      'A, info',
      'A medication that could not be identified, info',
      'Checks that could not be made, info',
    ]);
  });

  test('hold none that is a draft, shown or undecided', () => {
    expect(arranged([titled('A', 'critical', {}, 'draft')], [open('B', baclofen, 'draft')])).toEqual([]);
  });

  test('tell an undecided check only for the drugs the library is about', () => {
    expect(arranged([], [open('A', phenelzine)])).toEqual([]);
    expect(arranged([], [open('A')])).toEqual(['Checks that could not be made, info']);
  });
});

describe('five cards', () => {
  const six = ['A', 'B', 'C', 'D', 'E', 'F'];

  test('for one order are shown, and the mildest beyond them is named', () => {
    expect(arranged(six.map((title) => titled(title, title === 'B' ? 'info' : 'warning')))).toEqual([
      'A, warning',
      'C, warning',
      'D, warning',
      'E, warning',
      'F, warning',
      'More cards for this order, info',
    ]);
  });

  test('are the limit of one order, not of the call', () => {
    expect(
      arranged([
        ...six.slice(0, 5).map((title) => titled(title, 'warning')),
        titled('F', 'warning', { orders: [phenelzine] }),
      ]),
    ).toHaveLength(6);
  });

  test('are no limit for critical ones', () => {
    expect(arranged(six.map((title) => titled(title, 'critical')))).toEqual(
      six.map((title) => `${title}, critical`),
    );
  });

  test('count a card about two orders for both', () => {
    expect(
      arranged([
        titled('A', 'critical', { orders: [baclofen, phenelzine] }),
        ...six.slice(1).map((title) => titled(title, 'warning', { orders: [phenelzine] })),
      ]),
    ).toEqual([
      'A, critical',
      'B, warning',
      'C, warning',
      'D, warning',
      'E, warning',
      'More cards for this order, info',
    ]);
  });
});
