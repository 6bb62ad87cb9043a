/** What holds for every record, not only for the cases: on records put together from the fixtures at random. */

import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { FhirResource } from 'fhir/r4.js';
import type { HookRequest } from '../src/cdshooks/protocol.js';
import { FIXTURES_NOW, fixtureNames, readFixture } from '../tools/fixtures.js';
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
const requestOf = ({ orders: drafts, patient }: Call, list: readonly object[]): HookRequest => ({
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
});

const judged = (one: Call, list: readonly object[]) => {
  const request = requestOf(one, list);
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

/** @returns the answers of a service that was never asked anything before, asked on the day that stands with each call */
async function startedAnew() {
  jest.resetModules();
  const { createPipeline } = await import('../src/pipeline.js');
  let now = FIXTURES_NOW;
  const silent = (): void => undefined;
  const anew = createPipeline({
    config: { cardsDir: 'cards', publicUrl: 'http://127.0.0.1:3000', canonicalUrl: 'http://127.0.0.1:3000' },
    log: { info: silent, warn: silent, error: silent },
    clock: () => new Date(now),
    uuid: () => '00000000-0000-4000-8000-000000000001',
  });
  return ({ one, day }: { readonly one: Call; readonly day: string }) => {
    now = day;
    return anew.answer(requestOf(one, read(one.entries)));
  };
}

describe('what is kept from one call for the next', () => {
  /** Neighbours are of different days; on each, other facts hold. */
  const days = [
    FIXTURES_NOW,
    '2026-12-20T23:59:00.000Z',
    '2020-02-29T00:00:00.000Z',
    '2034-03-01T05:00:00.000Z',
  ];
  const calls = fc
    .sample(call, runs)
    .map((one, at) => ({ one, day: days[at % days.length] ?? FIXTURES_NOW }));

  test('changes no answer', async () => {
    const forth = await startedAnew();
    const answers = calls.map(forth);
    const back = await startedAnew();
    expect(calls.toReversed().map(back).toReversed()).toEqual(answers);
    // By now everything that can be kept is there.
    expect(calls.map(forth)).toEqual(answers);
    expect(answers.filter(({ cards }) => cards.length > 1).length).toBeGreaterThan(calls.length / 2);
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
