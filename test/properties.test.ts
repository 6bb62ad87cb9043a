/** What holds for every record, not only for the cases: on records put together from the fixtures at random. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FhirResource } from 'fhir/r4.js';
import type { HookRequest } from '../src/cdshooks/protocol.js';
import { fixtureNames, readFixture } from '../tools/fixtures.js';
import { pipelineForCases } from '../tools/judge-case.js';

const pipeline = pipelineForCases('cards');
const names = fixtureNames('fhir-fixtures');
const below = (...folders: string[]) =>
  names.filter((name) => folders.some((folder) => name.startsWith(`${folder}/`)));

const orders = below('orders').filter((name) => !/\/(completed|stopped|cancelled|changed)\//.test(name));
const patients = below('patients');
const entries = below(
  'medications',
  'statements',
  'dispenses',
  'administrations',
  'problems',
  'observations',
  'allergies',
);

/** Nothing any card asks for. */
const irrelevant: readonly object[] = [
  { resourceType: 'Condition', id: 'x1', code: { text: 'Ingrown toenail' }, subject: {} },
  {
    resourceType: 'Condition',
    id: 'x2',
    code: { coding: [{ system: 'http://snomed.info/sct', code: '0' }] },
  },
  { resourceType: 'Observation', id: 'x3', status: 'final', code: { text: 'Sodium' }, valueString: '140' },
  {
    resourceType: 'MedicationRequest',
    id: 'x4',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: 'ibuprofen' },
  },
  { resourceType: 'AllergyIntolerance', id: 'x5', code: { text: 'Peanut' }, patient: {} },
  { resourceType: 'Immunization', id: 'x6' },
];

/** Dangers no card takes as a reason to be silent. */
const risks = [
  'medications/phenelzine-active',
  'medications/linezolid-active',
  'medications/citalopram-active',
  'medications/duloxetine-active',
  'medications/amitriptyline-active',
  'medications/bupropion-active',
  'medications/diphenhydramine-active',
  'medications/lorazepam-active',
  'medications/carisoprodol-active',
  'problems/heart-failure',
  'problems/heart-block',
  'problems/hyperthyroidism',
  'problems/cirrhosis',
  'problems/dementia',
  'problems/delirium',
  'problems/angle-closure-glaucoma',
  'problems/alcohol-use-disorder',
  'problems/epilepsy',
  'problems/dialysis',
  'problems/high-risk-pregnancy',
  'allergies/baclofen-allergy',
  'allergies/cyclobenzaprine-allergy',
  'allergies/amitriptyline-allergy',
];

const call = fc.record({
  orders: fc.uniqueArray(fc.constantFrom(...orders), { minLength: 1, maxLength: 3 }),
  patient: fc.constantFrom(...patients),
  entries: fc.uniqueArray(fc.constantFrom(...entries), { maxLength: 12 }),
});
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

const searchset = (resources: readonly object[]) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource })),
});

/** The list goes in one Bundle under a key of the hospital's; the other types are read and empty. */
const judged = ({ orders: drafts, patient }: Call, list: readonly object[]) => {
  const request: HookRequest = {
    hook: 'order-sign',
    serviceId: 'rx-distinct-order-sign',
    hookInstance: 'x',
    patientId: 'patient-1',
    orders: drafts.map((name) => readFixture('fhir-fixtures', name)),
    siblings: [],
    prefetch: {
      medications: null,
      statements: null,
      dispenses: null,
      administrations: null,
      problems: null,
      allergies: null,
      egfr: null,
      patient: readFixture('fhir-fixtures', patient),
      everything: searchset(list),
    },
  };
  const { verdicts, undecided } = pipeline.judge(pipeline.complete(request), request.hook).decision;
  return {
    shown: verdicts.map(({ card, indicator }) => `${card.path} ${indicator}`).sort(),
    open: undecided.map(({ card }) => card.path).sort(),
    paths: verdicts.map(({ card }) => card.path),
    replaced: verdicts.flatMap(({ card }) => card.replaces),
  };
};
const read = (list: readonly string[]): FhirResource[] =>
  list.map((name) => readFixture('fhir-fixtures', name));
const runs = {
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 300),
  seed: Number(process.env['PROPERTY_SEED'] ?? 20261122),
};

describe('the cards of a call', () => {
  test('do not depend on the order of the record’s resources', () => {
    fc.assert(
      fc.property(call, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (one, keys) => {
        const list = read(one.entries);
        const places = list.map((resource) => ({ resource, place: keys.next().value ?? 0 }));
        const shuffled = places.sort((a, b) => a.place - b.place).map(({ resource }) => resource);
        const [first, second] = [judged(one, list), judged(one, shuffled)];
        expect([second.shown, second.open]).toEqual([first.shown, first.open]);
      }),
      runs,
    );
  });

  test('do not depend on resources no card asks for', () => {
    fc.assert(
      fc.property(call, fc.subarray([...irrelevant]), (one, more) => {
        const list = read(one.entries);
        const [plain, crowded] = [judged(one, list), judged(one, [...more, ...list, ...more])];
        expect([crowded.shown, crowded.open]).toEqual([plain.shown, plain.open]);
      }),
      runs,
    );
  });

  test('are only ever taken away by a danger through a card that replaces them', () => {
    fc.assert(
      fc.property(call, fc.constantFrom(...risks), (one, risk) => {
        const list = read(one.entries);
        const [before, after] = [judged(one, list), judged(one, [...list, ...read([risk])])];
        const lost = before.paths.filter((path) => !after.paths.includes(path));
        expect(lost.filter((path) => !after.replaced.includes(path))).toEqual([]);
      }),
      runs,
    );
  });
});

describe('any JSON as a record', () => {
  test('never throws and never hides the critical card of the order’s own contradiction', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), (prefetch) => {
        const order = readFixture('fhir-fixtures', 'orders/cyclobenzaprine');
        const request: HookRequest = {
          hook: 'order-sign',
          serviceId: 'rx-distinct-order-sign',
          hookInstance: 'x',
          patientId: 'patient-1',
          orders: [
            { ...order, medicationCodeableConcept: { text: 'baclofen or cyclobenzaprine' } } as FhirResource,
          ],
          siblings: [],
          prefetch,
        };
        const { cards } = pipeline.judge(pipeline.complete(request), request.hook);
        expect(cards.map(({ source }) => source.topic.code)).toContain('interchange-identity-conflict');
      }),
      runs,
    );
  });
});
