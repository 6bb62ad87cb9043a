/** A service with registered clients, their key servers and a trap, over real sockets; tokens of any form, signed here. */

import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { createServer, type OutgoingHttpHeaders, request, type ServerResponse } from 'node:http';
import { createApp } from '../../src/app.js';
import type { Arrival } from '../../src/cdshooks/protocol.js';
import { createClients } from '../../src/clients/authenticate.js';
import type { Client } from '../../src/clients/client.js';
import { readKeySet } from '../../src/clients/key-set.js';
import type { ReplayStore } from '../../src/clients/replay.js';
import { loadConfig } from '../../src/config.js';
import { createHttpServer } from '../../src/http/server.js';
import { oneCard, orderSign } from '../http/support.js';
import { keptLog, type Line } from '../support/log.js';
import { loadClient } from '../../src/record/fetch/http-client.js';
import { open } from '../support/servers.js';

/** 2026-11-22T12:00:00Z, in seconds. */
export const NOW = 1_795_348_800;
export const PUBLIC_URL = 'https://cds.example.org';
export const SERVICE = '/cds-services/rx-distinct-order-sign';
export const AUDIENCE = `${PUBLIC_URL}${SERVICE}`;
export const ISSUER = 'https://ehr.example.org';
export const OTHER_ISSUER = 'https://other.example.org';
export const REFUSAL =
  '{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"security","diagnostics":"A valid token is needed."}]}';

export interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export const ec = (namedCurve: string): Pair => generateKeyPairSync('ec', { namedCurve });
export const rsa = (modulusLength: number): Pair => generateKeyPairSync('rsa', { modulusLength });

export const keys = {
  es384: ec('P-384'),
  es256: ec('P-256'),
  rs384: rsa(2048),
  anyRsa: rsa(2048),
  weak: rsa(1024),
  ed: generateKeyPairSync('ed25519') as Pair,
  other: ec('P-384'),
  attacker: ec('P-384'),
};

export const jwk = (pair: Pair, more: object): Record<string, unknown> => ({
  ...pair.publicKey.export({ format: 'jwk' }),
  ...more,
});

export const keySet = [
  jwk(keys.es384, { kid: 'es384', alg: 'ES384', use: 'sig' }),
  jwk(keys.es256, { kid: 'es256', alg: 'ES256' }),
  jwk(keys.rs384, { kid: 'rs384', alg: 'RS384' }),
  jwk(keys.anyRsa, { kid: 'any+rsa/key==' }),
  jwk(keys.weak, { kid: 'weak', alg: 'RS384' }),
  jwk(keys.ed, { kid: 'ed', alg: 'EdDSA' }),
  { kty: 'oct', kid: 'oct', alg: 'HS256', k: Buffer.from('secret').toString('base64url') },
];

/** An entry of the list of clients, with its key. */
export const inlineClient = {
  name: 'ehr',
  iss: ISSUER,
  jwks: { keys: [jwk(keys.es384, { kid: 'es384', alg: 'ES384' })] },
};

const base64url = (text: string) => Buffer.from(text).toString('base64url');

/** The signature of a text by an algorithm of JWA (RFC 7518). */
export function signature(text: string, alg: string, key: KeyObject | string | Buffer): string {
  const data = Buffer.from(text);
  const hash = `sha${alg.slice(2)}`;
  if (alg.startsWith('HS')) {
    return createHmac(hash, key).update(data).digest('base64url');
  }
  const privateKey = key as KeyObject;
  if (alg === 'EdDSA') return sign(null, data, privateKey).toString('base64url');
  if (alg.startsWith('ES')) {
    return sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  }
  const options = alg.startsWith('PS') ? { key: privateKey, padding: 6, saltLength: -1 } : privateKey;
  return sign(hash, data, options).toString('base64url');
}

export interface Making {
  /** Members beside or instead of those of a legal token; undefined leaves one out. */
  readonly header?: object;
  readonly claims?: object;
  readonly key?: KeyObject | string | Buffer;
  /** What it is really signed with, when the header says another. */
  readonly signedAs?: string;
  /** Texts in place of the JSON. */
  readonly headerText?: string;
  readonly payloadText?: string;
}

export const legalHeader = { alg: 'ES384', kid: 'es384', typ: 'JWT' };
export const legalClaims = (): Record<string, unknown> => ({
  iss: ISSUER,
  aud: AUDIENCE,
  iat: NOW,
  exp: NOW + 300,
  jti: randomUUID(),
  tenant: 'north',
});

/** A token that is right in all but what is asked for. */
export function token(making: Making = {}): string {
  const header = { ...legalHeader, ...making.header };
  const head = base64url(making.headerText ?? JSON.stringify(header));
  const body = base64url(making.payloadText ?? JSON.stringify({ ...legalClaims(), ...making.claims }));
  const alg = making.signedAs ?? header.alg;
  return `${head}.${body}.${signature(`${head}.${body}`, alg, making.key ?? keys.es384.privateKey)}`;
}

