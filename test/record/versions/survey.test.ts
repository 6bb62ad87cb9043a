/** Which FHIR version a call is told to be. */

import { describe, expect, test } from '@jest/globals';
import { versionNamed } from '../../../src/record/versions/fhir-version.js';
import { bundle, callOf, type Json, orders, patientReference, plainOrder, versionOfCall } from './support.js';

const patient = { resourceType: 'Patient', id: 'patient-1', birthDate: '1980-04-12' };
const order = (elements: Json): Json => ({ resourceType: 'MedicationRequest', id: 'o', ...elements });
const dosed = (dosage: Json): Json => order({ dosageInstruction: [dosage] });
const dose = { value: 5, unit: 'mg' };

test.each(Object.entries(orders))('an order of %s', (version, one) => {
  expect(versionOfCall(callOf({ orders: [one] }))).toBe(version);
});

test.each<[string, Json, string]>([
  ['MedicationOrder', { resourceType: 'MedicationOrder' }, 'DSTU2'],
  ['a dose on the instruction', dosed({ doseQuantity: dose }), 'STU3'],
  ['a dose range on the instruction', dosed({ doseRange: { high: dose } }), 'STU3'],
  ['doseAndRate', dosed({ doseAndRate: [{ doseQuantity: dose }] }), 'R4'],
  ['doseAndRate as an object', order({ dosageInstruction: { doseAndRate: { doseQuantity: dose } } }), 'R4'],
  ['substitution.allowed', order({ substitution: { allowed: true } }), 'STU3'],
  ['substitution.allowedBoolean', order({ substitution: { allowedBoolean: true } }), 'R4'],
  ['requester.agent', order({ requester: { agent: {} } }), 'STU3'],
  ['requester', order({ requester: patientReference }), 'R4'],
  ['courseOfTherapyType', order({ courseOfTherapyType: {} }), 'R4'],
  ['reasonCode', order({ reasonCode: [{ text: 'x' }] }), 'R4'],
  ['medication.concept', order({ medication: { concept: {} } }), 'R5'],
  ['reason', order({ reason: [{ concept: {} }] }), 'R5'],
  ['ended', order({ status: 'ended' }), 'R5'],
  ['renderedDosageInstruction', order({ renderedDosageInstruction: 'x' }), 'R5'],
  ['asNeeded', dosed({ asNeeded: true }), 'R5'],
  ['dispenserInstruction', order({ dispenseRequest: { dispenserInstruction: [] } }), 'R5'],
  ['category as an object, as the sandbox sends it', order({ category: { text: 'x' } }), 'R4'],
  ['an element that is null', order({ context: null, medication: null }), 'R4'],
  ['nothing at all', order({}), 'R4'],
])('an order with %s: %s is %s', (_, one, version) => {
  expect(versionOfCall(callOf({ orders: [one] }))).toBe(version);
});

test.each<[string, Json, string]>([
  ['MedicationStatement.wasNotTaken', { resourceType: 'MedicationStatement', wasNotTaken: false }, 'DSTU2'],
  ['MedicationStatement.taken', { resourceType: 'MedicationStatement', taken: 'y' }, 'STU3'],
  ['MedicationStatement not taken', { resourceType: 'MedicationStatement', status: 'not-taken' }, 'R4'],
  ['MedicationStatement recorded', { resourceType: 'MedicationStatement', status: 'recorded' }, 'R5'],
  ['MedicationStatement.adherence', { resourceType: 'MedicationStatement', adherence: {} }, 'R5'],
  ['MedicationDispense.patient', { resourceType: 'MedicationDispense', patient: patientReference }, 'DSTU2'],
  ['MedicationDispense.notDone', { resourceType: 'MedicationDispense', notDone: false }, 'STU3'],
  [
    'MedicationAdministration.wasNotGiven',
    { resourceType: 'MedicationAdministration', wasNotGiven: false },
    'DSTU2',
  ],
  [
    'MedicationAdministration.notGiven',
    { resourceType: 'MedicationAdministration', notGiven: false },
    'STU3',
  ],
  [
    'MedicationAdministration.dosage.quantity',
    { resourceType: 'MedicationAdministration', dosage: { quantity: dose } },
    'DSTU2',
  ],
  [
    'MedicationAdministration.occurenceDateTime',
    { resourceType: 'MedicationAdministration', occurenceDateTime: '2026' },
    'R5',
  ],
  ['Medication.product', { resourceType: 'Medication', product: {} }, 'DSTU2'],
  [
    'Medication.ingredient.amount',
    { resourceType: 'Medication', ingredient: [{ itemReference: {}, amount: {} }] },
    'STU3',
  ],
  ['Medication.doseForm', { resourceType: 'Medication', doseForm: {} }, 'R5'],
  ['Condition.dateRecorded', { resourceType: 'Condition', dateRecorded: '2025' }, 'DSTU2'],
  ['Condition.assertedDate', { resourceType: 'Condition', assertedDate: '2025' }, 'STU3'],
  [
    'Condition with a plain status',
    { resourceType: 'Condition', clinicalStatus: 'active', subject: {} },
    'STU3',
  ],
  ['Condition with a coded status', { resourceType: 'Condition', clinicalStatus: {} }, 'R4'],
  ['AllergyIntolerance.substance', { resourceType: 'AllergyIntolerance', substance: {} }, 'DSTU2'],
  [
    'AllergyIntolerance with a plain status',
    { resourceType: 'AllergyIntolerance', clinicalStatus: 'active' },
    'STU3',
  ],
  ['AllergyIntolerance with a coded type', { resourceType: 'AllergyIntolerance', type: {} }, 'R5'],
  ['Observation.context', { resourceType: 'Observation', context: {} }, 'STU3'],
  ['Observation with one interpretation', { resourceType: 'Observation', interpretation: {} }, 'R4'],
  ['Patient', patient, 'R4'],
  ['a type that no fact reads', { resourceType: 'Encounter', patient: {} }, 'R4'],
])('a record with %s', (_, resource, version) => {
  expect(versionOfCall(callOf({ prefetch: { any: bundle(resource) } }))).toBe(version);
  expect(versionOfCall(callOf({ siblings: [resource] }))).toBe(version);
});

