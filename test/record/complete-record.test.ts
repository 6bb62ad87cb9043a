/** The record of a call: which orders are drafts, what they replace, and what stays in the medication list. */

import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import type { HookRequest } from '../../src/cdshooks/protocol.js';
import { loadVocabulary } from '../../src/library/load-vocabulary.js';
import { completeRecord } from '../../src/record/complete-record.js';
import { createIdentifier } from '../../src/record/identify.js';

const identify = createIdentifier(loadVocabulary('cards').vocabulary, [['baclofen', 'cyclobenzaprine']]);
const options = { identify, prefetchKeys: new Map(), today: '2026-11-22', now: '2026-11-22T09:00:00Z' };
const resource = (value: object) => value as unknown as FhirResource;
const order = (id: string | undefined, more: object = {}) =>
  resource({
    resourceType: 'MedicationRequest',
    ...(id === undefined ? {} : { id }),
    status: 'draft',
    intent: 'order',
    subject: { reference: 'Patient/1' },
    medicationCodeableConcept: { text: 'baclofen' },
    ...more,
  });
const record = (orders: readonly FhirResource[], prefetch: object = {}, more: Partial<HookRequest> = {}) =>
  completeRecord(
    {
      hook: 'order-sign',
      serviceId: 's',
      hookInstance: 'h',
      patientId: '1',
      orders,
      siblings: [],
      prefetch: { ...prefetch },
      ...more,
    },
    options,
  );