export interface KeyServer {
  readonly url: string;
  /** Paths that were asked for. */
  readonly asked: string[];
  answer: (response: ServerResponse) => void;
}

export const sending =
  (body: unknown, headers: OutgoingHttpHeaders = { 'Content-Type': 'application/json' }, status = 200) =>
  (response: ServerResponse): void => {
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  };

export async function keyServer(answer = sending({ keys: keySet })): Promise<KeyServer> {
  const asked: string[] = [];
  const made = { asked, answer, url: '' };
  const server = createServer((incoming, response) => {
    asked.push(incoming.url ?? '');
    response.on('error', () => undefined);
    made.answer(response);
  });
  made.url = `${(await open(server)).url}/jwks.json`;
  return made;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export interface Sending {
  readonly method?: string;
  readonly path?: string;
  /** Names and values in turn. */
  readonly headers?: readonly string[];
  readonly body?: string;
}

export interface Service {
  readonly url: string;
  readonly lines: Line[];
  readonly arrivals: Arrival[];
  readonly keyServer: KeyServer;
  /** Of the service; seconds. */
  readonly clock: { now: number };
  send(sending: Sending): Promise<Answer>;
  /** An order-sign call with this token. */
  call(bearer: string): Promise<Answer>;
}

export interface Starting {
  readonly client?: Partial<Client>;
  readonly replay?: ReplayStore;
  readonly discoveryOpen?: boolean;
  readonly answer?: (response: ServerResponse) => void;
}

/** Two clients: one whose keys are at the key server, one with keys of its own in the file. */
export async function service(starting: Starting = {}): Promise<Service> {
  const { lines, log } = keptLog();
  const arrivals: Arrival[] = [];
  const clock = { now: NOW };
  const server = await keyServer(starting.answer);
  // A service that is ready has it.
  await loadClient();
  const registered = createClients({
    clients: clientsAt(server.url, starting.client),
    publicUrl: PUBLIC_URL,
    log,
    clock: () => new Date(clock.now * 1_000),
    ...(starting.replay === undefined ? {} : { replay: starting.replay }),
  });
  const app = createApp({
    config: loadConfig({}),
    log,
    services: [
      { hook: 'order-sign', id: 'rx-distinct-order-sign', title: 'sign', description: 'sign' },
      { hook: 'order-select', id: 'rx-distinct-order-select', title: 'select', description: 'select' },
    ],
    answer: (_request, arrival) => {
      arrivals.push(arrival);
      return oneCard;
    },
    cardPage: () => '# A card',
    readiness: () => ({}),
    ready: () => true,
    access: { clients: registered, discoveryOpen: starting.discoveryOpen ?? false },
  });
  const { url } = await open(createHttpServer(app));
  const send = (sending: Sending) => sendTo(url, sending);
  const call = (bearer: string) => send({ headers: ['Authorization', `Bearer ${bearer}`] });
  return { url, lines, arrivals, keyServer: server, clock, send, call };
}

export function clientsAt(url: string, change: Partial<Client> = {}): readonly Client[] {
  const inline = { keys: [jwk(keys.other, { kid: 'other', alg: 'ES384' })] };
  const common = {
    aud: [],
    fhirServers: [],
    tenants: undefined,
    algorithms: ['ES384', 'RS384'],
    selectionBehavior: 'at-most-one',
    origins: [],
    rate: undefined,
  } as const;
  const first = { ...common, name: 'ehr', iss: ISSUER, keys: { is: 'at', url }, tenants: ['north'] } as const;
  const second = {
    ...common,
    name: 'other',
    iss: OTHER_ISSUER,
    keys: { is: 'inline', keys: readKeySet(inline, ['ES384'])?.keys ?? new Map() },
  } as const;
  return [{ ...first, ...change }, second];
}

/** Below `fetch`, which joins headers and sets some itself. */
export function sendTo(url: string, { method = 'POST', path = SERVICE, headers = [], body }: Sending) {
  const text = body ?? JSON.stringify(orderSign);
  const all = ['Content-Type', 'application/json', ...headers];
  if (!all.includes('Host')) all.push('Host', new URL(url).host);
  if (method === 'POST') all.push('Content-Length', String(Buffer.byteLength(text)));
  return new Promise<Answer>((resolve, reject) => {
    const outgoing = request(`${url}${path}`, { method, headers: all, agent: false }, (response) => {
      let received = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        received += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: received }),
      );
    });
    outgoing.on('error', reject).end(method === 'POST' ? text : undefined);
  });
}
