/** What happens when there is more to do than can be done: readiness ends first, then calls are turned away at once. */

import { connect, type Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { CdsResponse } from '../../src/cdshooks/protocol.js';
import { createOverload, limitsWithin, watchDelay } from '../../src/http/overload.js';
import { createHttpServer } from '../../src/http/server.js';
import { open } from '../support/servers.js';
import { oneCard, orderSign, startedApp } from './support.js';

const limits = { calls: 4, bytes: 4_000, delayMs: 100 };
const signUrl = '/cds-services/rx-distinct-order-sign';
const body = JSON.stringify(orderSign);

/** Keeps the process busy. */
function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** A service whose answers wait until they are let go. */
async function waiting(maxBody = 1_000) {
  const answers: ((answer: CdsResponse) => void)[] = [];
  const { app } = startedApp({
    maxBody,
    overload: createOverload(() => 0, maxBody, limits),
    answer: () => new Promise((resolve) => answers.push(resolve)),
  });
  const { url, port } = await open(createHttpServer(app));
  const call = (sent: string | ReadableStream = body) =>
    fetch(url + signUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: sent,
      duplex: 'half',
    });
  const started = async (count: number) => {
    const calls = Array.from({ length: count }, () => call());
    while (answers.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    return calls;
  };
  const letGo = () => answers.splice(0).forEach((answer) => answer(oneCard));
  const ready = async () => (await fetch(`${url}/readyz`)).status;
  return { call, started, letGo, ready, url, port };
}

describe('calls beyond the limit', () => {
  test('are turned away with 503 and Retry-After, and those before them get their answers', async () => {
    const { call, started, letGo } = await waiting();
    const calls = await started(4);
    const refused = await call();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ issue: [{ code: 'transient' }] });
    letGo();
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  test('are taken again once others are answered', async () => {
    const { started, letGo } = await waiting();
    const calls = await started(4);
    letGo();
    await Promise.all(calls);
    const later = await started(1);
    letGo();
    expect((await later[0])?.status).toBe(200);
  });

  test('end readiness before they come, and no longer than they last', async () => {
    const { started, letGo, ready } = await waiting();
    const first = await started(2);
    expect(await ready()).toBe(200);
    letGo();
    await Promise.all(first);
    const more = await started(3);
    expect(await ready()).toBe(503);
    letGo();
    await Promise.all(more);
    expect(await ready()).toBe(200);
  });

  test('do not keep anybody from discovery and pages', async () => {
    const { started, letGo, url } = await waiting();
    const calls = await started(4);
    expect((await fetch(`${url}/cds-services`)).status).toBe(200);
    expect((await fetch(`${url}/cards/interchange/both-ordered`)).status).toBe(200);
    letGo();
    await Promise.all(calls);
  });
});

describe('bodies', () => {
  test('beyond the limit are not read', async () => {
    const { call, started, letGo } = await waiting(4_000);
    const calls = await started(1);
    expect((await call(body + ' '.repeat(3_999 - body.length))).status).toBe(503);
    letGo();
    await Promise.all(calls);
  });

  test('that do not say their size count as the greatest there can be', async () => {
    const { call, started, letGo } = await waiting(4_000);
    const calls = await started(1);
    expect((await call(new Blob([body]).stream())).status).toBe(503);
    letGo();
    await Promise.all(calls);
  });

  /** Sends the head of a call, and so much of its body. */
  const begin = (port: number, announced: number, sent: number) =>
    new Promise<{ socket: Socket; status: Promise<string> }>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        const head = `POST ${signUrl} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n`;
        const text = `${head}Content-Length: ${announced}\r\n\r\n${' '.repeat(sent)}`;
        socket.on('error', () => undefined).write(text, () => resolve({ socket, status }));
      });
      const status = new Promise<string>((answered) => {
        socket.once('data', (answer: Buffer) => answered(answer.toString().split(' ')[1] ?? ''));
      });
    });

  test('that are announced and do not come keep nobody out', async () => {
    const { call, letGo, port } = await waiting(4_000);
    const halves = await Promise.all([1, 2, 3].map(() => begin(port, 3_900, 1)));
    const letting = setInterval(letGo, 5).unref();
    const { status } = await call();
    clearInterval(letting);
    for (const { socket } of halves) socket.destroy();
    expect(status).toBe(200);
  });

  test('that come to more than the limit together are turned away where they stand', async () => {
    const { port } = await waiting(4_000);
    const first = await begin(port, 3_000, 2_500);
    const second = await begin(port, 1_000, 0);
    const third = await begin(port, 1_000, 0);
    second.socket.write(' '.repeat(900));
    third.socket.write(' '.repeat(900));
    expect(await Promise.race([second.status, third.status])).toBe('503');
    for (const { socket } of [first, second, third]) socket.destroy();
  });

  test('that are too large for any call are told so', async () => {
    const { call } = await waiting();
    expect((await call(' '.repeat(100_000))).status).toBe(413);
  });
});

test.each([
  [352, 22],
  [1_024, 64],
  [4_144, 64],
])('a heap of %i MB leaves room for bodies of %i MB', (heap, room) => {
  const MB = 1024 * 1024;
  expect(Math.floor(limitsWithin(heap * MB).bytes / MB)).toBe(room);
});

describe('a delay of the event loop', () => {
  const statuses = async (delay: number) => {
    const { app } = startedApp({ overload: createOverload(() => delay, 10_000, limits) });
    const ready = await request(app).get('/readyz');
    const call = await request(app).post(signUrl).send(orderSign);
    return [ready.status, call.status, call.headers['retry-after']];
  };

  test.each([
    [74, [200, 200, undefined]],
    [75, [503, 200, undefined]],
    [99, [503, 200, undefined]],
    [100, [503, 503, '1']],
  ])('of %i ms: readiness, a call', async (delay, expected) => {
    expect(await statuses(delay)).toEqual(expected);
  });
});

describe('calls that come all at once', () => {
  test('are all answered when they are a burst', async () => {
    const { app } = startedApp({
      answer: () => {
        block(3);
        return oneCard;
      },
    });
    const { url } = await open(createHttpServer(app));
    const post = () =>
      fetch(url + signUrl, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    const answers = await Promise.all(Array.from({ length: 200 }, post));
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  });

  test('are turned away once they keep coming faster than they are answered', async () => {
    const overload = createOverload(() => 0, 10_000);
    const { app } = startedApp({
      overload,
      answer: () => {
        block(10);
        return oneCard;
      },
    });
    const { url } = await open(createHttpServer(app));
    const statuses: number[] = [];
    const client = async () => {
      for (let turn = 0; turn < 10; turn += 1) {
        const answer = await fetch(url + signUrl, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body,
        });
        statuses.push(answer.status);
        await answer.text();
      }
    };
    await Promise.all(Array.from({ length: 40 }, client));
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect(overload.ready()).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(overload.ready()).toBe(true);
    expect((await fetch(url + signUrl, { method: 'POST' })).status).toBe(415);
  });
});

describe('the delay that is watched', () => {
  const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  test('is not moved by one long call', async () => {
    const delay = watchDelay();
    await rest(300);
    block(800);
    await rest(150);
    expect(delay()).toBeLessThan(75);
  });

  test('is what calls wait for when they come one after the other, and is over soon', async () => {
    const delay = watchDelay();
    for (let turn = 0; turn < 10; turn += 1) {
      block(200);
      await rest(1);
    }
    expect(delay()).toBeGreaterThan(100);
    await rest(1_200);
    expect(delay()).toBeLessThan(75);
  });
});
