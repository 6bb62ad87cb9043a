/** Contradictions in a call or its record are named, never settled by a guess. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import type { HookRequest } from '../src/cdshooks/protocol.js';
import { FIXTURES_NOW } from '../tools/fixtures.js';
import { pipelineForCases } from '../tools/judge-case.js';
import { emptyPrefetch, searchset } from './support/calls.js';

const pipeline = pipelineForCases('cards');

const fixture = (name: string) =>
  JSON.parse(readFileSync(`fhir-fixtures/${name}.json`, 'utf8')) as FhirResource;
const bundle = searchset;
const egfr = (id: string, value: number, effectiveDateTime: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '98979-8' }] },
  effectiveDateTime,
  valueQuantity: { value, unit: 'mL/min/1.73m2' },
});
const woman = { resourceType: 'Patient', id: 'patient-1', birthDate: '1986-03-14' };

const cardsFor = (order: object, prefetch: object = {}) => {
  const request: HookRequest = {
    hook: 'order-sign',
    serviceId: 'rx-distinct-order-sign',
    hookInstance: FIXTURES_NOW,
    patientId: 'patient-1',
    orders: [order as FhirResource],
    siblings: [],
    prefetch: {
      patient: woman,
      ...emptyPrefetch,
      ...prefetch,
    },
  };
  return pipeline.judge(pipeline.complete(request), request.hook).cards;
};
const topics = (cards: ReturnType<typeof cardsFor>) =>
  cards.map((card) => `${card.indicator} ${card.source.topic.code}`);

const baclofen = { ...fixture('orders/baclofen'), dosageInstruction: [] };

describe('two eGFR values of one day', () => {
  test('bring the graver card, and both are named', () => {
    const cards = cardsFor(baclofen, {
      egfr: bundle(egfr('a', 28, '2026-11-02'), egfr('b', 90, '2026-11-02')),
    });
    expect(topics(cards)).toEqual(['critical baclofen-renal-failure']);
    expect(cards[0]?.detail).toContain(
      'eGFR 28 mL/min/1.73m2 on 2026-11-02; eGFR 90 mL/min/1.73m2 on 2026-11-02',
    );
  });

  test('with a time of day are no contradiction: the later one counts', () => {
    const results = bundle(egfr('a', 28, '2026-11-02T08:00:00Z'), egfr('b', 90, '2026-11-02T18:00:00Z'));
    expect(topics(cardsFor(baclofen, { egfr: results }))).toEqual([]);
  });
});

test('a birth year that straddles a limit is named as not checked', () => {
  const cards = cardsFor(baclofen, { patient: { ...woman, birthDate: '1961' } });
  expect(topics(cards)).toEqual(['info not-checked']);
  expect(cards[0]?.detail).toContain('the date of birth');
});

describe('an order of another patient', () => {
  const foreign = { ...baclofen, subject: { reference: 'Patient/somebody-else' } };

  test('is not judged, and that is said', () => {
    const cards = cardsFor(foreign, { egfr: bundle(egfr('a', 12, '2026-11-02')) });
    expect(topics(cards)).toEqual(['warning other-patient']);
    expect(cards[0]?.summary).toContain('baclofen');
  });

  test('of a drug outside the scope is nobody’s concern here', () => {
    expect(topics(cardsFor({ ...foreign, medicationCodeableConcept: { text: 'lisinopril' } }))).toEqual([]);
  });
});

describe('a deceased patient', () => {
  test.each([{ deceasedBoolean: true }, { deceasedDateTime: '2026-11-20' }])(
    '%j brings no card',
    (deceased) => {
      const results = bundle(egfr('a', 12, '2026-11-02'));
      expect(topics(cardsFor(baclofen, { patient: { ...woman, ...deceased }, egfr: results }))).toEqual([]);
    },
  );

  test.each(['', ' ', 'no', '-'])('deceasedDateTime %j tells of no death', (deceasedDateTime) => {
    const results = bundle(egfr('a', 12, '2026-11-02'));
    expect(topics(cardsFor(baclofen, { patient: { ...woman, deceasedDateTime }, egfr: results }))).toEqual([
      'critical baclofen-renal-failure',
    ]);
  });

  test('deceasedBoolean false is alive', () => {
    const results = bundle(egfr('a', 12, '2026-11-02'));
    expect(
      topics(cardsFor(baclofen, { patient: { ...woman, deceasedBoolean: false }, egfr: results })),
    ).toEqual(['critical baclofen-renal-failure']);
  });
});

test('a code whose text names the other drug is a critical card of its own', () => {
  const order = {
    ...fixture('orders/cyclobenzaprine'),
    medicationCodeableConcept: {
      coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '21949' }],
      text: 'baclofen',
    },
  };
  expect(topics(cardsFor(order))).toContain('critical interchange-identity-conflict');
});
