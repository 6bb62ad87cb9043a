/** What is left when all cards are judged: one card for drugs drafted together, milder cards taken away by graver ones. */

import type { DraftOrder } from '../record/record.js';
import { gravestOf, type Undecided, type Verdict } from './verdict.js';

/** Two verdicts of one card that are each other's witness speak of the same thing: one verdict about both orders. */
export function mergeMutual(verdicts: readonly Verdict[]): readonly Verdict[] {
  const merged: Verdict[] = [];
  for (const verdict of verdicts) {
    const position = merged.findIndex(
      (earlier) => earlier.card === verdict.card && areMutual(earlier, verdict),
    );
    const earlier = merged[position];
    if (earlier === undefined) merged.push(verdict);
    else merged[position] = joined(earlier, verdict);
  }
  return merged;
}

/** Named as the first of the two; what either found and said stands, at the graver indicator. */
function joined(first: Verdict, second: Verdict): Verdict {
  const found = new Set(first.witnesses.map(({ resource }) => resource));
  return {
    ...first,
    orders: [...new Set([...first.orders, ...second.orders])],
    indicator: gravestOf([first.indicator, second.indicator]),
    witnesses: [...first.witnesses, ...second.witnesses.filter(({ resource }) => !found.has(resource))],
    also: [...new Set([...first.also, ...second.also])],
  };
}

function areMutual(a: Verdict, b: Verdict): boolean {
  return isWitnessOf(a, b) && isWitnessOf(b, a);
}

function isWitnessOf(a: Verdict, b: Verdict): boolean {
  return a.orders.some((order) => b.witnesses.some((witness) => witness.resource === order.resource));
}

interface Outcome {
  readonly verdicts: readonly Verdict[];
  readonly undecided: readonly Undecided[];
}

/** Takes away, order by order, the cards that a shown card replaces; an undecided or a draft card replaces nothing. */
export function withoutReplaced({ verdicts, undecided }: Outcome): Outcome {
  const replaced = new Map<DraftOrder, Set<string>>();
  for (const { card, orders } of verdicts.filter((verdict) => verdict.card.status === 'active')) {
    for (const order of orders)
      replaced.set(order, new Set([...(replaced.get(order) ?? []), ...card.replaces]));
  }
  const isReplaced = (path: string, order: DraftOrder): boolean => replaced.get(order)?.has(path) ?? false;
  return {
    verdicts: verdicts.filter(({ card, orders }) => !orders.every((order) => isReplaced(card.path, order))),
    undecided: undecided.filter(({ card, order }) => !isReplaced(card.path, order)),
  };
}