describe('drafts', () => {
  test.each([
    ['draft', 1, false],
    ['active', 1, false],
    ['on-hold', 1, false],
    ['stopped', 1, true],
    ['cancelled', 1, true],
    ['completed', 0, undefined],
    ['ended', 0, undefined],
    ['entered-in-error', 0, undefined],
  ])('of status %s', (status, count, stop) => {
    const { drafts } = record([order('a', { status })]);
    expect(drafts).toHaveLength(count);
    expect(drafts[0]?.stop).toBe(stop);
  });

  describe('an order of the list on hold', () => {
    const held = (status: string, hook: HookRequest['hook'] = 'order-sign') =>
      record(
        [order('a', { status: 'on-hold' })],
        { medications: { resourceType: 'Bundle', entry: [{ resource: order('a', { status }) }] } },
        { hook },
      );

    test('is stopped when the call puts it on hold', () => {
      const { drafts, medications } = held('active');
      expect(drafts).toMatchObject([{ stop: true, supersedes: { status: 'active' } }]);
      expect(medications).toEqual([]);
    });

    test('is neither ordered nor stopped when it was on hold before', () => {
      const { drafts, medications } = held('on-hold');
      expect(drafts).toEqual([]);
      expect(medications.map(({ resource }) => resource.status)).toEqual(['on-hold']);
    });

    test('is ordered for later when it was a draft', () => {
      expect(held('draft').drafts).toMatchObject([{ stop: false }]);
    });

    test('is ordered when it is refilled', () => {
      expect(held('on-hold', 'medication-refill').drafts).toMatchObject([{ stop: false }]);
    });
  });

  test('an order without a status or an intent is an order', () => {
    const { drafts } = record([order('a', { status: undefined, intent: undefined })]);
    expect(drafts).toMatchObject([{ judged: true, stop: false, identity: { drugs: ['baclofen'] } }]);
  });

  test('an order not to give the drug orders nothing', () => {
    expect(record([order('a', { doNotPerform: true })]).drafts).toEqual([]);
  });

  test('planned orders of the call are orders', () => {
    expect(record([order('a', { intent: 'plan' })]).drafts).toHaveLength(1);
  });

  test('orders of other things are passed over', () => {
    expect(record([resource({ resourceType: 'ServiceRequest', id: 's' })]).drafts).toEqual([]);
  });

  test('an order sent twice counts once', () => {
    expect(record([order('a'), order('a')]).drafts).toHaveLength(1);
    expect(record([order(undefined), order(undefined)]).drafts).toHaveLength(2);
  });

  test.each(['', ' ', null])('of id %j are orders of their own', (id) => {
    const anonymous = order('a', { id });
    const active = order('b', { id, status: 'active' });
    const { drafts, medications } = record([anonymous, structuredClone(anonymous)], { list: [active] });
    expect(drafts).toHaveLength(2);
    expect(drafts[0]).not.toHaveProperty('sharesId');
    expect(drafts[0]).not.toHaveProperty('supersedes');
    expect(medications).toHaveLength(1);
  });

  test('of two drugs under one id are two orders, and of one drug one', () => {
    const other = (text: string) => order('a', { medicationCodeableConcept: { text } });
    const { drafts } = record([order('a'), other('cyclobenzaprine'), order('a'), other('cyclobenzaprine')]);
    expect(drafts.map(({ identity }) => identity.drugs)).toEqual([['baclofen'], ['cyclobenzaprine']]);
    expect(drafts.map(({ sharesId }) => sharesId)).toEqual([true, true]);
  });

  test('of one id are told apart by the Medications they contain', () => {
    const containing = (text: string) =>
      order('a', {
        medicationCodeableConcept: undefined,
        medicationReference: { reference: '#m' },
        contained: [{ resourceType: 'Medication', id: 'm', code: { text } }],
      });
    expect(record([containing('baclofen'), containing('cyclobenzaprine')]).drafts).toHaveLength(2);
  });

  test('of order-select only the selected ones are judged', () => {
    const selections = ['MedicationRequest/a', 'https://ehr.example/MedicationRequest/c'];
    const { drafts } = record([order('a'), order('b'), order('c')], {}, { hook: 'order-select', selections });
    expect(drafts.map(({ judged }) => judged)).toEqual([true, false, true]);
  });

  test.each([
    ['the fullUrl of its entry', 'urn:uuid:0001'],
    ['its id as a urn', 'urn:uuid:a'],
    ['its id alone', 'a'],
    ['its name in DSTU2', 'MedicationOrder/a'],
    ['a version of it', 'MedicationRequest/a/_history/2'],
  ])('of order-select one is selected by %s', (_, selection) => {
    const selected = order('a');
    const byFullUrl = new Map([['urn:uuid:0001', selected]]);
    const more = { hook: 'order-select' as const, selections: [selection], byFullUrl };
    expect(record([selected, order('b')], {}, more).drafts.map(({ judged }) => judged)).toEqual([
      true,
      false,
    ]);
  });

  test('of order-select all are judged when no order of the call is selected', () => {
    const more = { hook: 'order-select' as const, selections: ['MedicationRequest/none'] };
    expect(record([order('a'), order('b')], {}, more).drafts.map(({ judged }) => judged)).toEqual([
      true,
      true,
    ]);
  });

  test('of order-select all are judged when one of the selections names nothing of the call', () => {
    const more = {
      hook: 'order-select' as const,
      selections: ['MedicationRequest/b', 'MedicationRequest/none'],
    };
    expect(record([order('a'), order('b')], {}, more).drafts.map(({ judged }) => judged)).toEqual([
      true,
      true,
    ]);
  });

  test('of order-select none is judged when another kind of order is selected', () => {
    const service = resource({ resourceType: 'ServiceRequest', id: 's' });
    const more = { hook: 'order-select' as const, selections: ['ServiceRequest/s'] };
    expect(record([order('a'), service], {}, more).drafts.map(({ judged }) => judged)).toEqual([false]);
  });

  test('of order-select the selections are read once, however many orders there are', () => {
    let reads = 0;
    const selections = new Proxy(
      Array.from({ length: 1_000 }, (_, position) => `MedicationRequest/x${position}`),
      {
        get: (list, name, receiver) => {
          reads += 1;
          return Reflect.get(list, name, receiver) as unknown;
        },
      },
    );
    const orders = Array.from({ length: 100 }, (_, position) => order(`${position}`));
    expect(record(orders, {}, { hook: 'order-select', selections }).drafts).toHaveLength(100);
    expect(reads).toBeLessThan(5_000);
  });

  test('of order-select without selections all are judged, and so is one that has no id', () => {
    expect(record([order('a')], {}, { hook: 'order-select' }).drafts[0]?.judged).toBe(true);
    const nothing = record([order(undefined)], {}, { hook: 'order-select', selections: [] });
    expect(nothing.drafts[0]?.judged).toBe(true);
  });

  test('of the other hooks selections mean nothing', () => {
    expect(record([order('a')], {}, { selections: [] }).drafts[0]?.judged).toBe(true);
  });
});

