/** Faults of the data itself: each row of the reliability list that needs no broken server, by its number and name. */

import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import type { HookRequest } from '../src/cdshooks/protocol.js';
import { pipelineForCases } from '../tools/judge-case.js';
import { draftOrder, emptyPrefetch, type Json, RXNORM, searchset } from './support/calls.js';

const pipeline = pipelineForCases('cards');

const subject = { reference: 'Patient/patient-1' };
const bundle = searchset;
const drug = (code: string, display: string) => ({ coding: [{ system: RXNORM, code, display }] });
const cyclobenzaprine = drug('828348', 'cyclobenzaprine hydrochloride 10 MG Oral Tablet');
const phenelzine = drug('8123', 'phenelzine');
const order = (more: Json = {}): Json => draftOrder(cyclobenzaprine, more);
const listed = (more: Json = {}): Json => ({
  ...order({ id: 'maoi-1', status: 'active', medicationCodeableConcept: phenelzine }),
  ...more,
});
const woman = { resourceType: 'Patient', id: 'patient-1', birthDate: '1986-03-14' };
const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] };
const read: Json = { ...emptyPrefetch, patient: woman };

const cardsFor = (prefetch: Json = {}, orders: Json[] = [order()]) => {
  const request: HookRequest = {
    hook: 'order-sign',
    serviceId: 'rx-distinct-order-sign',
    hookInstance: 'x',
    patientId: 'patient-1',
    orders: orders as unknown as FhirResource[],
    siblings: [],
    prefetch: { ...read, ...prefetch },
  };
  return pipeline.judge(pipeline.complete(request), request.hook).cards;
};
const topics = (...call: Parameters<typeof cardsFor>) =>
  cardsFor(...call).map((card) => `${card.indicator} ${card.source.topic.code}`);
const withoutKey = (name: string) => ({ [name]: undefined });

const MAOI = ['critical cyclobenzaprine-with-maoi'];
const NOT_CHECKED = ['warning not-checked'];

describe('prefetch (rows 24 to 28)', () => {
  test('24 omitted', () => expect(topics(withoutKey('medications'))).toEqual(NOT_CHECKED));
  test('25 null', () => expect(topics({ medications: null })).toEqual([]));
  test('26 OperationOutcome', () => expect(topics({ medications: outcome })).toEqual(NOT_CHECKED));
  test('27 empty Bundle', () => expect(topics({ medications: bundle() })).toEqual([]));
  test('28 stale lastUpdated is read as it stands', () =>
    expect(
      topics({ medications: { ...bundle(listed()), meta: { lastUpdated: '2020-01-01T00:00:00Z' } } }),
    ).toEqual(MAOI));
});

describe('birth dates (rows 29 to 33)', () => {
  const born = (birthDate: unknown) => topics({ patient: { ...woman, birthDate } });

  test('29 missing', () => expect(born(undefined)).toEqual(['info not-checked']));
  test('30 only the year, which straddles 65', () => expect(born('1961')).toEqual(['info not-checked']));
  test('30 only the year, well over 65', () =>
    expect(born('1940')).toEqual(['warning cyclobenzaprine-older-adults']));
  test('31 year and month, which straddle 65', () => expect(born('1961-11')).toEqual(['info not-checked']));
  test.each(['not-a-date', 19610405, { value: '1961' }])('32 not a date: %j', (birthDate) =>
    expect(born(birthDate)).toEqual(['info not-checked']),
  );
  test('33 in the future', () => expect(born('2031-01-01')).toEqual(['info not-checked']));
  test('33 150 years ago', () => expect(born('1876-01-01')).toEqual(['info not-checked']));
});

describe('the patient (row 34)', () => {
  test('deceased brings no therapeutic card', () =>
    expect(topics({ patient: { ...woman, deceasedBoolean: true }, medications: bundle(listed()) })).toEqual(
      [],
    ));
  test('another patient in prefetch than in context is not read', () =>
    expect(topics({ patient: { ...woman, id: 'somebody-else', birthDate: '1940-01-01' } })).toEqual([
      'info not-checked',
    ]));
  test('a list of another patient is not read', () =>
    expect(topics({ medications: bundle(listed({ subject: { reference: 'Patient/other' } })) })).toEqual(
      NOT_CHECKED,
    ));
});

