/** SIGTERM under load: a client that honours readiness and `Connection: close` loses no call, and the process ends in time. */

import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { inlineClient } from './auth/support.js';
import { asking, example, fhirServer } from './fetch/support.js';
import { sqlitePath } from '../src/journal/database.js';
import { temporaryDatabase } from './support/database.js';
import { startService, untilStatus } from './support/service-process.js';

const body = readFileSync('fhir-fixtures/requests/baclofen-in-place-of-cyclobenzaprine.json');

/** @returns status of the answer, or what went wrong */
function call(port: number, path: string, agent: Agent, sent?: Buffer): Promise<number | string> {
  return new Promise((resolve) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': sent?.length ?? 0 };
    const asked = request(
      { port, host: '127.0.0.1', path, agent, headers, method: sent === undefined ? 'GET' : 'POST' },
      (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    asked.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    asked.end(sent);
  });
}

test('no call fails, and the process ends within 10 seconds', async () => {
  const { port, stop } = await startService({ variables: { DATABASE_URL: temporaryDatabase() } });
  const agent = new Agent({ keepAlive: true });
  const outcomes: (number | string)[] = [];
  const seen = { isReady: true };
  const client = async () => {
    for (let turn = 0; turn < 5_000 && seen.isReady; turn += 1) {
      outcomes.push(await call(port, '/cds-services/rx-distinct-order-sign', agent, body));
    }
  };
  const balancer = async () => {
    for (let turn = 0; turn < 100 && seen.isReady; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      seen.isReady = (await call(port, '/readyz', agent)) === 200;
    }
  };
  const all = [balancer(), ...Array.from({ length: 4 }, client)];
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const start = performance.now();
  const ended = stop();
  await Promise.all(all);
  expect(await ended).toBe(0);
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(outcomes.length).toBeGreaterThan(50);
  expect(outcomes.filter((outcome) => outcome !== 200)).toEqual([]);
});

test('a call that waits long for its FHIR server, as ANSWER_MS lets it, is answered before the end', async () => {
  const silent = await fhirServer(() => undefined);
  const variables = { DATABASE_URL: temporaryDatabase(), ANSWER_MS: '10000' };
  const { port, stop, log } = await startService({ variables });
  const asked = asking(silent, example('baclofen-in-place-of-cyclobenzaprine'), 'problems');
  const sent = Buffer.from(JSON.stringify(asked));
  const answered = call(port, '/cds-services/rx-distinct-order-sign', new Agent(), sent);
  expect(await untilStatus(1, async () => silent.asked.length)).toBeDefined();
  const ended = stop();
  expect([await answered, await ended]).toEqual([200, 0]);
  expect(log()).not.toContain('calls were cut');
});

test('a call that cannot be answered is cut, and the log counts it', async () => {
  const { port, stop, log } = await startService({ variables: { DATABASE_URL: temporaryDatabase() } });
  const socket = connect(port, '127.0.0.1', () => {
    socket.write('POST /cds-services/rx-distinct-order-sign HTTP/1.1\r\nHost: 127.0.0.1\r\n');
    socket.write('Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => undefined);
  // Another call that is answered tells that this one has been read.
  expect(await call(port, '/healthz', new Agent())).toBe(200);
  const ended = stop();
  await closed;
  expect(await ended).toBe(0);
  expect(log()).toMatch(
    /"level":50,[^\n]*"calls":1,"cutMs":6000,"msg":"calls were cut: they had no answer in time"/,
  );
});

test('with clients, what is for the operator is on a port of its own, and nothing of it on the other one', async () => {
  const DATABASE_URL = temporaryDatabase();
  const CLIENTS_FILE = `${sqlitePath(DATABASE_URL)}.clients.yaml`;
  writeFileSync(CLIENTS_FILE, JSON.stringify({ clients: [inlineClient] }));
  const variables = { DATABASE_URL, ADMIN_PORT: '0', CLIENTS_FILE };
  const { port, stop, log } = await startService({ variables });
  const admin = Number(/"port":(\d+)[^\n]*the port for the operator/.exec(log())?.[1]);
  const agent = new Agent({ keepAlive: false });
  const get = (at: number, path: string) => call(at, path, agent);
  expect(await Promise.all([get(admin, '/healthz'), get(admin, '/readyz')])).toEqual([200, 200]);
  const ofOperator = ['/cds-services', '/metrics', '/insights'].map((path) => get(admin, path));
  expect(await Promise.all(ofOperator)).toEqual([404, 200, 200]);
  expect(await Promise.all([get(port, '/readyz'), get(port, '/metrics'), get(port, '/insights')])).toEqual([
    200, 404, 404,
  ]);
  const asked = await fetch(`http://127.0.0.1:${admin}/metrics`, { method: 'OPTIONS' });
  expect([asked.status, asked.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  const ended = stop();
  // The signal and the first of these calls may overtake each other; the port stays open for a second and more.
  let readiness: number | string = 200;
  while (readiness === 200) readiness = await get(admin, '/readyz');
  expect(readiness).toBe(503);
  expect(await ended).toBe(0);
});
