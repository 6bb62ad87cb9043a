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

export function yes(witnesses: readonly Witness[] = []): Answer {
  return { is: 'true', witnesses };
}

/** True when all are; false decides before unknown. */
export function allOf(answers: Iterable<Answer>): Answer {
  const witnesses: Witness[] = [];
  const missing: Missing[] = [];
  for (const answer of answers) {
    if (answer.is === 'false') return no;
    if (answer.is === 'true') witnesses.push(...answer.witnesses);
    else missing.push(...answer.missing);
  }
  return missing.length > 0 ? { is: 'unknown', missing } : yes(witnesses);
}

/** True when one is, with the witnesses of every true one; true decides before unknown. */
export function anyOf(answers: Iterable<Answer>): Answer {
  const witnesses: Witness[] = [];
  const missing: Missing[] = [];
  let found = false;
  for (const answer of answers) {
    if (answer.is === 'true') {
      found = true;
      witnesses.push(...answer.witnesses);
    } else if (answer.is === 'unknown') missing.push(...answer.missing);
  }
  if (found) return yes(witnesses);
  return missing.length > 0 ? { is: 'unknown', missing } : no;
}

/** True when none is; the witnesses of a "no" are nobody's. */
export function noneOf(answers: Iterable<Answer>): Answer {
  const missing: Missing[] = [];
  for (const answer of answers) {
    if (answer.is === 'true') return no;
    if (answer.is === 'unknown') missing.push(...answer.missing);
  }
  return missing.length > 0 ? { is: 'unknown', missing } : yes();
}
