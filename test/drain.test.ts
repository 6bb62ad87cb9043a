/** SIGTERM under load: a client that honours readiness and `Connection: close` loses no call, and the process ends in time. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { jwk, keys } from './auth/support.js';
import { temporaryDatabase } from './support/database.js';

const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

const client = {
  name: 'ehr',
  iss: 'https://ehr.example.org',
  jwks: { keys: [jwk(keys.es384, { kid: 'es384', alg: 'ES384' })] },
};

const body = readFileSync('fhir-fixtures/requests/baclofen-in-place-of-cyclobenzaprine.json');

/** @returns the service as a process, and the ports it writes to its log */
async function startService(variables: Readonly<Record<string, string>>) {
  const { PATH } = process.env;
  const child = spawn(process.execPath, ['tools/start.mjs'], {
    env: { PATH, PORT: '0', DATABASE_URL: temporaryDatabase(), ...variables },
  });
  running.push(child);
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  let text = '';
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('"msg":"ready"')) resolve();
    });
  });
  const ports = [...text.matchAll(/"port":(\d+)/g)].map(([, port]) => Number(port));
  return { child, ended, ports };
}

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
  const { child, ended, ports } = await startService({ LOG_LEVEL: 'info' });
  const [port = 0] = ports.slice(-1);
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
  child.kill('SIGTERM');
  await Promise.all(all);
  expect(await ended).toBe(0);
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(outcomes.length).toBeGreaterThan(50);
  expect(outcomes.filter((outcome) => outcome !== 200)).toEqual([]);
}, 60_000);

test('with clients, what is for the operator is on a port of its own, and nothing of it on the other one', async () => {
  const CLIENTS_FILE = join(mkdtempSync(join(tmpdir(), 'rx-distinct-drain-')), 'clients.yaml');
  writeFileSync(CLIENTS_FILE, JSON.stringify({ clients: [client] }));
  const { child, ended, ports } = await startService({ LOG_LEVEL: 'info', ADMIN_PORT: '0', CLIENTS_FILE });
  const [admin = 0, port = 0] = ports;
  const agent = new Agent({ keepAlive: false });
  const get = (at: number, path: string) => call(at, path, agent);
  expect(await Promise.all([get(admin, '/healthz'), get(admin, '/readyz')])).toEqual([200, 200]);
  const ofOperator = ['/cds-services', '/metrics', '/insights'].map((path) => get(admin, path));
  expect(await Promise.all(ofOperator)).toEqual([404, 200, 200]);
  expect(await Promise.all([get(port, '/readyz'), get(port, '/metrics'), get(port, '/insights')])).toEqual([
    200, 404, 404,
  ]);
  child.kill('SIGTERM');
  expect(await get(admin, '/readyz')).toBe(503);
  expect(await ended).toBe(0);
}, 60_000);
