/** Every shape that real clients send is taken: the rows of the list of shapes, each by its name, over HTTP. */

import { describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import {
  cardsOfCall,
  draftOrder,
  emptyPrefetch,
  type Json,
  RXNORM,
  type Said,
  searchset,
  serviceOfTheFrozenDay,
} from './support/calls.js';

const app = serviceOfTheFrozenDay();

const subject = { reference: 'Patient/patient-1' };
const coded = (code: string, display?: string) => ({
  coding: [{ system: RXNORM, code, ...(display === undefined ? {} : { display }) }],
});
const cyclobenzaprine = coded('828348', 'cyclobenzaprine hydrochloride 10 MG Oral Tablet');
const phenelzine = { ...coded('8123', 'phenelzine'), text: 'phenelzine' };
const order = (more: Json = {}): Json => draftOrder(cyclobenzaprine, more);
const without = (resource: Json, ...names: string[]): Json =>
  Object.fromEntries(Object.entries(resource).filter(([name]) => !names.includes(name)));
const bundle = searchset;
const listed = (more: Json = {}): Json => ({
  resourceType: 'MedicationRequest',
  id: 'maoi-1',
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: phenelzine,
  subject,
  authoredOn: '2026-03-01',
  ...more,
});
const patient = { resourceType: 'Patient', id: 'patient-1', birthDate: '1980-04-12' };
const full = (medications: unknown = bundle(listed())): Json => ({ ...emptyPrefetch, patient, medications });

const topicsOf = async ({ context, prefetch = full(), ...said }: Said) => {
  const asked = { draftOrders: bundle(order()), ...context };
  const cards = await cardsOfCall(app, { ...said, context: asked, prefetch });
  return cards.map(({ source }) => source.topic.code);
};

const MAOI = ['cyclobenzaprine-with-maoi'];

describe('context.medications', () => {
  const medications = (value: unknown) =>
    topicsOf({ hook: 'medication-prescribe', context: { medications: value } });

  test('Bundle', async () => expect(await medications(bundle(order()))).toEqual(MAOI));
  test('Bundle without type', async () =>
    expect(await medications(without(bundle(order()), 'type'))).toEqual(MAOI));
  test('Bundle whose entries lack .resource', async () =>
    expect(await medications({ resourceType: 'Bundle', entry: [order()] })).toEqual(MAOI));
  test('bare array of orders', async () => expect(await medications([order()])).toEqual(MAOI));
  test('entries without id', async () =>
    expect(await medications(bundle(without(order(), 'id')))).toEqual(MAOI));
});

describe('context.draftOrders', () => {
  const drafts = (value: unknown) => topicsOf({ context: { draftOrders: value } });

  test('a bare MedicationRequest', async () => expect(await drafts(order())).toEqual(MAOI));
  test('orders with status active', async () =>
    expect(await drafts(bundle(order({ status: 'active' })))).toEqual(MAOI));
  test('several orders, other order types beside ours', async () => {
    const service = { resourceType: 'ServiceRequest', id: 's', status: 'draft', intent: 'order', subject };
    expect(
      await drafts(
        bundle(service, order(), order({ id: 'x', medicationCodeableConcept: { text: 'ibuprofen' } })),
      ),
    ).toEqual(MAOI);
  });
  test('ids up to 194 characters', async () =>
    expect(await drafts(bundle(order({ id: 'x'.repeat(194) })))).toEqual(MAOI));
  test('ids of kind urn:uuid', async () =>
    expect(
      await drafts({
        resourceType: 'Bundle',
        entry: [
          {
            fullUrl: 'urn:uuid:0f5b6f8e-7f4d-4c44-9c3a-0d6d4a3b2c11',
            resource: without(
              order({ medicationReference: { reference: 'urn:uuid:1f5b6f8e-7f4d-4c44-9c3a-0d6d4a3b2c12' } }),
              'medicationCodeableConcept',
              'id',
            ),
          },
          {
            fullUrl: 'urn:uuid:1f5b6f8e-7f4d-4c44-9c3a-0d6d4a3b2c12',
            resource: { resourceType: 'Medication', code: cyclobenzaprine },
          },
        ],
      }),
    ).toEqual(MAOI));
});

describe('ids', () => {
  test('patientId "Patient/x" for "x"', async () =>
    expect(await topicsOf({ context: { patientId: 'Patient/patient-1' } })).toEqual(MAOI));
  test('user and patient at top level, no context.userId', async () => {
    const answer = await supertest(app)
      .post('/cds-services/rx-distinct-order-sign')
      .send({
        hook: 'order-sign',
        hookInstance: 'x',
        user: 'Practitioner/p',
        patient: 'patient-1',
        context: { draftOrders: bundle(order()) },
        prefetch: full(),
      })
      .expect(200);
    expect(answer.body).toMatchObject({ cards: [{ indicator: 'critical' }] });
  });
  test('order-select without selections', async () =>
    expect(await topicsOf({ hook: 'order-select' })).toEqual(MAOI));
  test('hookInstance constant over all calls', async () => {
    expect(await topicsOf({})).toEqual(MAOI);
    expect(await topicsOf({})).toEqual(MAOI);
  });
});

describe('prefetch', () => {
  const meds = (value: unknown) => topicsOf({ prefetch: full(value) });

  test('absent', async () =>
    expect(await topicsOf({ top: { prefetch: undefined } })).toEqual(['not-checked']));
  test('some keys only', async () =>
    expect(await topicsOf({ prefetch: without(full(), 'allergies', 'problems') })).toEqual([
      ...MAOI,
      'not-checked',
    ]));
  test('null', async () => expect(await meds(null)).toEqual([]));
  test('{resource, response: {status}} wrapper', async () =>
    expect(await meds({ resource: bundle(listed()), response: { status: '200 OK' } })).toEqual(MAOI));
  test('OperationOutcome as value', async () =>
    expect(
      await meds({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] }),
    ).toEqual(['not-checked']));
  test('OperationOutcome as a Bundle entry', async () => {
    const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] };
    const searched = {
      resourceType: 'Bundle',
      type: 'searchset',
      entry: [{ resource: listed() }, { resource: outcome, search: { mode: 'outcome' } }],
    };
    expect(await meds(searched)).toEqual([...MAOI, 'not-checked']);
  });
  test('searchset without entry', async () =>
    expect(await meds({ resourceType: 'Bundle', type: 'searchset', total: 0 })).toEqual([]));
  test('keys chosen by the hospital', async () =>
    expect(
      await topicsOf({
        prefetch: {
          ...without(full(), 'medications', 'patient'),
          '-meds': bundle(listed()),
          '-pat': patient,
        },
      }),
    ).toEqual(MAOI));
  test('unknown extra keys', async () =>
    expect(
      await topicsOf({ prefetch: { ...full(), coverage: bundle({ resourceType: 'Coverage' }) } }),
    ).toEqual(MAOI));
  test('follow-up pages that cannot be read', async () =>
    expect(
      await meds({ ...bundle(), link: [{ relation: 'next', url: 'https://ehr.example/next' }] }),
    ).toEqual(['not-checked']));
});

