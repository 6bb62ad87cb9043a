/** B10–B12: calls that are JSON and no right calls, or cost more than others. */

import type { Attack } from './attack.js';
import { canary } from './attack.js';
import { bodied } from './bodies.js';
import { callOf, type Json } from './world.js';

export const changed = (
  id: string,
  what: string,
  changes: (call: Json & { context: Json; prefetch: Json }) => unknown,
  expected: readonly number[] = [400],
) => bodied(id, what, () => JSON.stringify(changes(callOf())), expected);

export const order = (changes: Json): Json => ({
  resourceType: 'MedicationRequest',
  id: 'draft-1',
  status: 'draft',
  intent: 'order',
  subject: { reference: 'Patient/patient-1' },
  medicationCodeableConcept: { text: 'baclofen 10 MG Oral Tablet' },
  ...changes,
});
export const drafts = (resources: readonly unknown[]) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ resource })),
});
const ordering = (
  id: string,
  what: string,
  resources: () => readonly unknown[],
  expected: readonly number[] = [200, 400, 412],
) =>
  changed(
    id,
    what,
    (call) => ({ ...call, context: { ...call.context, draftOrders: drafts(resources()) } }),
    expected,
  );
const without = (call: Json, name: string): Json =>
  Object.fromEntries(Object.entries(call).filter(([key]) => key !== name));
export const inContext = (id: string, what: string, changes: Json, expected?: readonly number[]) =>
  changed(id, what, (call) => ({ ...call, context: { ...call.context, ...changes } }), expected);

const bothDrugs = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    order({ id: `d-${n}`, medicationCodeableConcept: { text: n % 2 ? 'baclofen' : 'cyclobenzaprine' } }),
  );

const blanks = ' '.repeat(200_000);

/** A chain of extensions, within the depth that is taken. */
const nested = (depth: number): unknown =>
  depth === 0
    ? [{ url: 'https://x.example', valueString: 'x' }]
    : [{ url: 'https://x.example', extension: nested(depth - 1) }];

