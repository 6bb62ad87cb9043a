/** What each element of R5 becomes in R4. */

import { describe, expect, test } from '@jest/globals';
import { toR4 } from '../../../src/record/versions/to-r4.js';
import { type Json, TODAY } from './support.js';

const concept = { text: 'a reason' };
const coded = { coding: [{ code: 'M54.5' }] };
const reference = { reference: 'Condition/1' };
const quantity = { value: 5, unit: 'mg' };

test.each<[string, string, Json, Json]>([
  [
    'MedicationRequest',
    'a coded medication',
    { medication: { concept } },
    { medicationCodeableConcept: concept },
  ],
  [
    'MedicationRequest',
    'a referenced medication',
    { medication: { reference } },
    { medicationReference: reference },
  ],
  [
    'MedicationRequest',
    'both',
    { medication: { concept, reference } },
    { medicationCodeableConcept: concept, medicationReference: reference },
  ],
  ['MedicationRequest', 'a medication that says nothing', { medication: 'baclofen' }, {}],
  [
    'MedicationRequest',
    'reasons',
    { reason: [{ concept }, { reference }] },
    { reasonCode: [concept], reasonReference: [reference] },
  ],
  [
    'MedicationRequest',
    'a coded reason with its reference',
    { reason: [{ concept: coded, reference }] },
    { reasonCode: [coded] },
  ],
  [
    'MedicationRequest',
    'a reason in words with its reference',
    { reason: [{ concept, reference }] },
    { reasonCode: [concept], reasonReference: [reference] },
  ],
  ['MedicationRequest', 'no reason', { reason: [] }, {}],
  ['MedicationRequest', 'ended', { status: 'ended' }, { status: 'completed' }],
  [
    'MedicationRequest',
    'stopped',
    { status: 'stopped', statusChanged: '2026-11-20' },
    { status: 'stopped', statusChanged: '2026-11-20' },
  ],
  ['MedicationRequest', 'reported', { reported: true }, { reportedBoolean: true }],
  [
    'MedicationRequest',
    'asNeeded and limits',
    {
      dosageInstruction: [
        { asNeeded: true, asNeededFor: [concept], maxDosePerPeriod: [{ numerator: quantity }] },
      ],
    },
    {
      dosageInstruction: [
        {
          asNeededBoolean: true,
          asNeededCodeableConcept: concept,
          maxDosePerPeriod: { numerator: quantity },
        },
      ],
    },
  ],
  [
    'MedicationRequest',
    'several limits, none for which it is needed',
    { dosageInstruction: [{ asNeededFor: [], maxDosePerPeriod: [{}, {}] }] },
    { dosageInstruction: [{ maxDosePerPeriod: [{}, {}] }] },
  ],
  [
    'MedicationRequest',
    'a rendered dosage stands for none',
    { renderedDosageInstruction: 'one a day' },
    { dosageInstruction: [{ text: 'one a day' }] },
  ],
  [
    'MedicationRequest',
    'a rendered dosage beside its parts',
    { renderedDosageInstruction: 'one a day', dosageInstruction: [{ text: '1' }] },
    { dosageInstruction: [{ text: '1' }] },
  ],
  [
    'MedicationRequest',
    'what the pharmacy is told is a note',
    {
      note: [{ text: 'a' }],
      dispenseRequest: { dispenser: reference, dispenserInstruction: [{ text: 'b' }] },
    },
    { note: [{ text: 'a' }, { text: 'b' }], dispenseRequest: { performer: reference } },
  ],
  [
    'MedicationRequest',
    'substitution, course and prior prescription as they are',
    {
      substitution: { allowedCodeableConcept: coded },
      courseOfTherapyType: coded,
      priorPrescription: reference,
    },
    {
      substitution: { allowedCodeableConcept: coded },
      courseOfTherapyType: coded,
      priorPrescription: reference,
    },
  ],
  [
    'MedicationDispense',
    'medication, encounter and why not',
    {
      medication: { concept },
      encounter: reference,
      notPerformedReason: { concept },
      renderedDosageInstruction: 'x',
    },
    {
      medicationCodeableConcept: concept,
      context: reference,
      statusReasonCodeableConcept: concept,
      dosageInstruction: [{ text: 'x' }],
    },
  ],
  [
    'MedicationAdministration',
    'medication, reason and time',
    { medication: { reference }, reason: [{ concept }], occurenceDateTime: '2026-11-21' },
    { medicationReference: reference, reasonCode: [concept], effectiveDateTime: '2026-11-21' },
  ],
  [
    'MedicationAdministration',
    'a period, spelled right',
    { occurrencePeriod: { end: '2026-11-21' } },
    { effectivePeriod: { end: '2026-11-21' } },
  ],
  [
    'Medication',
    'form, maker and ingredients',
    {
      doseForm: concept,
      marketingAuthorizationHolder: reference,
      ingredient: [
        { item: { concept }, strengthRatio: { numerator: quantity } },
        { item: { reference }, strengthQuantity: quantity },
      ],
    },
    {
      form: concept,
      manufacturer: reference,
      ingredient: [
        { itemCodeableConcept: concept, strength: { numerator: quantity } },
        { itemReference: reference, strength: { numerator: quantity, denominator: { value: 1, unit: '1' } } },
      ],
    },
  ],
  [
    'Medication',
    'what a whole pack holds is no strength',
    { totalVolume: quantity, ingredient: [{ strengthQuantity: quantity }] },
    { totalVolume: quantity, ingredient: [{}] },
  ],
  ['AllergyIntolerance', 'type', { type: { coding: [{ code: 'intolerance' }] } }, { type: 'intolerance' }],
  ['AllergyIntolerance', 'type in words', { type: concept }, {}],
  ['AllergyIntolerance', 'type of R4', { type: 'allergy' }, { type: 'allergy' }],
  [
    'AllergyIntolerance',
    'reaction',
    { reaction: [{ manifestation: [{ concept }, coded] }, { substance: concept }] },
    { reaction: [{ manifestation: [concept, coded] }, { substance: concept }] },
  ],
  [
    'Condition',
    'as it is',
    { clinicalStatus: coded, recordedDate: '2025' },
    { clinicalStatus: coded, recordedDate: '2025' },
  ],
  [
    'Observation',
    'as it is',
    { status: 'final', valueQuantity: quantity },
    { status: 'final', valueQuantity: quantity },
  ],
])('%s: %s', (resourceType, _, r5, r4) => {
  expect(toR4({ resourceType, ...r5 }, 'R5', TODAY)).toEqual({ resourceType, ...r4 });
});

