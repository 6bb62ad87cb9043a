/** Three-valued answers: yes with its witnesses, no, or unknown with what was missing. */

import type { FhirResource } from 'fhir/r4.js';
import type { DrugIdentity } from '../record/record.js';

/** A part of the record that makes a fact true. */
export interface Witness {
  readonly resource: FhirResource;
  /** Set for medications and allergies. */
  readonly identity: DrugIdentity | undefined;
  /** The very elements the fact returned, when it returned less than the resource (a reason, for example). */
  readonly elements: readonly unknown[];
}

/** What an answer lacked, and why: "medication statements", "not sent". */
export interface Missing {
  readonly what: string;
  readonly why: string;
}

export type Answer =
  | { readonly is: 'true'; readonly witnesses: readonly Witness[] }
  | { readonly is: 'false' }
  | { readonly is: 'unknown'; readonly missing: readonly Missing[] };

export const no: Answer = { is: 'false' };

/** Yes, with nothing of the record to show for it. */
const plainYes: Answer = { is: 'true', witnesses: [] };

export function yes(witnesses?: readonly Witness[]): Answer {
  return witnesses === undefined || witnesses.length === 0 ? plainYes : { is: 'true', witnesses };
}

/** True when both are; false decides before unknown. */
export function both(one: Answer, other: Answer): Answer {
  if (one.is === 'false' || other.is === 'false') return no;
  if (one === plainYes) return other;
  if (other === plainYes) return one;
  if (one.is === 'true') return other.is === 'true' ? yes([...one.witnesses, ...other.witnesses]) : other;
  return other.is === 'true' ? one : { is: 'unknown', missing: [...one.missing, ...other.missing] };
}

/** True when all are; false decides before unknown, and what comes after it is not asked. */
export function allOf<T>(questions: readonly T[], ask: (question: T) => Answer): Answer {
  let all = plainYes;
  for (const question of questions) {
    all = both(all, ask(question));
    if (all.is === 'false') return no;
  }
  return all;
}

/** True when one is, with the witnesses of every true one; true decides before unknown. */
export function anyOf(answers: readonly Answer[]): Answer {
  const witnesses: Witness[] = [];
  const missing: Missing[] = [];
  let found = false;
  for (const answer of answers) {
    if (answer.is === 'true') {
      found = true;
      for (const witness of answer.witnesses) witnesses.push(witness);
    } else if (answer.is === 'unknown') for (const item of answer.missing) missing.push(item);
  }
  if (found) return yes(witnesses);
  return missing.length > 0 ? { is: 'unknown', missing } : no;
}

/** True when none is; the witnesses of a "no" are nobody's. What comes after a true one is not asked. */
export function noneOf<T>(questions: readonly T[], ask: (question: T) => Answer): Answer {
  const missing: Missing[] = [];
  for (const question of questions) {
    const answer = ask(question);
    if (answer.is === 'true') return no;
    if (answer.is === 'unknown') for (const item of answer.missing) missing.push(item);
  }
  return missing.length > 0 ? { is: 'unknown', missing } : yes();
}
