/** What each element of STU3 becomes in R4. */

import { expect, test } from '@jest/globals';
import { SUBSTITUTION_OF_R4 } from '../../../src/record/versions/from-stu3.js';
import { toR4 } from '../../../src/record/versions/to-r4.js';
import { type Json, TODAY } from './support.js';

const concept = { text: 'a reason' };
const reference = { reference: 'Condition/1' };
const quantity = { value: 5, unit: 'mg' };
const coded = (system: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
});
const allowed = { coding: [{ system: 'http://hl7.org/fhir/v3/substanceAdminSubstitution', code: 'TE' }] };

test.each<[string, string, Json, Json]>([
  ['MedicationRequest', 'context', { context: reference }, { encounter: reference }],
  ['MedicationRequest', 'category', { category: concept }, { category: [concept] }],
  ['MedicationRequest', 'category as a list', { category: [concept] }, { category: [concept] }],
  ['MedicationRequest', 'requester', { requester: { agent: reference } }, { requester: reference }],
  ['MedicationRequest', 'a requester of R4', { requester: reference }, { requester: reference }],
  ['MedicationRequest', 'definition', { definition: [reference] }, {}],
  [
    'MedicationRequest',
    'reasons, prior prescription, notes',
    {
      reasonCode: [concept],
      reasonReference: reference,
      priorPrescription: reference,
      note: [{ text: 'n' }],
    },
    {
      reasonCode: [concept],
      reasonReference: [reference],
      priorPrescription: reference,
      note: [{ text: 'n' }],
    },
  ],
  [
    'MedicationRequest',
    'dose and rate',
    { dosageInstruction: [{ sequence: 1, doseQuantity: quantity, rateQuantity: quantity }] },
    {
      dosageInstruction: [{ sequence: 1, doseAndRate: [{ doseQuantity: quantity, rateQuantity: quantity }] }],
    },
  ],
  [
    'MedicationRequest',
    'a dosage without a dose',
    { dosageInstruction: [{ text: 'as told' }] },
    { dosageInstruction: [{ text: 'as told' }] },
  ],
  [
    'MedicationRequest',
    'substitution.allowed',
    { substitution: { allowed: true } },
    { substitution: { allowedBoolean: true } },
  ],
  [
    'MedicationRequest',
    'substitution not allowed, with a reason',
    { substitution: { allowed: false, reason: concept } },
    { substitution: { allowedBoolean: false, reason: concept } },
  ],
  [
    'MedicationRequest',
    'the kind of substitution as a concept, which STU3 does not know',
    { substitution: { allowed: { text: 'formulary' } } },
    { substitution: { allowedCodeableConcept: { text: 'formulary' } } },
  ],
  ['MedicationRequest', 'substitution that is no object', { substitution: true }, { substitution: true }],
  ...[SUBSTITUTION_OF_R4, `${SUBSTITUTION_OF_R4}[x]`].map((url): [string, string, Json, Json] => [
    'MedicationRequest',
    `the kind of substitution in ${url}`,
    {
      substitution: {
        allowed: true,
        extension: [
          { url, valueCodeableConcept: allowed },
          { url: 'urn:other', valueString: 'x' },
        ],
      },
    },
    {
      substitution: {
        allowedCodeableConcept: coded('v3-substanceAdminSubstitution', 'TE'),
        extension: [{ url: 'urn:other', valueString: 'x' }],
      },
    },
  ]),
  ['MedicationStatement', 'not taken', { status: 'active', taken: 'n' }, { status: 'not-taken' }],
  ['MedicationStatement', 'taken', { status: 'active', taken: 'y' }, { status: 'active' }],
  [
    'MedicationStatement',
    'perhaps taken: as the entry says',
    { status: 'active', taken: 'unk' },
    { status: 'active' },
  ],
  [
    'MedicationStatement',
    'taken does not apply',
    { status: 'intended', taken: 'na' },
    { status: 'intended' },
  ],
  [
    'MedicationStatement',
    'entered in error',
    { status: 'entered-in-error', taken: 'n' },
    { status: 'entered-in-error' },
  ],
  ['MedicationStatement', 'taken without a status', { taken: 'y' }, {}],
  [
    'MedicationStatement',
    'reasons and dosage',
    { reasonReference: reference, reasonNotTaken: [concept], dosage: [{ doseRange: { high: quantity } }] },
    {
      reasonReference: [reference],
      statusReason: [concept],
      dosage: [{ doseAndRate: [{ doseRange: { high: quantity } }] }],
    },
  ],
  ['MedicationDispense', 'not done', { status: 'completed', notDone: true }, { status: 'declined' }],
  ['MedicationDispense', 'done', { status: 'completed', notDone: false }, { status: 'completed' }],
  [
    'MedicationDispense',
    'why not done',
    { notDoneReasonCodeableConcept: concept, notDoneReasonReference: reference },
    { statusReasonCodeableConcept: concept, statusReasonReference: reference },
  ],
  ['MedicationAdministration', 'not given', { status: 'completed', notGiven: true }, { status: 'not-done' }],
  [
    'MedicationAdministration',
    'prescription, reasons and time',
    { prescription: reference, reasonNotGiven: [concept], effectiveDateTime: '2026-11-21' },
    { request: reference, statusReason: [concept], effectiveDateTime: '2026-11-21' },
  ],
  [
    'Medication',
    'ingredient',
    { form: concept, ingredient: [{ itemCodeableConcept: concept, amount: { numerator: quantity } }] },
    { form: concept, ingredient: [{ itemCodeableConcept: concept, strength: { numerator: quantity } }] },
  ],
  [
    'Condition',
    'statuses, date, context and stage',
    {
      clinicalStatus: 'active',
      verificationStatus: 'refuted',
      assertedDate: '2025-03-01',
      context: reference,
      stage: concept,
      abatementBoolean: true,
    },
    {
      clinicalStatus: coded('condition-clinical', 'active'),
      verificationStatus: coded('condition-ver-status', 'refuted'),
      recordedDate: '2025-03-01',
      encounter: reference,
      stage: [concept],
      abatementString: 'abated',
    },
  ],
  [
    'Condition',
    'statuses of R4',
    { clinicalStatus: concept, verificationStatus: 7 },
    { clinicalStatus: concept, verificationStatus: 7 },
  ],
  [
    'Condition',
    'a status in capitals with blanks, and one that is blank',
    { clinicalStatus: ' Resolved ', verificationStatus: ' ' },
    { clinicalStatus: coded('condition-clinical', 'resolved') },
  ],
  [
    'AllergyIntolerance',
    'statuses and date',
    { clinicalStatus: 'active', verificationStatus: 'refuted', assertedDate: '2019', type: 'allergy' },
    {
      clinicalStatus: coded('allergyintolerance-clinical', 'active'),
      verificationStatus: coded('allergyintolerance-verification', 'refuted'),
      recordedDate: '2019',
      type: 'allergy',
    },
  ],
  [
    'Observation',
    'context, comment and interpretation',
    { context: reference, comment: 'n', interpretation: concept, related: [], status: 'final' },
    { encounter: reference, note: [{ text: 'n' }], interpretation: [concept], status: 'final' },
  ],
])('%s: %s', (resourceType, _, stu3, r4) => {
  expect(toR4({ resourceType, ...stu3 }, 'STU3', TODAY)).toEqual({ resourceType, ...r4 });
});
