/** What each element of DSTU2 becomes in R4. */

import { describe, expect, test } from '@jest/globals';
import { toR4 } from '../../../src/record/versions/to-r4.js';
import { type Json, TODAY } from './support.js';

/** The R4 resource of a DSTU2 one, without its type. */
const read = (resourceType: string, elements: Json): Json => {
  const { resourceType: _, ...others } = toR4({ resourceType, ...elements }, 'DSTU2', TODAY);
  return others;
};
const concept = { text: 'a reason' };
const reference = { reference: 'Condition/1' };
const quantity = { value: 5, unit: 'mg' };
const coded = (system: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
});
const substitution = (system: string, code: string) => ({ coding: [{ system, code }] });

test('MedicationOrder is called MedicationRequest, an order by its nature', () => {
  expect(toR4({ resourceType: 'MedicationOrder', status: 'draft' }, 'DSTU2', TODAY)).toEqual({
    resourceType: 'MedicationRequest',
    intent: 'order',
    status: 'draft',
  });
});

test.each<[string, Json, Json]>([
  ['patient', { patient: reference }, { subject: reference }],
  ['dateWritten', { dateWritten: '2026-11-01' }, { authoredOn: '2026-11-01' }],
  ['prescriber', { prescriber: reference }, { requester: reference }],
  ['reasonCodeableConcept', { reasonCodeableConcept: concept }, { reasonCode: [concept] }],
  ['reasonReference', { reasonReference: reference }, { reasonReference: [reference] }],
  ['reasonEnded', { reasonEnded: concept }, { statusReason: concept }],
  ['a note in plain text', { note: 'as before' }, { note: [{ text: 'as before' }] }],
  ['a note as annotation', { note: [{ text: 'as before' }] }, { note: [{ text: 'as before' }] }],
  [
    'dateEnded of a stop is the day of the stop',
    { status: 'stopped', dateEnded: '2026-11-20' },
    { status: 'stopped', statusChanged: '2026-11-20' },
  ],
  [
    'dateEnded of another order ends its doses',
    { status: 'completed', dateEnded: '2026-11-20' },
    { status: 'completed', effectiveDosePeriod: { end: '2026-11-20' } },
  ],
  [
    'priorPrescription',
    { priorPrescription: { reference: 'MedicationOrder/1', display: 'x' } },
    { priorPrescription: { reference: 'MedicationRequest/1', display: 'x' } },
  ],
  [
    'an absolute reference to a version of an order',
    { priorPrescription: { reference: 'https://ehr/MedicationOrder/1/_history/2' } },
    { priorPrescription: { reference: 'https://ehr/MedicationRequest/1/_history/2' } },
  ],
  [
    'a contained order',
    { priorPrescription: { reference: '#old' } },
    { priorPrescription: { reference: '#old' } },
  ],
  ['a prior prescription that is no reference', { priorPrescription: 7 }, { priorPrescription: 7 }],
  [
    'substitution.type',
    {
      substitution: {
        type: substitution('http://hl7.org/fhir/v3/substanceAdminSubstitution', 'TE'),
        reason: concept,
      },
    },
    {
      substitution: {
        allowedCodeableConcept: coded('v3-substanceAdminSubstitution', 'TE'),
        reason: concept,
      },
    },
  ],
  [
    'a substitution in words',
    { substitution: { type: { text: 'formulary' } } },
    { substitution: { allowedCodeableConcept: { text: 'formulary' } } },
  ],
  [
    'a substitution without a type',
    { substitution: { reason: concept } },
    { substitution: { reason: concept } },
  ],
  [
    'dispenseRequest',
    { dispenseRequest: { numberOfRepeatsAllowed: 1, expectedSupplyDuration: { value: 14, unit: 'd' } } },
    { dispenseRequest: { numberOfRepeatsAllowed: 1, expectedSupplyDuration: { value: 14, unit: 'd' } } },
  ],
])('MedicationOrder: %s', (_, dstu2, r4) => {
  expect(read('MedicationOrder', dstu2)).toEqual({ intent: 'order', ...r4 });
});

