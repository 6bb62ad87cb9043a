/** The headers of every answer: what helmet writes, whatever is answered. */

import { describe, expect, test } from '@jest/globals';
import express from 'express';
import helmet from 'helmet';
import request from 'supertest';
import { orderSign, startedApp } from './support.js';

const byHelmet = express().use(
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'unsafe-inline'"],
        formAction: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  }),
  (_request, response) => {
    response.json({ cards: [] });
  },
);
/** Of Express and of the connection. */
const others = ['etag', 'x-powered-by', 'content-length', 'content-type', 'date', 'connection'];

describe('the headers of helmet', () => {
  test.each([
    ['cards', 'post', '/cds-services/rx-distinct-order-sign'],
    ['a refusal', 'post', '/cds-services'],
    ['an unknown address', 'get', '/nothing'],
    ['a preflight', 'options', '/cds-services'],
    ['a page', 'get', '/cards/interchange/both-ordered'],
    ['a probe', 'get', '/healthz'],
  ] as const)('stand on %s', async (_what, method, path) => {
    const expected = Object.entries((await request(byHelmet).get('/')).headers);
    const call = request(startedApp().app)[method];
    const { headers } = await call(path).send(method === 'post' ? orderSign : '');
    expect(headers).toMatchObject(Object.fromEntries(expected.filter(([name]) => !others.includes(name))));
    expect(headers).toMatchObject({ 'x-frame-options': 'SAMEORIGIN', 'cache-control': 'no-store' });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('etag');
  });
});

test('an answer with cards says its type and its length', async () => {
  const { headers, text } = await request(startedApp().app)
    .post('/cds-services/rx-distinct-order-sign')
    .send(orderSign);
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
  });
});
