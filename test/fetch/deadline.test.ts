/** The time of an answer is counted from the arrival of the call, not from when its body was there. */

import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
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
