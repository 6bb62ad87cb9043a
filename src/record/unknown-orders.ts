/** Orders of which nothing tells what is ordered. */

import { ServiceError } from '../errors.js';
import { flatMap } from '../flat-map.js';
import { elementsOf } from '../untrusted.js';
import { medicationReferenceOf } from './medication.js';
import type { PatientRecord, UnreadReason } from './record.js';

const NOT_SENT: UnreadReason = 'not sent';
const UNREADABLE: UnreadReason = 'sent in a form that could not be read';

/** For each judged order whose drug nothing tells: why its medication could not be read. */
export function unknownOrders({ drafts, unreadReferences }: PatientRecord): readonly UnreadReason[] {
  return flatMap(drafts, ({ judged, identity, resource }) => {
    if (!judged || !identity.nameless) return [];
    if (!identity.unresolved) return saysMedication(resource) ? UNREADABLE : [];
    return unreadReferences?.get(String(medicationReferenceOf(resource)?.['reference'])) ?? NOT_SENT;
  });
}

/** Whether anything is written where the medication belongs, in whatever form. */
function saysMedication(order: object): boolean {
  const { medicationCodeableConcept, medicationReference, medication } = elementsOf(order);
  return [medicationCodeableConcept, medicationReference, medication].some(saysAnything);
}

function saysAnything(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(saysAnything);
  return typeof value === 'string' ? value.trim() !== '' : value !== undefined && value !== null;
}

/**
 * CDS Hooks 2.0 "Prefetch query": 412 when required data cannot be had. Required is only to know what is ordered, and
 * only while the call names nobody to ask: EHRs show cards, not errors.
 */
export function refuseUnknowable(
  { drafts, namesServer }: PatientRecord,
  unknown: readonly UnreadReason[],
): void {
  if (namesServer === true) return;
  const judged = drafts.filter((draft) => draft.judged);
  const isUnknowable = unknown.length === judged.length && unknown.every((why) => why === NOT_SENT);
  if (judged.length === 0 || !isUnknowable) return;
  throw new ServiceError(
    'missing-data',
    'The medication of the order is a reference to a resource that was not sent.',
    {
      hint: 'Send the Medication in the order bundle, contained in the order, or in the prefetch; a display names it as well.',
    },
  );
}
