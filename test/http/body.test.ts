/** Bodies over HTTP: which are taken, and with which status the others are refused. */

import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { readJsonBody } from '../../src/http/body.js';
import { createHttpServer } from '../../src/http/server.js';
import { open } from '../support/servers.js';
import { orderSign, startedApp } from './support.js';

const { app } = startedApp({ maxBody: 256 * 1024 });
const good = JSON.stringify(orderSign);

const send = (body: string | Buffer, headers: Readonly<Record<string, string>> = {}) =>
  request(app)
    .post('/cds-services/rx-distinct-order-sign')
    .set({ 'Content-Type': 'application/json', ...headers })
    .serialize((whole: unknown) => whole as string)
    .send(body);
const statusOf = async (...call: Parameters<typeof send>) => (await send(...call)).status;

describe('a body is taken', () => {
  test.each([
    ['application/json'],
    ['application/fhir+json'],
    ['Application/JSON; charset=UTF-8'],
    ['application/json;charset="utf8"'],
    ['application/fhir+json; fhirVersion=4.0; charset=utf-8'],
  ])('as %s', async (type) => {
    expect(await statusOf(good, { 'Content-Type': type })).toBe(200);
  });

  test.each([
    ['a byte order mark', `\uFEFF${good}`],
    ['blanks around it', ` \r\n\t${good}\n`],
    ['a lone surrogate', good.replace('p1', '\\ud800')],
    ['NUL in a text', good.replace('baclofen 10 mg', 'baclofen\\u0000 10 mg')],
    ['a number beyond every number', good.replace('"id":"draft-1"', '"id":"draft-1","x":1e400')],
    ['minus nothing', good.replace('"id":"draft-1"', '"id":"draft-1","x":-0')],
    ['names that every object has', good.replace('"hook"', '"toString":1,"hasOwnProperty":2,"hook"')],
  ])('with %s', async (_what, body) => {
    expect(await statusOf(body)).toBe(200);
  });
});

test('nothing of a body stays where its bytes were put together', async () => {
  const pieces = [Buffer.from('{"patient":'), Buffer.from('"someone"}')];
  const [only] = [Buffer.from('{"patient":"someone"}')];
  const bodies: unknown[] = [];
  for (const sent of [pieces, [only]]) {
    const read = readJsonBody(1_000, async () => undefined);
    const headers = { 'content-type': 'application/json' };
    const asked = Object.assign(Readable.from(sent), { headers, complete: true });
    const answered = Object.assign(new EventEmitter(), { locals: {} });
    await new Promise((next) => void read(asked as never, answered as never, next));
    bodies.push((asked as { body?: unknown }).body);
  }
  expect(bodies).toEqual([{ patient: 'someone' }, { patient: 'someone' }]);
  expect(only?.every((byte) => byte === 0)).toBe(true);
});

describe('415: a body', () => {
  test.each([
    ['of no type', { 'Content-Type': '' }],
    ['that is plain text', { 'Content-Type': 'text/plain' }],
    ['that is XML', { 'Content-Type': 'application/fhir+xml' }],
    ['in UTF-16', { 'Content-Type': 'application/json; charset=utf-16' }],
    ['in UTF-7', { 'Content-Type': 'application/json; charset=utf-7' }],
    ['in what only begins like UTF-8', { 'Content-Type': 'application/json; charset=utf-8x' }],
    ['in what only begins like UTF-8, quoted', { 'Content-Type': 'application/json; charset="utf-8"x' }],
    ['of two charsets', { 'Content-Type': 'application/json; charset=utf-8; charset=utf-7' }],
    ['in gzip', { 'Content-Encoding': 'gzip' }],
    ['in brotli', { 'Content-Encoding': 'br' }],
    ['in gzip twice', { 'Content-Encoding': 'gzip, gzip' }],
  ])('%s', async (_what, headers) => {
    expect(await statusOf(good, headers)).toBe(415);
  });
});

describe('400: a body', () => {
  test.each([
    ['with bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0xc3, 0x28])],
    ['with an overlong slash', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ['with an encoded surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['of nothing', ''],
    ['of blanks', '   '],
    ['that is null', 'null'],
    ['that is a text', '"a"'],
    ['that is a list', '[]'],
    ['that is empty', '{}'],
    ['with something after it', `${good}x`],
    ['twice', good + good],
    ['with a comment', `/* a */${good}`],
    ['with NaN', good.replace('"p1"', 'NaN')],
    ['with Infinity', good.replace('"p1"', 'Infinity')],
    ['with a comma too many', good.replace(/\}$/, ',}')],
    ['with single quotes', good.replaceAll('"', "'")],
    ['with a number that starts with 0', good.replace('"p1"', '01')],
    ['that is cut off', good.slice(0, -1)],
    ['nested too deep', `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`],
    ['of too many values', `[${'1,'.repeat(30_000)}1]`],
    ['with __proto__', good.replace('"hook"', '"__proto__":{"polluted":1},"hook"')],
    ['with constructor in prefetch', good.replace('"hook"', '"prefetch":{"a":{"constructor":1}},"hook"')],
    ['with two patients', good.replace('"patientId":"p1"', '"patientId":"p1","patientId":"p2"')],
  ])('%s', async (_what, body) => {
    const answer = await send(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ resourceType: 'OperationOutcome' });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('names the member that stands twice', async () => {
    const answer = await send(good.replace('"patientId":"p1"', '"patientId":"p1","patientId":"p2"'));
    expect(answer.body).toMatchObject({ issue: [{ expression: ['context.patientId'] }] });
  });
});

test('bodies of many pieces that come at once stay apart, small ones beside large ones', async () => {
  const large = startedApp({ maxBody: 8 * 1024 * 1024 });
  const { url } = await open(createHttpServer(large.app));
  const sizes = [90_000, 700_000, 200, 300_000, 5_000_000, 150_000, 700_000, 90_000];
  const sent = sizes.map((size, position) => {
    const hookInstance = `call-${position}`;
    return { ...orderSign, hookInstance, prefetch: { patient: `${hookInstance} é`.repeat(size / 8) } };
  });
  const answers = await Promise.all(
    sent.map((body) =>
      fetch(`${url}/cds-services/rx-distinct-order-sign`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(sizes.map(() => 200));
  const read = new Map(large.asked.map(({ hookInstance, prefetch }) => [hookInstance, prefetch]));
  expect(
    sent.filter(({ hookInstance, prefetch }) => read.get(hookInstance)?.['patient'] !== prefetch.patient),
  ).toEqual([]);
});

describe('413: a body', () => {
  test('of one byte more than MAX_BODY, and not one of MAX_BODY', async () => {
    const full = `${good}${' '.repeat(256 * 1024 - good.length)}`;
    expect(await statusOf(full)).toBe(200);
    expect(await statusOf(`${full} `)).toBe(413);
  });
});
