/** Pages of other sites on the machine of a service that only this machine can call: they get cards, and nothing else. */

import { request as httpRequest } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createApp } from '../../src/app.js';
import { type Config, loadConfig } from '../../src/config.js';
import { createHttpServer } from '../../src/http/server.js';
import { createPipeline } from '../../src/pipeline.js';
import { FIXTURES_NOW } from '../../tools/fixtures.js';
import { asking, example, fhirServer, json, searchset, TOKEN } from '../fetch/support.js';
import { keptLog } from '../support/log.js';
import { open } from '../support/servers.js';

const SERVICE = '/cds-services/rx-distinct-order-sign';
const replaced = example('baclofen-in-place-of-cyclobenzaprine');
const figures = { topics: [] };

/** The library is read once: it is the environment that differs. */
const kept = new Map<string, ReturnType<typeof keptPipeline>>();

function keptPipeline(config: Config) {
  const { lines, log } = keptLog();
  const pipeline = createPipeline({
    config,
    log,
    clock: () => new Date(FIXTURES_NOW),
    uuid: () => '00000000-0000-4000-8000-000000000001',
    fetching: { answerMs: 2_000, servers: config.sandboxFhirServers, isLocal: config.isLocal },
  });
  return { pipeline, lines, log };
}

function started(variables: Readonly<Record<string, string>> = {}) {
  const config = loadConfig(variables);
  const key = JSON.stringify(variables);
  const { pipeline, lines, log } = kept.get(key) ?? keptPipeline(config);
  kept.set(key, { pipeline, lines, log });
  lines.length = 0;
  const metrics = {
    count: passOn,
    observe: () => undefined,
    contentType: 'text/plain',
    text: async () => 'a 1\n',
  };
  const operator = { metrics, insights: async () => figures as never };
  return { lines, app: createApp({ ...pipeline, config, log, ready: () => true, operator }) };
}

const passOn = (_request: unknown, _response: unknown, next: () => void) => next();

const empty = () => fhirServer((_request, response) => json(response, searchset()));

/** What the not-checked card says could not be read, and why. */
const unreadIn = (text: string) => /\*\*Could not be read:\*\* ([^.]*)\./.exec(text)?.[1] ?? '';

describe('a FHIR server of this machine that nobody has listed', () => {
  test.each([
    ['https://evil.example'],
    ['https://sandbox.cds-hooks.org'],
    ['null'],
    ['http://127.0.0.1.evil.example'],
    ['http://localhost.evil.example:3000'],
  ])('is not asked for a page of %s, which gets its cards all the same', async (Origin) => {
    const server = await empty();
    const { app, lines } = started();
    const answer = await request(app)
      .post(SERVICE)
      .set({ Origin })
      .send(asking(server, replaced, 'problems'));
    expect([answer.status, server.sockets()]).toEqual([200, 0]);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.text).toContain('interchange-replaced');
    expect(unreadIn(answer.text)).toBe('problem list (its FHIR server is not registered here)');
    expect(lines.map(({ level, message }) => `${level} ${message}`)).toContainEqual(
      expect.stringMatching(/^warn a page of another site called: .*SANDBOX_FHIR_SERVERS/),
    );
    expect(JSON.stringify(lines) + answer.text).not.toContain(TOKEN);
  });

  test.each([
    ['Host', 'evil.example'],
    ['Host', 'evil.example:3000'],
    ['Host', '127.0.0.1@evil.example'],
  ])('is not asked when %s is %s', async (name, value) => {
    const server = await empty();
    const { app } = started();
    const answer = await request(app)
      .post(SERVICE)
      .set(name, value)
      .send(asking(server, replaced, 'problems'));
    expect([answer.status, server.sockets()]).toEqual([200, 0]);
  });

  test.each([
    { Origin: 'http://localhost:8080' },
    { Origin: 'http://127.0.0.1:5173' },
    { Origin: 'http://[::1]:3000' },
    { Host: 'localhost:3000' },
    {},
  ])('is asked for a page or a program of this machine: %j', async (headers) => {
    const server = await empty();
    const { app } = started();
    const answer = await request(app)
      .post(SERVICE)
      .set(headers)
      .send(asking(server, replaced, 'problems'));
    expect(answer.status).toBe(200);
    expect(server.tokens).toEqual([`Bearer ${TOKEN}`]);
    expect(unreadIn(answer.text)).toBe('');
  });

  test.each([
    { PUBLIC_URL: 'https://cds.example.org', ALLOW_ANONYMOUS: 'true' },
    { TRUST_PROXY_HOPS: '1', ALLOW_ANONYMOUS: 'true' },
  ])('is asked for nobody when others can call, as with %j', async (variables) => {
    const server = await empty();
    const { app } = started(variables);
    const answer = await request(app)
      .post(SERVICE)
      .send(asking(server, replaced, 'problems'));
    expect([answer.status, server.sockets()]).toEqual([200, 0]);
  });
});

test('a FHIR server of this machine that is listed is asked for any page', async () => {
  const server = await empty();
  const { app, lines } = started({ SANDBOX_FHIR_SERVERS: server.url });
  const answer = await request(app)
    .post(SERVICE)
    .set('Origin', 'https://sandbox.cds-hooks.org')
    .send(asking(server, replaced, 'problems'));
  expect([answer.status, server.asked.length]).toEqual([200, 1]);
  expect(lines.filter(({ level }) => level === 'warn')).toEqual([]);
});

describe('what is for the operator', () => {
  test.each(['/metrics', '/insights', '/metrics/', '/insights?weeks=2'])(
    '%s may be read by no page, though programs of this machine read it',
    async (path) => {
      const { app } = started();
      const plain = await request(app).get(path).expect(200);
      const asked = await request(app).get(path).set('Origin', 'https://evil.example').expect(404);
      const preflight = await request(app).options(path).set('Origin', 'http://localhost:8080').expect(204);
      const headers = [plain, asked, preflight].flatMap((answer) => Object.keys(answer.headers));
      expect(headers.filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );

  test('is not told under a name that is not of this machine', async () => {
    const { app } = started();
    const answer = await request(app).get('/insights').set('Host', 'evil.example').expect(404);
    expect(answer.text).toContain('Call it as 127.0.0.1 or localhost.');
  });

  test('is told under any name when the service is open to others on purpose', async () => {
    const { app } = started({ PUBLIC_URL: 'https://cds.example.org', ALLOW_ANONYMOUS: 'true' });
    const answer = await request(app)
      .get('/metrics')
      .set({ Host: 'cds.example.org', Origin: 'https://evil.example' });
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('is read by no page in whatever form its address comes', async () => {
    const { port } = await open(createHttpServer(started().app));
    const status = await new Promise((resolve) => {
      const sent = {
        port,
        host: '127.0.0.1',
        path: `http://127.0.0.1:${port}/metrics`,
        headers: { Origin: 'null' },
      };
      httpRequest(sent, (answer) =>
        resolve([answer.statusCode, answer.headers['access-control-allow-origin']]),
      ).end();
    });
    expect(status).toEqual([404, undefined]);
  });
});