test('nothing at all is R4', () => {
  expect(versionOfCall(callOf({}))).toBe('R4');
});

describe('an order that fits several versions', () => {
  const condition = (elements: Json) => bundle({ resourceType: 'Condition', ...elements });
  test.each<[string, Json, string]>([
    ['STU3', { clinicalStatus: 'active', assertedDate: '2025' }, 'STU3'],
    ['DSTU2 or STU3', { clinicalStatus: 'active' }, 'STU3'],
    ['R4', { clinicalStatus: { text: 'active' } }, 'R4'],
    ['DSTU2', { dateRecorded: '2025' }, 'mixed'],
    ['R5', { participant: [] }, 'mixed'],
  ])('with a problem of %s', (_, elements, version) => {
    expect(versionOfCall(callOf({ orders: [plainOrder], prefetch: { problems: condition(elements) } }))).toBe(
      version,
    );
  });

  test('is of the version that most of the record fits', () => {
    const stu3 = { resourceType: 'Condition', assertedDate: '2025' };
    const r4 = { resourceType: 'Condition', recordedDate: '2025' };
    expect(
      versionOfCall(callOf({ orders: [plainOrder], prefetch: { problems: bundle(stu3, stu3, r4) } })),
    ).toBe('mixed');
  });
});

test('orders that contradict one another, a record that contradicts its order: mixed', () => {
  expect(versionOfCall(callOf({ orders: [orders.R4, orders.R5] }))).toBe('mixed');
  expect(
    versionOfCall(callOf({ orders: [orders.R4], prefetch: { medications: bundle(orders.DSTU2) } })),
  ).toBe('mixed');
});

test('a resource that contradicts itself says nothing', () => {
  const both = { ...orders.STU3, ...orders.R5 };
  expect(versionOfCall(callOf({ orders: [both] }))).toBe('R4');
  expect(versionOfCall(callOf({ orders: [orders.DSTU2], prefetch: { medications: bundle(both) } }))).toBe(
    'DSTU2',
  );
});

test('DSTU1 is not known', () => {
  const prescription = { resourceType: 'MedicationPrescription' };
  expect(
    versionOfCall(callOf({ orders: [orders.R4], prefetch: { medications: bundle(prescription) } })),
  ).toBe('unknown');
});

test.each<[string, unknown, string]>([
  ['STU3', plainOrder, 'STU3'],
  ['R4', plainOrder, 'R4'],
  ['R5', orders.R4, 'mixed'],
  ['R6', plainOrder, 'unknown'],
  ['R6', orders.R5, 'unknown'],
  ['R6', orders.R4, 'unknown'],
  [' ', plainOrder, 'R4'],
])('a client that names %s', (fhirVersion, one, version) => {
  expect(versionOfCall(callOf({ orders: [one], more: { fhirVersion } }))).toBe(version);
});

test.each([
  ['DSTU2', 'DSTU2'],
  ['dstu 2', 'DSTU2'],
  ['1.0.2', 'DSTU2'],
  ['STU3', 'STU3'],
  ['R3', 'STU3'],
  ['3.0.2', 'STU3'],
  ['R4', 'R4'],
  ['FHIR R4', 'R4'],
  ['R4B', 'R4'],
  ['4.0.1', 'R4'],
  ['4.3.0', 'R4'],
  ['R5', 'R5'],
  ['5.0.0', 'R5'],
  ['6.0.0', undefined],
  ['R40', undefined],
  ['', undefined],
])('%p names %p', (name, version) => {
  expect(versionNamed(name)).toBe(version);
});
