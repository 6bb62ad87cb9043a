/** How a card came to its verdict, and the same engine over other cards. */

import { describe, expect, test } from '@jest/globals';
import { createDecider } from '../../src/decide/decide.js';
import { cardText, libraryOf } from '../library/support.js';
import { draft, listed, recordOf } from './support.js';

const library = libraryOf({
  'relaxants/baclofen.yaml': cardText({
    when: [
      '- ordering: phenelzine',
      '- together: [baclofen, maoi]',
      '  all: [{aged at least: 90 years}]',
      '  any: [continuous]',
      '  unless: [{taking: cyclobenzaprine}]',
    ],
  }),
});
const card = library.cards[0]!;
const decider = createDecider(library, () => undefined);

describe('the trace of a card', () => {
  test('has every condition of every way that binds, whatever the first ones answer', () => {
    const record = recordOf({ drafts: [draft('baclofen')], medications: [listed('phenelzine')] });
    const traced = decider.trace(card, record, 'order-sign').map(({ way, order, conditions, ...names }) => ({
      way,
      ...names,
      order: order.resource.id,
      conditions: conditions.map(({ part, call, answer }) => [part, call?.fact, answer.is]),
    }));
    expect(traced).toEqual([
      {
        way: 2,
        key: 'together',
        order: 'baclofen-draft',
        this: 'baclofen',
        other: 'maoi',
        conditions: [
          ['key', undefined, 'true'],
          ['all', 'aged at least', 'false'],
          ['any', 'continuous', 'false'],
          ['unless', 'taking', 'false'],
        ],
      },
    ]);
  });

  test('has the question of a key without a partner', () => {
    const ofTheChart = libraryOf({ 'relaxants/baclofen.yaml': cardText({ when: ['- taking: baclofen'] }) });
    const [chartCard] = ofTheChart.cards;
    const over = recordOf({ medications: [listed('baclofen', { status: 'completed' })] });
    const [traced] = createDecider(ofTheChart, () => undefined).trace(chartCard!, over, 'patient-view');
    expect(traced).toMatchObject({ key: 'taking', conditions: [{ part: 'key', answer: { is: 'false' } }] });
  });

  test('has no key condition where the key asks nothing', () => {
    expect(decider.trace(card, recordOf({ drafts: [draft('phenelzine')] }), 'order-sign')[0]).toMatchObject({
      way: 1,
      conditions: [],
    });
  });

  test('is empty for an order that no way binds', () => {
    expect(
      decider.trace(card, recordOf({ drafts: [draft('linezolid', {}, { stop: true })] }), 'order-sign'),
    ).toEqual([]);
  });
});

test('the engine over other cards decides those and no others', () => {
  const record = recordOf({ drafts: [draft('phenelzine')] });
  expect(decider.decide(record, 'order-sign').verdicts).toHaveLength(1);
  expect(decider.withCards([]).decide(record, 'order-sign').verdicts).toEqual([]);
});
