/** Single resources a call refers to and does not hold: the medication of an order, the order it replaces, its reason. */

import { describe, expect, test } from '@jest/globals';
import { asking, type Call, example, fhirServer, json, searchset, service } from './support.js';

const UNHURRIED = { ANSWER_MS: '10000' };
const call = example('baclofen-in-place-of-cyclobenzaprine');
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const baclofen = { coding: [{ system: RXNORM, code: '1292', display: 'baclofen' }] };
const cyclobenzaprine = { coding: [{ system: RXNORM, code: '21949', display: 'cyclobenzaprine' }] };
const order = {
  resourceType: 'MedicationRequest',
  id: 'draft-1',
  status: 'draft',
  intent: 'order',
  subject: { reference: 'Patient/patient-1' },
};
const ordering = (...orders: readonly object[]): Call => ({
  ...call,
  context: {
    ...call.context,
    draftOrders: { resourceType: 'Bundle', entry: orders.map((resource) => ({ resource })) },
  },
});

/** A server that holds these, by `Type/id`, and empty lists. */
const holding = (resources: Readonly<Record<string, object>>) =>
  fhirServer((request, response) => {
    const path = (request.url ?? '').replace('/fhir/', '');
    const found = resources[path];
    if (found !== undefined) json(response, found);
    else if (path.includes('?')) json(response, searchset());
    else json(response, {}, 404);
  });
const medication = { resourceType: 'Medication', id: 'm1', code: baclofen };
const byReference = (reference: string) => ordering({ ...order, medicationReference: { reference } });

async function answered(
  sent: Call,
  resources: Readonly<Record<string, object>>,
  ...missing: readonly string[]
) {
  const server = await holding(resources);
  return { server, answer: await (await service(UNHURRIED)).call(asking(server, sent, ...missing)) };
}

describe('the medication of an order', () => {
  test.each(['Medication/m1', 'Medication/m1/_history/3'])('is read from %s', async (reference) => {
    const { server, answer } = await answered(byReference(reference), { 'Medication/m1': medication });
    expect(server.asked).toEqual(['/fhir/Medication/m1']);
    expect(answer.unread).not.toContain("an order's medication");
  });

  test('is read from an absolute address below the base', async () => {
    const server = await holding({ 'Medication/m1': medication });
    await (await service(UNHURRIED)).call(asking(server, byReference(`${server.url}/Medication/m1`)));
    expect(server.asked).toEqual(['/fhir/Medication/m1']);
  });

  test.each([
    'http://127.0.0.1:9/fhir/Medication/m1',
    'Practitioner/m1',
    'Medication/../Patient/1',
    'Medication/..',
    'Medication/..;/m1',
    'Medication/%252e%252e',
    `Medication/${'m'.repeat(65)}`,
    'urn:uuid:m1',
    '#m1',
  ])('is not read from %s, which is an answer with a card, not an error', async (reference) => {
    const { server, answer } = await answered(byReference(reference), {});
    expect(server.sockets()).toBe(0);
    expect([answer.status, answer.unread]).toEqual([200, "an order's medication (not sent)"]);
  });

  test('is not read from an identifier, which is an answer with a card as well', async () => {
    const sent = ordering({ ...order, medicationReference: { identifier: { value: 'm1' } } });
    const { answer } = await answered(sent, {});
    expect([answer.status, answer.unread]).toEqual([200, "an order's medication (not sent)"]);
  });

  test('tells whether the rest is needed at all', async () => {
    const ibuprofen = { ...medication, code: { text: 'ibuprofen' } };
    const out = await answered(
      byReference('Medication/m1'),
      { 'Medication/m1': ibuprofen },
      'problems',
      'egfr',
    );
    expect(out.server.asked).toEqual(['/fhir/Medication/m1']);
    expect(out.answer.topics).toEqual([]);
    const within = await answered(
      byReference('Medication/m1'),
      { 'Medication/m1': medication },
      'problems',
      'egfr',
    );
    expect(within.server.asked).toHaveLength(3);
  });

  test('that cannot be read is an answer with a card, not an error', async () => {
    const { answer } = await answered(byReference('Medication/m1'), {});
    expect(answer.status).toBe(200);
    expect(answer.topics).toEqual(['info not-checked']);
    expect(answer.unread).toBe("an order's medication (not found in the record system)");
  });

  test('that nobody can be asked for is refused with what to send', async () => {
    const answer = await (await service()).call(byReference('Medication/m1'));
    expect(answer.status).toBe(412);
    expect(answer.text).toContain('Send the Medication');
  });

  test('that only a server may tell which is not registered is an answer with a card as well', async () => {
    const answer = await (await service()).call(
      asking({ url: 'https://fhir.example.org/r4' }, byReference('Medication/m1')),
    );
    expect([answer.status, answer.unread]).toEqual([
      200,
      "an order's medication (its FHIR server is not registered here)",
    ]);
  });

  test('of another type than a Medication is not believed', async () => {
    const { answer } = await answered(byReference('Medication/m1'), {
      'Medication/m1': { ...order, id: 'm1', medicationCodeableConcept: baclofen },
    });
    expect(answer.unread).toBe(
      "an order's medication (the record system answered in a form that could not be read)",
    );
  });

  test('of the list is read as well', async () => {
    const listed = {
      ...order,
      id: 'listed',
      status: 'active',
      medicationReference: { reference: 'Medication/m2' },
    };
    const sent = ordering({ ...order, medicationCodeableConcept: baclofen });
    const { server, answer } = await answered(
      { ...sent, prefetch: { ...sent.prefetch, medications: searchset([listed]) } },
      { 'Medication/m2': { ...medication, id: 'm2', code: cyclobenzaprine } },
    );
    expect(server.asked).toEqual(['/fhir/Medication/m2']);
    expect(answer.topics.join()).toContain('interchange-');
  });
});

