/** An order brought to its starting dose: nothing that tells the old dose stays in it. */

import type { Annotation, CodeableConcept, Dosage, MedicationRequest } from 'fhir/r4.js';
import { canBeTaken } from '../record/amount.js';
import { conceptWords } from '../record/concept-words.js';
import { saysAmount, strengthOf } from '../record/dose.js';
import type { DraftOrder } from '../record/record.js';
import { boundsApart } from '../record/steps.js';
import { type Part, partOf, partsOf, stringOf } from '../untrusted.js';

export interface StartingDose {
  readonly milligrams: number;
  readonly timesADay: number;
}

/**
 * Its words, its limits, how often it was to be taken in all, what was to be dispensed of it and, of several steps, how
 * long the first was go with the old dose; advice ("with food") and notes that tell no amount stay.
 * @returns undefined of tablets that cannot be divided so
 */
export function startedLow(
  { resource: order, identity: { product } }: DraftOrder,
  { milligrams, timesADay }: StartingDose,
): MedicationRequest | undefined {
  if (!canBeTaken(milligrams, strengthOf(order, product))) return undefined;
  const { dispenseRequest, note, ...rest } = order;
  const kept = keptOfDosage(order);
  const asNeeded = kept.asNeededBoolean === true || kept.asNeededCodeableConcept !== undefined;
  const { quantity: _, initialFill: __, ...dispense } = partOf(dispenseRequest) ?? {};
  return {
    ...rest,
    dosageInstruction: [
      {
        ...kept,
        text: `${milligrams} mg ${timesADay} times a day${asNeeded ? ' as needed' : ''}`,
        timing: {
          repeat: { ...kept.timing.repeat, frequency: timesADay, period: 1, periodUnit: 'd' },
        },
        doseAndRate: [
          {
            doseQuantity: { value: milligrams, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' },
          },
        ],
      },
    ],
    ...(Object.keys(dispense).length === 0 ? {} : { dispenseRequest: dispense }),
    ...notesKept(note),
  };
}

/** Notes that tell neither an amount nor a time. */
function notesKept(note: unknown): Pick<MedicationRequest, 'note'> {
  const kept = partsOf(note).filter(({ text }) => !saysAmount(stringOf(text) ?? ''));
  return kept.length === 0 ? {} : { note: kept as unknown as Annotation[] };
}

/** What of an instruction goes with the dose that it told. */
const ofTheOldDose: ReadonlySet<string> = new Set([
  'text',
  'patientInstruction',
  'sequence',
  'timing',
  'doseAndRate',
  'additionalInstruction',
  'maxDosePerPeriod',
  'maxDosePerAdministration',
  'maxDosePerLifetime',
]);

/** Of the first instruction. */
function keptOfDosage({ dosageInstruction }: MedicationRequest) {
  const first = dosageInstruction?.[0] ?? {};
  const bounds: Part = dosageInstruction?.[1] === undefined ? boundsApart(first).bounds : {};
  const { count: _, countMax: __, ...length } = bounds;
  const kept: Dosage = Object.fromEntries(Object.entries(first).filter(([name]) => !ofTheOldDose.has(name)));
  const advice = partsOf(first.additionalInstruction).filter(isAdvice) as CodeableConcept[];
  return {
    ...kept,
    ...(advice.length === 0 ? {} : { additionalInstruction: advice }),
    timing: { repeat: length },
  };
}

/** A concept whose words tell neither an amount nor a time. */
function isAdvice(concept: Part): boolean {
  return !conceptWords(concept).some(saysAmount);
}
