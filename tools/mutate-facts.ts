/** Asks mutants of the facts: a clause that no case notices could be lost without a word. */

import type { Pipeline } from '../src/pipeline.js';
import { factsAsked } from './asked-of.js';
import { departure, type ReadyFact, type ReadyFactCase } from './fact-cases.js';
import { type FactMutant, factMutantsOf } from './fact-mutants.js';
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
    const asking = pipeline.library.cards.filter((card) => factsAsked(card).includes(name));
    const paths = new Set(asking.flatMap(({ path, replaces }) => [path, ...replaces]));
    const unnoticed = unnoticedOf(mutants, pipeline, ready.cases, [...paths].flatMap(casesOf));
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

/** What neither the cases of the fact nor those of the cards that ask it notice. */
function unnoticedOf(
  mutants: readonly FactMutant[],
  pipeline: Pipeline,
  own: readonly ReadyFactCase[],
  ofCards: readonly ReadyCase[],
): readonly string[] {
  let likely: ReadyCase | undefined;
  const isNoticed = ({ fact }: FactMutant): boolean => {
    const changed = pipeline.withFact(fact);
    if (own.some((one) => departure(changed, one) !== undefined)) return true;
    // What has noticed one clause is likely to notice the next.
    if (likely !== undefined && judgeCase(changed, likely).length > 0) return true;
    const found = ofCards.find((one) => judgeCase(changed, one).length > 0);
    likely = found ?? likely;
    return found !== undefined;
  };
  return mutants.filter((mutant) => !isNoticed(mutant)).map(({ change }) => change);
}
