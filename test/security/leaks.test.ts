/** A name, two numbers and a token in every field and header of calls, legal and broken: none is found outside of them. */

import { beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createApp } from '../../src/app.js';
import type { Card } from '../../src/cdshooks/protocol.js';
import { loadConfig } from '../../src/config.js';
import { createOverload } from '../../src/http/overload.js';
import { createHttpServer } from '../../src/http/server.js';
import { loggable } from '../../src/log.js';
import { createPipeline } from '../../src/pipeline.js';
import { FIXTURES_NOW } from '../../tools/fixtures.js';
import { exchange, open } from '../support/servers.js';
import { type Call, calls, textsIn, withText, wordsOf } from './texts.js';

const canaries = ['CANARYSMITH', 'MRN-90210-CANARY', '078-05-1120', 'eyJhbGciOi.CANARY.c2ln'];
const canary = canaries.join(' ');
const seen = /CANARY|078-05-1120/i;

const written: string[] = [];
const log = pino(
  { level: 'trace', base: null, formatters: { log: loggable } },
  { write: (line: string) => written.push(line) },
);
const clock = () => new Date(FIXTURES_NOW);
const config = loadConfig({ MAX_BODY: '100kb' });
const fetching = { answerMs: 100, servers: [], isLocal: true };
const pipeline = createPipeline({ config, log, clock, uuid: () => crypto.randomUUID(), fetching });
let delay = 0;
let isBroken = false;
const app = createApp({
  ...pipeline,
  config,
  log,
  ready: () => true,
  overload: createOverload(() => delay, config.maxBody),
  answer: (...call: Parameters<typeof pipeline.answer>) => {
    if (isBroken) throw new TypeError(`cannot read ${canary}`, { cause: canary });
    return pipeline.answer(...call);
  },
});
let port = 0;
let url = '';

beforeEach(async () => {
  ({ port, url } = await open(createHttpServer(app)));
});

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** @returns status, headers and body of the answer, unless it is made of cards */
async function answerTo({
  path = '/cds-services/rx-distinct-order-sign',
  method = 'POST',
  headers,
  body,
}: Sent) {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body !== undefined && { body }),
  });
  const text = await answer.text();
  return { status: answer.status, shown: JSON.stringify([...answer.headers]) + text, text };
}

const dressed = (call: Call, only = /./): Call =>
  textsIn(call)
    .filter((path) => only.test(String(path.at(-1))))
    .reduce((one: unknown, path) => withText(one, path, (text) => `${text} ${canary}`), call) as Call;

const everywhere = {
  'X-Request-Id': canaries[1]!,
  'User-Agent': canary,
  Referer: `https://ehr.example/${canaries[0]}`,
  Origin: `https://${canaries[0]}.example`,
  Cookie: `name=${canaries[0]}`,
  Authorization: `Bearer ${canaries[3]}`,
  Accept: canary,
  'Accept-Language': canary,
  'X-Forwarded-For': canary,
  Forwarded: `for=${canaries[0]}`,
  'X-Patient': canary,
};

const legal = JSON.stringify(calls.find(({ hook }) => hook === 'order-sign'));
const unlogged = () => written.filter((line) => seen.test(line));

describe('in legal calls', () => {
  test.each(calls.map((call, index) => [index, call] as const))('call %i', async (_index, call) => {
    const path = `/cds-services/rx-distinct-${call.hook}`;
    const words = dressed(
      call,
      /^(text|display|family|given|note|label|unit|id|userId|hookInstance|value|div)$/,
    );
    const { status, text } = await answerTo({ path, headers: everywhere, body: JSON.stringify(words) });
    expect([200, 412]).toContain(status);
    const { cards = [] } = JSON.parse(text) as { cards?: Card[] };
    expect(cards.map(wordsOf).filter((shown) => seen.test(shown))).toEqual([]);
    expect(unlogged()).toEqual([]);
  });

  test('with a token for a FHIR server that is not asked, or does not answer', async () => {
    const call = { ...calls.find(({ hook }) => hook === 'order-sign'), prefetch: {} };
    for (const fhirServer of [`https://${canaries[0]}.example/fhir`, `http://127.0.0.1:1/${canaries[0]}`]) {
      const fhirAuthorization = {
        access_token: canaries[3],
        token_type: 'Bearer',
        scope: canary,
        subject: canary,
      };
      const body = JSON.stringify({ ...call, fhirServer, fhirAuthorization });
      const { status, shown } = await answerTo({ body });
      expect(status).toBe(200);
      expect(shown).not.toMatch(seen);
    }
    expect(unlogged()).toEqual([]);
  });
});