describe('an entry of the record that a draft is the newer state of', () => {
  const older = order('a', { status: 'active', authoredOn: '2026-01-01' });

  test('is left out of the list and kept with the draft', () => {
    const { drafts, medications } = record([order('a', { status: 'stopped' })], { list: [older] });
    expect(medications).toEqual([]);
    expect(drafts[0]?.supersedes).toEqual(older);
  });

  test('is completed in the list when the call completes it', () => {
    const { drafts, medications } = record([order('a', { status: 'completed' })], { list: [older] });
    expect(drafts).toEqual([]);
    expect(medications.map((entry) => entry.resource)).toMatchObject([{ id: 'a', status: 'completed' }]);
  });

  test('is gone when the call says it was entered in error', () => {
    expect(record([order('a', { status: 'entered-in-error' })], { list: [older] }).medications).toEqual([]);
  });

  describe('by its id alone is of', () => {
    const said = (text: string | undefined) =>
      text === undefined ? { medicationCodeableConcept: undefined } : { medicationCodeableConcept: { text } };
    test.each<readonly [string, string | undefined, string | undefined, string, readonly string[]]>([
      ['another drug', 'baclofen', 'cyclobenzaprine', 'draft', ['cyclobenzaprine']],
      ['another drug, and is stopped', 'baclofen', 'cyclobenzaprine', 'stopped', ['cyclobenzaprine']],
      ['a drug that is none of the library', 'baclofen', 'amoxicillin', 'draft', []],
    ])('%s: both stand', (_name, entry, ordered, status, drugs) => {
      const list = [order('a', { status: 'active', ...said(entry) })];
      const { drafts, medications } = record([order('a', { status, ...said(ordered) })], { list });
      expect(medications.map(({ identity }) => identity.drugs)).toEqual([['baclofen']]);
      expect(drafts.map(({ identity }) => identity.drugs)).toEqual([drugs]);
      expect(drafts[0]).toMatchObject({ sharesId: true });
      expect(drafts[0]).not.toHaveProperty('supersedes');
    });

    test.each<readonly [string, string | undefined, string | undefined, string, readonly string[]]>([
      ['the same drug by another name', 'Lioresal', 'baclofen', 'draft', ['baclofen']],
      ['a drug that nobody can name', 'baclofen', undefined, 'draft', ['baclofen']],
      ['no drug at all, and is stopped', 'baclofen', undefined, 'stopped', ['baclofen']],
      ['words that are no drug, and is stopped', 'baclofen', 'bacl 10', 'stopped', ['baclofen']],
      ['an entry that nobody can name', undefined, 'baclofen', 'draft', ['baclofen']],
      ['an entry whose words are no drug', 'baclofin 10 mg', 'baclofen', 'draft', ['baclofen']],
    ])('%s: the newer state stands', (_name, entry, ordered, status, drugs) => {
      const list = [order('a', { status: 'active', ...said(entry) })];
      const { drafts, medications } = record([order('a', { status, ...said(ordered) })], { list });
      expect(medications).toEqual([]);
      expect(drafts.map(({ identity }) => identity.drugs)).toEqual([drugs]);
      expect(drafts[0]?.supersedes).toEqual(list[0]);
      expect(drafts[0]).not.toHaveProperty('sharesId');
    });
  });

  describe('is stopped without a word of how it is given:', () => {
    const pump = { dosageInstruction: [{ route: { text: 'intrathecal' } }] };
    const tablet = { dosageInstruction: [{ route: { text: 'oral' } }] };
    const forms = (stop: FhirResource, ...list: readonly FhirResource[]) =>
      record([stop], { list }).drafts[0]?.identity.forms;
    const active = (id: string, more: object) => order(id, { status: 'active', ...more });

    test.each([
      ['as its entry is', 'a', [active('a', pump), active('b', tablet)], ['intrathecal']],
      ['as all are that it may be of', 'c', [active('a', pump), active('b', pump)], ['intrathecal']],
      ['not told when they differ', 'c', [active('a', pump), active('b', tablet)], []],
      ['not told by what is over', 'c', [order('a', { status: 'stopped', ...pump })], []],
      [
        'not told by another drug',
        'c',
        [active('a', { ...pump, medicationCodeableConcept: { text: 'morphine' } })],
        [],
      ],
    ])('%s', (_name, id, list, expected) => {
      expect(forms(order(id, { status: 'stopped' }), ...list)).toEqual(expected);
    });

    test.each(['a', 'c'])('but not when it says so itself, as %s', (id) => {
      const tablets = { medicationCodeableConcept: { text: 'baclofen 10 mg tablet' } };
      expect(forms(order(id, { status: 'stopped', ...tablets }), active('a', pump))).toEqual(['oral']);
    });

    test('what is ordered says it itself', () => {
      expect(forms(order('a'), active('a', pump))).toEqual([]);
    });
  });

  test('is not an entry of another kind with the same id', () => {
    const statement = resource({ resourceType: 'MedicationStatement', id: 'a', status: 'active' });
    const { drafts, medications } = record([order('a')], { list: [statement] });
    expect(medications).toHaveLength(1);
    expect(drafts[0]).not.toHaveProperty('supersedes');
  });
});

