/** B10–B12, M1, M2, L1, L2: calls that are JSON but no right calls, or say what nobody may read again. */

import type { Attack } from './attack.js';
import { canary } from './attack.js';
import { bodied } from './bodies.js';
import { callOf, type Json } from './world.js';

const changed = (
  id: string,
  what: string,
  changes: (call: Json & { context: Json; prefetch: Json }) => unknown,
  expected: readonly number[] = [400],
) => bodied(id, what, () => JSON.stringify(changes(callOf())), expected);

const order = (changes: Json): Json => ({
  resourceType: 'MedicationRequest',
  id: 'draft-1',
  status: 'draft',
  intent: 'order',
  subject: { reference: 'Patient/patient-1' },
  medicationCodeableConcept: { text: 'baclofen 10 MG Oral Tablet' },
  ...changes,
});
const drafts = (resources: readonly unknown[]) => ({
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
const inContext = (id: string, what: string, changes: Json, expected?: readonly number[]) =>
  changed(id, what, (call) => ({ ...call, context: { ...call.context, ...changes } }), expected);

const bothDrugs = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    order({ id: `d-${n}`, medicationCodeableConcept: { text: n % 2 ? 'baclofen' : 'cyclobenzaprine' } }),
  );

/** A chain of extensions, within the depth that is taken. */
const nested = (depth: number): unknown =>
  depth === 0
    ? [{ url: 'https://x.example', valueString: 'x' }]
    : [{ url: 'https://x.example', extension: nested(depth - 1) }];

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
];

const hostile = [
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '![x](https://evil.example/?p=1)',
  'https://evil.example/login',
  '<https://evil.example>',
  '| a | b |',
  '# CRITICAL',
  '```js\nx\n```',
  '<!-- x',
  '<style>*{display:none}</style>',
  '<details open>',
  '&lt;script&gt;',
  '\u202Egnirts',
  'baclo\u200Bfen',
  '\u0000',
  'long '.repeat(20_000),
  'x\n\n**STOP all meds**',
  '<script>alert(1)</script>',
];
/** Marks what stands beside it: the words may not come out either. */
const words = (text: string) => `ECHO-word ${text}`;
const spoken = (text: string): Json => ({
  note: [{ text }],
  extension: [{ url: 'https://evil.example', valueString: text }],
  text: { status: 'generated', div: `<div>${text}</div>` },
  contained: [{ resourceType: 'Medication', id: 'm', code: { text } }],
  dosageInstruction: [{ text, patientInstruction: text, site: { text }, additionalInstruction: [{ text }] }],
  reasonCode: [
    { text, coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M54.5', display: text }] },
  ],
  requester: { reference: 'Practitioner/1', display: text },
  identifier: [{ system: 'https://x.example', value: text }],
  medicationCodeableConcept: {
    text: `baclofen 10 MG Oral Tablet`,
    coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '197391', display: text }],
  },
});
const speaking = (id: string, what: string, text: string): Attack => ({
  ...changed(
    id,
    what,
    (call) => ({
      ...call,
      context: {
        ...call.context,
        draftOrders: drafts([
          order(spoken(text)),
          order({
            id: 'draft-2',
            medicationCodeableConcept: { text: `cyclobenzaprine 10 mg ${text}` },
            dosageInstruction: [{ text: `for 60 days ${text}` }],
          }),
        ]),
      },
      prefetch: {
        ...call.prefetch,
        patient: {
          resourceType: 'Patient',
          id: 'patient-1',
          birthDate: '1950-01-01',
          name: [{ text, family: text }],
        },
        problems: drafts([
          {
            resourceType: 'Condition',
            id: 'c',
            subject: { reference: 'Patient/patient-1' },
            code: {
              text,
              coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'N18.6', display: text }],
            },
          },
        ]),
        allergies: drafts([
          {
            resourceType: 'AllergyIntolerance',
            id: 'a',
            patient: { reference: 'Patient/patient-1' },
            code: { text: `baclofen ${text}` },
            note: [{ text }],
          },
        ]),
      },
    }),
    [200, 400],
  ),
  also: ({ body, status }) => [
    ...(body.includes('evil.example') || body.includes('STOP all') || body.includes('CRITICAL')
      ? ['words of the call come out']
      : []),
    ...(status === 200 && !body.includes('interchange-ordered-together') ? ['the card is missing'] : []),
    ...[...body.matchAll(/"summary":"((?:[^"\\]|\\.)*)"/g)]
      .filter(([, text = '']) => text.length > 139)
      .map(() => 'a summary is too long'),
  ],
});
const output: readonly Attack[] = hostile.map((text, index) =>
  speaking(`M1.${index + 1}`, `the words ${JSON.stringify(text).slice(0, 40)} in every text`, words(text)),
);

