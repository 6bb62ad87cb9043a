/** The whole path of a call but its HTTP: request in, cards out, on the frozen day. */

import { describe, expect, test } from '@jest/globals';
import type { HookRequest } from '../src/cdshooks/protocol.js';
import { ServiceError } from '../src/errors.js';
import { createPipeline } from '../src/pipeline.js';
import { cardsFolder, cardText, pipelineOf, withFact } from './library/support.js';

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const order = (parts: object = {}) => ({
  resourceType: 'MedicationRequest',
  id: 'draft-1',
  status: 'draft',
  intent: 'order',
  subject: { reference: 'Patient/p1' },
  medicationCodeableConcept: { coding: [{ system: RXNORM, code: '1292', display: 'baclofen' }] },
  ...parts,
});
const request = (parts: object = {}): HookRequest =>
  ({
    hook: 'order-sign',
    serviceId: 'rx-distinct-order-sign',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    patientId: 'p1',
    orders: [order()],
    siblings: [],
    prefetch: {},
    ...parts,
  }) as HookRequest;
const bundle = (...resources: object[]) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  total: resources.length,
  entry: resources.map((resource) => ({ resource })),
});
const patient = { resourceType: 'Patient', id: 'p1', birthDate: '1948-03-01' };

const pipeline = pipelineOf(
  cardsFolder({
    'relaxants/a-warning.yaml': cardText({ title: 'Warned', when: ['- ordering: relaxant'] }),
    'relaxants/b-critical.yaml': cardText({
      title: 'Grave',
      when: ['- ordering: baclofen', '  all: [{aged at least: 65 years}]'],
      indicator: 'critical',
    }),
    'relaxants/baclofen.yaml': cardText({
      title: 'Paired',
      indicator: 'info',
      when: ['- pair: [baclofen, cyclobenzaprine]', "  all: [{taking: '{other}'}]"],
      more: ['hooks: [order-sign]'],
    }),
    'relaxants/drafted.yaml': cardText({ title: 'Nobody sees this', status: 'draft' }),
    'relaxants/result.yaml': cardText({
      title: 'By result',
      status: 'active',
      when: ['- ordering: phenelzine', '  all: [{newest result under: {lab: eGFR, limit: 30 mL/min}}]'],
    }),
  }),
);
const titles = (call: HookRequest) =>
  pipeline.answer(call).cards.map(({ source, indicator }) => `${source.topic.display}, ${indicator}`);

describe('an answer', () => {
  test('holds the cards of the order, critical first, and no draft', () => {
    expect(titles(request({ prefetch: { patient, medications: bundle(), statements: bundle() } }))).toEqual([
      'Grave, critical',
      'Warned, warning',
    ]);
  });

  test('says what could not be checked, after the cards', () => {
    expect(titles(request())).toEqual(['Warned, warning', 'Checks that could not be made, warning']);
  });

  test('is empty without an order, for a drug outside the library, and for an order that names nothing', () => {
    expect(titles(request({ orders: [] }))).toEqual([]);
    expect(
      titles(request({ orders: [order({ medicationCodeableConcept: { text: 'ibuprofen' } })] })),
    ).toEqual([]);
    expect(titles(request({ orders: [order({ medicationCodeableConcept: undefined })] }))).toEqual([]);
  });

  test('says nothing of checks not made for a drug that the library only meets', () => {
    const phenelzine = { coding: [{ system: RXNORM, code: '8123' }] };
    expect(titles(request({ orders: [order({ medicationCodeableConcept: phenelzine })] }))).toEqual([]);
  });

  test('says that an order resembles a drug of the library when nobody can identify it', () => {
    expect(
      titles(request({ orders: [order({ medicationCodeableConcept: { text: 'baclofin 10' } })] })),
    ).toEqual(['A medication that could not be identified, info']);
  });

  test('is judged by the clock of the service, not of the machine', () => {
    const at64 = { ...patient, birthDate: '1961-11-23' };
    expect(
      titles(request({ prefetch: { patient: at64, medications: bundle(), statements: bundle() } })),
    ).toEqual(['Warned, warning']);
  });

  test('repeats with the same words for the same call', () => {
    expect(pipeline.answer(request())).toEqual(pipeline.answer(request()));
  });
});

