/** The order that a draft replaces, wherever it is sent: listed, listed twice, or contained in what refers to it. */

import { describe, expect, test } from '@jest/globals';
import {
  cardsOfCall,
  draftOrder,
  emptyPrefetch,
  type Json,
  RXNORM,
  searchset,
  serviceOfTheFrozenDay,
} from './support/calls.js';

const app = serviceOfTheFrozenDay();

const subject = { reference: 'Patient/patient-1' };
const patient = { resourceType: 'Patient', id: 'patient-1', birthDate: '1980-04-12' };
const baclofen = { coding: [{ system: RXNORM, code: '197391', display: 'baclofen 10 MG Oral Tablet' }] };
const cyclobenzaprine = { coding: [{ system: RXNORM, code: '828348' }] };
const order = (more: Json = {}): Json => draftOrder(cyclobenzaprine, more);
/** Baclofen for years. */
const prior = (more: Json = {}): Json =>
  order({
    id: 'prior',
    status: 'active',
    medicationCodeableConcept: baclofen,
    authoredOn: '2026-01-09',
    dispenseRequest: { expectedSupplyDuration: { value: 400, unit: 'days', code: 'd' } },
    ...more,
  });

const entriesOf = (...entry: Json[]): Json => ({ resourceType: 'Bundle', type: 'searchset', entry });
const cardsOf = (draftOrders: Json, prefetch: Json): ReturnType<typeof cardsOfCall> =>
  cardsOfCall(app, { context: { draftOrders }, prefetch: { ...emptyPrefetch, patient, ...prefetch } });
const topicsOf = async (...call: Parameters<typeof cardsOf>): Promise<readonly string[]> =>
  (await cardsOf(...call)).map(({ source }) => source.topic.code).sort();

const url = 'https://ehr.example.org/fhir/MedicationRequest/prior';
const drafted = (reference: string, more: Json = {}): Json =>
  searchset(order({ priorPrescription: { reference }, ...more }));

describe('an order that is sent twice is found by whatever names it', () => {
  const both = ['baclofen-abrupt-stop', 'interchange-replaced'];

  test.each([
    ['its absolute address', url],
    ['a urn', 'urn:uuid:0001'],
  ])('under two keys, by %s', async (_, fullUrl) => {
    const sent = () => entriesOf({ fullUrl, resource: prior({ status: 'on-hold' }) });
    expect(await topicsOf(drafted(fullUrl), { medications: sent() })).toEqual(both);
    expect(await topicsOf(drafted(fullUrl), { medications: sent(), activeMeds: sent() })).toEqual(both);
  });

  test('in two entries of one Bundle', async () => {
    const entry = () => ({ fullUrl: url, resource: prior({ status: 'on-hold' }) });
    expect(await topicsOf(drafted(url), { medications: entriesOf(entry(), entry()) })).toEqual(both);
  });

  test('in its older state beside the draft that stops it', async () => {
    const orders = searchset(order({ priorPrescription: { reference: url } }), prior({ status: 'stopped' }));
    const medications = entriesOf({ fullUrl: url, resource: prior() });
    expect(await topicsOf(orders, { medications })).toEqual(both);
  });

  test('in its older state, in other words, and is stopped once', async () => {
    const orders = searchset(order({ priorPrescription: { reference: url } }), prior({ status: 'stopped' }));
    const older = prior({ medicationCodeableConcept: { text: 'baclofen 10 mg tablet' } });
    const cards = await cardsOf(orders, { medications: entriesOf({ fullUrl: url, resource: older }) });
    const stop = cards.find(({ source }) => source.topic.code === 'baclofen-abrupt-stop');
    expect(stop?.suggestions).toHaveLength(1);
  });
});

describe('a listed order that is replaced is stopped by that', () => {
  test.each([
    ['active', ['baclofen-abrupt-stop', 'interchange-replaced']],
    ['on-hold', ['baclofen-abrupt-stop', 'interchange-replaced']],
    ['stopped', ['interchange-replaced']],
    ['cancelled', ['interchange-replaced']],
    ['completed', []],
    ['entered-in-error', []],
  ])('unless it is over: %s', async (status, topics) => {
    const medications = searchset(prior({ status }));
    expect(await topicsOf(drafted('MedicationRequest/prior'), { medications })).toEqual(topics);
  });
});

