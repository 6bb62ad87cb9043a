/** What could not be read is never taken for absent: it is named, over HTTP. */

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
const coded = (code: string) => ({ coding: [{ system: RXNORM, code }] });
const cyclobenzaprine = draftOrder(coded('828348'));
const baclofen = draftOrder(coded('1292'));
const everything: Json = { ...emptyPrefetch, patient };

interface Sent {
  readonly hook?: string;
  readonly orders?: readonly Json[];
  readonly selections?: readonly string[];
  readonly prefetch?: Json;
}

const cardsOf = async ({ hook = 'order-sign', orders = [baclofen], selections, prefetch = {} }: Sent) => {
  const sent = Object.entries({ ...everything, ...prefetch }).filter(([, value]) => value !== undefined);
  const context = { draftOrders: searchset(...orders), selections };
  const cards = await cardsOfCall(app, { hook, context, prefetch: Object.fromEntries(sent) });
  return cards.map(({ indicator, detail, source }) => ({
    topic: `${indicator} ${source.topic.code}`,
    detail,
  }));
};
const topicsOf = async (sent: Sent) => (await cardsOf(sent)).map(({ topic }) => topic);
const WARNED = ['warning not-checked'];

test('of a record that is read and empty nothing is named', async () => {
  expect(await topicsOf({})).toEqual([]);
  expect(await topicsOf({ orders: [cyclobenzaprine] })).toEqual([]);
});

describe('a listed medication', () => {
  const listed = (more: Json) => ({
    medications: searchset({
      resourceType: 'MedicationRequest',
      id: 'listed',
      status: 'active',
      intent: 'order',
      subject,
      ...more,
    }),
  });
  const asked = (more: Json) => topicsOf({ orders: [cyclobenzaprine], prefetch: listed(more) });
  const ofPackage = (code: string) => ({
    medicationCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/sid/ndc', code }] },
  });

  test.each(['99999-1234-01', '99999123401'])(
    'of a package that the table does not hold is of an unknown drug: %s',
    async (code) => expect(await asked(ofPackage(code))).toEqual(WARNED),
  );
  test('of a package with a name is of the drug that is named', async () => {
    const medicationCodeableConcept = {
      ...ofPackage('99999-1234-01').medicationCodeableConcept,
      text: 'metformin',
    };
    expect(await asked({ medicationCodeableConcept })).toEqual([]);
  });
  test('of a known package, or coded where every drug is known, is of no unknown drug', async () => {
    expect(await asked(ofPackage('0093-1920-06'))).not.toContain('warning not-checked');
    expect(await asked({ medicationCodeableConcept: coded('6809') })).toEqual([]);
  });

  test.each([{ status: undefined }, { status: '' }, { status: 7 }])(
    'without the status it must have may be taken: %j',
    async (more) =>
      expect(await asked({ medicationCodeableConcept: coded('8123'), ...more })).toEqual(WARNED),
  );
  test.each(['Active', ' ACTIVE '])('of status %j is taken', async (status) =>
    expect(await asked({ medicationCodeableConcept: coded('8123'), status })).toEqual([
      'critical cyclobenzaprine-with-maoi',
    ]),
  );
});

describe('an allergy that nobody can name', () => {
  const allergy = (more: Json) => ({
    allergies: searchset({
      resourceType: 'AllergyIntolerance',
      id: 'allergy',
      clinicalStatus: { coding: [{ code: 'active' }] },
      patient: subject,
      ...more,
    }),
  });
  test.each<[string, Json]>([
    ['without a code', {}],
    [
      'of a code alone, of a system that is not read',
      { code: { coding: [{ system: 'urn:oid:1.2.3', code: '7' }] } },
    ],
  ])('%s may be to the drug', async (_, more) => {
    const cards = await cardsOf({ prefetch: allergy(more) });
    expect(cards.map(({ topic }) => topic)).toEqual(WARNED);
    expect(cards[0]?.detail).toContain('what a recorded allergy is to');
  });
  test.each<[string, Json]>([
    ['with a name', { code: { text: 'penicillin' } }],
    ['to food', { category: ['food'] }],
    ['that is refuted', { verificationStatus: { coding: [{ code: 'refuted' }] } }],
  ])('%s is to something else', async (_, more) => {
    expect(await topicsOf({ prefetch: allergy(more) })).toEqual([]);
  });
});

