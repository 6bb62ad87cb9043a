/** The server on real sockets: limits, refused bodies, and a stop that answers what has been asked. */
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { createHttpServer, listen, stopServer } from '../../src/http/server.js';
import type { CdsResponse } from '../../src/cdshooks/protocol.js';
import { exchange, open } from '../support/servers.js';
import { oneCard, orderSign, startedApp } from './support.js';

async function serve(behaviour: Parameters<typeof startedApp>[0] = {}) {
  const server = createHttpServer(startedApp(behaviour).app);
  const { port, url } = await open(server);
  return { server, port, url };
}

function post(url: string, body: string | ReadableStream): Promise<Response> {
  return fetch(`${url}/cds-services/rx-distinct-order-sign`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
    duplex: 'half',
  });
}

describe('the server', () => {
  test('listens on a free port when asked for port 0', async () => {
    const { server, port } = await serve();
    expect(port).toBe((server.address() as AddressInfo).port);
    expect(port).toBeGreaterThan(0);
  });

  test('tells when its port is taken', async () => {
    const { port } = await serve();
    const second = createHttpServer(startedApp().app);
    await expect(listen(second, '127.0.0.1', port)).rejects.toThrow('EADDRINUSE');
  });

  test('makes requests and responses with the prototypes that Express would give them', async () => {
    const { app } = startedApp();
    const server = createHttpServer(app);
    const made: unknown[] = [];
    // Before Express, which would change them otherwise.
    server.prependListener('request', (request, response) => {
      made.push(Object.getPrototypeOf(request), Object.getPrototypeOf(response));
    });
    const { url } = await open(server);
    const response = await fetch(`${url}/cds-services`);
    expect(response.status).toBe(200);
    expect(made[0]).toBe(app.request);
    expect(made[1]).toBe(app.response);
  });

  test('gives slow clients seconds, not minutes', async () => {
    const { server } = await serve();
    expect(server).toMatchObject({
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      keepAliveTimeout: 65_000,
      maxConnections: 4_096,
    });
  });

  test('answers 413 to a body that announces its size', async () => {
    const { url } = await serve({ maxBody: 1_000 });
    const response = await post(url, 'x'.repeat(5_000_000));
    expect(response.status).toBe(413);
  });

  test('answers 413 to a body that does not announce its size', async () => {
    const { url } = await serve({ maxBody: 1_000 });
    const response = await post(url, new Blob(['x'.repeat(3_000)]).stream());
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ resourceType: 'OperationOutcome' });
  });

  test('closes the connection of a refused body that goes on arriving', async () => {
    const { port } = await serve({ maxBody: 1_000 });
    const received = await exchange(
      port,
      'POST /cds-services/rx-distinct-order-sign HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 90000000\r\n\r\n{',
    );
    expect(received).toEqual({ text: expect.stringMatching(/^HTTP\/1\.1 413 /), isBroken: false });
  });

  test('frees the place of a client that never closes what it was refused', async () => {
    const { server, port } = await serve();
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () =>
      socket.write('NO HTTP\r\n\r\n'),
    );
    socket.on('error', () => undefined);
    await new Promise((resolve) => server.once('clientError', resolve));
    const end = Date.now() + 10_000;
    const left = () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
    while ((await left()) > 0 && Date.now() < end) await wait(50);
    expect(await left()).toBe(0);
    socket.destroy();
  });

  test.each([
    ['is no HTTP', 'NO HTTP\r\n\r\n'],
    ['has two lengths', 'GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
  ])('what %s is not answered in place of the call before it', async (_, next) => {
    const { port } = await serve({ answer: () => new Promise(() => undefined) });
    const body = JSON.stringify(orderSign);
    const call = `POST /cds-services/rx-distinct-order-sign HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    expect((await exchange(port, call + next)).text).toBe('');
  });

  test('an unreadable rest of a call is answered as this call', async () => {
    const { port } = await serve();
    const call =
      'POST /cds-services/rx-distinct-order-sign HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
    const received = await exchange(port, `${call}Transfer-Encoding: chunked\r\n\r\nno length\r\n`);
    expect(received.text).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('tells callers of HTTP/1.0 how long an answer is, and keeps their connection', async () => {
    const { port } = await serve();
    const body = JSON.stringify(orderSign);
    const call = `POST /cds-services/rx-distinct-order-sign HTTP/1.0\r\nConnection: keep-alive\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const { text } = await exchange(port, `${call}${call.replace('keep-alive', 'close')}`);
    const lengths = [...text.matchAll(/Content-Length: (\d+)/g)].map(([, length]) => Number(length));
    expect(lengths).toEqual([JSON.stringify(oneCard).length, JSON.stringify(oneCard).length]);
  });

  test('refuses a call without Host', async () => {
    const { port } = await serve();
    expect(await exchange(port, 'GET /healthz HTTP/1.1\r\n\r\n')).toEqual({
      text: expect.stringMatching(/^HTTP\/1\.1 400 /),
      isBroken: false,
    });
  });
});

describe('a stop', () => {
  const times = { noticeMs: 100, cutMs: 2_000 };

  test('lets the call that is under way get its answer', async () => {
    let finish: (answer: CdsResponse) => void = () => undefined;
    let arrived: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { server, url } = await serve({
      answer: () =>
        new Promise((resolve) => {
          finish = resolve;
          arrived();
        }),
    });
    const call = post(url, JSON.stringify(orderSign));
    await asked;
    const stopped = stopServer(server, times);
    finish(oneCard);
    expect(await (await call).json()).toEqual(oneCard);
    await stopped;
    expect(server.listening).toBe(false);
  });

  test('still answers for a moment, closing each connection', async () => {
    let isReady = true;
    const { server, url } = await serve({ ready: () => isReady });
    isReady = false;
    const stopped = stopServer(server, times);
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(response.headers.get('connection')).toBe('close');
    await stopped;
  });

  test('does not wait for a client that keeps an idle connection', async () => {
    const { server, url } = await serve();
    await (await fetch(`${url}/healthz`)).text();
    await expect(stopServer(server, { noticeMs: 0, cutMs: 60_000 })).resolves.toBeUndefined();
  });

  test('cuts a call that never ends', async () => {
    const { server, url } = await serve({ answer: () => new Promise(() => undefined) });
    const call = post(url, JSON.stringify(orderSign)).catch((error: unknown) => error);
    await stopServer(server, { noticeMs: 200, cutMs: 100 });
    expect(await call).toMatchObject({ name: 'TypeError', message: 'fetch failed' });
  });
});
