/** Runs the cases against mutants of their cards: a mutant that no case notices is a hole in the cases. */

import type { Card } from '../src/library/card.js';
import type { Pipeline } from '../src/pipeline.js';
import { judgeCase, type ReadyCase } from './judge-case.js';
import { type Mutant, mutantsOf } from './mutants.js';

export interface MutationResult {
  readonly made: number;
  /** `card: change`, one for each mutant that every case let pass. */
  readonly survivors: readonly string[];
}

/** @param casesOf the cases of a card, all of which must hold for the card as it is */
export function mutate(
  pipeline: Pipeline,
  cards: readonly Card[],
  casesOf: (path: string) => readonly ReadyCase[],
): MutationResult {
  let made = 0;
  const survivors: string[] = [];
  for (const card of cards) {
    const cases = [card.path, ...card.replaces].flatMap(casesOf);
    for (const mutant of mutantsOf(card, pipeline.library)) {
      made += 1;
      if (!isKilled(pipeline, card, mutant, cases)) survivors.push(`${card.path}: ${mutant.change}`);
    }
  }
  return { made, survivors };
}

function isKilled(pipeline: Pipeline, card: Card, mutant: Mutant, cases: readonly ReadyCase[]): boolean {
  const cards = pipeline.library.cards.map((other) => (other === card ? mutant.card : other));
  const changed = pipeline.withCards(cards);
  return cases.some((ready) => judgeCase(changed, ready).length > 0);
}
