/** A FHIR server of a test's making, the service in front of it, and the calls that name it: all over real HTTP. */

import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createApp } from '../../src/app.js';
import type { Card } from '../../src/cdshooks/protocol.js';
import { loadConfig } from '../../src/config.js';
import { createHttpServer } from '../../src/http/server.js';
import { createPipeline } from '../../src/pipeline.js';
import { loadClient } from '../../src/record/fetch/http-client.js';
import { FIXTURES_NOW } from '../../tools/fixtures.js';
import { keptLog, type Line } from '../support/log.js';
import { open } from '../support/servers.js';

// As the service does once it is ready: no test's time is for it.
await loadClient();

export const TOKEN = 'token-of-this-call';

/** What a server does with a request. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

export interface TestServer {
  readonly url: string;
  readonly origin: string;
  /** What it was asked: path and query. */
  readonly asked: string[];
  /** The `Authorization` of each request. */
  readonly tokens: (string | undefined)[];
  readonly sockets: () => number;
  close(): Promise<void>;
}

export async function fhirServer(behaviour: Behaviour): Promise<TestServer> {
  const asked: string[] = [];
  const tokens: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    tokens.push(request.headers.authorization);
    response.on('error', () => undefined);
    behaviour(request, response);
  });
  let sockets = 0;
  server.on('connection', () => {
    sockets += 1;
  });
  const { url: origin, close } = await open(server);
  return { url: `${origin}/fhir`, origin, asked, tokens, sockets: () => sockets, close };
}

export interface Answer {
  readonly status: number;
  readonly cards: readonly Card[];
  /** Indicator and topic of each card. */
  readonly topics: readonly string[];
  /** What the not-checked card says could not be read, and why. */
  readonly unread: string;
  readonly text: string;
  readonly ms: number;
}

export interface Service {
  readonly url: string;
  readonly lines: Line[];
  call(body: object): Promise<Answer>;
}

type Made = Pick<Service, 'lines'> & { readonly app: ReturnType<typeof createApp> };
const made = new Map<string, Made>();

/** Made once for each environment: what it remembers of servers is told apart by their ports. */
function make(variables: Readonly<Record<string, string>>): Made {
  const { lines, log } = keptLog();
  const config = loadConfig(variables);
  const pipeline = createPipeline({
    config,
    log,
    clock: () => new Date(FIXTURES_NOW),
    uuid: () => '00000000-0000-4000-8000-000000000001',
    fetching: { answerMs: config.answerMs, servers: config.sandboxFhirServers, isLocal: config.isLocal },
  });
  return { lines, app: createApp({ ...pipeline, config, log, ready: () => true }) };
}

/** The service with the real cards on the frozen day, behind a real socket. */
export async function service(variables: Readonly<Record<string, string>> = {}): Promise<Service> {
  const key = JSON.stringify(variables);
  const { lines, app } = made.get(key) ?? make(variables);
  made.set(key, { lines, app });
  lines.length = 0;
  const { url } = await open(createHttpServer(app));
  return { lines, url, call: (body) => call(url, body) };
}

async function call(url: string, body: object): Promise<Answer> {
  const { hook } = body as { readonly hook: string };
  const start = performance.now();
  const response = await fetch(`${url}/cds-services/rx-distinct-${hook}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const ms = performance.now() - start;
  const { cards = [] } = JSON.parse(text) as { readonly cards?: readonly Card[] };
  const topics = cards.map(({ indicator, source }) => `${indicator} ${source.topic.code}`);
  const notChecked = cards.find(({ source }) => source.topic.code === 'not-checked')?.detail ?? '';
  const [, unread = ''] = /\*\*Could not be read:\*\* (.*)\./.exec(notChecked) ?? [];
  return { status: response.status, cards, topics, unread, text, ms };
}

export interface Call {
  readonly hook: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly prefetch: Readonly<Record<string, unknown>>;
}

/** An example request, or one of those in several FHIR versions (`dstu2/…`). */
export const example = (name: string): Call => {
  const file = `fhir-fixtures/${name.includes('/') ? 'versions' : 'requests'}/${name}.json`;
  const call = JSON.parse(readFileSync(file, 'utf8')) as Call;
  return { ...call, prefetch: call.prefetch ?? {} };
};

/** The call without some of its prefetch, naming a FHIR server instead. */
export function asking(server: { readonly url: string }, call: Call, ...missing: readonly string[]): Call {
  const kept = Object.entries(call.prefetch).filter(([key]) => !missing.includes(key));
  const authorization = {
    access_token: TOKEN,
    token_type: 'Bearer',
    expires_in: 300,
    scope: 'patient/*.rs',
    subject: 's',
  };
  return Object.assign(
    { ...call, prefetch: Object.fromEntries(kept) },
    { fhirServer: server.url, fhirAuthorization: authorization },
  );
}

export const json = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'Content-Type': 'application/fhir+json' }).end(JSON.stringify(body));
};

export const searchset = (resources: readonly object[] = [], next?: string): object => ({
  resourceType: 'Bundle',
  type: 'searchset',
  total: resources.length,
  ...(next === undefined ? {} : { link: [{ relation: 'next', url: next }] }),
  entry: resources.map((resource) => ({ resource, search: { mode: 'match' } })),
});