describe('dosage', () => {
  test.each<[string, Json, Json]>([
    ['doseQuantity', { doseQuantity: quantity }, { doseAndRate: [{ doseQuantity: quantity }] }],
    ['doseRange', { doseRange: { high: quantity } }, { doseAndRate: [{ doseRange: { high: quantity } }] }],
    [
      'dose and rate',
      { doseQuantity: quantity, rateRatio: { numerator: quantity } },
      { doseAndRate: [{ doseQuantity: quantity, rateRatio: { numerator: quantity } }] },
    ],
    [
      'a statement: quantityQuantity',
      { quantityQuantity: quantity },
      { doseAndRate: [{ doseQuantity: quantity }] },
    ],
    [
      'a statement: quantityRange',
      { quantityRange: { high: quantity } },
      { doseAndRate: [{ doseRange: { high: quantity } }] },
    ],
    [
      'doseAndRate already',
      { doseAndRate: [{ doseQuantity: quantity }] },
      { doseAndRate: [{ doseQuantity: quantity }] },
    ],
    ['additionalInstructions', { additionalInstructions: concept }, { additionalInstruction: [concept] }],
    ['siteCodeableConcept', { siteCodeableConcept: concept }, { site: concept }],
    [
      'timing',
      {
        timing: {
          code: concept,
          repeat: { boundsQuantity: quantity, frequency: 3, period: 1, periodUnits: 'd' },
        },
      },
      {
        timing: {
          code: concept,
          repeat: { boundsDuration: quantity, frequency: 3, period: 1, periodUnit: 'd' },
        },
      },
    ],
    [
      'when and how long',
      { timing: { repeat: { when: 'HS', duration: 1, durationUnits: 'h' } } },
      { timing: { repeat: { when: ['HS'], duration: 1, durationUnit: 'h' } } },
    ],
    ['scheduledTiming', { scheduledTiming: { code: concept } }, { timing: { code: concept } }],
    ['timing that is no object', { timing: 'daily' }, { timing: 'daily' }],
    [
      'asNeededBoolean, route, text',
      { asNeededBoolean: true, route: concept, text: 'x' },
      { asNeededBoolean: true, route: concept, text: 'x' },
    ],
  ])('%s', (_, dstu2, r4) => {
    expect(read('MedicationOrder', { dosageInstruction: [dstu2] })).toEqual({
      intent: 'order',
      dosageInstruction: [r4],
    });
    expect(read('MedicationStatement', { dosage: [dstu2] })).toEqual({ dosage: [r4] });
    expect(read('MedicationDispense', { dosageInstruction: [dstu2] })).toEqual({ dosageInstruction: [r4] });
  });

  test('one instruction without its list counts as a list, what is no instruction stays', () => {
    expect(read('MedicationStatement', { dosage: { doseQuantity: quantity } })).toEqual({
      dosage: [{ doseAndRate: [{ doseQuantity: quantity }] }],
    });
    expect(read('MedicationStatement', { dosage: ['daily', null] })).toEqual({ dosage: ['daily', null] });
  });
});

test.each<[string, string, Json, Json]>([
  ['MedicationStatement', 'not taken', { status: 'active', wasNotTaken: true }, { status: 'not-taken' }],
  ['MedicationStatement', 'not taken, without a status', { wasNotTaken: true }, { status: 'not-taken' }],
  ['MedicationStatement', 'taken', { wasNotTaken: false, status: 'active' }, { status: 'active' }],
  [
    'MedicationStatement',
    'entered in error, whatever else',
    { wasNotTaken: true, status: 'entered-in-error' },
    { status: 'entered-in-error' },
  ],
  [
    'MedicationStatement',
    'reasons and patient',
    { patient: reference, reasonForUseCodeableConcept: concept, reasonNotTaken: [concept], note: 'n' },
    { subject: reference, reasonCode: [concept], statusReason: [concept], note: [{ text: 'n' }] },
  ],
  [
    'MedicationStatement',
    'a reason elsewhere',
    { reasonForUseReference: reference },
    { reasonReference: [reference] },
  ],
  [
    'MedicationDispense',
    'patient, identifier and order',
    {
      patient: reference,
      identifier: { value: '1' },
      authorizingPrescription: [{ reference: 'MedicationOrder/1' }, { display: 'on paper' }],
    },
    {
      subject: reference,
      identifier: [{ value: '1' }],
      authorizingPrescription: [{ reference: 'MedicationRequest/1' }, { display: 'on paper' }],
    },
  ],
  [
    'MedicationAdministration',
    'not given',
    { status: 'completed', wasNotGiven: true },
    { status: 'not-done' },
  ],
  ['MedicationAdministration', 'given', { status: 'completed', wasNotGiven: false }, { status: 'completed' }],
  [
    'MedicationAdministration',
    'time, order, reason, encounter and dose',
    {
      effectiveTimeDateTime: '2026-11-21',
      prescription: { reference: 'MedicationOrder/1' },
      reasonGiven: [concept],
      encounter: reference,
      dosage: { quantity, route: concept, siteCodeableConcept: concept },
    },
    {
      effectiveDateTime: '2026-11-21',
      request: { reference: 'MedicationRequest/1' },
      reasonCode: [concept],
      context: reference,
      dosage: { dose: quantity, route: concept, site: concept },
    },
  ],
  [
    'MedicationAdministration',
    'a period',
    { effectiveTimePeriod: { end: '2026-11-21' } },
    { effectivePeriod: { end: '2026-11-21' } },
  ],
  [
    'Medication',
    'product',
    { product: { form: concept, ingredient: [{ item: reference, amount: { numerator: quantity } }] } },
    { form: concept, ingredient: [{ itemReference: reference, strength: { numerator: quantity } }] },
  ],
  ['Medication', 'a product that says nothing', { product: {} }, {}],
  [
    'Condition',
    'statuses, dates, patient and category',
    {
      patient: reference,
      dateRecorded: '2025-03-01',
      clinicalStatus: 'relapse',
      verificationStatus: 'confirmed',
      category: concept,
      notes: 'n',
    },
    {
      subject: reference,
      recordedDate: '2025-03-01',
      clinicalStatus: coded('condition-clinical', 'relapse'),
      verificationStatus: coded('condition-ver-status', 'confirmed'),
      category: [concept],
      note: [{ text: 'n' }],
    },
  ],
  ['Condition', 'an unknown verification says nothing', { verificationStatus: 'unknown' }, {}],
  ['Condition', 'over', { abatementBoolean: true }, { abatementString: 'abated' }],
  ['Condition', 'not over', { abatementBoolean: false }, {}],
  [
    'Condition',
    'ages',
    { onsetQuantity: quantity, abatementQuantity: quantity },
    { onsetAge: quantity, abatementAge: quantity },
  ],
  [
    'Condition',
    'onset as it was',
    { onsetDateTime: '2020', onsetPeriod: { start: '2020' } },
    { onsetDateTime: '2020', onsetPeriod: { start: '2020' } },
  ],
  [
    'Observation',
    'category, comments, interpretation and value',
    {
      category: concept,
      comments: 'n',
      interpretation: concept,
      related: [{}],
      valueQuantity: { ...quantity, comparator: '<' },
    },
    {
      category: [concept],
      note: [{ text: 'n' }],
      interpretation: [concept],
      valueQuantity: { ...quantity, comparator: '<' },
    },
  ],
])('%s: %s', (type, _, dstu2, r4) => {
  expect(read(type, dstu2)).toEqual(r4);
});

