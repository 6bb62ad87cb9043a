/** The whole service, from HTTP request to cards, on the example requests and on calls made for one line of the promise each. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import type { Card, ServiceEntry } from '../src/cdshooks/protocol.js';
import { serviceOfTheFrozenDay } from './support/calls.js';

const app = serviceOfTheFrozenDay();

interface Call {
  hook: string;
  context: Record<string, unknown>;
  prefetch?: Record<string, unknown>;
}

const example = (name: string) =>
  JSON.parse(readFileSync(`fhir-fixtures/requests/${name}.json`, 'utf8')) as Call;

const send = async (call: Call): Promise<readonly Card[]> => {
  const answer = await supertest(app)
    .post(`/cds-services/rx-distinct-${call.hook}`)
    .send({ hookInstance: 'x', ...call })
    .expect(200);
  return (answer.body as { cards: readonly Card[] }).cards;
};

const topics = (cards: readonly Card[]) => cards.map((card) => `${card.indicator} ${card.source.topic.code}`);

describe('the example requests', () => {
  test.each([
    ['baclofen-in-place-of-cyclobenzaprine', ['warning interchange-replaced']],
    ['baclofen-for-multiple-sclerosis', []],
    ['cyclobenzaprine-7-days-for-back-strain', []],
    ['cyclobenzaprine-with-phenelzine', ['critical cyclobenzaprine-with-maoi']],
    ['phenelzine-while-taking-cyclobenzaprine', ['critical cyclobenzaprine-with-maoi']],
    ['out-of-scope-order-with-a-heavy-record', []],
    ['order-without-a-medication', []],
    ['baclofen-in-kidney-failure', ['critical baclofen-renal-failure']],
    ['both-relaxants-drafted', ['warning interchange-ordered-together']],
    ['baclofen-without-prefetch', ['warning not-checked']],
  ])('%s brings %j', async (name, expected) => {
    expect(topics(await send(example(name)))).toEqual(expected);
  });
});

describe('both relaxants drafted', () => {
  test.each([[''], [' '], [null], [5], ['request-123']])(
    'bring their card with the id %j on each',
    async (id) => {
      const call = example('both-relaxants-drafted');
      const orders = call.context['draftOrders'] as { entry: { resource: { id: unknown } }[] };
      for (const { resource } of orders.entry) resource.id = id;
      const cards = await send(call);
      expect(topics(cards)).toEqual(['warning interchange-ordered-together']);
      expect(cards[0]).not.toHaveProperty('suggestions');
    },
  );
});

describe('every card', () => {
  test('carries what CDS Hooks and the prescriber need', async () => {
    const [card] = await send(example('cyclobenzaprine-with-phenelzine'));
    expect(card).toMatchObject({
      uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      indicator: 'critical',
      source: {
        label: 'rx-distinct',
        url: 'http://127.0.0.1:3000/cards/cyclobenzaprine-with-maoi',
        topic: { system: 'http://127.0.0.1:3000/topics', code: 'cyclobenzaprine-with-maoi' },
      },
      selectionBehavior: 'at-most-one',
      suggestions: [
        {
          label: 'Remove the cyclobenzaprine order',
          uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
          actions: [{ type: 'delete', resourceId: 'MedicationRequest/draft-1' }],
        },
      ],
    });
    expect(card?.summary).toContain('phenelzine');
    expect(card?.detail).toContain('phenelzine, listed as active since 2026-03-01');
    expect(card?.overrideReasons?.map(({ system, display }) => [system, display])).toContainEqual([
      'http://127.0.0.1:3000/override-reasons',
      'A specialist has agreed',
    ]);
  });

  test('leads to its page', async () => {
    const [card] = await send(example('cyclobenzaprine-with-phenelzine'));
    const path = new URL(card?.source.url ?? '').pathname;
    const page = await supertest(app).get(path).expect(200);
    expect(page.text).toContain('Cyclobenzaprine with an MAOI');
    expect(page.text).toContain('Source attributes');
  });
});

describe('discovery', () => {
  test('offers each hook under its own id, with templates inside the query subset', async () => {
    const answer = await supertest(app).get('/cds-services').expect(200);
    const { services } = answer.body as { services: readonly ServiceEntry[] };
    expect(new Set(services.map(({ id }) => id)).size).toBe(services.length);
    expect(services.map(({ hook }) => hook)).toEqual(
      expect.arrayContaining(['medication-prescribe', 'order-select', 'order-sign']),
    );
    const queries = services.flatMap(({ prefetch }) => Object.values(prefetch ?? {}));
    const subset =
      /^[A-Z][A-Za-z]+(\/\{\{context\.patientId\}\}|\?patient=\{\{context\.patientId\}\}(&(code|_sort|_count)=[^&{}]+)*)$/;
    expect(queries.filter((query) => !subset.test(query))).toEqual([]);
  });
});

describe('an order with many dangers', () => {
  const subject = { reference: 'Patient/patient-1' };
  const drug = (code: string, display: string) => ({
    coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code, display }],
  });
  const taken = (id: string, code: string, display: string) => ({
    resource: {
      resourceType: 'MedicationRequest',
      id,
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: drug(code, display),
      subject,
    },
  });
  const call = example('cyclobenzaprine-with-phenelzine');
  const heavy: Call = {
    ...call,
    prefetch: {
      ...call.prefetch,
      patient: { resourceType: 'Patient', id: 'patient-1', birthDate: '1940-01-01' },
      medications: {
        resourceType: 'Bundle',
        type: 'searchset',
        entry: [
          taken('a', '8123', 'phenelzine'),
          taken('b', '36437', 'sertraline'),
          taken('c', '704', 'amitriptyline'),
          taken('d', '3498', 'diphenhydramine'),
          taken('e', '10689', 'tramadol'),
          taken('f', '57258', 'tizanidine'),
        ],
      },
    },
  };

  test('brings five cards at most, the critical one first, and names the others in one closing card', async () => {
    const cards = await send(heavy);
    expect(cards).toHaveLength(6);
    expect(topics(cards)[0]).toBe('critical cyclobenzaprine-with-maoi');
    expect(topics(cards).at(-1)).toBe('info more-cards');
    expect(cards.at(-1)?.detail).toContain('Another muscle relaxant');
  });

  test('brings each topic once', async () => {
    const codes = (await send(heavy)).map((card) => card.source.topic.code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe('hooks beyond order entry', () => {
  const subject = { reference: 'Patient/patient-1' };
  const listed = (id: string, code: string, display: string, more: object = {}) => ({
    resource: {
      resourceType: 'MedicationRequest',
      id,
      status: 'active',
      intent: 'order',
      authoredOn: '2026-03-01',
      medicationCodeableConcept: {
        coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code, display }],
      },
      subject,
      ...more,
    },
  });
  const baclofen = listed('a', '197391', 'baclofen 10 MG Oral Tablet');
  const cyclobenzaprine = listed('b', '828348', 'cyclobenzaprine hydrochloride 10 MG Oral Tablet');
  const record = (...entry: object[]) => ({
    ...example('baclofen-for-multiple-sclerosis').prefetch,
    medications: { resourceType: 'Bundle', type: 'searchset', entry },
  });

  test('medication-refill takes a call without user and encounter', async () => {
    const { context, prefetch } = example('cyclobenzaprine-with-phenelzine');
    const call = {
      hook: 'medication-refill',
      hookInstance: 'x',
      context: { patientId: 'patient-1', medications: context['medications'] },
      prefetch: prefetch ?? {},
    };
    expect(topics(await send(call))).toEqual(['critical cyclobenzaprine-with-maoi']);
  });

  test('patient-view speaks of what is taken, and suggests nothing', async () => {
    const cards = await send({
      hook: 'patient-view',
      context: { userId: 'Practitioner/p', patientId: 'patient-1' },
      prefetch: record(baclofen, cyclobenzaprine),
    });
    expect(topics(cards)).toEqual([
      'warning interchange-ordered-together',
      'warning cyclobenzaprine-over-three-weeks',
    ]);
    expect(cards.flatMap((card) => card.suggestions ?? [])).toEqual([]);
  });

  test('patient-view is silent for a patient without a relaxant', async () => {
    const call = {
      hook: 'patient-view',
      context: { userId: 'Practitioner/p', patientId: 'patient-1' },
      prefetch: record(),
    };
    expect(await send(call)).toEqual([]);
  });

  test('encounter-discharge warns when baclofen would end with the stay', async () => {
    const category = [{ coding: [{ code: 'inpatient' }] }];
    const inpatient = listed('a', '197391', 'baclofen 10 MG Oral Tablet', { category });
    const context = { userId: 'Practitioner/p', patientId: 'patient-1', encounterId: 'e' };
    const call = { hook: 'encounter-discharge', context, prefetch: record(inpatient) };
    expect(topics(await send(call))).toEqual(['warning baclofen-abrupt-stop']);
  });

  test('order-dispatch is not offered', async () => {
    const answer = await supertest(app).post('/cds-services/rx-distinct-order-dispatch').send({});
    expect(answer.status).toBe(404);
  });
});

test('an order whose wording resembles a relaxant is named as not identified', async () => {
  const call = example('order-without-a-medication');
  const order = {
    resourceType: 'MedicationRequest',
    id: 'draft-1',
    status: 'draft',
    intent: 'order',
    subject: { reference: 'Patient/patient-1' },
    medicationCodeableConcept: { text: 'bacloefn 10 mg' },
  };
  call.context['draftOrders'] = { resourceType: 'Bundle', entry: [{ resource: order }] };
  const cards = await send(call);
  expect(topics(cards)).toEqual(['info not-identified']);
  expect(cards[0]?.summary).toContain('baclofen');
  expect(cards[0]?.detail).not.toContain('bacloefn');
});