/** The three actions that carry a resource: what they take from the draft is a list of elements, without its words. */
const carried: readonly Attack[] = (
  [
    'baclofen-in-kidney-failure',
    'cyclobenzaprine-7-days-for-back-strain',
    'baclofen-in-place-of-cyclobenzaprine',
  ] as const
).map((name, index) => ({
  id: `M2.${index + 1}`,
  what: `a suggestion made of a hostile draft (${name})`,
  expected: [200],
  run: (world) => {
    const call = callOf(name) as unknown as { context: { draftOrders: { entry: { resource: Json }[] } } };
    const text = words('<script>alert(1)</script>');
    for (const entry of call.context.draftOrders.entry) {
      Object.assign(entry.resource, {
        extension: [{ url: 'https://evil.example', valueString: text }],
        modifierExtension: [{ url: 'https://evil.example', valueBoolean: true }],
        note: [{ text }],
        text: { status: 'generated', div: text },
        contained: [{ resourceType: 'Medication', id: 'm', code: { text } }],
        dispenseRequest: {
          numberOfRepeatsAllowed: 9,
          extension: [{ url: 'https://evil.example' }],
          expectedSupplyDuration: { value: 90, unit: text, code: 'd', system: 'http://unitsofmeasure.org' },
        },
        notAnElement: text,
      });
    }
    return world.send({ body: JSON.stringify(call) });
  },
  also: ({ body }) =>
    /evil\.example|notAnElement/.test(body) ? ['the suggestion carries what the draft has brought'] : [],
}));

const injected = '\r\n{"level":"info","msg":"ECHO-forged"}\u001b[2J\u2028';
const logs: readonly Attack[] = [
  changed(
    'L1.1',
    'a forged line in hookInstance',
    (call) => ({ ...call, hookInstance: injected }),
    [200, 400],
  ),
  changed('L1.2', 'a forged line in the hook', (call) => ({ ...call, hook: injected })),
  changed(
    'L1.3',
    '1 MB in hookInstance',
    (call) => ({ ...call, hookInstance: 'ECHO-'.repeat(200_000) }),
    [200, 400],
  ),
  inContext('L1.4', 'a forged line in userId', { userId: injected }, [200, 400]),
  inContext('L1.5', 'a forged line in patientId', { patientId: injected }, [200, 400]),
  changed(
    'L1.6',
    'a forged line in the name of a prefetch key',
    (call) => ({ ...call, prefetch: { ...call.prefetch, [injected]: {} } }),
    [200, 400],
  ),
  changed('L1.7', 'a forged line in fhirServer', (call) => ({
    ...call,
    fhirServer: `https://x.example/${injected}`,
  })),
  changed(
    'L1.8',
    'a forged line in the version',
    (call) => ({ ...call, extension: { 'com.epic.cdshooks.request.fhir-version': injected } }),
    [200, 400],
  ),
  changed(
    'L2.1',
    'name, number and token in every member',
    (call) => ({
      ...call,
      hookInstance: canary.mrn,
      fhirServer: 'https://unregistered.example/fhir',
      fhirAuthorization: { access_token: canary.token, subject: canary.name, scope: canary.ssn },
      context: { ...call.context, userId: `Practitioner/${canary.mrn}`, encounterId: canary.ssn },
      prefetch: {
        ...call.prefetch,
        patient: {
          resourceType: 'Patient',
          id: 'patient-1',
          name: [{ text: canary.name }],
          identifier: [{ value: canary.mrn }, { value: canary.ssn }],
        },
      },
    }),
    [200],
  ),
  changed(
    'L2.2',
    'a name where the name of a member belongs',
    (call) => ({ ...call, context: { ...call.context, [canary.name]: 7 }, [canary.ssn]: canary.name }),
    [200, 400],
  ),
  changed('L2.3', 'a name in a faulty field', (call) => ({
    ...call,
    context: { ...call.context, selections: [{ [canary.name]: canary.ssn }], draftOrders: [canary.name] },
  })),
  inContext(
    'L2.4',
    'a name in the type of a resource',
    { draftOrders: drafts([{ resourceType: canary.name }]) },
    [200, 400],
  ),
];

export const requests: readonly Attack[] = [...shapes, ...output, ...carried, ...logs];
