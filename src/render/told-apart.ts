/** Labels of suggestions that differ: two drafts of one drug are told apart by what the prescriber wrote. */

import { flatMap } from '../flat-map.js';
import type { Suggestion } from '../cdshooks/protocol.js';
import { coveredDays } from '../record/course.js';
import { doseOfOrder } from '../record/dose.js';
import type { DraftOrder } from '../record/record.js';
import { doseInWords, lengthInWords, writtenDate } from './witness.js';
import { listOf } from './words.js';

/** A suggestion with the order it is about. */
export interface Offer {
  readonly order: DraftOrder;
  readonly suggestion: Suggestion;
}

/** What may tell orders apart, best first. */
const marks: readonly ((order: DraftOrder) => string | undefined)[] = [
  ({ identity }) => (identity.drugs.length === 0 ? undefined : listOf(identity.drugs)),
  (order) => said(doseOfOrder(order), doseInWords),
  ({ identity }) => identity.product,
  ({ resource, identity }) => said(coveredDays(resource, identity.product), lengthInWords),
  ({ resource }) => said(writtenDate(resource.authoredOn), (day) => `written ${day}`),
];

function said<T>(known: T | undefined, inWords: (known: T) => string): string | undefined {
  return known === undefined ? undefined : inWords(known);
}

/** The suggestions, with a mark behind every label that would stand there twice. */
export function toldApart(offers: readonly Offer[]): readonly Suggestion[] {
  const alike = new Map<string, DraftOrder[]>();
  for (const { order, suggestion } of offers) {
    const orders = alike.get(suggestion.label);
    if (orders === undefined) alike.set(suggestion.label, [order]);
    else orders.push(order);
  }
  const marked = new Map([...alike].map(([label, orders]) => [label, marksOf(orders)]));
  return offers.map(({ order, suggestion }) => {
    const mark = marked.get(suggestion.label)?.get(order);
    if (mark === undefined) return suggestion;
    const label = `${suggestion.label} (${mark})`;
    return {
      ...suggestion,
      label,
      actions: suggestion.actions.map((action) => ({ ...action, description: label })),
    };
  });
}

/** Of several orders the first mark that all of them have and no two share; else their place among them. */
function marksOf(alike: readonly DraftOrder[]): ReadonlyMap<DraftOrder, string> {
  if (alike.length === 1) return new Map();
  for (const mark of marks) {
    const found = flatMap(alike, (order) => mark(order) ?? []);
    if (found.length === alike.length && new Set(found).size === alike.length) {
      return new Map(alike.map((order, at) => [order, found[at] ?? '']));
    }
  }
  return new Map(alike.map((order, at) => [order, `number ${at + 1} of ${alike.length}`]));
}
