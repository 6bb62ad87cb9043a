/** Pages of a list: followed on their own server, up to a limit, and never taken for the whole when they are not. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { asking, example, fhirServer, json, searchset, service, type TestServer } from './support.js';

const UNHURRIED = { ANSWER_MS: '10000' };
const call = example('baclofen-in-place-of-cyclobenzaprine');
const kidneyFailure = (id: string) => ({
  resourceType: 'Condition',
  id,
  clinicalStatus: { coding: [{ code: 'active' }] },
  subject: { reference: 'Patient/patient-1' },
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'N18.6' }] },
});
const other = (id: string) => ({ ...kidneyFailure(id), code: { text: 'a problem' } });
const pageOf = (request: IncomingMessage) =>
  Number(new URL(request.url ?? '', 'http://here').searchParams.get('page') ?? 1);

interface Paged {
  readonly server: TestServer;
  readonly answer: Awaited<ReturnType<Awaited<ReturnType<typeof service>>['call']>>;
}

/** A server whose problem list is answered page by page. */
async function paged(
  page: (number: number, base: string, response: ServerResponse) => void,
  sent = call,
): Promise<Paged> {
  const base: string[] = [];
  const server = await fhirServer((request, response) => page(pageOf(request), base[0] ?? '', response));
  base.push(server.url);
  const answer = await (await service(UNHURRIED)).call(asking(server, sent, 'problems'));
  return { server, answer };
}

describe('a list on several pages', () => {
  test('is read to its end', async () => {
    const { server, answer } = await paged((number, base, response) => {
      const pages = [
        searchset([other('c1')], `${base}/Condition?page=2`),
        searchset([other('c2')], `${base}?page=3`),
        searchset([kidneyFailure('c3')]),
      ];
      json(response, pages[number - 1]);
    });
    expect(server.asked).toEqual([
      '/fhir/Condition?patient=patient-1',
      '/fhir/Condition?page=2',
      '/fhir?page=3',
    ]);
    expect(answer.topics).toContain('critical baclofen-renal-failure');
    expect(answer.unread).toBe('');
  });

  test('with a relative address of the next page is read as well', async () => {
    const { answer } = await paged((number, _base, response) => {
      json(response, number === 1 ? searchset([], 'Condition?page=2') : searchset([kidneyFailure('c1')]));
    });
    expect(answer.topics).toContain('critical baclofen-renal-failure');
  });

  test('without an end is read up to the tenth page, and is not complete', async () => {
    const { server, answer } = await paged((number, base, response) => {
      json(response, searchset([other(`c${number}`)], `${base}/Condition?page=${number + 1}`));
    });
    expect(server.asked).toHaveLength(10);
    expect(answer.unread).toBe('problem list (not complete)');
  });

  describe('under a key of the hospital’s own', () => {
    const sent = (server: TestServer, resource: object) =>
      asking(server, {
        ...call,
        prefetch: { ...call.prefetch, own: searchset([resource], `${server.url}/own?page=2`) },
      });
    const second = (resource: object) =>
      fhirServer((_request, response) => json(response, searchset([resource])));

    test('is read to its end when a card reads what it holds', async () => {
      const server = await second(kidneyFailure('c3'));
      const answer = await (await service(UNHURRIED)).call(sent(server, other('c2')));
      expect(server.asked).toEqual(['/fhir/own?page=2']);
      expect(answer.topics).toContain('critical baclofen-renal-failure');
    });

    test('is not asked for when none does', async () => {
      const note = {
        resourceType: 'DocumentReference',
        id: 'd1',
        subject: { reference: 'Patient/patient-1' },
      };
      const server = await second(note);
      await (await service(UNHURRIED)).call(sent(server, note));
      expect(server.asked).toEqual([]);
    });
  });

  test('that leads back to itself is left there, and is not complete', async () => {
    const { server, answer } = await paged((_number, base, response) => {
      json(response, searchset([kidneyFailure('c1')], `${base}/Condition?page=2`));
    });
    expect(server.asked).toHaveLength(2);
    expect(answer.topics).toContain('critical baclofen-renal-failure');
  });

  test.each([
    ['dead', (response: ServerResponse) => response.destroy()],
    ['no Bundle', (response: ServerResponse) => json(response, kidneyFailure('c1'))],
    ['gone', (response: ServerResponse) => json(response, {}, 410)],
  ])('whose next page is %s keeps what was read, and is not complete', async (_name, fail) => {
    const { answer } = await paged((number, base, response) => {
      if (number === 1) json(response, searchset([other('c1')], `${base}/Condition?page=2`));
      else fail(response);
    });
    expect(answer.topics[0]).toBe('warning interchange-replaced');
    expect(answer.unread).toBe('problem list (not complete)');
  });

  test('larger than 5 MB in all is not complete', async () => {
    const big = { ...other('c1'), note: [{ text: 'x'.repeat(3 * 1024 * 1024) }] };
    const { server, answer } = await paged((number, base, response) => {
      json(response, searchset([big], `${base}/Condition?page=${number + 1}`));
    });
    expect(server.asked).toHaveLength(2);
    expect(answer.unread).toBe('problem list (not complete)');
  });

  test('takes no more than 5 MB together with all other lists of the call', async () => {
    const big = (request: IncomingMessage) => ({
      ...other('c1'),
      resourceType: /fhir\/(\w+)/.exec(request.url ?? '')?.[1],
      note: [{ text: 'x'.repeat(3 * 1024 * 1024) }],
    });
    const server = await fhirServer((request, response) => json(response, searchset([big(request)])));
    const answer = await (await service(UNHURRIED)).call(asking(server, call, 'problems', 'allergies'));
    expect(server.asked).toHaveLength(2);
    expect(answer.unread.match(/answered in a form that could not be read/g)).toHaveLength(1);
  });

  test("whose next page is another patient's brings nothing of it", async () => {
    const { answer } = await paged((number, base, response) => {
      const stranger = { ...kidneyFailure('c2'), subject: { reference: 'Patient/patient-2' } };
      json(
        response,
        number === 1 ? searchset([other('c1')], `${base}/Condition?page=2`) : searchset([stranger]),
      );
    });
    expect(answer.topics).not.toContain('critical baclofen-renal-failure');
    expect(answer.unread).toBe("problem list (the record system answered with another patient's data)");
  });
});

