/** The facts a card asks, wherever they stand, those of its keys included. */

import { type Card, factCallsOf } from '../src/library/card.js';
import { factsOfKey } from '../src/library/load-facts.js';

/** Names of the facts a card asks, those of its keys first, each once. */
export function factsAsked(card: Card): readonly string[] {
  return [
    ...new Set([
      ...card.ways.flatMap(({ key }) => factsOfKey(key.kind)),
      ...factCallsOf(card).map((call) => call.fact),
    ]),
  ];
}
