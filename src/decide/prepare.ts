/** What a card asks, with its drugs filled in: the same for every call, and so made once. */

import { asksInWords, drugsNamed, fillName, problemsNamed } from '../library/argument.js';
import type { FactCall } from '../library/card.js';
import type { Vocabulary } from '../library/vocabulary.js';
import type { Arguments, Binding, Prepared } from './asking.js';
import type { CompiledFact } from './compile-facts.js';

/** The same object for every card that asks the same. */
export type Prepare = (call: FactCall, binding: Pick<Binding, 'this' | 'other'>) => Prepared;

/** Facts about the patient alone are the same for every order of the call. */
const sameForEveryOrder: ReadonlySet<string> = new Set(['patient', 'problems', 'results', 'allergies']);

interface Filled {
  readonly this: string;
  readonly other: string;
  readonly prepared: Prepared;
}

export function createPrepare(facts: ReadonlyMap<string, CompiledFact>, vocabulary: Vocabulary): Prepare {
  /** There are as many as the library asks, whatever is called. */
  const known = new Map<string, Prepared>();
  const byCall = new WeakMap<FactCall, Filled[]>();
  const prepare = (call: FactCall, binding: Pick<Binding, 'this' | 'other'>): Prepared => {
    const compiled = facts.get(call.fact);
    if (compiled === undefined) throw new Error(`no fact is named "${call.fact}"`);
    const args = bound(call.args, binding);
    const key = `${compiled.fact.name}|${JSON.stringify(args)}`;
    const prepared = known.get(key) ?? preparedOf(compiled, args, vocabulary);
    known.set(key, prepared);
    return prepared;
  };
  return (call, binding) => {
    const ofCall = byCall.get(call);
    // One for each pair of drugs that the keys of its card bind: hardly ever more than two.
    const before = ofCall?.find((one) => one.this === binding.this && one.other === binding.other);
    if (before !== undefined) return before.prepared;
    const made = { this: binding.this, other: binding.other, prepared: prepare(call, binding) };
    byCall.set(call, [...(ofCall ?? []), made]);
    return made.prepared;
  };
}

function preparedOf(compiled: CompiledFact, args: Arguments, vocabulary: Vocabulary): Prepared {
  const values = Object.values(args);
  const { doubt } = compiled.fact;
  const drug = values.find((value) => value.kind === 'drug');
  const problem = values.find((value) => value.kind === 'problem');
  return {
    compiled,
    args,
    drugs: drug === undefined ? undefined : drugsNamed(drug.name, vocabulary),
    problems: problem === undefined ? undefined : problemsNamed(problem.name, vocabulary),
    doubt:
      doubt === undefined ? undefined : asksInWords(doubt, args, (name) => vocabulary.says.get(name) ?? name),
    labs: values.flatMap((value) => (value.kind === 'lab' ? [value.name] : [])),
    isOfAnyOrder: sameForEveryOrder.has(compiled.fact.needs),
  };
}

function bound(args: Arguments, binding: Pick<Binding, 'this' | 'other'>): Arguments {
  const fill = (name: string): string => fillName(name, binding.this, binding.other);
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      'name' in value ? { ...value, name: fill(value.name) } : value,
    ]),
  );
}
