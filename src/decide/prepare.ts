/** What a card asks, with its drugs filled in: the same for every call, and so made once. */

import { fillName } from '../library/argument.js';
import type { FactCall } from '../library/card.js';
import type { Arguments, Binding } from './asking.js';
import type { CompiledFact } from './compile-facts.js';

export interface Prepared {
  readonly compiled: CompiledFact;
  readonly args: Arguments;
  /** The same for every card that asks the same. */
  readonly key: string;
  /** Whether the answer is the same for every order of a call. */
  readonly isOfAnyOrder: boolean;
}

export type Prepare = (call: FactCall, binding: Pick<Binding, 'this' | 'other'>) => Prepared;

/** Facts about the patient alone are the same for every order of the call. */
const sameForEveryOrder: ReadonlySet<string> = new Set([
  'patient',
  'problems',
  'results',
  'allergies',
  'stops',
]);

export function createPrepare(facts: ReadonlyMap<string, CompiledFact>): Prepare {
  /** There are as many as the library asks, whatever is called. */
  const known = new Map<string, Prepared>();
  const byCall = new WeakMap<FactCall, Map<string, Prepared>>();
  return (call, binding) => {
    const drugs = `${binding.this}|${binding.other}`;
    const ofCall = byCall.get(call) ?? new Map<string, Prepared>();
    const before = ofCall.get(drugs);
    if (before !== undefined) return before;
    byCall.set(call, ofCall);
    const compiled = facts.get(call.fact);
    if (compiled === undefined) throw new Error(`no fact is named "${call.fact}"`);
    const args = bound(call.args, binding);
    const key = `${compiled.fact.name}|${JSON.stringify(args)}`;
    const isOfAnyOrder = sameForEveryOrder.has(compiled.fact.needs);
    const prepared = known.get(key) ?? { compiled, args, key, isOfAnyOrder };
    known.set(key, prepared);
    ofCall.set(drugs, prepared);
    return prepared;
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
