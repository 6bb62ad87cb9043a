/** A whole call brought to R4: what is changed, what is left alone, what is unread. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FhirResource } from 'fhir/r4.js';
import { bringToR4 } from '../../../src/record/versions/bring-to-r4.js';
import { cardsInVersion } from '../../../src/record/versions/cards-in-version.js';
import { orderFromR4 } from '../../../src/record/versions/from-r4.js';
import { toR4 } from '../../../src/record/versions/to-r4.js';
import { pipelineForCases } from '../../../tools/judge-case.js';
import { bundle, callOf, type Json, orders, patientReference, plainOrder, TODAY } from './support.js';

const ANOTHER = 'sent in another FHIR version than the order';
const NOT_READ = 'sent in a FHIR version that is not read';
const brought = (parts: Parameters<typeof callOf>[0]) => bringToR4(callOf(parts), TODAY);

const dstu2Order = (id: string): Json => ({ ...orders.DSTU2, id });
const r4Order = (id: string): Json => ({
  resourceType: 'MedicationRequest',
  id,
  intent: 'order',
  status: 'draft',
  subject: patientReference,
});

describe('R4', () => {
  test.each<[string, Parameters<typeof callOf>[0]]>([
    [
      'an order with its record',
      { orders: [orders.R4], prefetch: { medications: bundle(r4Order('1')), egfr: null } },
    ],
    ['an order that STU3 has too', { orders: [plainOrder] }],
    ['no order', {}],
    ['what is no resource', { orders: [orders.R4], prefetch: { a: 'x', b: [1, null], c: { entry: [] } } }],
  ])('%s: the very same request', (_, parts) => {
    const request = callOf(parts);
    const { request: same, version, unread } = bringToR4(request, TODAY);
    expect(same).toBe(request);
    expect(version).toBe('R4');
    expect(unread.size).toBe(0);
  });
});

test('a client that names another version than its resources: they are read, and nothing is taken for whole', () => {
  const { request, unread } = brought({
    orders: [orders.R4],
    prefetch: { medications: bundle(r4Order('1')) },
    more: { fhirVersion: 'R6' },
  });
  expect(request.prefetch).toEqual({ medications: bundle(r4Order('1')) });
  expect(unread.get('MedicationRequest')).toBe(NOT_READ);
  expect(unread.get('Condition')).toBe(NOT_READ);
});

describe('DSTU2', () => {
  const statement = { resourceType: 'MedicationStatement', wasNotTaken: true };
  const inR4 = { resourceType: 'MedicationStatement', status: 'not-taken' };
  const order = dstu2Order('1');

  test('orders, siblings, full URLs and selections', () => {
    const medication = { resourceType: 'Medication', id: 'm', product: { form: { text: 'tablet' } } };
    const { request, version } = brought({
      orders: [order],
      siblings: [medication],
      more: {
        hook: 'order-select',
        selections: ['MedicationOrder/1', 'ServiceRequest/2'],
        byFullUrl: new Map([
          ['urn:uuid:1', order as unknown as FhirResource],
          ['urn:uuid:2', { ...medication } as unknown as FhirResource],
        ]),
      },
    });
    expect(version).toBe('DSTU2');
    expect(request.orders).toEqual([r4Order('1')]);
    expect(request.siblings).toEqual([{ resourceType: 'Medication', id: 'm', form: { text: 'tablet' } }]);
    expect(request.selections).toEqual(['MedicationRequest/1', 'ServiceRequest/2']);
    expect(request.byFullUrl?.get('urn:uuid:1')).toBe(request.orders[0]);
    expect(request.byFullUrl?.get('urn:uuid:2')).toEqual(request.siblings[0]);
  });

  test.each<[string, unknown, unknown]>([
    ['a Bundle', bundle(statement), bundle(inR4)],
    [
      'entries that are resources',
      { resourceType: 'Bundle', entry: [statement] },
      { resourceType: 'Bundle', entry: [inR4] },
    ],
    ['one resource', statement, inR4],
    ['a list', [statement], [inR4]],
    [
      'a wrapper',
      { resource: statement, response: { status: '200' } },
      { resource: inR4, response: { status: '200' } },
    ],
    ['a wrapped Bundle', { resource: bundle(statement) }, { resource: bundle(inR4) }],
    ['a Bundle in a Bundle', bundle(bundle(statement)), bundle(bundle(inR4))],
    ['null', null, null],
    [
      'an OperationOutcome',
      { resourceType: 'OperationOutcome', issue: [] },
      { resourceType: 'OperationOutcome', issue: [] },
    ],
    [
      'a Bundle whose entries are no list',
      { resourceType: 'Bundle', entry: 7 },
      { resourceType: 'Bundle', entry: 7 },
    ],
    [
      'entries that are nothing',
      { resourceType: 'Bundle', entry: [null, {}, 'x', { resource: null }, statement] },
      { resourceType: 'Bundle', entry: [null, {}, 'x', { resource: null }, inR4] },
    ],
    ['text', 'statement', 'statement'],
    [
      'a search for orders that found nothing',
      {
        resourceType: 'Bundle',
        link: [
          { relation: 'self', url: 'https://ehr/MedicationOrder?patient=1' },
          { relation: 'next', url: 'https://ehr/MedicationOrder?page=2' },
          7,
        ],
      },
      {
        resourceType: 'Bundle',
        link: [
          { relation: 'self', url: 'https://ehr/MedicationRequest?patient=1' },
          { relation: 'next', url: 'https://ehr/MedicationOrder?page=2' },
          7,
        ],
      },
    ],
  ])('prefetch: %s', (_, value, expected) => {
    const { request, unread } = brought({ orders: [order], prefetch: { key: value } });
    expect(request.prefetch['key']).toEqual(expected);
    expect(unread.size).toBe(0);
  });

  test('a Bundle deeper than the record opens is left alone', () => {
    const deep = Array.from({ length: 9 }).reduce((inner) => bundle(inner), statement as unknown);
    expect(brought({ orders: [order], prefetch: { deep } }).request.prefetch['deep']).toBe(deep);
  });
});

describe('mixed', () => {
  test('each resource is read in its own version, and the types of the others than the order are unread', () => {
    const { request, version, unread } = brought({
      orders: [orders.R5],
      prefetch: {
        medications: bundle({ ...orders.R4, id: 'old' }, orders.R5),
        problems: bundle({ resourceType: 'Condition', dateRecorded: '2025' }),
        allergies: bundle(),
      },
    });
    expect(version).toBe('R5');
    expect([...unread]).toEqual([
      ['MedicationRequest', ANOTHER],
      ['Condition', ANOTHER],
    ]);
    expect(request.prefetch['problems']).toEqual(bundle({ resourceType: 'Condition', recordedDate: '2025' }));
    expect(request.prefetch['medications']).toEqual(
      bundle({ ...orders.R4, id: 'old' }, { ...plainOrder, id: 'o' }),
    );
  });

  test('an order of another version than the first is no order passed over', () => {
    const { request, version } = brought({ orders: [orders.R4, dstu2Order('2')] });
    expect(version).toBe('R4');
    expect(request.orders).toEqual([orders.R4, r4Order('2')]);
  });

  test('a Medication of another version tells its drug, and nothing is unread for it', () => {
    const { request, unread } = brought({
      orders: [orders.R4],
      prefetch: { drugs: bundle({ resourceType: 'Medication', doseForm: { text: 'tablet' } }) },
    });
    expect(request.prefetch['drugs']).toEqual(
      bundle({ resourceType: 'Medication', form: { text: 'tablet' } }),
    );
    expect(unread.size).toBe(0);
  });

  test('the client names another version than the order is of: the order counts, nothing is left out', () => {
    const { version, unread } = brought({ orders: [orders.R5], more: { fhirVersion: 'R4' } });
    expect(version).toBe('R5');
    expect(unread.size).toBe(0);
  });
});

describe('unknown', () => {
  const prescription = { resourceType: 'MedicationPrescription', id: '1' };

  test('DSTU1 is left out and its type unread', () => {
    const { request, unread } = brought({
      orders: [orders.R4],
      prefetch: {
        medications: bundle(prescription, orders.R4),
        more: prescription,
        last: { resource: prescription },
      },
    });
    expect([...unread]).toEqual([['MedicationRequest', NOT_READ]]);
    expect(request.prefetch['medications']).toEqual({
      ...bundle(prescription, orders.R4),
      entry: [{ resource: orders.R4 }],
    });
    expect(request.prefetch['more']).toBeNull();
    expect(request.prefetch['last']).toEqual({ resource: null });
  });

  test('of a version that only the client names nothing is read but the order and its Medication', () => {
    const medication = { resourceType: 'Medication', id: 'm' };
    const { request, version, unread } = brought({
      orders: [plainOrder],
      prefetch: { medications: bundle(plainOrder), drugs: bundle(medication) },
      more: { fhirVersion: 'R6' },
    });
    expect(version).toBe('R4');
    expect(request.orders).toEqual([plainOrder]);
    expect(request.prefetch['drugs']).toEqual(bundle(medication));
    expect(request.prefetch['medications']).toEqual({ ...bundle(plainOrder), entry: [] });
    expect(new Set(unread.values())).toEqual(new Set([NOT_READ]));
    expect(unread.size).toBe(8);
  });
});

describe('a whole answer', () => {
  const pipeline = pipelineForCases('cards');
  const cyclobenzaprine = { text: 'cyclobenzaprine' };
  const phenelzine = {
    resourceType: 'MedicationOrder',
    id: 'p',
    status: 'active',
    medicationCodeableConcept: { text: 'phenelzine' },
  };
  const empty = {
    patient: { resourceType: 'Patient', id: 'patient-1', birthDate: '1980-04-12' },
    statements: bundle(),
    dispenses: bundle(),
    administrations: bundle(),
    problems: bundle(),
    allergies: bundle(),
    egfr: bundle(),
  };
  const answer = (medications: unknown, fhirVersion?: string) =>
    pipeline.answer(
      callOf({
        orders: [
          {
            ...(fhirVersion === undefined ? orders.R4 : plainOrder),
            medicationCodeableConcept: cyclobenzaprine,
          },
        ],
        prefetch: { ...empty, medications },
        ...(fhirVersion === undefined ? {} : { more: { fhirVersion } }),
      }),
    ).cards;
  const topics = (...parts: Parameters<typeof answer>) =>
    answer(...parts).map(({ source }) => source.topic.code);

  test('a risk in another version is shown, and what could not be concluded is said', () => {
    expect(topics(bundle(phenelzine))).toEqual(['cyclobenzaprine-with-maoi', 'not-checked']);
    expect(answer(bundle(phenelzine))[1]?.detail).toContain(`medication orders (${ANOTHER})`);
  });

  test('an unknown version is said', () => {
    expect(topics(bundle(), '9.0')).toEqual(['not-checked']);
    expect(answer(bundle(), '9.0')[0]?.detail).toContain(NOT_READ);
  });
});

/** JSON that looks like FHIR of any version, and like nothing. */
const names = fc.constantFrom(
  ...'resourceType entry resource contained status patient subject medication medicationCodeableConcept reason'.split(
    ' ',
  ),
  ...'dosageInstruction dosage timing repeat doseAndRate doseQuantity asNeeded substitution type allowed extension'.split(
    ' ',
  ),
  ...'product ingredient item strength note clinicalStatus verificationStatus adherence code coding effectivePeriod'.split(
    ' ',
  ),
  ...'priorPrescription authorizingPrescription dispenseRequest requester link taken wasNotTaken reaction __proto__'.split(
    ' ',
  ),
);
const types = fc.constantFrom(
  ...'Bundle Patient MedicationOrder MedicationRequest MedicationStatement MedicationDispense Medication'.split(
    ' ',
  ),
  ...'MedicationAdministration Condition Observation AllergyIntolerance MedicationPrescription'.split(' '),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, 7, '', 'x', 'active', 'recorded', '2026'),
    types,
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(names, tie('json'), { maxKeys: 6 }),
    fc
      .record({ resourceType: types })
      .chain((resource) =>
        fc.dictionary(names, tie('json'), { maxKeys: 6 }).map((more) => ({ ...more, ...resource })),
      ),
  ),
}));

