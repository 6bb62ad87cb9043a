/** The time of an answer is counted from the arrival of the call, not from when its body was there. */

import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { hookRules } from '../../src/cdshooks/hooks.js';
import { loadConfig } from '../../src/config.js';
import { validate } from '../../src/http/validate.js';
import { createPipeline } from '../../src/pipeline.js';
import { FIXTURES_NOW } from '../../tools/fixtures.js';
import { keptLog } from '../support/log.js';
import { asking, example, fhirServer, json, searchset, service } from './support.js';

const call = example('baclofen-in-place-of-cyclobenzaprine');

/** Sends a call whose body comes late. */
async function slowly(url: string, body: object, ms: number): Promise<string> {
  const sent = request(`${url}/cds-services/rx-distinct-order-sign`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
  });
  const answered = new Promise<string>((resolve, reject) => {
    sent.once('error', reject);
    sent.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('end', () => resolve(text));
    });
  });
  sent.flushHeaders();
  await wait(ms);
  sent.end(JSON.stringify(body));
  return answered;
}

test('a call whose body took all of the time is answered at once from what it holds', async () => {
  const server = await fhirServer((_request, response) => json(response, searchset()));
  const tested = await service();
  const text = await slowly(tested.url, asking(server, call, 'problems'), 500);
  expect(text).toContain('interchange-replaced');
  expect(text).toContain('problem list (the record system did not answer in time)');
  expect(server.sockets()).toBe(0);
});

/** So long a time that no busy machine makes a difference. */
const LONG_MS = 1_000_000;

test.each([
  ['is asked while more than that is left', 0.8, ['interchange-replaced'], 1],
  ['is not asked any more', 0.9, ['interchange-replaced', 'not-checked'], 0],
])('a part of the time is kept for deciding: a FHIR server %s', async (_name, passed, topics, sockets) => {
  const server = await fhirServer((_request, response) => json(response, searchset()));
  const pipeline = createPipeline({
    config: loadConfig({}),
    log: keptLog().log,
    clock: () => new Date(FIXTURES_NOW),
    uuid: () => '00000000-0000-4000-8000-000000000001',
    fetching: { answerMs: LONG_MS, servers: [], isLocal: true },
  });
  const rule = hookRules.find(({ hook }) => hook === call.hook)!;
  const sent = validate(asking(server, call, 'problems'), rule, rule.serviceId);
  const { cards } = await pipeline.answer(sent, { arrivedAt: performance.now() - LONG_MS * passed });
  expect(cards.map(({ source }) => source.topic.code)).toEqual(topics);
  expect(server.sockets()).toBe(sockets);
});
