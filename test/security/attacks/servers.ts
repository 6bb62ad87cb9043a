/** The other side of every attack, all on this machine: key sets, FHIR servers of all kinds, and a trap nobody may touch. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSocketServer, type Server as NetServer } from 'node:net';
import { brotliCompressSync } from 'node:zlib';
import { jwkOf, KID, keys } from './tokens.js';
import { canary } from './attack.js';

type Behaviour = (request: IncomingMessage, response: ServerResponse, trap: string) => void;

const json = (response: ServerResponse, value: unknown, status = 200) => {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
};
const flood = (response: ServerResponse) => {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536, 0x20)));
  };
  response.on('drain', more);
  more();
};
const drip = (response: ServerResponse) => {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 200);
  response.once('close', () => clearInterval(timer));
};

const mainKeys = [jwkOf(keys.es.publicKey, KID.es, 'ES384'), jwkOf(keys.rs.publicKey, KID.rs, 'RS384')];

/** One key set for each client whose name is `keys-…`. */
export const keyServers: Readonly<Record<string, Behaviour>> = {
  main: (_, response) => json(response, { keys: mainKeys }),
  huge: (_, response) => flood(response),
  drip: (_, response) => drip(response),
  many: (_, response) =>
    json(response, { keys: Array.from({ length: 10_000 }, (_, n) => ({ kty: 'EC', kid: `k${n}` })) }),
  broken: (_, response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"keys": [{'),
  redirect: (_, response, trap) => response.writeHead(302, { Location: `${trap}/jwks` }).end(),
  symmetric: (_, response) =>
    json(response, { keys: [{ kty: 'oct', kid: KID.es, k: 'c2VjcmV0LXNlY3JldA', alg: 'HS256' }] }),
  weak: (_, response) => json(response, { keys: [jwkOf(keys.weak.publicKey, KID.weak)] }),
  failing: (_, response) => json(response, { error: canary.name }, 500),
  html: (_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>keys</html>'),
  null: (_, response) => json(response, null),
};

const empty = { resourceType: 'Bundle', type: 'searchset', total: 0, entry: [] };
const next = (url: string) => ({ ...empty, total: 90_000, link: [{ relation: 'next', url }] });
const addressOf = ({ headers, url = '' }: IncomingMessage) => `http://${headers.host}${url}`;

/** One FHIR server for each base path `/fhir/<name>`. */
export const fhirServers: Readonly<Record<string, Behaviour>> = {
  empty: (_, response) => json(response, empty),
  'redirect-host': (_, response, trap) => response.writeHead(302, { Location: `${trap}/x` }).end(),
  'redirect-file': (_, response) => response.writeHead(302, { Location: 'file:///etc/passwd' }).end(),
  'redirect-loop': (request, response) => response.writeHead(307, { Location: addressOf(request) }).end(),
  'redirect-300': (_, response, trap) =>
    response.writeHead(300, { Location: trap, Refresh: `0;url=${trap}` }).end(),
  'next-host': (_, response, trap) => json(response, next(`${trap}/fhir/next-host/MedicationRequest?page=2`)),
  'next-port': (_, response, trap) => json(response, next(`//${new URL(trap).host}/fhir/next-port/x`)),
  'next-file': (_, response) => json(response, next('file:///etc/passwd')),
  'next-above': (_, response) => json(response, next('../../admin/secrets')),
  'next-loop': (request, response) => json(response, next(addressOf(request))),
  'next-endless': (request, response) =>
    json(response, next(`${addressOf(request).split('&_p')[0]}&_p=${Math.random()}`)),
  brotli: (_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'br' });
    response.end(bomb);
  },
  flood: (_, response) => flood(response),
  drip: (_, response) => drip(response),
  silent: () => undefined,
  headers: (_, response) =>
    response.writeHead(200, { 'Content-Type': 'application/json', 'X-Big': 'x'.repeat(65_000) }).end('{}'),
  html: (_, response) =>
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<p>${canary.name}</p>`),
  torn: (_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '500' });
    response.write('{"resourceType":"Bun');
    setTimeout(() => response.destroy(), 20);
  },
  deep: (_, response) =>
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('['.repeat(100_000)),
  nested: (_, response) =>
    response
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end(`{"resourceType":"Bundle","entry":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
  proto: (_, response) =>
    response
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end('{"resourceType":"Bundle","__proto__":{"polluted":1},"entry":[{"__proto__":{"polluted":1}}]}'),
  failing: (_, response) => json(response, { resourceType: 'OperationOutcome', text: canary.name }, 500),
  denied: (_, response) => json(response, { error: canary.token }, 401),
  stranger: (_, response) =>
    json(response, {
      ...empty,
      entry: [
        {
          resource: {
            resourceType: 'MedicationRequest',
            id: 'x',
            status: 'active',
            intent: 'order',
            subject: { reference: 'Patient/someone-else' },
            medicationCodeableConcept: { text: canary.name },
          },
        },
      ],
    }),
  'wrong-type': (_, response) => json(response, { resourceType: 'Practitioner', id: 'x' }),
  text: (_, response) => json(response, canary.name),
};

const bomb = brotliCompressSync(Buffer.alloc(50 * 1024 * 1024, 0x20));

export interface OtherSide {
  readonly origin: string;
  /** Base of everything an attack wants the service to connect to. */
  readonly trap: string;
  readonly trapPort: number;
  readonly trapped: () => number;
  /** Requests of a path below `/keys` or `/fhir`, and the tokens that came with them. */
  readonly asked: { readonly path: string; readonly token: string | undefined }[];
  close(): void;
}

const listening = (server: NetServer) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

export async function startOtherSide(): Promise<OtherSide> {
  let connections = 0;
  const trapServer = createSocketServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  const trapPort = await listening(trapServer);
  const trap = `http://127.0.0.1:${trapPort}`;
  const asked: { path: string; token: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, token: request.headers.authorization });
    response.on('error', () => undefined);
    const [, kind, name = ''] = path.split(/[/?]/);
    const behaviour = (kind === 'keys' ? keyServers : fhirServers)[name];
    if (behaviour === undefined) response.writeHead(404).end();
    else behaviour(request, response, trap);
  });
  const origin = `http://127.0.0.1:${await listening(server)}`;
  const close = () => {
    server.closeAllConnections();
    server.close();
    trapServer.close();
  };
  return { origin, trap, trapPort, trapped: () => connections, asked, close };
}
