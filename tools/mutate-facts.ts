/** Asks mutants of the facts: a clause that no case notices could be lost without a word. */

import type { Fact } from '../src/library/fact.js';
import type { Pipeline } from '../src/pipeline.js';
import { factsAsked } from './asked-of.js';
import { departure, type ReadyFact } from './fact-cases.js';
import { factMutantsOf } from './fact-mutants.js';
import { judgeCase, type ReadyCase } from './judge-case.js';
import type { MutationResult } from './mutate.js';

export interface FactMutationResult extends MutationResult {
  /** How many of them mean the same. */
  readonly same: number;
  /** Sentences about mutants that are said to mean the same, and do not. */
  readonly mistaken: readonly string[];
}

/**
 * @param own by name of a fact that cards ask: its cases, all of which must hold for the fact as it is
 * @param casesOf the cases of a card, likewise
 */
export function mutateFacts(
  pipeline: Pipeline,
  own: ReadonlyMap<string, ReadyFact>,
  casesOf: (path: string) => readonly ReadyCase[],
): FactMutationResult {
  let [made, same] = [0, 0];
  const survivors: string[] = [];
  const mistaken: string[] = [];
  for (const [name, ready] of own) {
    const fact = pipeline.library.facts.get(name);
    if (fact === undefined) continue;
    const mutants = factMutantsOf(fact);
    const unnoticed = unnoticedOf(fact, pipeline, ready, casesOf);
    made += mutants.length;
    same += ready.same.length;
    survivors.push(
      ...unnoticed.filter((change) => !ready.same.includes(change)).map((change) => `"${name}" ${change}`),
    );
    const wrong = ready.same.filter((change) => !unnoticed.includes(change));
    mistaken.push(
      ...wrong.map((change) => `"${name}" ${change}: a case notices, or there is no such mutant`),
    );
  }
  return { made, survivors, same, mistaken };
}

function unnoticedOf(
  fact: Fact,
  pipeline: Pipeline,
  { cases }: ReadyFact,
  casesOf: (path: string) => readonly ReadyCase[],
): readonly string[] {
  const asking = pipeline.library.cards.filter((card) => factsAsked(card).includes(fact.name));
  const paths = new Set(asking.flatMap(({ path, replaces }) => [path, ...replaces]));
  const ofCards = [...paths].flatMap(casesOf);
  const isNoticed = (mutant: Fact): boolean => {
    const changed = pipeline.withFact(mutant);
    if (cases.some((one) => departure(changed, one) !== undefined)) return true;
    const at = ofCards.findIndex((one) => judgeCase(changed, one).length > 0);
    // What has noticed one clause is likely to notice the next.
    if (at >= 0) ofCards.unshift(...ofCards.splice(at, 1));
    return at >= 0;
  };
  return factMutantsOf(fact)
    .filter((mutant) => !isNoticed(mutant.fact))
    .map(({ change }) => change);
}
