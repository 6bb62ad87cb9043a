/** Headers and addresses that two parties could read differently, and methods that an address does not take. */

import { beforeEach, describe, expect, test } from '@jest/globals';
import { createHttpServer } from '../../src/http/server.js';
import * as servers from '../support/servers.js';
import { orderSign, startedApp } from './support.js';

const started = startedApp();
let port = 0;
let url = '';

beforeEach(async () => {
  ({ port, url } = await servers.open(createHttpServer(started.app)));
});

/** @returns all that the server sends until it closes the connection */
async function exchange(...lines: readonly string[]): Promise<string> {
  return (await servers.exchange(port, `${lines.join('\r\n')}\r\n\r\n`)).text;
}

const get = (...headers: readonly string[]) =>
  exchange('GET /cds-services HTTP/1.1', 'Host: a', 'Connection: close', ...headers);
const statusOf = (received: string) => Number(received.slice(9, 12));

describe('400: a header that stands twice', () => {
  test.each([
    ['Host', ['Host: b']],
    ['Host, the same', ['Host: a']],
    ['Authorization', ['Authorization: Bearer a', 'Authorization: Bearer a']],
    ['Content-Type', ['Content-Type: application/json', 'content-type: text/plain']],
  ])('%s', async (_what, headers) => {
    const received = await get(...headers);
    expect(statusOf(received)).toBe(400);
    expect(received).toContain('"OperationOutcome"');
  });

  test.each([
    ['two lengths', ['Content-Length: 1', 'Content-Length: 2']],
    ['a length and chunks', ['Content-Length: 1', 'Transfer-Encoding: chunked']],
    ['an unknown transfer encoding', ['Transfer-Encoding: xchunked']],
    ['a negative length', ['Content-Length: -1']],
    ['a folded line', ['X-A: a', ' b']],
    ['a blank before the colon', ['X-A : a']],
  ])('or the parser does not take: %s', async (_what, headers) => {
    const received = await get(...headers);
    expect(statusOf(received)).toBe(400);
    expect(received).toMatch(/Content-Type: application\/json.*"OperationOutcome"/s);
    expect(received).toContain('Cache-Control: no-store');
  });

  test('or Host is missing', async () => {
    expect(statusOf(await exchange('GET /cds-services HTTP/1.1', 'Connection: close'))).toBe(400);
  });
});

describe('431: headers', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `X-${index}: a`);

  test('of which there are more than a hundred', async () => {
    expect(statusOf(await get(...many(98)))).toBe(200);
    expect(statusOf(await get(...many(99)))).toBe(431);
    expect(statusOf(await get(...many(1_900)))).toBe(431);
  });

  test('of more than 16 kB', async () => {
    expect(statusOf(await get(`X-A: ${'a'.repeat(15_000)}`))).toBe(200);
    const received = await get(`X-A: ${'a'.repeat(20_000)}`);
    expect(statusOf(received)).toBe(431);
    expect(received).toContain('"OperationOutcome"');
  });
});

describe('a method', () => {
  test.each(['PUT', 'PATCH', 'DELETE', 'TRACE', 'POST'])('%s is not taken by discovery', async (method) => {
    const received = await exchange(`${method} /cds-services HTTP/1.1`, 'Host: a', 'Connection: close');
    expect(statusOf(received)).toBe(405);
    expect(received).toMatch(/^Allow: GET, HEAD, OPTIONS\r$/m);
  });

  test.each(['GET', 'PUT', 'DELETE', 'TRACE'])('%s is not taken by a service', async (method) => {
    const received = await exchange(
      `${method} /cds-services/rx-distinct-order-sign HTTP/1.1`,
      'Host: a',
      'Connection: close',
      'X-HTTP-Method-Override: POST',
    );
    expect(statusOf(received)).toBe(405);
    expect(received).toMatch(/^Allow: POST, OPTIONS\r$/m);
  });

  test('that nobody knows is refused', async () => {
    expect(statusOf(await exchange('FOO / HTTP/1.1', 'Host: a', 'Connection: close'))).toBe(400);
  });

  test('CONNECT opens no tunnel', async () => {
    expect(await exchange('CONNECT 169.254.169.254:80 HTTP/1.1', 'Host: a')).not.toMatch(/^HTTP\/1\.1 2/);
  });
});

describe('an address', () => {
  test.each([
    ['/cds-services/%2e%2e/', 404],
    ['/cds-services/%00', 404],
    ['/cds-services/%E0%A4%A', 400],
    ['//cds-services', 404],
    ['/CDS-SERVICES', 404],
    ['/cds-services/__proto__', 404],
    ['/cds-services/constructor', 404],
    ['/cds-services;x=y', 404],
    [`/${'a'.repeat(8_000)}`, 404],
    ['/.env', 404],
    ['/metrics', 404],
    ['/insights', 404],
    ['/docs', 404],
    ['/debug', 404],
    ['/server-status', 404],
  ])('%s is answered %i, without being repeated', async (path, status) => {
    const received = await exchange(`GET ${path} HTTP/1.1`, 'Host: a', 'Connection: close');
    expect(statusOf(received)).toBe(status);
    expect(received).toContain('"OperationOutcome"');
    expect(received).not.toContain(path);
  });
});

describe('what proxies say', () => {
  const forwarded = [
    'X-Forwarded-Host: evil.example',
    'X-Forwarded-Proto: gopher',
    'X-Original-URL: /healthz',
    'Forwarded: host=evil.example',
  ];

  test('neither changes an answer nor comes back', async () => {
    const received = await get(...forwarded);
    expect(statusOf(received)).toBe(200);
    expect(received).toContain('Cache-Control: no-store');
    expect(received).not.toContain('evil.example');
  });

  test.each([
    [0, '198.51.100.7', '127.0.0.1'],
    [1, '203.0.113.9, 198.51.100.7', '198.51.100.7'],
    [2, '203.0.113.9, 198.51.100.7', '203.0.113.9'],
    [1, 'Smith, John', undefined],
  ])('with %i proxies before us, X-Forwarded-For %s means %s', async (hops, value, from) => {
    const { app, lines } = startedApp({ trustProxyHops: hops });
    const behind = await servers.open(createHttpServer(app));
    await fetch(`${behind.url}/cds-services`, {
      headers: { 'X-Forwarded-For': value, Connection: 'close' },
    });
    expect(lines.map(({ facts }) => facts.from)).toEqual([from]);
  });
});

describe('calls one after the other', () => {
  test('two hundred in one piece are answered in their order', async () => {
    const call = 'GET /cards/interchange/both-ordered HTTP/1.1\r\nHost: a\r\n';
    const last = 'GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close';
    const received = await exchange(`${`${call}\r\n`.repeat(199)}${last}`);
    expect([...received.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status)).toEqual([
      ...Array.from({ length: 199 }, () => '200'),
      '404',
    ]);
  });

  test.each([
    ['Expect: nonsense', 417],
    ['Upgrade: h2c', 200],
  ])('%s is answered %i', async (header, status) => {
    expect(statusOf(await get(header))).toBe(status);
  });

  test('a body of a gigabyte is not waited for', async () => {
    const received = await exchange(
      'POST /cds-services/rx-distinct-order-sign HTTP/1.1',
      'Host: a',
      'Content-Type: application/json',
      'Content-Length: 1000000000',
      'Expect: 100-continue',
    );
    expect(received).toMatch(/^HTTP\/1\.1 413 /m);
  });

  test('the next legal one gets its card', async () => {
    const answer = await fetch(`${url}/cds-services/rx-distinct-order-sign`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(orderSign),
    });
    expect(answer.status).toBe(200);
  });
});