describe('a next page on another server', () => {
  test.each([
    ['another port', (trap: TestServer) => `${trap.url}/Condition?page=2`],
    [
      'this host by name',
      (trap: TestServer) => `${trap.url.replace('127.0.0.1', 'localhost')}/Condition?page=2`,
    ],
    ['the host as a user name', (trap: TestServer) => trap.url.replace('http://', 'http://127.0.0.1@')],
    ['another scheme', () => 'file:///etc/passwd'],
  ])('(%s) is never asked for, and the list is not complete', async (_name, next) => {
    const trap = await fhirServer((_request, response) => json(response, searchset()));
    const { server, answer } = await paged((_number, _base, response) => {
      json(response, searchset([other('c1')], next(trap)));
    });
    expect(trap.sockets()).toBe(0);
    expect(server.asked).toHaveLength(1);
    expect(answer.unread).toBe('problem list (not complete)');
  });

  test.each([
    '/other/Condition?page=2',
    '../Condition?page=2',
    '/fhir2/Condition',
    '%2e%2e/Condition',
    '/fhir/%2f../x',
  ])('or above its own base (%s) is never asked for', async (next) => {
    const { server, answer } = await paged((_number, _base, response) => {
      json(response, searchset([other('c1')], next));
    });
    expect(server.asked).toHaveLength(1);
    expect(answer.unread).toBe('problem list (not complete)');
  });
});

describe('a list that was sent with a next page', () => {
  const sent = (base: string, key: string) => ({
    ...call,
    prefetch: {
      ...call.prefetch,
      problems: undefined,
      [key]: searchset([other('c1')], `${base}/Condition?page=2`),
    },
  });

  test.each(['problems', "the hospital's own key"])('as %s is read to its end', async (key) => {
    const server = await fhirServer((_request, response) => json(response, searchset([kidneyFailure('c2')])));
    const answer = await (await service(UNHURRIED)).call(asking(server, sent(server.url, key)));
    expect(server.asked).toEqual(['/fhir/Condition?page=2']);
    expect(answer.topics).toContain('critical baclofen-renal-failure');
    expect(answer.unread).toBe('');
  });

  test('on another server is not complete, and nobody is asked', async () => {
    const server = await fhirServer((_request, response) => json(response, searchset()));
    const trap = await fhirServer((_request, response) => json(response, searchset()));
    const answer = await (await service(UNHURRIED)).call(asking(server, sent(trap.url, 'problems')));
    expect([server.sockets(), trap.sockets()]).toEqual([0, 0]);
    expect(answer.unread).toBe('problem list (not complete)');
  });

  test('without a FHIR server is not complete', async () => {
    const answer = await (await service(UNHURRIED)).call(sent('http://127.0.0.1:9/fhir', 'problems'));
    expect(answer.unread).toBe('problem list (not complete)');
  });
});
