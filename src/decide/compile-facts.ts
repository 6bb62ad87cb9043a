/** Holds every expression of every fact against the rules of the library, and compiles it once, at start. */

import { type Fact, medicationKinds } from '../library/fact.js';
import type { Fault } from '../library/fault.js';
import { expressionsOf, FACTS_FILE } from '../library/load-facts.js';
import type { Vocabulary } from '../library/vocabulary.js';
import { compileQuestion, expressionFaults, type Question, type TableFunction } from './expressions.js';

export interface CompiledFact {
  readonly fact: Fact;
  /** By kind of entry; the key is empty for facts with one source. */
  readonly find: ReadonlyMap<string, Question>;
  readonly unclear: ReadonlyMap<string, Question>;
  readonly counts: Question | undefined;
  readonly only: Question | undefined;
  /** It speaks of the order in focus: what it finds in a resource differs from order to order. */
  readonly isOfOneOrder: boolean;
  /** Its expressions name what differs from call to call: the instant, or the order itself. */
  readonly namesTheCall: boolean;
}

const OF_THE_ORDER = /%order\b/;
const OF_THE_CALL = /%(?:now|order)\b/;

/** Each kind's expressions, with the kinds they are for. */
function allExpressions(fact: Fact): ReturnType<typeof expressionsOf> {
  return [fact.find, fact.unclear, fact.counts, fact.only].flatMap(expressionsOf);
}

/** Faults of expressions that may not be used, and of names in them that the vocabulary does not have. */
export function factFaults(
  facts: ReadonlyMap<string, Fact>,
  table: Readonly<Record<string, TableFunction>>,
  vocabulary: Vocabulary,
): readonly Fault[] {
  return [...facts.values()].flatMap((fact) =>
    allExpressions(fact)
      .flatMap(([, expression]) =>
        expressionFaults(expression, { table, vocabulary, variables: variablesOf(fact) }),
      )
      .map((message) => ({ file: FACTS_FILE, line: fact.line, message: `${fact.name}: ${message}` })),
  );
}

/** What is bound when the fact is asked: always the day and the order, then its arguments and sums. */
function variablesOf(fact: Fact): ReadonlySet<string> {
  const args = Object.entries(fact.takes).flatMap(([name, kind]) => {
    if (kind === 'number') return [name, `${name}LessOne`, `${name}Unit`];
    return kind === 'duration' ? [name, `${name}Days`] : [name];
  });
  return new Set(['today', 'now', 'order', ...args, ...Object.keys(fact.let)]);
}

/** @throws when a fact has faults */
export function compileFacts(
  facts: ReadonlyMap<string, Fact>,
  table: Readonly<Record<string, TableFunction>>,
): ReadonlyMap<string, CompiledFact> {
  const compiled = [...facts.values()].map(
    (fact): CompiledFact => ({
      fact,
      find: questionsOf(fact, fact.find, table),
      unclear: questionsOf(fact, fact.unclear, table),
      counts: fact.counts === undefined ? undefined : compileQuestion(fact.counts, table),
      only: fact.only === undefined ? undefined : compileQuestion(fact.only, table),
      isOfOneOrder:
        fact.needs === 'order' ||
        allExpressions(fact).some(([, expression]) => OF_THE_ORDER.test(expression)),
      namesTheCall: allExpressions(fact).some(([, expression]) => OF_THE_CALL.test(expression)),
    }),
  );
  return new Map(compiled.map((one) => [one.fact.name, one]));
}

function questionsOf(
  fact: Fact,
  expression: Fact['unclear'],
  table: Readonly<Record<string, TableFunction>>,
): ReadonlyMap<string, Question> {
  const entries = expressionsOf(expression).flatMap(([kind, text]) => {
    const question = compileQuestion(text, table);
    const names: readonly string[] =
      kind !== undefined ? [kind] : fact.needs === 'medications' ? medicationKinds : [''];
    return names.map((name) => [name, question] as const);
  });
  return new Map(entries);
}