describe('the medication list', () => {
  test.each([{ status: 'entered-in-error' }, { status: 'draft' }, { status: 'active', doNotPerform: true }])(
    'has no entry of %j',
    (more) => {
      expect(record([], { list: [order('a', more)] }).medications).toEqual([]);
    },
  );

  test('has an entry once that was sent twice', () => {
    const active = order('a', { status: 'active' });
    expect(record([], { list: [active], again: [active] }).medications).toHaveLength(1);
  });

  test('has every kind of entry, with the drug of each', () => {
    const kinds = [
      'MedicationRequest',
      'MedicationStatement',
      'MedicationDispense',
      'MedicationAdministration',
    ];
    const list = kinds.map((resourceType) => ({
      resourceType,
      id: resourceType,
      status: 'active',
      medicationCodeableConcept: { text: 'phenelzine' },
    }));
    const { medications } = record([], { list });
    expect(medications.map(({ identity }) => identity.drugs)).toEqual(kinds.map(() => ['phenelzine']));
  });
});

describe('the rest of the record', () => {
  test('holds patient, problems, results and allergies without those entered in error', () => {
    const wrong = { verificationStatus: { coding: [{ code: 'entered-in-error' }] } };
    const it = record([], {
      a: { resourceType: 'Patient', id: '1' },
      b: [
        { resourceType: 'Condition', id: 'c' },
        { resourceType: 'Condition', id: 'd', ...wrong },
        { resourceType: 'Observation', id: 'o' },
        { resourceType: 'AllergyIntolerance', id: 'i' },
      ],
    });
    expect(it.patient?.id).toBe('1');
    expect(it.problems.map(({ id }) => id)).toEqual(['c']);
    expect([it.observations.length, it.allergies.length]).toEqual([1, 1]);
    expect([...it.unread.keys()]).toEqual([
      'MedicationRequest',
      'MedicationStatement',
      'MedicationDispense',
      'MedicationAdministration',
    ]);
    expect([it.today, it.now]).toEqual(['2026-11-22', '2026-11-22T09:00:00Z']);
  });
});