describe('an order beside the one that is selected', () => {
  const selections = [`MedicationRequest/${String(baclofen['id'])}`];
  const beside = (more: Json) =>
    topicsOf({
      hook: 'order-select',
      orders: [baclofen, { ...draftOrder({}), id: 'other', medicationCodeableConcept: undefined, ...more }],
      selections,
    });
  test('may be of any drug when its medication was not sent', async () => {
    expect(await beside({ medicationReference: { reference: 'Medication/elsewhere' } })).toEqual([
      'info not-checked',
    ]);
  });
  test('is of none when it names another, or none at all', async () => {
    expect(await beside({ medicationCodeableConcept: { text: 'metformin' } })).toEqual([]);
    expect(await beside({})).toEqual([]);
  });
});

test('results that come without a code that was asked for are named', async () => {
  const result = (coding: Json[], id = 'o') => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    subject,
    code: { coding, text: 'eGFR' },
    valueQuantity: { value: 20, unit: 'mL/min/1.73m2' },
  });
  const local = { system: 'urn:oid:1.2.3', code: '1230', display: 'EGFR' };
  const [card] = await cardsOf({ prefetch: { egfr: searchset(result([local])) } });
  expect(card?.detail).toContain('eGFR results (sent in a form that could not be read)');
  const loinc = { system: 'http://loinc.org', code: '33914-3' };
  expect(
    await topicsOf({ prefetch: { egfr: searchset(result([local]), result([loinc], 'coded')) } }),
  ).toEqual(['critical baclofen-renal-failure']);
});

test('a day of death still to come silences nothing; one of today or of this year does', async () => {
  const allergies = searchset({
    resourceType: 'AllergyIntolerance',
    id: 'a',
    patient: subject,
    code: { text: 'baclofen' },
  });
  const dead = (deceasedDateTime: string) =>
    topicsOf({ prefetch: { allergies, patient: { ...patient, deceasedDateTime } } });
  for (const day of ['2099-01-01', '2027', '2026-12']) {
    expect(await dead(day)).toEqual(['critical baclofen-allergy']);
  }
  for (const day of ['2026-11-22', '2026-11-22T23:00:00Z', '2026-11', '2026', '2020-01-01']) {
    expect(await dead(day)).toEqual([]);
  }
});

test('however many orders of something else stand beside it, an order is judged', async () => {
  const services = Array.from({ length: 300 }, (_, n) => ({
    resourceType: 'ServiceRequest',
    id: `service-${n}`,
    status: 'draft',
    intent: 'order',
    subject,
  }));
  const medications = searchset({
    ...baclofen,
    id: 'listed',
    status: 'active',
  });
  expect(await topicsOf({ orders: [...services, cyclobenzaprine], prefetch: { medications } })).toContain(
    'warning interchange-ordered-together',
  );
});

describe('what stands under a key of the hospital', () => {
  const problem = { resourceType: 'Condition', id: 'c', subject, code: { text: 'asthma' } };
  const result = (code: string) => ({
    resourceType: 'Observation',
    id: 'o',
    status: 'final',
    subject,
    code: { coding: [{ system: 'http://loinc.org', code }] },
    valueQuantity: { value: 90, unit: 'mL/min' },
  });
  const named = async (prefetch: Json) => (await cardsOf({ prefetch }))[0]?.detail ?? '';

  test('is no list when it is one resource alone', async () => {
    expect(await named({ problems: undefined, reason: problem })).toContain('problem list (not sent)');
    expect(await topicsOf({ prefetch: { problems: undefined, conditions: searchset(problem) } })).toEqual([]);
  });
  test('is no list when it was included beside what was searched for', async () => {
    const entry = [
      { resource: { ...problem, resourceType: 'Encounter' } },
      { resource: problem, search: { mode: 'include' } },
    ];
    const value = { resourceType: 'Bundle', type: 'searchset', entry };
    expect(await named({ problems: undefined, encounters: value })).toContain('problem list (not sent)');
  });
  test('holds a result only when one of its codes is there', async () => {
    expect(await named({ egfr: undefined, vitals: searchset(result('85354-9')) })).toContain(
      'eGFR results (not sent)',
    );
    expect(await topicsOf({ prefetch: { egfr: undefined, labs: searchset(result('33914-3')) } })).toEqual([]);
    const panel = { ...result('24323-8'), component: [result('33914-3')] };
    expect(await topicsOf({ prefetch: { egfr: undefined, labs: searchset(panel) } })).toEqual([]);
  });
});
