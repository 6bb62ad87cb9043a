/** What a registered client may: its pages, its pace, its FHIR servers, its way of taking suggestions. */

import { describe, expect, test } from '@jest/globals';
import { createApp } from '../../src/app.js';
import type { Card } from '../../src/cdshooks/protocol.js';
import { createClients } from '../../src/clients/authenticate.js';
import type { Client } from '../../src/clients/client.js';
import { loadConfig } from '../../src/config.js';
import { createHttpServer } from '../../src/http/server.js';
import { createPipeline } from '../../src/pipeline.js';
import { selectable } from '../../src/render/selectable.js';
import { FIXTURES_NOW } from '../../tools/fixtures.js';
import { asking, example, fhirServer, json, searchset, TOKEN } from '../fetch/support.js';
import { keptLog } from '../support/log.js';
import { open } from '../support/servers.js';
import {
  clientsAt,
  keys,
  keySet,
  keyServer,
  NOW,
  OTHER_ISSUER,
  PUBLIC_URL,
  SERVICE,
  sending,
  sendTo,
  service,
  token,
} from './support.js';

const page = 'https://ehr.example.org';
const preflight = (origin: string) => [
  'Origin',
  origin,
  'Access-Control-Request-Method',
  'POST',
  'Access-Control-Request-Headers',
  'authorization,content-type',
];

describe('a page', () => {
  const withPage = { client: { origins: [page] } };
  const ofOther = () =>
    token({ claims: { iss: OTHER_ISSUER }, header: { kid: 'other' }, key: keys.other.privateKey });

  test.each(['/cds-services', SERVICE])(
    'that is registered gets a preflight of %s without a token',
    async (path) => {
      const started = await service(withPage);
      const { status, headers } = await started.send({ method: 'OPTIONS', path, headers: preflight(page) });
      expect(status).toBe(204);
      expect(headers).toMatchObject({
        'access-control-allow-origin': page,
        'access-control-allow-methods': 'GET, POST, OPTIONS',
        'access-control-allow-headers': 'Content-Type, Authorization',
        vary: 'Origin',
      });
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    },
  );

  test.each([
    `${page}.evil`,
    `${page}/`,
    `${page}:443`,
    page.replace('https', 'http'),
    page.toUpperCase(),
    'null',
    '*',
    'https://other.example',
  ])('that is not registered gets none: %s', async (origin) => {
    const started = await service(withPage);
    const { headers } = await started.send({ method: 'OPTIONS', headers: preflight(origin) });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(headers['vary']).toBe('Origin');
  });

  test('may read the answer to its own client, and a refusal', async () => {
    const started = await service(withPage);
    const mine = await started.send({ headers: ['Origin', page, 'Authorization', `Bearer ${token()}`] });
    const refused = await started.send({ headers: ['Origin', page] });
    expect([mine, refused].map(({ headers }) => headers['access-control-allow-origin'])).toEqual([
      page,
      page,
    ]);
  });

  test('may not read the answer to another client', async () => {
    const started = await service(withPage);
    const { status, headers } = await started.send({
      headers: ['Origin', page, 'Authorization', `Bearer ${ofOther()}`],
    });
    expect([status, headers['access-control-allow-origin'], headers['vary']]).toEqual([
      200,
      undefined,
      'Origin',
    ]);
  });
});

test('discovery is told to anybody when that is switched on, and nothing else is', async () => {
  const started = await service({ discoveryOpen: true });
  const discover = (method: string) => started.send({ method, path: '/cds-services' });
  expect((await discover('GET')).status).toBe(200);
  expect((await discover('HEAD')).status).toBe(200);
  expect((await discover('POST')).status).toBe(401);
  expect((await started.send({})).status).toBe(401);
});

test.each(['/healthz', '/readyz', '/cards/any'])('%s needs no token', async (path) => {
  const started = await service();
  expect((await started.send({ method: 'GET', path })).status).toBe(200);
});

describe('the rate of a client', () => {
  test('holds back the call beyond it, says for how long, and lets the next minute in', async () => {
    const started = await service({ client: { rate: 3 } });
    const statuses = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await started.call(token())).status);
    const held = await started.call(token());
    expect([...statuses, held.status, held.headers['retry-after']]).toEqual([200, 200, 200, 429, 429, '20']);
    started.clock.now += 20;
    expect((await started.call(token())).status).toBe(200);
  });

  test('is no more than a full minute at once, however long the client made no call', async () => {
    const started = await service({ client: { rate: 3 } });
    await started.call(token());
    started.clock.now += 180;
    const statuses = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await started.call(token())).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  test('is its own: others and forged tokens neither use it up nor feel it', async () => {
    const started = await service({ client: { rate: 1 } });
    await started.call(token({ key: keys.attacker.privateKey }));
    expect((await started.call(token())).status).toBe(200);
    const other = { claims: { iss: OTHER_ISSUER }, header: { kid: 'other' }, key: keys.other.privateKey };
    expect((await started.call(token(other))).status).toBe(200);
  });
});

