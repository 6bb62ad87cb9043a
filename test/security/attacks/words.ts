/** M1, M2, L1, L2: words of a call that may stand neither on a card nor in the log. */

import { type Attack, canary } from './attack.js';
import { changed, drafts, inContext, order } from './requests.js';
import { callOf, type Json } from './world.js';

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
const marked = (text: string) => `ECHO-word ${text}`;
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
  speaking(`M1.${index + 1}`, `the words ${JSON.stringify(text).slice(0, 40)} in every text`, marked(text)),
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
    const text = marked('<script>alert(1)</script>');
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

export const words: readonly Attack[] = [...output, ...carried, ...logs];