describe('a medication that is a reference', () => {
  const byReference = order({
    medicationCodeableConcept: undefined,
    medicationReference: { reference: 'Medication/m1' },
  });
  const complete = { patient, medications: bundle(), statements: bundle() };

  test('to nothing that was sent is refused with what to send', () => {
    expect(() => pipeline.answer(request({ orders: [byReference] }))).toThrow(ServiceError);
    expect(() => pipeline.answer(request({ orders: [byReference] }))).toThrow(
      expect.objectContaining({
        code: 'missing-data',
        options: { hint: expect.stringContaining('Send the Medication in the order bundle') },
      }),
    );
  });

  test('with a display, or sent along, is judged', () => {
    const displayed = {
      ...byReference,
      medicationReference: { reference: 'Medication/m1', display: 'baclofen' },
    };
    expect(titles(request({ orders: [displayed], prefetch: complete }))).toHaveLength(2);
    const sent = { resourceType: 'Medication', id: 'm1', code: { text: 'baclofen' } };
    expect(titles(request({ orders: [byReference], siblings: [sent], prefetch: complete }))).toHaveLength(2);
  });

  test('beside another order that can be judged is not refused, and named as not checked', () => {
    expect(
      titles(request({ orders: [order(), { ...byReference, id: 'draft-2' }], prefetch: complete })),
    ).toEqual(['Grave, critical', 'Warned, warning', 'Checks that could not be made, info']);
  });

  test('that is context only is not refused', () => {
    expect(
      titles(
        request({
          hook: 'order-select',
          selections: ['MedicationRequest/draft-1'],
          orders: [order(), { ...byReference, id: 'draft-2' }],
          prefetch: complete,
        }),
      ),
    ).toHaveLength(2);
  });
});

describe('hostile orders and records', () => {
  const nonsense = [null, 5, 'text', [], {}, [null], [{}], [[]], { a: { b: 1 } }];
  const fields = [
    'dosageInstruction',
    'dispenseRequest',
    'substitution',
    'note',
    'reasonCode',
    'reasonReference',
    'priorPrescription',
    'courseOfTherapyType',
    'status',
  ];

  test.each(fields)('with nonsense in %s are answered', (field) => {
    const answers = nonsense.map((value) => titles(request({ orders: [order({ [field]: value })] })));
    expect(answers).toHaveLength(nonsense.length);
    expect(answers.flat()).toContain('Warned, warning');
  });

  test('with nonsense in the prefetch are answered, and nothing is taken for read', () => {
    const answers = nonsense.map((value) =>
      titles(request({ prefetch: { patient: value, medications: value, statements: value } })),
    );
    expect(answers.flat().filter((title) => title === 'Checks that could not be made, warning')).toHaveLength(
      nonsense.length,
    );
  });

  test('never bring their own words onto a card', () => {
    const evil = '<img src=x onerror=alert(1)>';
    const { cards } = pipeline.answer(
      request({
        orders: [
          order({
            medicationCodeableConcept: {
              coding: [{ system: RXNORM, code: '1292', display: evil }],
              text: `baclofen ${evil}`,
            },
            note: [{ text: evil }],
            status: evil,
          }),
        ],
        prefetch: {
          patient: { ...patient, name: [{ text: evil }] },
          medications: bundle(
            order({
              id: 'listed',
              status: 'active',
              authoredOn: `2026-01-01T${evil}`,
              medicationCodeableConcept: { text: `cyclobenzaprine ${evil}` },
            }),
          ),
          statements: bundle(),
        },
      }),
    );
    expect(cards.map(({ source }) => source.topic.display)).toContain('Paired');
    expect(cards.map(({ summary, detail }) => `${summary} ${detail}`).join()).not.toContain('onerror');
  });
});

