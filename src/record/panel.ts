/** Results that a laboratory sends as parts of one Observation. */

import type { CodeableConcept, Observation } from 'fhir/r4.js';
import { elementsOf, partsOf } from '../untrusted.js';

/** What a panel says for all its components; of all else each has its own. A short list: a client may send any number of others. */
const OF_ALL = [
  'resourceType',
  'id',
  'status',
  'subject',
  'effectiveDateTime',
  'effectivePeriod',
  'effectiveTiming',
  'effectiveInstant',
  'issued',
] as const;

const nothing: readonly Observation[] = [];

/**
 * Each component of a panel as a result of its own: of the panel's status, patient and time.
 * @param isAskedFor whether a code is of a result that somebody asks for; of the others nothing is made
 */
export function componentsOf(
  panel: Observation,
  isAskedFor: (code: CodeableConcept) => boolean,
): readonly Observation[] {
  const elements = elementsOf(panel);
  // Most results are none.
  if (elements['component'] === undefined) return nothing;
  const wanted = partsOf(elements['component']).filter(({ code }) => isAskedFor(code as CodeableConcept));
  return wanted.map((own) => {
    const result: Record<string, unknown> = { ...own };
    for (const name of OF_ALL) if (elements[name] !== undefined) result[name] = elements[name];
    return result as unknown as Observation;
  });
}
