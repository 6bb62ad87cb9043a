/** What a card asks and names, wherever it stands: its facts, those of its keys, and the words of the vocabulary. */

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

/** Drugs, classes, problems, groups, laboratory groups and forms that a card names, each once. */
export function namesIn(card: Card): readonly string[] {
  const keys = card.ways.flatMap(({ key }) => ('other' in key ? [key.drug, key.other] : [key.drug]));
  const args = factCallsOf(card).flatMap((call) => Object.values(call.args));
  return [...new Set([...keys, ...args.flatMap((value) => ('name' in value ? [value.name] : []))])];
}