const numbered = <T>(count: number, make: (n: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => make(n));

const orders = (count: number, status: string) =>
  numbered(count, (n) => order({ id: `${status}-${n}`, status }));

/** Far below what it took while the work was done for each order again, and above what a busy machine makes of it. */
const costly = (...[id, what, changes]: Parameters<typeof changed>): Attack => ({
  ...changed(id, what, changes, [200]),
  within: 5_000,
  isCostly: true,
});

const shapes: readonly Attack[] = [
  changed('B10.1', 'the hook of another service', (call) => ({ ...call, hook: 'order-select' })),
  changed('B10.2', 'no hook', (call) => without(call, 'hook')),
  changed('B10.3', 'a hook that is a list', (call) => ({ ...call, hook: ['order-sign'] })),
  changed('B10.4', 'no hookInstance', (call) => without(call, 'hookInstance')),
  changed(
    'B10.5',
    'a hookInstance that is no UUID',
    (call) => ({ ...call, hookInstance: 'ECHO-1' }),
    [200, 400],
  ),
  changed('B10.6', 'no context', (call) => without(call, 'context')),
  changed('B10.7', 'a context of null', (call) => ({ ...call, context: null })),
  changed('B10.8', 'a context that is a list', (call) => ({ ...call, context: [] })),
  changed('B10.9', 'a prefetch that is a list', (call) => ({ ...call, prefetch: [] })),
  changed('B10.10', 'a prefetch of text', (call) => ({ ...call, prefetch: 'all' })),
  changed(
    'B10.11',
    'a prefetch of nulls',
    (call) => ({ ...call, prefetch: { patient: null, medications: null } }),
    [200],
  ),
  changed(
    'B10.12',
    'a prefetch of numbers',
    (call) => ({ ...call, prefetch: { patient: 1, medications: [[1]] } }),
    [200],
  ),
  inContext('B10.13', 'no patient', { patientId: undefined }),
  inContext('B10.14', 'an empty patient', { patientId: '' }),
  inContext('B10.15', 'a patient that is a number', { patientId: 7 }),
  inContext('B10.16', 'a user that is an object', { userId: {} }),
  inContext('B10.17', 'orders of text', { draftOrders: 'ECHO-orders' }),
  inContext('B10.18', 'orders that are no Bundle', { draftOrders: { resourceType: 'Patient' } }, [200, 400]),
  inContext('B10.19', 'an entry that is a number', { draftOrders: { resourceType: 'Bundle', entry: [7] } }),
  inContext(
    'B10.20',
    'a resource of an unknown type',
    { draftOrders: drafts([{ resourceType: 'ECHO-Type' }]) },
    [200, 400],
  ),
  inContext('B10.21', 'a resource without a type', { draftOrders: drafts([{}]) }),
  inContext('B10.22', 'orders of null', { draftOrders: null }),
  inContext('B10.29', '390,000 selections that are numbers', { selections: numbered(390_000, () => 7) }),
  changed('B10.23', 'an extension that is a list', (call) => ({ ...call, extension: [1] }), [200, 400]),
  ordering(
    'B10.24',
    '10,000 drafts',
    () => Array.from({ length: 10_000 }, (_, n) => order({ id: `draft-${n}` })),
    [400],
  ),
  ordering('B10.25', '201 drafts of both drugs', () => bothDrugs(201), [400]),
  ordering('B10.28', '100 drafts of both drugs', () => bothDrugs(100), [200]),
  ordering('B10.26', 'a draft of nulls', () => [
    Object.fromEntries(
      Object.keys(order({})).map((key) => [key, key === 'resourceType' ? 'MedicationRequest' : null]),
    ),
  ]),
  ordering('B10.27', 'a draft that refers to itself', () => [
    order({
      priorPrescription: { reference: 'MedicationRequest/draft-1' },
      basedOn: [{ reference: '#draft-1' }],
    }),
  ]),
  changed('B11.1', 'an authorization without a server', (call) => ({
    ...call,
    fhirAuthorization: { access_token: canary.token },
  })),
  changed('B11.2', 'an authorization that is a text', (call) => ({
    ...call,
    fhirServer: 'https://x.example/fhir',
    fhirAuthorization: canary.token,
  })),
  ordering('B12.1', 'extensions nested 40 times', () => [order({ extension: nested(20) })]),
  ordering('B12.2', 'extensions nested 1,000 times', () => [order({ extension: nested(1_000) })], [400]),
  ordering('B12.3', 'a text made for slow patterns', () => [
    order({ medicationCodeableConcept: { text: `${'a'.repeat(50_000)}!` } }),
  ]),
  ordering('B12.4', '50,000 blanks before a word', () => [
    order({ medicationCodeableConcept: { text: `${' '.repeat(50_000)}baclofen` } }),
  ]),
  ordering('B12.5', 'a name 100,000 letters long that is nearly one', () => [
    order({ medicationCodeableConcept: { text: 'baclofe '.repeat(12_500) } }),
  ]),
  ordering('B12.6', 'doses in a text made for slow patterns', () => [
    order({ dosageInstruction: [{ text: '1-1-1-'.repeat(8_000) }] }),
  ]),
  ordering('B12.7', 'an NDC of 40,000 digits', () => [
    order({
      medicationCodeableConcept: {
        coding: [{ system: 'http://hl7.org/fhir/sid/ndc', code: '1'.repeat(40_000) }],
      },
    }),
  ]),
  changed(
    'B12.8',
    'a Bundle of 2,000 entries',
    (call) => ({
      ...call,
      prefetch: {
        ...call.prefetch,
        medications: {
          ...drafts(Array.from({ length: 2_000 }, (_, n) => order({ id: `m-${n}`, status: 'active' }))),
          type: 'searchset',
        },
      },
    }),
    [200, 400],
  ),
  costly('B12.9', '190 orders over a list of 3,000', (call) => ({
    ...call,
    context: { ...call.context, draftOrders: drafts(orders(190, 'draft')) },
    prefetch: { ...call.prefetch, medications: drafts(orders(3_000, 'active')) },
  })),
  costly('B12.14', '190 orders of what is not tolerated, over 3,000 courses that ended', (call) => ({
    ...call,
    context: { ...call.context, draftOrders: drafts(orders(190, 'draft')) },
    prefetch: {
      ...call.prefetch,
      allergies: drafts([{ resourceType: 'AllergyIntolerance', id: 'a', code: { text: 'baclofen' } }]),
      medications: drafts(
        numbered(3_000, (n) =>
          order({
            id: `ended-${n}`,
            status: 'completed',
            authoredOn: '2020-01-01',
            dispenseRequest: { expectedSupplyDuration: { value: 5, unit: 'd' } },
          }),
        ),
      ),
    },
  })),
  costly('B12.15', '190 stops that name no entry, over a list of 3,000', (call) => ({
    ...call,
    context: { ...call.context, draftOrders: drafts(orders(190, 'stopped')) },
    prefetch: { ...call.prefetch, medications: drafts(orders(3_000, 'active')) },
  })),
  costly('B12.16', 'a panel of 4,000 members and 4,000 results', (call) => ({
    ...call,
    prefetch: {
      ...call.prefetch,
      egfr: drafts([
        {
          ...Object.fromEntries(numbered(4_000, (n) => [`x${n}`, n])),
          resourceType: 'Observation',
          id: 'o1',
          status: 'final',
          subject: { reference: 'Patient/patient-1' },
          code: { text: 'panel' },
          component: numbered(4_000, () => ({
            code: { coding: [{ system: 'http://loinc.org', code: '98979-8' }] },
            valueQuantity: { value: 50, unit: 'mL/min/1.73m2' },
          })),
        },
      ]),
    },
  })),
  costly('B12.10', '10,000 references to 10,000 contained resources', (call) => ({
    ...call,
    context: {
      ...call.context,
      draftOrders: drafts([
        order({
          contained: numbered(10_000, (n) => ({ resourceType: 'Condition', id: `c${n}` })),
          reasonReference: numbered(10_000, (n) => ({ reference: `#c${9_999 - n}` })),
        }),
      ]),
    },
  })),
  changed(
    'B12.13',
    'blanks for hundreds of thousands of steps back, wherever words are read',
    (call) => ({
      ...call,
      context: {
        ...call.context,
        draftOrders: drafts([
          order({
            medicationCodeableConcept: { text: `baclofen 1 mg/${blanks}x` },
            dosageInstruction: ['day', 'week #'].map((word) => ({
              text: `${word}${blanks}x`,
              timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' } },
              doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }],
            })),
          }),
        ]),
      },
      prefetch: {
        ...call.prefetch,
        problems: drafts([{ resourceType: 'Condition', id: 'c1', code: { text: `Epilepsy${blanks}(HC)` } }]),
      },
    }),
    [200],
  ),
  costly('B12.12', 'an order of 190,000 instructions', (call) => ({
    ...call,
    context: {
      ...call.context,
      draftOrders: drafts([
        order({
          medicationCodeableConcept: { text: 'cyclobenzaprine' },
          dosageInstruction: numbered(190_000, () => ({})),
          dispenseRequest: { expectedSupplyDuration: { value: 60, unit: 'd', code: 'd' } },
        }),
      ]),
    },
  })),
  costly('B12.11', '190 orders over 3,000 dispenses that name orders', (call) => ({
    ...call,
    context: { ...call.context, draftOrders: drafts(orders(190, 'draft')) },
    prefetch: {
      ...call.prefetch,
      dispenses: drafts(
        numbered(3_000, (n) => ({
          ...order({ id: `m${n}`, status: 'completed' }),
          resourceType: 'MedicationDispense',
          authorizingPrescription: [{ reference: `MedicationRequest/active-${n}` }],
        })),
      ),
    },
  })),
];

export const requests: readonly Attack[] = shapes;
