/** Every way a FHIR server can fail: the answer comes in time with what could be decided, and says what was not checked and why. */

import { describe, expect, test } from '@jest/globals';
import {
  BUSY,
  FAILED,
  LATE,
  UNREACHABLE,
  UNREADABLE,
  body,
  failing,
  hanging,
  problem,
  status,
} from './faults.js';
import {
  asking,
  type Behaviour,
  example,
  fhirServer,
  json,
  searchset,
  service,
  type TestServer,
  TOKEN,
} from './support.js';

const call = example('baclofen-in-place-of-cyclobenzaprine');
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const DECIDED = 'warning interchange-replaced';
/** Time enough for a busy machine where nothing hangs. */
const UNHURRIED = { ANSWER_MS: '10000' };

async function trapped(behaviour: (trap: TestServer) => Behaviour) {
  const trap = await fhirServer((_request, response) => json(response, searchset()));
  const server = await fhirServer(behaviour(trap));
  const tested = await service(UNHURRIED);
  const answer = await tested.call(asking(server, call, 'problems'));
  return { trap, server, tested, answer };
}

describe('a FHIR server that', () => {
  test.each(failing)('%s leaves the problem list unread: %s', async (_name, why, requests, behaviour) => {
    const server = await fhirServer(behaviour);
    const tested = await service(UNHURRIED);
    const answer = await tested.call(asking(server, call, 'problems'));

    expect(answer.status).toBe(200);
    expect(answer.topics).toEqual([DECIDED, expect.stringMatching(/not-checked$/)]);
    expect(answer.unread).toBe(`problem list (${why})`);
    expect(server.asked).toEqual(Array(requests).fill('/fhir/Condition?patient=patient-1'));
    expect(new Set(server.tokens)).toEqual(new Set([`Bearer ${TOKEN}`]));
    expect(answer.text + JSON.stringify(tested.lines)).not.toContain(TOKEN);

    // A legal call is answered right afterwards.
    expect((await tested.call(call)).topics).toEqual([DECIDED]);
  });

  test.each(hanging)('%s for 10 s is not waited for', async (_name, behaviour) => {
    const server = await fhirServer(behaviour);
    const tested = await service();
    const answer = await tested.call(asking(server, call, 'problems'));

    expect(answer.ms).toBeLessThan(2_000);
    expect(answer.topics).toEqual([DECIDED, expect.stringMatching(/not-checked$/)]);
    expect(answer.unread).toBe(`problem list (${LATE})`);
    expect(server.asked).toHaveLength(1);
    expect((await tested.call(call)).topics).toEqual([DECIDED]);
  });

  test.each([
    ['refuses the connection', { url: 'http://127.0.0.1:9/fhir' }, {}],
    [
      'has a name nobody knows',
      { url: 'https://fhir.invalid/r4' },
      { SANDBOX_FHIR_SERVERS: 'https://fhir.invalid/r4' },
    ],
  ])('%s leaves the problem list unread', async (_name, server, variables) => {
    const tested = await service(variables);
    const answer = await tested.call(asking(server, call, 'problems'));
    expect(answer.topics).toEqual([DECIDED, expect.stringMatching(/not-checked$/)]);
    expect(answer.unread).toMatch(
      /^problem list \(the record system (could not be reached|did not answer in time)\)$/,
    );
    expect(answer.ms).toBeLessThan(2_000);
  });

  test('speaks no TLS where it should is not asked in the clear', async () => {
    const server = await fhirServer((_request, response) => json(response, searchset()));
    const tested = await service(UNHURRIED);
    const answer = await tested.call(
      asking({ url: server.url.replace('http:', 'https:') }, call, 'problems'),
    );
    expect(answer.unread).toBe(`problem list (${UNREACHABLE})`);
    expect(server.asked).toEqual([]);
  });

  test.each([
    {},
    { resourceType: 'Bundle', entry: 5 },
    { resourceType: 'Bundle', entry: [null, 5, 'text', [], [[]], { resource: 5 }] },
    { resourceType: 'Bundle', link: 'next', entry: {} },
    {
      resourceType: 'Bundle',
      link: [{ relation: 'next', url: 5 }],
      entry: [{ resource: { resourceType: 5 } }],
    },
    { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Condition', subject: 5, code: [] } }] },
    { resourceType: ['Bundle'], entry: [] },
  ])('answers nonsense (%j) does not bring the service down', async (nonsense) => {
    const server = await fhirServer((_request, response) => json(response, nonsense));
    const answer = await (await service(UNHURRIED)).call(asking(server, call, ...Object.keys(call.prefetch)));
    expect(answer.status).toBe(200);
    expect(answer.topics).toEqual([expect.stringMatching(/not-checked$/)]);
  });

  test.each([
    'application/json',
    'application/fhir+json',
    'application/json+fhir',
    'application/json+fhir;charset=utf-8',
  ])('answers as %s is read', async (type) => {
    const server = await fhirServer(body(JSON.stringify(searchset([problem('c1')])), type));
    const answer = await (await service(UNHURRIED)).call(asking(server, call, 'problems'));
    expect(answer.topics).toEqual([DECIDED]);
  });

  test('begins with a byte order mark is read', async () => {
    const server = await fhirServer(body(`\uFEFF${JSON.stringify(searchset([problem('c1')]))}`));
    const answer = await (await service(UNHURRIED)).call(asking(server, call, 'problems'));
    expect(answer.topics).toEqual([DECIDED]);
  });

  test('redirects is not followed', async () => {
    const { trap, server, answer } = await trapped((to) => status(302, { Location: `${to.url}/Condition` }));
    expect(answer.unread).toBe(`problem list (${UNREADABLE})`);
    expect([server.asked.length, trap.sockets()]).toEqual([1, 0]);
  });

  test('answers 500 once is asked once more, and then read', async () => {
    const answers = [status(500), body(JSON.stringify(searchset()))];
    const server = await fhirServer((request, response) => answers.shift()?.(request, response));
    const answer = await (await service(UNHURRIED)).call(asking(server, call, 'problems'));
    expect(answer.topics).toEqual([DECIDED]);
    expect(server.asked).toHaveLength(2);
  });

  test('asks for a short pause is asked again after it', async () => {
    const answers = [status(503, { 'Retry-After': '1' }), body(JSON.stringify(searchset()))];
    const server = await fhirServer((request, response) => answers.shift()?.(request, response));
    const answer = await (await service(UNHURRIED)).call(asking(server, call, 'problems'));
    expect(answer.topics).toEqual([DECIDED]);
    expect(answer.ms).toBeGreaterThan(900);
  });

  test('asks for a pause is left alone for as long, also by later calls', async () => {
    const server = await fhirServer(status(429, { 'Retry-After': '30' }));
    const tested = await service(UNHURRIED);
    await tested.call(asking(server, call, 'problems'));
    const answer = await tested.call(asking(server, call, 'problems'));
    expect(answer.unread).toBe(`problem list (${BUSY})`);
    expect(server.asked).toHaveLength(1);
  });

  test('fails again and again is not asked any more', async () => {
    const server = await fhirServer(status(500));
    const tested = await service(UNHURRIED);
    await tested.call(asking(server, call, ...Object.keys(call.prefetch)));
    const asked = server.asked.length;
    const answer = await tested.call(asking(server, call, 'problems'));
    expect(answer.topics).toEqual([DECIDED, expect.stringMatching(/not-checked$/)]);
    expect(answer.unread).toBe(
      'problem list (the record system failed a moment ago and was not asked again)',
    );
    expect(server.asked).toHaveLength(asked);
  });

  test('fails for one list only leaves only that one unread', async () => {
    const server = await fhirServer((request, response) => {
      if (request.url?.includes('/AllergyIntolerance') === true) status(500)(request, response);
      else json(response, searchset());
    });
    const answer = await (await service(UNHURRIED)).call(
      asking(server, call, 'problems', 'allergies', 'statements'),
    );
    expect(answer.topics[0]).toBe(DECIDED);
    expect(answer.unread).toBe(`allergies (${FAILED})`);
  });
});

describe("another patient's data", () => {
  test('drops everything that was fetched in the call and raises an alarm without a name in it', async () => {
    const server = await fhirServer((request, response) => {
      const isProblems = request.url?.includes('/Condition') === true;
      json(response, searchset(isProblems ? [problem('c1'), problem('c2', 'patient-2')] : []));
    });
    const tested = await service(UNHURRIED);
    const answer = await tested.call(asking(server, call, 'problems', 'allergies'));
    const why = "the record system answered with another patient's data";
    expect(answer.topics).toEqual([DECIDED, expect.stringMatching(/not-checked$/)]);
    expect(answer.unread.split('; ').sort()).toEqual([`allergies (${why})`, `problem list (${why})`]);
    expect(tested.lines.filter(({ level }) => level === 'error')).toEqual([
      {
        level: 'error',
        facts: { requestId: expect.any(String), alarm: 'another-patient' },
        message: expect.stringContaining('everything fetched in this call was dropped'),
      },
    ]);
    expect(JSON.stringify(tested.lines)).not.toContain('patient-2');
  });

  test('that a later round brings drops what the earlier ones brought as well', async () => {
    const medication = {
      resourceType: 'Medication',
      id: 'm1',
      code: { coding: [{ system: RXNORM, code: '1292', display: 'baclofen' }] },
    };
    const draft = {
      resourceType: 'MedicationRequest',
      id: 'draft-1',
      status: 'draft',
      intent: 'order',
      subject: { reference: 'Patient/patient-1' },
      medicationReference: { reference: 'Medication/m1' },
    };
    const draftOrders = { resourceType: 'Bundle', entry: [{ resource: draft }] };
    const server = await fhirServer((request, response) => {
      const isMedication = request.url === '/fhir/Medication/m1';
      json(response, isMedication ? medication : searchset([problem('c1', 'patient-2')]));
    });
    const sent = { ...call, context: { ...call.context, draftOrders } };
    const answer = await (await service(UNHURRIED)).call(asking(server, sent, 'problems'));
    expect(server.asked).toEqual(['/fhir/Medication/m1', '/fhir/Condition?patient=patient-1']);
    expect(answer.topics).toEqual(['info not-checked']);
    expect(answer.unread).toBe(
      "an order's medication (the record system answered with another patient's data)",
    );
  });

  const naming = async (subject: object) => {
    const server = await fhirServer((_request, response) =>
      json(response, searchset([{ ...problem('c1'), subject }])),
    );
    return (await (await service(UNHURRIED)).call(asking(server, call, 'problems'))).unread;
  };

  test('counts also where the reference leaves the type out', async () => {
    expect(await naming({ reference: 'patient-2', type: 'Patient' })).toContain("another patient's data");
  });

  test.each([
    '#patient-2',
    'Patient?identifier=http://ids.example/a|2',
    'patient-2',
    'urn:uuid:2',
    'Group/1',
  ])('that names %s cannot be told, and is not read', async (reference) => {
    expect(await naming({ reference })).toBe(`problem list (${UNREADABLE})`);
  });

  test.each(['#patient-1', 'patient-1', 'urn:uuid:patient-1', 'https://a.example/fhir/Patient/patient-1'])(
    'is not what names the patient as %s',
    async (reference) => {
      expect(await naming({ reference })).toBe('');
    },
  );

  test('as the patient himself counts as well', async () => {
    const server = await fhirServer((_request, response) =>
      json(response, { resourceType: 'Patient', id: 'patient-2' }),
    );
    const tested = await service(UNHURRIED);
    const answer = await tested.call(asking(server, call, 'patient'));
    expect(answer.unread).toBe("patient details (the record system answered with another patient's data)");
    expect(tested.lines.map(({ level }) => level)).toContain('error');
  });
});

describe('a patient who has died', () => {
  test.each(['patient-view', 'encounter-discharge'])('is told by the server at %s', async (hook) => {
    const { patientId, userId } = call.context;
    const sent = { ...call, hook, context: { patientId, userId, encounterId: 'e1' } };
    const listed = { ...(call.prefetch['medications'] as { entry: { resource: object }[] }) };
    const taken = ['baclofen', 'cyclobenzaprine'].map((drug) => ({
      resource: {
        ...listed.entry[0]?.resource,
        id: drug,
        status: 'active',
        medicationCodeableConcept: { text: drug },
        category: [{ coding: [{ code: 'inpatient' }] }],
        authoredOn: '2025-11-09',
        dispenseRequest: undefined,
      },
    }));
    const prefetch = { ...call.prefetch, medications: { resourceType: 'Bundle', entry: taken } };
    const cardsOf = async (patient: object) => {
      const server = await fhirServer((_request, response) =>
        json(response, { resourceType: 'Patient', id: 'patient-1', birthDate: '1960-01-01', ...patient }),
      );
      const answer = await (await service(UNHURRIED)).call(asking(server, { ...sent, prefetch }, 'patient'));
      return answer.topics.length;
    };
    expect(await cardsOf({})).toBeGreaterThan(0);
    expect(await cardsOf({ deceasedDateTime: '2026-11-20' })).toBe(0);
  });
});

describe('a FHIR server in another version', () => {
  test('is read, or said to be of another version', async () => {
    const r5 = {
      resourceType: 'MedicationStatement',
      id: 's1',
      status: 'recorded',
      subject: { reference: 'Patient/patient-1' },
      medication: { concept: { text: 'cyclobenzaprine' } },
      adherence: { code: { coding: [{ code: 'taking' }] } },
    };
    const server = await fhirServer((_request, response) => json(response, searchset([r5])));
    const answer = await (await service(UNHURRIED)).call(asking(server, call, 'statements'));
    expect(answer.status).toBe(200);
    expect(answer.topics[0]).toBe(DECIDED);
    expect(answer.unread).toContain('medication statements (sent in another FHIR version than the order)');
  });
});
