/** What is being stopped: stops of the call, and orders of the record that a draft of another drug replaces. */

import type { DraftOrder, PatientRecord } from '../record/record.js';

/** Each once. A replaced order is judged like a stop of the call. */
export function stopsOf(record: PatientRecord): readonly DraftOrder[] {
  const judged = record.drafts.filter((draft) => draft.judged);
  const stops = judged.filter((draft) => draft.stop);
  const replaced = judged.filter((draft) => !draft.stop).flatMap((draft) => replacedBy(draft, record));
  return [...new Map([...replaced, ...stops].map((stop) => [stop.resource, stop])).values()];
}

/** What ran its course is not stopped by being followed up. */
const OVER: readonly unknown[] = ['completed', 'cancelled', 'stopped', 'draft'];

/** The order of another drug that a draft names as its prior prescription, as the stop it then is. */
function replacedBy(draft: DraftOrder, record: PatientRecord): readonly DraftOrder[] {
  const prior = record.resolve(draft.resource.priorPrescription, draft.resource);
  const entry = record.medications.find(({ resource }) => resource === prior);
  if (entry?.resource.resourceType !== 'MedicationRequest' || OVER.includes(entry.resource.status)) return [];
  if (entry.identity.drugs.some((drug) => draft.identity.drugs.includes(drug))) return [];
  return [{ resource: entry.resource, identity: entry.identity, judged: true, stop: true }];
}
