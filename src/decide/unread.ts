/** Which parts of the record a fact needed and did not get, in the words a card prints. */

import { flatMap } from '../flat-map.js';
import type { RecordType } from '../cdshooks/record-type.js';
import type { ArgumentValue } from '../library/argument.js';
import type { Fact } from '../library/fact.js';
import type { DraftOrder, PatientRecord, UnreadReason } from '../record/record.js';
import { elementsOf, partsOf } from '../untrusted.js';
import type { Missing } from './answer.js';

const inWords: Readonly<Record<RecordType, string>> = {
  Patient: 'patient details',
  MedicationRequest: 'medication orders',
  MedicationStatement: 'medication statements',
  MedicationDispense: 'dispenses',
  MedicationAdministration: 'administrations',
  Condition: 'problem list',
  Observation: 'laboratory results',
  AllergyIntolerance: 'allergies',
};

export function unreadOf(
  fact: Fact,
  args: Readonly<Record<string, ArgumentValue>>,
  record: PatientRecord,
): readonly Missing[] {
  if (record.unread.size === 0) return [];
  return flatMap(fact.reads, (type) => {
    const why = record.unread.get(type);
    if (why === undefined) return [];
    const lab = Object.values(args).find((value) => value.kind === 'lab');
    return [
      { what: type === 'Observation' && lab !== undefined ? `${lab.name} results` : inWords[type], why },
    ];
  });
}

/** What an order refers to, and facts follow. */
const followed = ['priorPrescription', 'reasonReference'] as const;

/** Why a doubt about what an order refers to is one, when that was asked for and could not be read. */
export function unreadReference(
  { unclear }: Fact,
  { resource }: DraftOrder,
  { unreadReferences }: PatientRecord,
): UnreadReason | undefined {
  if (unreadReferences === undefined || unreadReferences.size === 0 || typeof unclear !== 'string')
    return undefined;
  const references = flatMap(followed, (element) =>
    unclear.includes(element) ? partsOf(elementsOf(resource)[element]) : [],
  );
  return flatMap(references, ({ reference }) => unreadReferences.get(String(reference)) ?? [])[0];
}
