/** The reader of hook calls: every shape that clients were seen to send, and the faults it does refuse. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type HookRule, hookRules } from '../../src/cdshooks/hooks.js';
import { ServiceError } from '../../src/errors.js';
import { validate } from '../../src/http/validate.js';
import { draft, medication, medicationPrescribe, orderSelect, orderSign } from './support.js';

const [prescribeRule, selectRule, signRule] = hookRules as [HookRule, HookRule, HookRule];
const sign = (body: unknown) => validate(body, signRule, 'sign');
const select = (body: unknown) => validate(body, selectRule, 'select');
const prescribe = (medications: unknown) =>
  validate(
    { ...medicationPrescribe, context: { ...medicationPrescribe.context, medications } },
    prescribeRule,
    'prescribe',
  );
const signWith = (context: object) => sign({ ...orderSign, context: { ...orderSign.context, ...context } });

describe('a call of the standard', () => {
  test('becomes a request with its ids and orders', () => {
    expect(
      sign({
        ...orderSign,
        context: { ...orderSign.context, encounterId: 'e1' },
        fhirServer: 'https://ehr.example.org/fhir',
        fhirAuthorization: {
          access_token: 'secret',
          token_type: 'Bearer',
          expires_in: 300,
          scope: 'x',
          subject: 'y',
        },
      }),
    ).toEqual({
      hook: 'order-sign',
      serviceId: 'sign',
      hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
      patientId: 'p1',
      userId: 'Practitioner/1',
      encounterId: 'e1',
      orders: [draft],
      siblings: [],
      byFullUrl: new Map(),
      prefetch: {},
      fhirServer: 'https://ehr.example.org/fhir',
      fhirAuthorization: { accessToken: 'secret' },
    });
  });

  test('keeps the selections of order-select', () => {
    expect(select(orderSelect).selections).toEqual(['MedicationRequest/draft-1']);
  });

  test('has no selections on another hook', () => {
    expect(signWith({ selections: ['MedicationRequest/draft-1'] })).not.toHaveProperty('selections');
  });

  test('hands prefetch on as it came', () => {
    const prefetch = {
      'hospital-key': null,
      patient: { resource: {}, response: { status: '200' } },
      list: [1],
    };
    expect(sign({ ...orderSign, prefetch }).prefetch).toBe(prefetch);
  });

  test('does not take a key named __proto__ for a property of objects', () => {
    const body: unknown = JSON.parse(`{"__proto__":{"polluted":1},${JSON.stringify(orderSign).slice(1)}`);
    expect(sign(body).patientId).toBe('p1');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('orders are found in', () => {
  test.each([
    ['a Bundle', { resourceType: 'Bundle', type: 'collection', entry: [{ resource: draft }] }],
    ['a Bundle without type', { resourceType: 'Bundle', entry: [{ resource: draft }] }],
    ['an object with entries only', { entry: [{ resource: draft }] }],
    ['a Bundle whose entries are the orders', { resourceType: 'Bundle', entry: [draft] }],
    ['a bare array of orders', [draft]],
    ['a bare array of entries', [{ resource: draft }]],
    ['one bare order', draft],
  ])('%s', (_shape, medications) => {
    expect(prescribe(medications)).toMatchObject({ orders: [draft], siblings: [] });
  });

  test.each([
    ['an empty Bundle', { resourceType: 'Bundle', entry: [] }],
    ['a Bundle without entries', { resourceType: 'Bundle' }],
    ['a Bundle with null for entries', { resourceType: 'Bundle', entry: null }],
    ['an empty array', []],
    ['an entry without a resource', { resourceType: 'Bundle', entry: [{ fullUrl: 'urn:uuid:1' }] }],
  ])('no order in %s', (_shape, medications) => {
    expect(prescribe(medications)).toMatchObject({ orders: [], siblings: [] });
  });

  test('an order stays whatever its profile lacks', () => {
    const bare = { resourceType: 'MedicationRequest', category: {}, status: 'active' };
    expect(prescribe([bare]).orders).toEqual([bare]);
  });

  test('orders of all kinds and generations keep their order of arrival, other resources stand beside them', () => {
    const service = { resourceType: 'ServiceRequest', id: 's1' };
    const old = { resourceType: 'MedicationOrder', id: 'o1' };
    const request = prescribe({
      resourceType: 'Bundle',
      entry: [service, medication, draft, old].map((resource) => ({ resource })),
    });
    expect(request).toMatchObject({ orders: [service, draft, old], siblings: [medication] });
  });

  test('an entry is found again under its fullUrl', () => {
    const nameless = { resourceType: 'Medication', code: { text: 'baclofen' } };
    const request = prescribe({
      entry: [{ fullUrl: 'urn:uuid:9', resource: nameless }, { resource: draft }],
    });
    expect(request.byFullUrl?.get('urn:uuid:9')).toEqual(nameless);
  });

  test('of two entries with one fullUrl the first is found', () => {
    const fullUrl = 'urn:uuid:9';
    const request = prescribe({
      entry: [
        { fullUrl, resource: draft },
        { fullUrl, resource: { ...draft, id: 'again' } },
      ],
    });
    expect(request.byFullUrl?.get(fullUrl)).toEqual(draft);
  });
});

describe('ids are taken', () => {
  test.each([
    ['the bare id', { patientId: 'p1' }],
    ['a reference', { patientId: 'Patient/p1' }],
    ['an absolute reference', { patientId: 'https://ehr.example.org/fhir/Patient/p1/_history/2' }],
    ['white space around it', { patientId: ' p1 ' }],
    ['the older name', { patientId: undefined, patient: 'Patient/p1' }],
  ])('of the patient from %s', (_shape, context) => {
    expect(signWith(context).patientId).toBe('p1');
  });

  test('of patient and user from beside the context', () => {
    const { draftOrders } = orderSign.context;
    expect(
      sign({ ...orderSign, patient: 'Patient/p2', user: 'Practitioner/2', context: { draftOrders } }),
    ).toMatchObject({ patientId: 'p2', userId: 'Practitioner/2' });
  });

  test('from the context first', () => {
    expect(sign({ ...orderSign, patient: 'p2', user: 'Practitioner/2' })).toMatchObject({
      patientId: 'p1',
      userId: 'Practitioner/1',
    });
  });

  test('of the encounter from a reference', () => {
    expect(signWith({ encounterId: 'Encounter/e1' }).encounterId).toBe('e1');
  });

  test('of the patient alone when user and encounter are missing, null or empty', () => {
    const request = signWith({ userId: null, encounterId: '' });
    expect(request).not.toHaveProperty('userId');
    expect(request).not.toHaveProperty('encounterId');
  });
});

describe('all drafts are meant', () => {
  test.each([[undefined], [null], [[]]])('when selections are %j', (selections) => {
    const body = { ...orderSelect, context: { ...orderSelect.context, selections } };
    expect(select(body)).not.toHaveProperty('selections');
  });
});

test.each(['prefetch', 'fhirServer', 'fhirAuthorization'])('null for %s means that it is absent', (field) => {
  expect(sign({ ...orderSign, [field]: null })).toEqual(sign(orderSign));
});

describe('a call is refused', () => {
  test.each([[undefined], [null], ['text'], [7], [[]]])('when its body is %j', (body) => {
    expect(() => sign(body)).toThrow('the body: expected a JSON object');
  });

  test.each([
    ['hook', { hook: undefined }],
    ['hook', { hook: 7 }],
    ['hook', { hook: 'order-select' }],
    ['hookInstance', { hookInstance: undefined }],
    ['hookInstance', { hookInstance: 7 }],
    ['hookInstance', { hookInstance: '' }],
    ['context', { context: undefined }],
    ['context', { context: null }],
    ['context', { context: 'text' }],
    ['context', { context: [] }],
    ['prefetch', { prefetch: [] }],
    ['prefetch', { prefetch: 'text' }],
    ['fhirServer', { fhirServer: 'ehr' }],
    ['fhirServer', { fhirServer: 'file:///etc/passwd' }],
    ['fhirServer', { fhirAuthorization: { access_token: 'secret' } }],
    ['fhirAuthorization', { fhirServer: 'https://a.example', fhirAuthorization: 'secret' }],
    ['fhirAuthorization.access_token', { fhirServer: 'https://a.example', fhirAuthorization: {} }],
  ])('at %s for %j', (expression, change) => {
    expect(() => sign({ ...orderSign, ...change })).toThrow(
      expect.objectContaining({ code: 'invalid-request', options: expect.objectContaining({ expression }) }),
    );
  });

  test.each([
    ['context.patientId', { patientId: undefined }],
    ['context.patientId', { patientId: 7 }],
    ['context.patientId', { patientId: '  ' }],
    ['context.userId', { userId: {} }],
    ['context.encounterId', { encounterId: [] }],
    ['context.draftOrders', { draftOrders: undefined }],
    ['context.draftOrders', { draftOrders: null }],
    ['context.draftOrders', { draftOrders: 'text' }],
    ['context.draftOrders.resourceType', { draftOrders: { resourceType: 7 } }],
    ['context.draftOrders.entry', { draftOrders: { resourceType: 'Bundle', entry: {} } }],
    ['context.draftOrders.entry[1]', { draftOrders: { entry: [draft, null] } }],
    ['context.draftOrders.entry[0].resource', { draftOrders: { entry: [{ resource: { id: '1' } }] } }],
    ['context.draftOrders.entry[0].resource', { draftOrders: { entry: [{ resource: 'text' }] } }],
    ['context.draftOrders[0]', { draftOrders: ['text'] }],
  ])('at %s for the context %j', (expression, change) => {
    expect(() => signWith(change)).toThrow(
      expect.objectContaining({ code: 'invalid-request', options: expect.objectContaining({ expression }) }),
    );
  });

  test.each([
    ['context.selections', 'MedicationRequest/1'],
    ['context.selections[1]', ['MedicationRequest/1', 2]],
    ['context.selections', Array.from({ length: 1_001 }, () => 2)],
  ])('at %s for the selections %j', (expression, selections) => {
    const body = { ...orderSelect, context: { ...orderSelect.context, selections } };
    expect(() => select(body)).toThrow(
      expect.objectContaining({ options: expect.objectContaining({ expression }) }),
    );
  });
});

describe('whatever JSON comes', () => {
  const outcome = (body: unknown): unknown => {
    try {
      return sign(body).orders;
    } catch (error) {
      return error;
    }
  };

  test('as the body, it is refused', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(outcome(body)).toBeInstanceOf(ServiceError);
      }),
    );
  });

  test.each(['hookInstance', 'context', 'prefetch', 'fhirServer', 'fhirAuthorization', 'patient', 'user'])(
    'as %s, it is read or refused',
    (field) => {
      fc.assert(
        fc.property(fc.jsonValue(), (value) => {
          const result = outcome({ ...orderSign, [field]: value });
          expect(Array.isArray(result) || result instanceof ServiceError).toBe(true);
        }),
      );
    },
  );

  test('as the orders, they are all resources or it is refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()), fc.record({ entry: fc.array(fc.jsonValue()) })),
        (draftOrders) => {
          const result = outcome({ ...orderSign, context: { patientId: 'p1', draftOrders } });
          expect(Array.isArray(result) || result instanceof ServiceError).toBe(true);
        },
      ),
    );
  });
});