describe('in broken calls', () => {
  test.each<readonly [string, number, Sent]>([
    ['JSON that is cut off', 400, { body: `{"patient":"${canary}` }],
    ['JSON with something behind it', 400, { body: `${legal} ${canary}` }],
    ['a body of words', 400, { body: canary }],
    ['a text for a body', 400, { body: JSON.stringify(canary) }],
    [
      'members of the envelope',
      400,
      { body: JSON.stringify({ [canary]: canary, hook: canary, context: canary }) },
    ],
    ['a member that stands twice', 400, { body: `{"${canary}":1,"${canary}":2}` }],
    ['a member of the context that stands twice', 400, { body: `{"context":{"${canary}":1,"${canary}":2}}` }],
    ['a forbidden name', 400, { body: `{"__proto__":{"${canary}":"${canary}"}}` }],
    [
      'the names of entries',
      400,
      {
        body: legal
          .replace('"draftOrders":{', `"draftOrders":{"entry":["${canary}"],"x":{`)
          .replace(/\}\}$/, '}}}'),
      },
    ],
    ['the hook', 400, { body: legal.replace('order-sign', canary) }],
    ['the FHIR server', 400, { body: legal.replace('"hook"', `"fhirServer":"${canary}","hook"`) }],
    [
      'a token that is none',
      400,
      {
        body: legal.replace(
          '"hook"',
          `"fhirServer":"https://a.example","fhirAuthorization":{"access_token":"${canary}"},"hook"`,
        ),
      },
    ],
    ['a body that is too large', 413, { body: canary.repeat(2_000) }],
    ['the type of the body', 415, { body: legal, headers: { 'Content-Type': `text/${canaries[0]}` } }],
    [
      'its charset',
      415,
      { body: legal, headers: { 'Content-Type': `application/json; charset=${canaries[0]}` } },
    ],
    ['its encoding', 415, { body: legal, headers: { 'Content-Encoding': canaries[0]! } }],
    ['the address', 404, { path: `/${encodeURIComponent(canary)}`, body: legal }],
    ['the id of the service', 404, { path: `/cds-services/${canaries[0]}`, body: legal }],
    ['the topic of a page', 404, { path: `/cards/${canaries[0]}`, method: 'GET' }],
    ['an address that cannot be decoded', 400, { path: `/cds-services/${canaries[0]}%E0%A4%A`, body: legal }],
    ['the query of a known address', 405, { path: `/cds-services?patient=${canaries[0]}`, method: 'DELETE' }],
  ])('%s', async (_what, expected, sent) => {
    const { status, shown } = await answerTo({ ...sent, headers: { ...everywhere, ...sent.headers } });
    expect(status).toBe(expected);
    expect(shown).not.toMatch(seen);
    expect(unlogged()).toEqual([]);
  });

  test('a failure of the service itself', async () => {
    isBroken = true;
    const { status, shown } = await answerTo({ headers: everywhere, body: legal });
    isBroken = false;
    expect(status).toBe(500);
    expect(shown).not.toMatch(seen);
    expect(unlogged()).toEqual([]);
    expect(written.join('')).toContain('"kind":"TypeError"');
  });

  test('calls that are turned away', async () => {
    delay = 1_000;
    const { status, shown } = await answerTo({ headers: everywhere, body: legal });
    delay = 0;
    expect(status).toBe(503);
    expect(shown).not.toMatch(seen);
    expect(unlogged()).toEqual([]);
  });

  test.each([
    `GET /${canary} HTTP/1.1\r\nHost: a`,
    `${canaries[0]} / HTTP/1.1\r\nHost: a`,
    `GET / HTTP/1.1\r\nHost: a\r\n${canary}\r\nX: y`,
    `GET / HTTP/1.1\r\nHost: ${canaries[0]}\r\nHost: ${canaries[0]}\r\nConnection: close`,
  ])('what is no HTTP: %j', async (text) => {
    const received = await exchange(port, `${text}\r\n\r\n`);
    expect(received.text).toMatch(/^HTTP\/1\.1 400 /);
    expect(received.text).not.toMatch(seen);
    expect(unlogged()).toEqual([]);
  });
});

test('every line of the log was one JSON of less than 4 kB, and every call had one', () => {
  expect(written.length).toBeGreaterThan(80);
  expect(written.filter((line) => line.length > 4_096 || line.trimEnd().includes('\n'))).toEqual([]);
  expect(written.map((line) => typeof JSON.parse(line)).filter((type) => type !== 'object')).toEqual([]);
});
