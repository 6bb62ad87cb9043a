/** H1–H8: malformed HTTP, slow and idle connections, methods and addresses. */

import type { Attack } from './attack.js';
import { ORDER_SIGN, tokenOf } from './tokens.js';
import { type Exchange, exchange, type Reply } from './wire.js';
import { callOf, type World } from './world.js';

const call = () => JSON.stringify(callOf());
const authorized = () => `Authorization: Bearer ${tokenOf()}`;
const head = (...lines: readonly string[]) =>
  [`POST ${ORDER_SIGN} HTTP/1.1`, authorized(), 'Content-Type: application/json', ...lines, '', ''].join(
    '\r\n',
  );
const host = 'Host: 127.0.0.1';

const raw = (
  id: string,
  what: string,
  bytes: () => string,
  expected: readonly number[] = [400, 0],
  how: Exchange = {},
): Attack => ({ id, what, expected, run: (world) => world.raw(bytes(), how) });

const framing: readonly Attack[] = [
  raw(
    'H1.1',
    'a length and chunks',
    () => `${head(host, 'Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
  ),
  raw('H1.2', 'an unknown transfer coding', () => `${head(host, 'Transfer-Encoding: xchunked')}0\r\n\r\n`),
  raw('H1.3', 'two lengths', () => `${head(host, 'Content-Length: 2', 'Content-Length: 3')}{}`),
  raw('H1.4', 'a length below nothing', () => `${head(host, 'Content-Length: -1')}{}`),
  raw('H1.5', 'a length with a sign', () => `${head(host, 'Content-Length: +2')}{}`),
  raw('H1.6', 'a folded header', () => `${head(host, 'X-A: 1\r\n 2', 'Content-Length: 2')}{}`, [400, 0]),
  raw('H1.7', 'a blank before the colon', () => `${head('Host : 127.0.0.1', 'Content-Length: 2')}{}`),
  raw('H1.8', 'bare line feeds', () => `${head(host, 'Content-Length: 2')}{}`.replaceAll('\r\n', '\n')),
  raw('H1.9', 'no Host', () => `${head('Content-Length: 2')}{}`),
  raw(
    'H1.10',
    'a chunk extension of 1 MB',
    () => `${head(host, 'Transfer-Encoding: chunked')}2;x=${'x'.repeat(1_048_576)}\r\n{}\r\n0\r\n\r\n`,
    [400, 413, 0],
  ),
  raw(
    'H1.11',
    'a chunk size that is no number',
    () => `${head(host, 'Transfer-Encoding: chunked')}zz\r\n{}\r\n0\r\n\r\n`,
  ),
  raw('H1.12', 'chunked twice', () => `${head(host, 'Transfer-Encoding: chunked, chunked')}0\r\n\r\n`),
  raw('H1.13', 'NUL in a header', () => `${head(host, 'X-A: a\u0000b', 'Content-Length: 2')}{}`),
  raw('H1.14', 'HTTP/0.9', () => `GET ${ORDER_SIGN}\r\n\r\n`, [400, 401, 0]),
  raw('H1.15', 'HTTP/9.9', () => `GET / HTTP/9.9\r\n${host}\r\n\r\n`, [400, 505, 0]),
  raw('H1.16', 'a TLS greeting', () => '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'),
  raw('H1.17', 'the preface of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400, 404, 405, 505, 0]),
];

export const sent = (
  id: string,
  what: string,
  sending: Parameters<World['send']>[0],
  expected: readonly number[],
  also?: Attack['also'],
): Attack => ({ id, what, expected, run: (world) => world.send(sending), ...(also && { also }) });
const many = (count: number) => Array.from({ length: count }, (_, n) => `X-H-${n}: 1`);

const headers: readonly Attack[] = [
  raw('H2.1', 'two Hosts', () => `${head(host, 'Host: evil.example', 'Content-Length: 2')}{}`, [400]),
  raw(
    'H2.2',
    'two Content-Types',
    () => `${head(host, 'Content-Type: text/plain', 'Content-Length: 2')}{}`,
    [400],
  ),
  raw(
    'H2.3',
    'an authority as Host',
    () => `${head('Host: user@127.0.0.1/path?x', 'Content-Length: 2')}{}`,
    [400, 0],
  ),
  sent('H3.1', 'a header of 13 kB', { lines: [`X-A: ${'x'.repeat(13_000)}`], body: '{}' }, [400, 431]),
  sent('H3.2', 'a header of 20 kB', { lines: [`X-A: ${'x'.repeat(20_000)}`], body: '{}' }, [431, 0]),
  sent('H3.3', '1,500 headers', { lines: many(1_500), body: '{}' }, [431, 400, 0]),
  sent('H3.4', '150 headers', { lines: many(150), body: '{}' }, [431]),
];

const slowly = (
  id: string,
  what: string,
  pieces: () => readonly string[],
  pauseMs: number,
  mostMs: number,
): Attack => ({
  id,
  what,
  expected: [408, 400, 0],
  within: mostMs,
  run: ({ port }) =>
    exchange(
      port,
      pieces().map((piece) => Buffer.from(piece, 'latin1')),
      { waitMs: mostMs + 500, pauseMs, untilClosed: true },
    ),
});
/** Run at the same time, so that the suite waits once. */
const slow: readonly Attack[] = [
  slowly('H4.1', 'a connection that says nothing', () => [''], 1, 7_000),
  slowly('H4.2', 'headers byte by byte', () => head(host).split(''), 400, 7_000),
  slowly('H4.3', 'a body that never comes', () => [head(host, 'Content-Length: 100')], 1, 12_000),
  slowly(
    'H4.4',
    'a body byte by byte',
    () => [head(host, 'Content-Length: 100'), ...Array.from({ length: 90 }, () => 'x')],
    900,
    12_000,
  ),
];

/** Resolves when all of them are there, to what they are answered in the end. */
async function crowd(
  { port }: World,
  count: number,
  bytes: string,
): Promise<{ readonly replies: Promise<Reply[]> }> {
  const replies: Promise<Reply>[] = [];
  const one = (onSent: () => void) =>
    replies.push(exchange(port, Buffer.from(bytes, 'latin1'), { waitMs: 1_200, onSent }));
  await Promise.all(Array.from({ length: count }, () => new Promise<void>(one)));
  return { replies: Promise.all(replies) };
}
const crowds: readonly Attack[] = [
  ['H5.1', '600 connections that say nothing', () => ''],
  ['H5.2', '600 half requests', () => `POST ${ORDER_SIGN} HTTP/1.1\r\n${host}\r\n`],
  [
    'H5.3',
    '600 half bodies without a token',
    () => `POST ${ORDER_SIGN} HTTP/1.1\r\n${host}\r\nContent-Length: 60000\r\n\r\n{`,
  ],
].map(
  ([id, what, bytes]): Attack => ({
    id: String(id),
    what: `${String(what)}, all given up at once`,
    expected: [200],
    run: async (world) => {
      const { replies } = await crowd(world, 600, (bytes as () => string)());
      const reply = await world.send({ body: call() });
      await replies;
      return reply;
    },
  }),
);

const refusedMethod = (id: string, method: string, expected: readonly number[]) =>
  sent(id, `the method ${method}`, { method }, expected, ({ status, headers: got }) =>
    status === 405 && got['allow'] === undefined ? ['405 without Allow'] : [],
  );
const methods: readonly Attack[] = [
  ...['TRACE', 'PUT', 'DELETE', 'PATCH', 'GET', 'HEAD', 'PROPFIND'].map((method, index) =>
    refusedMethod(`H6.${index + 1}`, method, [405]),
  ),
  refusedMethod('H6.8', 'FOO', [400]),
  raw('H6.9', 'CONNECT', () => `CONNECT 127.0.0.1:22 HTTP/1.1\r\n${host}\r\n\r\n`, [400, 404, 405, 0]),
  sent(
    'H6.10',
    'another method in X-HTTP-Method-Override',
    { headers: { 'X-HTTP-Method-Override': 'DELETE' }, body: call() },
    [200],
  ),
  sent('H6.11', 'OPTIONS', { method: 'OPTIONS' }, [204]),
];

const at = (id: string, path: string, expected: readonly number[]) =>
  sent(id, `the address ${path.slice(0, 40)}`, { path, body: call() }, expected);
const addresses: readonly Attack[] = [
  at('H7.1', `http://evil.example${ORDER_SIGN}`, [400, 401, 404, 200]),
  at('H7.2', '/cds-services/%2e%2e/', [400, 401, 404]),
  at('H7.3', `${ORDER_SIGN}%00`, [400, 401, 404]),
  at('H7.4', '/cds-services/%E0%A4%A', [400, 401, 404]),
  at('H7.5', `/${ORDER_SIGN}`, [400, 401, 404]),
  at('H7.6', `/${'x'.repeat(8_000)}`, [404, 414, 431]),
  at('H7.7', `${ORDER_SIGN};x=y`, [400, 401, 404]),
  at('H7.8', ORDER_SIGN.toUpperCase(), [400, 401, 404]),
  at('H7.9', '/cds-services/__proto__', [401, 404]),
  at('H7.10', '/cds-services/constructor', [401, 404]),
  at('H7.11', '/cards/..%2f..%2fpackage.json', [400, 404, 405]),
  at('H7.12', '/cards/__proto__', [404, 405]),
  at('H7.13', '/%', [400, 404]),
  at('H7.14', '/cds-services/ECHO-<script>alert(1)</script>', [400, 401, 404]),
  sent(
    'H7.15',
    'a page of a card outside its folder',
    { method: 'GET', path: '/cards/../../../etc/passwd' },
    [400, 404],
  ),
  {
    id: 'H8.1',
    what: '99 requests in one go are all answered, in order',
    expected: [200],
    run: async (world) => {
      const path = (n: number) => (n % 3 === 0 ? '/healthz' : '/nothing');
      const one = (n: number) =>
        `GET ${path(n)} HTTP/1.1\r\n${host}\r\n${n === 98 ? 'Connection: close\r\n' : ''}\r\n`;
      const bytes = Array.from({ length: 99 }, (_, n) => one(n)).join('');
      const reply = await world.raw(bytes, { untilClosed: true });
      const statuses = [...reply.raw.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
      const isInOrder = statuses.join() === Array.from({ length: 33 }, () => '200,404,404').join();
      return { ...reply, status: isInOrder ? 200 : -2, body: '', raw: '' };
    },
  },
  raw(
    'H8.2',
    'Expect: 100-continue with 1 GB',
    () => head(host, 'Expect: 100-continue', 'Content-Length: 1073741824'),
    [413, 417],
  ),
  raw('H8.3', 'Expect: something else', () => `${head(host, 'Expect: foo', 'Content-Length: 2')}{}`, [417]),
  sent(
    'H8.4',
    'Upgrade: h2c',
    { headers: { Upgrade: 'h2c', Connection: 'Upgrade, HTTP2-Settings' }, body: call() },
    [200],
  ),
  sent(
    'H8.5',
    'Upgrade: websocket',
    { method: 'GET', path: '/cds-services', headers: { Upgrade: 'websocket', Connection: 'Upgrade' } },
    [200, 400, 401],
  ),
];

export const http: readonly Attack[] = [...framing, ...headers, ...methods, ...addresses, ...crowds];
export const slowHttp = slow;