describe('references', () => {
  const medication = { resourceType: 'Medication', id: 'm', code: { text: 'cyclobenzaprine' } };
  const by = (reference: string, more: object = {}) =>
    order('a', { medicationCodeableConcept: undefined, medicationReference: { reference }, ...more });

  test.each<[string, FhirResource, Partial<HookRequest>, object]>([
    ['contained', by('#m', { contained: [medication] }), {}, {}],
    ['contained with its mark', by('#m', { contained: [{ ...medication, id: '#m' }] }), {}, {}],
    ['sent beside the order', by('Medication/m'), { siblings: [resource(medication)] }, {}],
    ['prefetched', by('Medication/m'), {}, { list: [medication] }],
    ['absolute', by('https://ehr.example/fhir/R4/Medication/m'), {}, { list: [medication] }],
    ['versioned', by('Medication/m/_history/2'), {}, { list: [medication] }],
    ['by a urn that is its id', by('urn:uuid:m'), {}, { list: [medication] }],
    [
      'by the full URL of its entry',
      by('urn:uuid:x'),
      { byFullUrl: new Map([['urn:uuid:x', resource(medication)]]) },
      {},
    ],
    [
      'by the full URL of a prefetched entry',
      by('urn:uuid:y'),
      {},
      { list: { resourceType: 'Bundle', entry: [{ fullUrl: 'urn:uuid:y', resource: medication }] } },
    ],
  ])('%s', (_, draft, more, prefetch) => {
    expect(record([draft], prefetch, more).drafts[0]?.identity.drugs).toEqual(['cyclobenzaprine']);
  });

  test('to nothing leave the medication unresolved', () => {
    const { identity } = record([by('Medication/m')]).drafts[0]!;
    expect(identity).toMatchObject({ drugs: [], stated: false, unresolved: true });
  });

  test('to what is no Medication leave it unresolved too', () => {
    const draft = by('Condition/m');
    const { identity } = record([draft], { list: [{ resourceType: 'Condition', id: 'm' }] }).drafts[0]!;
    expect(identity.unresolved).toBe(true);
  });

  test('of the medication of R5 are followed as well, and its concept read', () => {
    const reference = { reference: { reference: 'Medication/m' } };
    const draft = order('a', { medicationCodeableConcept: undefined, medication: reference });
    expect(record([draft], { list: [medication] }).drafts[0]?.identity.drugs).toEqual(['cyclobenzaprine']);
    const concept = { concept: { text: 'Lioresal' } };
    const other = order('a', { medicationCodeableConcept: undefined, medication: concept });
    expect(record([other]).drafts[0]?.identity.drugs).toEqual(['baclofen']);
  });

  test('of ingredients tell the drug, by display or by what they point to', () => {
    const ingredient = [{ itemReference: { reference: '#s', display: 'x' } }];
    const substance = { resourceType: 'Substance', id: 's', code: { text: 'baclofen' } };
    const draft = by('#m', { contained: [{ resourceType: 'Medication', id: 'm', ingredient }, substance] });
    expect(record([draft]).drafts[0]?.identity.drugs).toEqual(['baclofen']);
  });

  test('of the record resolve to the newest state, a draft before the record', () => {
    const it = record([order('a')], { list: [order('a', { status: 'active' })] });
    const draft = it.drafts[0]!.resource;
    expect(it.resolve({ reference: 'MedicationRequest/a' }, draft)).toBe(draft);
    expect(it.resolve(undefined, draft)).toBeUndefined();
    expect(it.resolve({ display: 'x' }, draft)).toBeUndefined();
  });

  test('route and dose form tell the form', () => {
    const dosageInstruction = [{ route: { coding: [{ display: 'Intrathecal route' }] } }];
    expect(record([order('a', { dosageInstruction })]).drafts[0]?.identity.forms).toEqual(['intrathecal']);
  });
});

describe('resources of a wrong shape', () => {
  test.each([
    { medicationCodeableConcept: 'baclofen' },
    { medicationReference: 'Medication/m', medicationCodeableConcept: null },
    { contained: 'x', medicationReference: { reference: '#m' } },
    { dosageInstruction: 'daily', id: 7 },
    { status: 5, doNotPerform: 'no' },
    { medication: [], subject: 'Patient/1' },
  ])('%j are read as far as they go', (more) => {
    const value = order('a', more);
    const { drafts, medications } = record([value], { list: [value, null, 'x', { resourceType: 7 }] });
    expect([...drafts, ...medications].map(({ identity }) => identity.conflict.length)).not.toContain(2);
  });
});

describe('statements that say in words what is not taken', () => {
  const statement = (text: string, more: object = {}) =>
    resource({
      resourceType: 'MedicationStatement',
      id: 'told',
      status: 'active',
      subject: { reference: 'Patient/1' },
      medicationCodeableConcept: { text },
      ...more,
    });
  const told = (...statements: FhirResource[]) =>
    record([order('a')], { statements }).medications.map(({ resource: { status } }) => status);

  test.each([
    ['NOT taking sertraline', {}, 'stopped'],
    ['no longer takes sertraline', {}, 'stopped'],
    ['NOT taking sertraline', { status: 'on-hold' }, 'on-hold'],
    ['NOT taking sertraline', { status: 'completed' }, 'completed'],
    ['sertraline, not with alcohol', {}, 'active'],
    ['sertraline', {}, 'active'],
    ['fluoxetine (not taking sertraline)', {}, 'active'],
  ])('"%s" %j is %s', (text, more, status) => {
    expect(told(statement(text, more))).toEqual([status]);
  });

  test('by the display of a reference as well', () => {
    const display = 'Not taking sertraline';
    const more = { medicationCodeableConcept: undefined, medicationReference: { display } };
    expect(told(statement('', more))).toEqual(['stopped']);
  });

  test('keep the drug, so that its end can be asked for', () => {
    const { medications } = record([order('a')], { statements: [statement('no longer takes phenelzine')] });
    expect(medications).toMatchObject([{ identity: { drugs: ['phenelzine'] } }]);
  });
});