describe('the entries of discovery', () => {
  /** CDS Hooks 2.0 "Prefetch Template": the parameters every server must understand, and no others. */
  const query =
    /^(Patient\/\{\{context\.patientId\}\}|[A-Z][A-Za-z]+\?patient=\{\{context\.patientId\}\}(&code=[^&]+)?(&_sort=-date)?(&_count=\d+)?)$/;

  test('are one for each hook, each with its own id', () => {
    expect(pipeline.services.map(({ hook, id, title }) => [hook, id, title])).toEqual([
      ['medication-prescribe', 'rx-distinct-medication-prescribe', 'Two relaxants: while prescribing'],
      ['order-select', 'rx-distinct-order-select', 'Two relaxants: on selecting an order'],
      ['order-sign', 'rx-distinct-order-sign', 'Two relaxants: before signing'],
      ['medication-refill', 'rx-distinct-medication-refill', 'Two relaxants: on a refill request'],
      ['encounter-discharge', 'rx-distinct-encounter-discharge', 'Two relaxants: at discharge'],
      ['patient-view', 'rx-distinct-patient-view', 'Two relaxants: on opening the chart'],
    ]);
  });

  test('ask for what the cards of the hook need, in the queries that every client can run', () => {
    const [prescribe, , sign] = pipeline.services;
    expect(Object.keys(prescribe?.prefetch ?? {})).toEqual(['patient', 'egfr']);
    expect(Object.keys(sign?.prefetch ?? {})).toEqual(['patient', 'medications', 'statements', 'egfr']);
    expect(pipeline.services.flatMap(({ prefetch }) => Object.values(prefetch ?? {}))).toEqual(
      expect.arrayContaining([expect.stringMatching(query)]),
    );
  });

  test('of the real library keep to those queries as well', () => {
    const queries = pipelineOf('cards').services.flatMap(({ prefetch }) => Object.values(prefetch ?? {}));
    expect(queries.length).toBeGreaterThan(15);
    expect(queries.filter((one) => !query.test(one))).toEqual([]);
  });
});

describe('the service beside its answers', () => {
  test('has the page of each card and of its own', () => {
    expect(pipeline.cardPage('relaxants-b-critical')).toMatch(/^# Grave\n/);
    expect(pipeline.cardPage('not-checked')).toMatch(/^# Checks that could not be made\n/);
    expect(pipeline.cardPage('nothing')).toBeUndefined();
  });

  test('says how many cards it has, whose review is pending or overdue, and which library', () => {
    expect(pipeline.readiness()).toEqual({
      cards: 5,
      reviewPending: 5,
      reviewOverdue: 0,
      library: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
  });

  test('logs the name of a fact that threw, and nothing of the patient', () => {
    const log: string[] = [];
    const { text } = withFact(
      'for a reason like a:',
      '  asks: A reason begins with a.',
      '  needs: order',
      "  find: where(reasonCode.text.startsWith('a'))",
    );
    const throwing = pipelineOf(
      cardsFolder({
        'vocabulary/facts.yaml': text,
        'relaxants/baclofen.yaml': cardText({
          when: ['- ordering: baclofen', '  all: [for a reason like a]'],
        }),
      }),
      log,
    );
    throwing.answer(request({ orders: [order({ reasonCode: [{ text: 'John' }, { text: 'Doe' }] })] }));
    expect(log).toEqual(['a fact could not be evaluated']);
  });
});

describe('an answer that is due', () => {
  const due = (now: number) =>
    createPipeline({
      config: {
        cardsDir: cardsFolder({
          'relaxants/baclofen.yaml': cardText({
            when: ['- ordering: baclofen', '  all: [{taking: phenelzine}, {taking: linezolid}]'],
          }),
          'relaxants/paired.yaml': cardText({
            when: ['- pair: [baclofen, cyclobenzaprine]', '  all: [continuous]'],
          }),
        }),
        publicUrl: 'http://127.0.0.1:3000',
        canonicalUrl: 'https://cards.example',
      },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      clock: () => new Date('2026-11-22T12:00:00.000Z'),
      uuid: () => '00000000-0000-4000-8000-000000000001',
      fetching: { answerMs: 400, servers: [], isLocal: true },
      now: () => now,
    });
  const medications = Array.from({ length: 3_000 }, (_, position) =>
    order({
      id: `m${position}`,
      status: 'active',
      medicationCodeableConcept: { coding: [{ system: RXNORM, code: '8123' }] },
    }),
  );
  const large = request({ prefetch: { patient, medications: bundle(...medications), statements: bundle() } });

  test('names what was not judged in time', async () => {
    const { cards } = await due(1_401).answer(large, { arrivedAt: 1_000 });
    expect(cards.map(({ detail }) => detail)).toEqual([expect.stringContaining('(not judged in time)')]);
  });

  test('is a judgement in full until then', async () => {
    expect(await due(1_400).answer(large, { arrivedAt: 1_000 })).toEqual({ cards: [] });
  });
});
