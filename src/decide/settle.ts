/** What is left when all cards are judged: milder cards taken away by graver ones, and one card for a topic. */

import { flatMap } from '../flat-map.js';
import type { Card } from '../library/card.js';
import { gravestOf } from '../library/indicators.js';
import type { Witness } from './answer.js';
import type { DraftOrder } from '../record/record.js';
import type { Decision, Undecided, Verdict } from './verdict.js';

/** One topic is one card, whatever number of orders it is about. */
export function mergeByCard(verdicts: readonly Verdict[]): readonly Verdict[] {
  const byCard = new Map<Card, [Verdict, ...Verdict[]]>();
  for (const verdict of verdicts) {
    const earlier = byCard.get(verdict.card);
    if (earlier === undefined) byCard.set(verdict.card, [verdict]);
    else earlier.push(verdict);
  }
  return [...byCard.values()].map(merged);
}

/** What any found and said stands, at the gravest indicator. The drugs of a pair keep the places the first gave them. */
function merged(all: readonly [Verdict, ...Verdict[]]): Verdict {
  const [first] = all;
  if (all.length === 1) return first;
  const isPair = first.card.ways.every(({ key }) => key.kind === 'pair');
  return {
    ...first,
    orders: unique(all, ({ orders }) => orders),
    indicator: gravestOf(all.map(({ indicator }) => indicator)),
    this: isPair ? first.this : unique(all, (verdict) => verdict.this),
    other: isPair ? first.other : unique(all, (verdict) => verdict.other),
    witnesses: oneForEachResource(all),
    also: unique(all, ({ also }) => also),
  };
}

function unique<T>(all: readonly Verdict[], of: (verdict: Verdict) => readonly T[]): readonly T[] {
  return [...new Set(flatMap(all, of))];
}

/** As the first verdict that has it found it. */
function oneForEachResource(all: readonly Verdict[]): Verdict['witnesses'] {
  const found = new Map<unknown, Witness>();
  for (const { witnesses } of all) {
    for (const witness of witnesses) if (!found.has(witness.resource)) found.set(witness.resource, witness);
  }
  return [...found.values()];
}

interface Outcome {
  readonly verdicts: readonly Verdict[];
  readonly undecided: readonly Undecided[];
}

/** Takes away, order by order, the cards that a shown card replaces; an undecided or a draft card replaces nothing. */
export function withoutReplaced({ verdicts, undecided }: Outcome): Outcome & Pick<Decision, 'replaced'> {
  const replaced = new Map<DraftOrder, Set<string>>();
  for (const { card, orders } of verdicts.filter((verdict) => verdict.card.status === 'active')) {
    for (const order of orders)
      replaced.set(order, new Set([...(replaced.get(order) ?? []), ...card.replaces]));
  }
  const isReplaced = (path: string, order: DraftOrder): boolean => replaced.get(order)?.has(path) ?? false;
  const isSaid = ({ card, orders }: Verdict): boolean =>
    orders.every((order) => isReplaced(card.path, order));
  return {
    verdicts: verdicts.filter((verdict) => !isSaid(verdict)),
    replaced: verdicts.filter(isSaid),
    undecided: undecided.filter(({ card, order }) => !isReplaced(card.path, order)),
  };
}
