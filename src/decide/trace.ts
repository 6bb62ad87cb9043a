/** How a card came to its verdict: every way bound, every condition with its answer, nothing left out for speed. */

import type { Card, Conditions, FactCall, Way } from '../library/card.js';
import type { DraftOrder } from '../record/record.js';
import type { Answer } from './answer.js';
import type { Asker } from './ask.js';
import { asksItself, bindingsOf, type BoundWay, partnersOf } from './bindings.js';

export interface TracedCondition {
  /** `key` is the key's own question: is the partner taken, does the drug go on after discharge. */
  readonly part: 'key' | 'all' | 'any' | 'unless';
  readonly call: FactCall | undefined;
  readonly answer: Answer;
}

export interface TracedWay {
  /** Position in the card's `when`, from 1. */
  readonly way: number;
  readonly key: Way['key']['kind'];
  readonly order: DraftOrder;
  readonly this: string;
  readonly other: string;
  readonly conditions: readonly TracedCondition[];
}

/** Ways whose key binds nothing in the call are not in the list. */
export function traceCard(card: Card, asker: Asker): readonly TracedWay[] {
  return card.ways.flatMap((way, index) =>
    bindingsOf(way, asker.index).map((bound) => ({
      way: index + 1,
      key: way.key.kind,
      order: bound.binding.order,
      this: bound.binding.this,
      other: bound.binding.other,
      conditions: conditionsOf(bound, asker),
    })),
  );
}

function conditionsOf(bound: BoundWay, asker: Asker): readonly TracedCondition[] {
  const { way, binding } = bound;
  const part = (name: 'all' | 'any' | 'unless', calls: Conditions['all']): TracedCondition[] =>
    calls.map((call) => ({ part: name, call, answer: asker.ask(call, binding) }));
  const key = asksItself(bound, asker.index.hook)
    ? [{ part: 'key' as const, call: undefined, answer: partnersOf(bound, asker) }]
    : [];
  return [...key, ...part('all', way.all), ...part('any', way.any), ...part('unless', way.unless)];
}