describe('an order of the list', () => {
  test('is known by its identifier alone', async () => {
    const identifier = { system: 'https://ehr.example.org/rx', value: '1' };
    const orders = searchset(order({ priorPrescription: { identifier } }));
    const listed = (value: string) => searchset(prior({ identifier: [{ ...identifier, value }] }));
    expect(await topicsOf(orders, { medications: listed('1') })).toEqual([
      'baclofen-abrupt-stop',
      'interchange-replaced',
    ]);
    expect(await topicsOf(orders, { medications: listed('2') })).toEqual([
      'interchange-ordered-together',
      'not-checked',
    ]);
  });
});

describe('an order that no list holds', () => {
  test('is known by its drug while it is a draft itself, and stops nothing', async () => {
    const medications = searchset(prior({ status: 'draft' }));
    expect(await topicsOf(drafted('MedicationRequest/prior'), { medications })).toEqual([
      'interchange-replaced',
    ]);
  });

  test('is nothing to replace when it says not to give the drug', async () => {
    const medications = searchset(prior({ doNotPerform: true }));
    expect(await topicsOf(drafted('MedicationRequest/prior'), { medications })).toEqual([]);
  });

  test("is not read when it is another patient's", async () => {
    const medications = entriesOf({ fullUrl: url, resource: prior({ subject: { reference: 'Patient/2' } }) });
    expect(await topicsOf(drafted(url), { medications })).toEqual(['not-checked']);
  });
});

describe('an order contained in the one that replaces it', () => {
  test('is replaced and stopped like one of the list', async () => {
    const contained = [prior({ id: 'p' })];
    expect(await topicsOf(drafted('#p', { contained }), {})).toEqual([
      'baclofen-abrupt-stop',
      'interchange-replaced',
    ]);
  });

  test('is no stop after long use when it was written a few days ago', async () => {
    const contained = [prior({ id: 'p', authoredOn: '2026-11-18' })];
    expect(await topicsOf(drafted('#p', { contained }), {})).toEqual(['interchange-replaced']);
  });

  test('names its drug by a Medication contained beside it', async () => {
    const medication = { resourceType: 'Medication', id: 'm', code: baclofen };
    const byReference = { medicationCodeableConcept: undefined, medicationReference: { reference: '#m' } };
    const contained = [medication, prior({ id: 'p', ...byReference })];
    expect(await topicsOf(drafted('#p', { contained }), {})).toEqual([
      'baclofen-abrupt-stop',
      'interchange-replaced',
    ]);
  });

  test.each([
    ['could not be found', { medicationReference: { reference: 'Medication/none' } }],
    ['is told by nothing', {}],
  ])('is not checked when its medication %s', async (_, more) => {
    const contained = [prior({ id: 'p', medicationCodeableConcept: undefined, ...more })];
    expect(await topicsOf(drafted('#p', { contained }), {})).toEqual(['not-checked']);
  });

  test('is not checked when it is not there after all', async () => {
    expect(await topicsOf(drafted('#p', { contained: [prior({ id: 'other' })] }), {})).toEqual([
      'not-checked',
    ]);
  });
});

describe('an order contained in the dispense it authorised', () => {
  const dispense = (contained: readonly Json[]): Json => ({
    resourceType: 'MedicationDispense',
    id: 'dispense-1',
    status: 'completed',
    subject,
    medicationCodeableConcept: baclofen,
    whenHandedOver: '2026-11-20',
    authorizingPrescription: [{ reference: '#p' }],
    contained,
  });
  const authorising = (medicationCodeableConcept: Json): Json =>
    order({ id: 'p', status: 'active', medicationCodeableConcept });

  test('is looked for in the dispense, not in the order in focus', async () => {
    const dispenses = searchset(dispense([authorising(cyclobenzaprine)]));
    expect(await topicsOf(searchset(order()), { dispenses })).toContain('interchange-dispensed-other');
    const another = searchset(order({ contained: [authorising(baclofen)] }));
    expect(await topicsOf(another, { dispenses })).toContain('interchange-dispensed-other');
  });

  test('is nothing when it is in another resource only', async () => {
    const dispenses = searchset(dispense([authorising(baclofen)]));
    const another = searchset(order({ contained: [authorising(cyclobenzaprine)] }));
    expect(await topicsOf(another, { dispenses })).not.toContain('interchange-dispensed-other');
  });
});
