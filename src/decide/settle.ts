/** What is left when all cards are judged: milder cards taken away by graver ones, and one card for a topic. */

import type { Card } from '../library/card.js';
import type { DraftOrder } from '../record/record.js';
import { type Decision, gravestOf, type Undecided, type Verdict } from './verdict.js';

/** One topic is one card, whatever number of orders it is about. */
export function mergeByCard(verdicts: readonly Verdict[]): readonly Verdict[] {
  const merged = new Map<Card, Verdict>();
  for (const verdict of verdicts) {
    const earlier = merged.get(verdict.card);
    merged.set(verdict.card, earlier === undefined ? verdict : joined(earlier, verdict));
  }
  return [...merged.values()];
}

/** What either found and said stands, at the graver indicator. The drugs of a pair keep the places the first gave them. */
function joined(first: Verdict, second: Verdict): Verdict {
  const found = new Set(first.witnesses.map(({ resource }) => resource));
  const isPair = first.card.ways.every(({ key }) => key.kind === 'pair');
  return {
    ...first,
    orders: [...new Set([...first.orders, ...second.orders])],
    indicator: gravestOf([first.indicator, second.indicator]),
    this: isPair ? first.this : [...new Set([...first.this, ...second.this])],
    other: isPair ? first.other : [...new Set([...first.other, ...second.other])],
    witnesses: [...first.witnesses, ...second.witnesses.filter(({ resource }) => !found.has(resource))],
    also: [...new Set([...first.also, ...second.also])],
  };
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
