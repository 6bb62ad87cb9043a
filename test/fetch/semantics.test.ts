/** What a prefetch key says by being there, empty, failed or absent (CDS Hooks 2.0 "Prefetch query"), row by row. */

import { describe, expect, test } from '@jest/globals';
import { asking, type Call, example, fhirServer, json, searchset, service } from './support.js';

const UNHURRIED = { ANSWER_MS: '10000' };
const call = example('baclofen-in-place-of-cyclobenzaprine');
const kidneyFailure = {
  resourceType: 'Condition',
  id: 'c1',
  clinicalStatus: { coding: [{ code: 'active' }] },
  subject: { reference: 'Patient/patient-1' },
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'N18.6' }] },
};
const outcome = (severity: string) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity, code: 'exception' }],
});
const patient = { resourceType: 'Patient', id: 'patient-1', gender: 'female', birthDate: '1980-04-12' };

const answering = () =>
  fhirServer((request, response) => {
    if (request.url?.startsWith('/fhir/Patient/') === true) json(response, patient);
    else
      json(response, searchset(request.url?.startsWith('/fhir/Condition?') === true ? [kidneyFailure] : []));
  });

const withProblems = (problems: unknown): Call => ({ ...call, prefetch: { ...call.prefetch, problems } });

/** The call with a server that would answer everything. */
async function asked(sent: Call, ...missing: readonly string[]) {
  const server = await answering();
  const tested = await service(UNHURRIED);
  return { server, tested, answer: await tested.call(asking(server, sent, ...missing)) };
}

describe('a key that is absent', () => {
  test('is fetched with the token of the call', async () => {
    const { server, answer } = await asked(call, 'problems');
    expect(server.asked).toEqual(['/fhir/Condition?patient=patient-1']);
    expect(server.tokens).toEqual(['Bearer token-of-this-call']);
    expect(answer.topics).toContain('critical baclofen-renal-failure');
    expect(answer.unread).toBe('');
  });

  test('is fetched from a server of this machine by its name as well', async () => {
    const server = await answering();
    const named = { url: server.url.replace('127.0.0.1', 'localhost') };
    const answer = await (await service(UNHURRIED)).call(asking(named, call, 'problems'));
    expect(answer.topics).toContain('critical baclofen-renal-failure');
  });

  test('is fetched without a token when none was given', async () => {
    const server = await answering();
    const { fhirAuthorization: _, ...open } = asking(server, call, 'problems') as Call & {
      fhirAuthorization: unknown;
    };
    const answer = await (await service(UNHURRIED)).call(open);
    expect(server.tokens).toEqual([undefined]);
    expect(answer.topics).toContain('critical baclofen-renal-failure');
  });

  test('is fetched alone: what was sent is not asked for again', async () => {
    const { server } = await asked(call, 'patient', 'egfr');
    expect(server.asked).toHaveLength(2);
    expect(server.asked).toContain('/fhir/Patient/patient-1');
    expect(server.asked.find((path) => path.includes('Observation'))).toMatch(
      /^\/fhir\/Observation\?patient=patient-1&code=http:\/\/loinc\.org%7C\d+-\d.*&_sort=-date&_count=5$/,
    );
  });

  test('beside no others is fetched with all of them, at the same time', async () => {
    const sent = example('baclofen-for-multiple-sclerosis');
    const keys = Object.keys(sent.prefetch);
    const waiting: (() => void)[] = [];
    const server = await fhirServer((request, response) => {
      waiting.push(() =>
        json(response, request.url?.startsWith('/fhir/Patient/') === true ? patient : searchset()),
      );
      // Nobody is answered before everybody has asked.
      if (waiting.length === keys.length) for (const answer of waiting) answer();
    });
    const answer = await (await service(UNHURRIED)).call(asking(server, sent, ...keys));
    expect(server.asked).toHaveLength(keys.length);
    expect(answer.status).toBe(200);
    expect(answer.unread).not.toContain('record system');
  });

  test('without a FHIR server is said to be not sent', async () => {
    const { problems: _, ...prefetch } = call.prefetch as { problems: unknown };
    const answer = await (await service()).call({ ...call, prefetch });
    expect(answer.topics[0]).toBe('warning interchange-replaced');
    expect(answer.unread).toBe('problem list (not sent)');
  });
});

describe('a key that says there is nothing', () => {
  test.each([
    ['null', null],
    ['an empty Bundle', searchset()],
    ['a Bundle without entries', { resourceType: 'Bundle', type: 'searchset', total: 0 }],
    ['"no results" as a warning in an empty searchset', { ...searchset([outcome('warning')]), total: 0 }],
  ])('as %s is read, and empty', async (_name, value) => {
    const { server, answer } = await asked(withProblems(value));
    expect(server.sockets()).toBe(0);
    expect(answer.topics).toEqual(['warning interchange-replaced']);
  });
});

describe('a key that says the client has failed', () => {
  test.each([
    ['an OperationOutcome', outcome('error')],
    ['an OperationOutcome in a Bundle', searchset([kidneyFailure, outcome('error')])],
    ['a wrapped answer of status 500', { response: { status: '500' }, resource: null }],
  ])('as %s is unread, and not fetched again', async (_name, value) => {
    const { server, answer } = await asked(withProblems(value));
    expect(server.sockets()).toBe(0);
    expect(answer.unread).toBe('problem list (reported as an error by the record system)');
  });
});

describe("resources under the hospital's own keys", () => {
  test('count as sent, and are not fetched', async () => {
    const { problems: _, ...prefetch } = call.prefetch as { problems: unknown };
    const sent = { ...call, prefetch: { ...prefetch, 'active-conditions': searchset([kidneyFailure]) } };
    const { server, answer } = await asked(sent);
    expect(server.sockets()).toBe(0);
    expect(answer.topics).toContain('critical baclofen-renal-failure');
  });

  test('without a resource in them tell nothing, and the list is fetched', async () => {
    const { problems: _, ...prefetch } = call.prefetch as { problems: unknown };
    const { server } = await asked({ ...call, prefetch: { ...prefetch, 'active-conditions': null } });
    expect(server.asked).toEqual(['/fhir/Condition?patient=patient-1']);
  });
});

describe('an order no card is about', () => {
  test.each(['out-of-scope-order-with-a-heavy-record', 'order-without-a-medication'])(
    '(%s) is answered with no card, and nothing is fetched',
    async (name) => {
      const sent = example(name);
      const { server, answer } = await asked(sent, ...Object.keys(sent.prefetch));
      expect(server.sockets()).toBe(0);
      expect(answer.topics).toEqual([]);
    },
  );
});

describe('the id of a patient', () => {
  test.each([
    '../../Practitioner/1',
    '1?_include=*',
    '1/$everything',
    '1%0d%0aX:y',
    '..',
    'x'.repeat(65),
    'ä',
  ])('%s never stands in an address', async (patientId) => {
    const sent = { ...call, context: { ...call.context, patientId } };
    const { server, answer } = await asked(sent, 'problems');
    expect(answer.status).toBe(200);
    expect(server.sockets()).toBe(0);
  });
});