describe('the order that a draft replaces', () => {
  const prior = {
    ...order,
    id: 'p1',
    status: 'active',
    medicationCodeableConcept: cyclobenzaprine,
    authoredOn: '2026-11-09',
  };
  const replacing = ordering({
    ...order,
    medicationCodeableConcept: baclofen,
    priorPrescription: { reference: 'MedicationRequest/p1' },
  });
  const unlisted = { ...replacing, prefetch: { ...replacing.prefetch, medications: searchset() } };

  test('is read when the list does not hold it', async () => {
    const { server, answer } = await answered(unlisted, { 'MedicationRequest/p1': prior });
    expect(server.asked).toEqual(['/fhir/MedicationRequest/p1']);
    expect(answer.topics).toContain('warning interchange-replaced');
  });

  test('is read under the name that it has in DSTU2', async () => {
    const dstu2 = example('dstu2/baclofen-replacing-cyclobenzaprine');
    const old = {
      resourceType: 'MedicationOrder',
      id: 'p1',
      status: 'active',
      patient: { reference: 'Patient/patient-1' },
      dateWritten: '2026-11-09',
      medicationCodeableConcept: cyclobenzaprine,
    };
    const text = JSON.stringify(dstu2).replace(
      /("priorPrescription":\{"reference":)"[^"]*"/,
      '$1"MedicationOrder/p1"',
    );
    const sent = JSON.parse(text) as Call;
    const { server, answer } = await answered(
      { ...sent, prefetch: { ...sent.prefetch, medications: searchset() } },
      { 'MedicationOrder/p1': old },
    );
    expect(server.asked).toEqual(['/fhir/MedicationOrder/p1']);
    expect(answer.topics).toContain('warning interchange-replaced');
  });

  test('of another patient drops everything', async () => {
    const strangers = { ...prior, subject: { reference: 'Patient/patient-2' } };
    const { answer } = await answered(unlisted, { 'MedicationRequest/p1': strangers });
    expect(answer.topics).not.toContain('warning interchange-replaced');
  });

  test('can bring an order of any drug into scope', async () => {
    const sent = ordering({
      ...order,
      medicationCodeableConcept: { text: 'ibuprofen' },
      priorPrescription: { reference: 'MedicationRequest/p1' },
    });
    const listless = { ...sent, prefetch: { ...sent.prefetch, medications: searchset() } };
    const { server } = await answered(
      listless,
      { 'MedicationRequest/p1': { ...prior, medicationCodeableConcept: baclofen } },
      'egfr',
    );
    expect(server.asked[0]).toBe('/fhir/MedicationRequest/p1');
    expect(server.asked[1]).toMatch(/^\/fhir\/Observation/);
  });
});

describe('the reason of an order', () => {
  test('is read where a fact can ask for it', async () => {
    const sent = ordering({
      ...order,
      medicationCodeableConcept: baclofen,
      reasonReference: [{ reference: 'Condition/r1' }, { reference: 'Practitioner/r2' }],
    });
    const reason = {
      resourceType: 'Condition',
      id: 'r1',
      subject: { reference: 'Patient/patient-1' },
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M54.50' }] },
    };
    const { server } = await answered(sent, { 'Condition/r1': reason });
    expect(server.asked).toEqual(['/fhir/Condition/r1']);
  });
});

test('of a great many reasons only so many are asked for, and the reason is then unknown', async () => {
  const reasonReference = Array.from({ length: 1_000 }, (_, position) => ({
    reference: `Condition/c${position}`,
  }));
  const { server, answer } = await answered(
    ordering({ ...order, medicationCodeableConcept: baclofen, reasonReference }),
    {},
  );
  expect(server.asked).toHaveLength(50);
  expect(answer.unread).toContain('the reason of the order');
});