describe('MedicationStatement', () => {
  const statusOf = (statement: Json): unknown =>
    toR4({ resourceType: 'MedicationStatement', ...statement }, 'R5', TODAY)['status'];
  const adherence = (code: string) => ({ code: { coding: [{ code }] } });

  test.each([
    ['taking', 'active'],
    ['taking-as-directed', 'active'],
    ['taking-not-as-directed', 'active'],
    ['not-taking', 'not-taken'],
    ['on-hold', 'on-hold'],
    ['on-hold-as-directed', 'on-hold'],
    ['on-hold-not-as-directed', 'on-hold'],
    ['stopped', 'stopped'],
    ['stopped-as-directed', 'stopped'],
    ['stopped-not-as-directed', 'stopped'],
    ['unknown', 'active'],
    ['of another system', 'active'],
  ])('recorded, %s: %s', (code, status) => {
    expect(statusOf({ status: 'recorded', adherence: adherence(code) })).toBe(status);
  });

  test.each([
    ['2026-11-21', 'completed'],
    ['2026-11-21T23:59:00Z', 'completed'],
    ['2026-11-22', 'active'],
    ['2026-10', 'completed'],
    ['2026-11', 'active'],
    ['2026', 'active'],
    [undefined, 'active'],
  ])('recorded without adherence, until %s: %s', (end, status) => {
    expect(statusOf({ status: 'recorded', effectivePeriod: { end } })).toBe(status);
  });

  test.each([
    ['entered-in-error', 'entered-in-error'],
    ['draft', 'unknown'],
    ['active', 'active'],
    [undefined, undefined],
  ])('%s: %s', (written, status) => {
    expect(statusOf({ status: written, adherence: adherence('taking') })).toBe(status);
  });

  test('medication, reason, encounter and dosage', () => {
    const statement = {
      resourceType: 'MedicationStatement',
      status: 'recorded',
      medication: { concept },
      reason: [{ reference }],
      encounter: reference,
      renderedDosageInstruction: 'one a day',
      dosage: [{ asNeeded: false }],
    };
    expect(toR4(statement, 'R5', TODAY)).toEqual({
      resourceType: 'MedicationStatement',
      status: 'active',
      medicationCodeableConcept: concept,
      reasonReference: [reference],
      context: reference,
      dosage: [{ asNeededBoolean: false }],
    });
  });
});

test('a contained Medication is brought along', () => {
  const order = {
    resourceType: 'MedicationRequest',
    contained: [{ resourceType: 'Medication', doseForm: concept }],
  };
  expect(toR4(order, 'R5', TODAY)).toEqual({
    resourceType: 'MedicationRequest',
    contained: [{ resourceType: 'Medication', form: concept }],
  });
});