test('never throws, whatever the JSON', () => {
  fc.assert(
    fc.property(
      fc.array(json, { maxLength: 3 }),
      fc.dictionary(names, json, { maxKeys: 4 }),
      (sent, prefetch) => {
        const request = callOf({ orders: sent, siblings: sent, prefetch });
        const { request: inR4 } = bringToR4(request, TODAY);
        expect(inR4.orders).toHaveLength(sent.length);
        expect(Object.keys(inR4.prefetch)).toEqual(Object.keys(prefetch));
        const draft = { type: 'create', description: 'x', resource: sent[0] } as never;
        const card = { suggestions: [{ label: 'x', uuid: 'x', actions: [draft] }] } as never;
        expect(cardsInVersion([card], request)).toHaveLength(1);
      },
    ),
    { numRuns: 2000 },
  );
});

test('no reader throws on elements of any shape, nor does the way back', () => {
  const versions = fc.constantFrom('DSTU2' as const, 'STU3' as const, 'R5' as const);
  const resources = fc
    .tuple(types, fc.dictionary(names, json, { maxKeys: 8 }))
    .map(([resourceType, elements]) => ({ ...elements, resourceType }));
  fc.assert(
    fc.property(versions, resources, (version, resource) => {
      const read = toR4(resource, version, TODAY);
      expect(typeof orderFromR4(read, version)).toBe('object');
    }),
    { numRuns: 3000 },
  );
});