describe('order', () => {
  const one = (more: Json) => topicsOf({ context: { draftOrders: bundle(order(more)) } });

  test('no medication at all', async () =>
    expect(
      await topicsOf({
        hook: 'order-select',
        context: { draftOrders: bundle(without(order(), 'medicationCodeableConcept')) },
      }),
    ).toEqual([]));
  test('category an object', async () => expect(await one({ category: { text: 'x' } })).toEqual(MAOI));
  test('no intent', async () =>
    expect(await topicsOf({ context: { draftOrders: bundle(without(order(), 'intent')) } })).toEqual(MAOI));
  test('doseAndRate an object', async () =>
    expect(
      await one({ dosageInstruction: [{ doseAndRate: { doseQuantity: { value: 10, unit: 'mg' } } }] }),
    ).toEqual(MAOI));
  test('dose unit {pill} or absent', async () => {
    const dose = (doseQuantity: Json) => [
      { timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd' } }, doseAndRate: [{ doseQuantity }] },
    ];
    expect(await one({ dosageInstruction: dose({ value: 2, unit: '{pill}' }) })).toEqual([
      ...MAOI,
      'cyclobenzaprine-maximum-dose',
    ]);
    expect(await one({ dosageInstruction: dose({ value: 1 }) })).toEqual(MAOI);
  });
  test('no authoredOn, only boundsPeriod', async () =>
    expect(
      await one({
        dosageInstruction: [
          { timing: { repeat: { boundsPeriod: { start: '2026-11-22', end: '2026-12-09' } } } },
        ],
      }),
    ).toEqual([...MAOI, 'cyclobenzaprine-over-two-weeks']));
});

describe('medication', () => {
  const drug = (medicationCodeableConcept: unknown) =>
    topicsOf({ context: { draftOrders: bundle(order({ medicationCodeableConcept })) } });
  const reference = (medicationReference: Json, more: Json = {}, beside: Json[] = []) =>
    topicsOf({
      context: {
        draftOrders: bundle(
          without(order({ medicationReference, ...more }), 'medicationCodeableConcept'),
          ...beside,
        ),
      },
    });
  const resource = { resourceType: 'Medication', id: 'm', code: cyclobenzaprine };

  test('RxNorm ingredient', async () => expect(await drug(coded('21949'))).toEqual(MAOI));
  test('RxNorm clinical drug', async () => expect(await drug(coded('828320'))).toEqual(MAOI));
  test('RxNorm branded drug', async () => expect(await drug(coded('828350'))).toEqual(MAOI));
  test('RxNorm dose-form group', async () => expect(await drug(coded('1156629'))).toEqual(MAOI));
  test('several codings of mixed level, local code first, userSelected', async () =>
    expect(
      await drug({
        coding: [
          { system: 'urn:oid:1.2.3', code: '4711', userSelected: true },
          { system: RXNORM, code: '21949' },
          { system: RXNORM, code: '828348' },
        ],
      }),
    ).toEqual(MAOI));
  test.each(['0093-1920-06', '00093192006', '00093-1920-06', '0093192006'])(
    'NDC with 10 or 11 digits, with or without hyphens: %s',
    async (code) =>
      expect(await drug({ coding: [{ system: 'http://hl7.org/fhir/sid/ndc', code }] })).toEqual(MAOI),
  );
  test('RxNorm under its OID', async () =>
    expect(await drug({ coding: [{ system: 'urn:oid:2.16.840.1.113883.6.88', code: '21949' }] })).toEqual(
      MAOI,
    ));
  test('ATC', async () =>
    expect(await drug({ coding: [{ system: 'http://www.whocc.no/atc', code: 'M03BX08' }] })).toEqual(MAOI));
  test('contained #id', async () =>
    expect(await reference({ reference: '#m' }, { contained: [resource] })).toEqual(MAOI));
  test('sibling Medication entry', async () =>
    expect(await reference({ reference: 'Medication/m' }, {}, [resource])).toEqual(MAOI));
  test('reference into prefetch', async () =>
    expect(
      await topicsOf({
        context: {
          draftOrders: bundle(
            without(
              order({ medicationReference: { reference: 'Medication/m' } }),
              'medicationCodeableConcept',
            ),
          ),
        },
        prefetch: { ...full(), drugs: bundle(resource) },
      }),
    ).toEqual(MAOI));
  test('absolute reference', async () =>
    expect(await reference({ reference: 'https://ehr.example/r4/Medication/m' }, {}, [resource])).toEqual(
      MAOI,
    ));
  test('reference with display only', async () =>
    expect(await reference({ display: 'Cyclobenzaprine 10 mg' })).toEqual(MAOI));
  test.each(['cyclobenzaprine 10 mg tablet', 'CYCLOBENZAPRINE HCL 10 MG', 'Flexeril'])(
    'text only, upper case, brand: %s',
    async (text) => expect(await drug({ text })).toEqual(MAOI),
  );
  test('combination product', async () => expect(await drug(coded('999731'))).toEqual(MAOI));
  test('R5 medication.concept', async () => {
    const inR5 = (resource: Json, concept: unknown): Json => ({
      ...without(resource, 'medicationCodeableConcept'),
      medication: { concept },
    });
    expect(
      await topicsOf({
        context: { draftOrders: bundle(inR5(order(), cyclobenzaprine)) },
        prefetch: full(bundle(inR5(listed(), phenelzine))),
      }),
    ).toEqual(MAOI);
  });
  test('a code whose display names another drug', async () =>
    expect(await drug({ coding: [{ system: RXNORM, code: '21949', display: 'baclofen' }] })).toContain(
      'interchange-identity-conflict',
    ));
});

describe('lists', () => {
  test('medications without any date, active for years', async () => {
    expect(await topicsOf({ prefetch: full(bundle(without(listed(), 'authoredOn'))) })).toEqual(MAOI);
    expect(await topicsOf({ prefetch: full(bundle(listed({ authoredOn: '2011-01-01' }))) })).toEqual(MAOI);
  });
  test('dispenses without orders', async () => {
    const dispense = {
      resourceType: 'MedicationDispense',
      id: 'd',
      status: 'completed',
      medicationCodeableConcept: phenelzine,
      subject,
      whenHandedOver: '2026-11-15',
      daysSupply: { value: 30, unit: 'days', system: 'http://unitsofmeasure.org', code: 'd' },
    };
    expect(await topicsOf({ prefetch: { ...full(bundle()), dispenses: bundle(dispense) } })).toEqual(MAOI);
  });
  test('duplicate entries', async () =>
    expect(await topicsOf({ prefetch: full(bundle(listed(), listed())) })).toEqual(MAOI));
});

describe('client', () => {
  test('preflight OPTIONS without a token', async () => {
    const answer = await supertest(app)
      .options('/cds-services/rx-distinct-order-sign')
      .set('Origin', 'https://sandbox.example')
      .set('Access-Control-Request-Method', 'POST')
      .set('Access-Control-Request-Headers', 'authorization,content-type');
    expect(answer.status).toBe(204);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });
  test('Accept: application/fhir+json, */*;q=0.1', async () => {
    const answer = await supertest(app)
      .get('/cds-services')
      .set('Accept', 'application/fhir+json, */*;q=0.1');
    expect(answer.status).toBe(200);
  });
});