describe('codes (rows 35 to 38)', () => {
  const ordered = (medicationCodeableConcept: unknown) =>
    topics({ medications: bundle(listed()) }, [order({ medicationCodeableConcept })]);

  test('35 unknown RxNorm code with a known name', () =>
    expect(ordered(drug('99999999', 'cyclobenzaprine 6 MG Oral Tablet'))).toEqual(MAOI));
  test('35 unknown RxNorm code without a name is nobody’s order', () =>
    expect(ordered({ coding: [{ system: RXNORM, code: '99999999' }] })).toEqual([]));
  test('36 free text only', () => expect(ordered({ text: 'Cyclobenzaprine 10mg tab' })).toEqual(MAOI));
  test('36 free text that resembles a relaxant', () =>
    expect(ordered({ text: 'cyclobenzaprin 10' })).toEqual(['info not-identified']));
  test('37 local code with a display', () =>
    expect(ordered({ coding: [{ system: 'urn:local', code: '1', display: 'FLEXERIL 10 MG' }] })).toEqual(
      MAOI,
    ));
  test('38 two contradicting codings are judged as both, and said so', () => {
    const both = {
      coding: [...cyclobenzaprine.coding, ...drug('197391', 'baclofen 10 MG Oral Tablet').coding],
    };
    expect(ordered(both)).toEqual(['critical interchange-identity-conflict', ...MAOI]);
  });
});

describe('medication requests (rows 39 to 42)', () => {
  const list = (...entries: Json[]) => topics({ medications: bundle(...entries) });

  test('39 duplicates count once', () => expect(list(listed(), listed(), listed())).toEqual(MAOI));
  test('40 entered-in-error', () => expect(list(listed({ status: 'entered-in-error' }))).toEqual([]));
  test('40 stopped long ago, and cancelled', () => {
    const dispenseRequest = { validityPeriod: { start: '2026-01-01', end: '2026-02-01' } };
    expect(list(listed({ status: 'stopped', dispenseRequest }))).toEqual([]);
    expect(list(listed({ status: 'cancelled' }))).toEqual([]);
  });
  test('41 intent proposal, and doNotPerform', () => {
    expect(list(listed({ intent: 'proposal' }))).toEqual([]);
    expect(list(listed({ doNotPerform: true }))).toEqual([]);
  });
  test('42 a refill of the drug that is taken', () => {
    const taken = listed({ id: 'c', medicationCodeableConcept: cyclobenzaprine, authoredOn: '2026-11-15' });
    expect(topics({ medications: bundle(taken) })).toEqual([]);
  });
});

describe('contradictory data (rows 43 and 44)', () => {
  const egfr = (id: string, value: number) => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '98979-8' }] },
    effectiveDateTime: '2026-11-02',
    valueQuantity: { value, unit: 'mL/min/1.73m2' },
  });
  const baclofen = order({ medicationCodeableConcept: drug('197391', 'baclofen 10 MG Oral Tablet') });

  test('43 eGFR 20 and 90 on one day: the graver counts and both are named', () => {
    const [card] = cardsFor({ egfr: bundle(egfr('a', 20), egfr('b', 90)) }, [baclofen]);
    expect(card?.source.topic.code).toBe('baclofen-renal-failure');
    expect(card?.detail).toMatch(/eGFR 20 .*eGFR 90 /);
  });
  test('44 a refuted allergy', () => {
    const allergy = {
      resourceType: 'AllergyIntolerance',
      id: 'a',
      patient: subject,
      code: drug('1292', 'baclofen'),
      verificationStatus: { coding: [{ code: 'refuted' }] },
    };
    expect(topics({ allergies: bundle(allergy) }, [baclofen])).toEqual([]);
  });
});

describe('days and zones (rows 45 and 46)', () => {
  test('45 an end written late at night in another zone counts by its calendar date', () => {
    const stopped = (end: string) =>
      bundle(
        listed({ status: 'stopped', dispenseRequest: { validityPeriod: { start: '2026-01-01', end } } }),
      );
    expect(topics({ medications: stopped('2026-11-08T23:30:00-05:00') })).toEqual(MAOI);
    expect(topics({ medications: stopped('2026-11-07T23:30:00-05:00') })).toEqual([]);
  });
  test('46 born on a leap day', () => {
    expect(topics({ patient: { ...woman, birthDate: '1960-02-29' } })).toEqual([
      'warning cyclobenzaprine-older-adults',
    ]);
  });
});