describe('AllergyIntolerance', () => {
  const clinical = (code: string) => ({ clinicalStatus: coded('allergyintolerance-clinical', code) });
  const verification = (code: string) => ({
    verificationStatus: coded('allergyintolerance-verification', code),
  });
  test.each<[string, Json]>([
    ['active', clinical('active')],
    ['unconfirmed', { ...clinical('active'), ...verification('unconfirmed') }],
    ['confirmed', { ...clinical('active'), ...verification('confirmed') }],
    ['inactive', clinical('inactive')],
    ['resolved', clinical('resolved')],
    ['refuted', verification('refuted')],
    ['entered-in-error', verification('entered-in-error')],
    ['of no known status', {}],
  ])('status %s', (status, r4) => {
    expect(read('AllergyIntolerance', { status })).toEqual(r4);
  });

  test.each<[string, Json, Json]>([
    ['substance', { patient: reference, substance: concept }, { patient: reference, code: concept }],
    ['onset', { onset: '2019' }, { onsetDateTime: '2019' }],
    [
      'category and type',
      { category: 'medication', type: 'intolerance' },
      { category: ['medication'], type: 'intolerance' },
    ],
    ['a category that R4 does not have', { category: 'other' }, { category: [] }],
    ['criticality', { criticality: 'CRITH' }, { criticality: 'high' }],
    ['a criticality of R4', { criticality: 'low' }, { criticality: 'low' }],
    [
      'note and last occurrence',
      { note: { text: 'n' }, lastOccurence: '2020' },
      { note: [{ text: 'n' }], lastOccurrence: '2020' },
    ],
    ['reaction', { reaction: [{ substance: concept }] }, { reaction: [{ substance: concept }] }],
  ])('%s', (_, dstu2, r4) => {
    expect(read('AllergyIntolerance', dstu2)).toEqual(r4);
  });
});

test('contained resources are brought along; other resources, and null, stay as they are', () => {
  expect(
    read('MedicationOrder', {
      contained: [{ resourceType: 'Medication', id: 'm', product: { form: concept } }, 'x'],
    }),
  ).toEqual({ intent: 'order', contained: [{ resourceType: 'Medication', id: 'm', form: concept }, 'x'] });
  expect(read('Patient', { birthDate: '1980' })).toEqual({ birthDate: '1980' });
  expect(read('MedicationOrder', { note: null, patient: undefined })).toEqual({
    intent: 'order',
    note: null,
  });
});

test('what contains what contains it is not followed', () => {
  const deep = {
    resourceType: 'MedicationOrder',
    contained: [{ resourceType: 'Medication', contained: [] }],
  };
  expect(read('MedicationOrder', { contained: [deep] })).toEqual({ intent: 'order', contained: [deep] });
});
