/** Results that a laboratory sends as parts of one Observation. */

import type { CodeableConcept, Observation } from 'fhir/r4.js';
import { elementsOf, partsOf } from '../untrusted.js';

/** What an Observation says of its own value, and a component says of its. */
const OF_ONE_VALUE = new Set(['component', 'code', 'dataAbsentReason', 'interpretation', 'referenceRange']);

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
  if (elements['component'] === undefined) return [];
  const wanted = partsOf(elements['component']).filter(({ code }) => isAskedFor(code as CodeableConcept));
  if (wanted.length === 0) return [];
  const shared = Object.entries(elements).filter(
    ([name]) => !OF_ONE_VALUE.has(name) && !name.startsWith('value'),
  );
  return wanted.map((own) => ({ ...Object.fromEntries(shared), ...own }) as unknown as Observation);
}