/** The real cards behind the real door. */
async function realService(client: Partial<Client>) {
  const jwks = await keyServer(sending({ keys: keySet }));
  const { lines, log } = keptLog();
  const config = loadConfig({ PUBLIC_URL, CLIENTS_FILE: 'clients.yaml' });
  const pipeline = createPipeline({
    config,
    log,
    clock: () => new Date(FIXTURES_NOW),
    uuid: () => crypto.randomUUID(),
    fetching: { answerMs: 2_000, servers: [], isLocal: true },
  });
  const clients = createClients({
    clients: clientsAt(jwks.url, client),
    publicUrl: PUBLIC_URL,
    log,
    clock: () => new Date(NOW * 1_000),
  });
  const app = createApp({
    ...pipeline,
    config,
    log,
    ready: () => true,
    access: { clients, discoveryOpen: false },
  });
  const { url } = await open(createHttpServer(app));
  const call = async (body: object) => {
    const headers = ['Authorization', `Bearer ${token()}`];
    const { status, text } = await sendTo(url, { headers, body: JSON.stringify(body) });
    const { cards } = JSON.parse(text) as { readonly cards: readonly Card[] };
    return { status, cards, text };
  };
  return { call, logged: () => JSON.stringify(lines) };
}

const replaced = () => example('baclofen-in-place-of-cyclobenzaprine');

describe('the FHIR servers of a client', () => {
  const answering = () => fhirServer((_request, response) => json(response, searchset()));

  test('are asked with the token of the call', async () => {
    const server = await answering();
    const { call } = await realService({ fhirServers: [server.url] });
    expect((await call(asking(server, replaced(), 'medications'))).status).toBe(200);
    expect(server.asked.length).toBeGreaterThan(0);
    expect(new Set(server.tokens)).toEqual(new Set([`Bearer ${TOKEN}`]));
  });

  test.each<readonly [string, (url: string) => string]>([
    ['a server that is not listed, though on this machine', (url) => url.replace('127.0.0.1', 'localhost')],
    ['the path of another tenant', (url) => `${url}/other`],
    ['a path above', (url) => url.replace('/fhir', '')],
    ['a path that only begins the same', (url) => `${url}evil`],
    ['a path that climbs out', (url) => `${url}/../admin`],
    ['a path in another case', (url) => url.replace('/fhir', '/FHIR')],
    ['another port', (url) => url.replace(/:\d+/, ':1')],
  ])('are those listed exactly; nothing goes to %s', async (_name, change) => {
    const server = await answering();
    const { call, logged } = await realService({ fhirServers: [server.url] });
    const { status, text } = await call(asking({ url: change(server.url) }, replaced(), 'medications'));
    expect([status, server.sockets()]).toEqual([200, 0]);
    expect(text).toContain('its FHIR server is not registered here');
    expect(logged()).toContain('is not one of the fhirServers of its client');
    expect(logged()).not.toContain(TOKEN);
  });
});

describe('suggestions', () => {
  const suggested = (cards: readonly Card[]) => cards.filter(({ suggestions }) => suggestions !== undefined);

  test('are taken at most one at a time by default', async () => {
    const { call } = await realService({});
    const { cards } = await call(replaced());
    expect(suggested(cards).map(({ selectionBehavior }) => selectionBehavior)).toContain('at-most-one');
    expect(suggested(cards).map(({ selectionBehavior }) => selectionBehavior)).not.toContain('any');
  });

  test('may be taken together where the client wants it so, each with one action', async () => {
    const { call } = await realService({ selectionBehavior: 'any' });
    const { cards } = await call(replaced());
    expect(suggested(cards).length).toBeGreaterThan(0);
    expect(new Set(suggested(cards).map(({ selectionBehavior }) => selectionBehavior))).toEqual(
      new Set(['any']),
    );
    const actions = suggested(cards).flatMap(({ suggestions = [] }) =>
      suggestions.map((one) => one.actions.length),
    );
    expect(new Set(actions)).toEqual(new Set([1]));
  });

  test('of two actions become two', () => {
    const action = (id: string) =>
      ({ type: 'delete', description: `Remove ${id}`, resourceId: `MedicationRequest/${id}` }) as const;
    const card = {
      uuid: 'c',
      summary: 's',
      detail: 'd',
      indicator: 'warning',
      source: { label: 'l', url: 'u', topic: { system: 's', code: 'c', display: 'd' } },
      selectionBehavior: 'at-most-one',
      suggestions: [{ label: 'Remove both', uuid: 's', actions: [action('a'), action('b')] }],
    } as const;
    const caller = { client: 'ehr', fhirServers: [], selectionBehavior: 'any' } as const;
    const [changed] = selectable([card], caller, () => 'new');
    expect(changed?.suggestions).toEqual([
      { label: 'Remove a', uuid: 'new', actions: [action('a')] },
      { label: 'Remove b', uuid: 'new', actions: [action('b')] },
    ]);
    expect(selectable([card], undefined, () => 'new')).toEqual([card]);
  });
});
