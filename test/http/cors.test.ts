/**
 * Browser clients of a service that keeps no list of clients: any origin may call, never with a cookie.
 * Where a list is kept, only the pages of a client may: `test/auth/caller.test.ts`.
 */

import { expect, test } from '@jest/globals';
import request from 'supertest';
import { startedApp } from './support.js';

const origin = 'https://sandbox.cds-hooks.org';

test.each(['/cds-services', '/cds-services/rx-distinct-order-sign'])(
  'a preflight of %s is answered without a token',
  async (address) => {
    const { app } = startedApp();
    const response = await request(app)
      .options(address)
      .set('Origin', origin)
      .set('Access-Control-Request-Method', 'POST')
      .set('Access-Control-Request-Headers', 'authorization,content-type')
      .expect(204);
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': 'Content-Type, Authorization',
    });
    expect(response.headers).not.toHaveProperty('access-control-allow-credentials');
  },
);

test.each([
  ['/cds-services', 200],
  ['/nowhere', 404],
  ['/cds-services/rx-distinct-order-sign', 405],
])('the answer of GET %s (%i) may be read by any origin', async (address, status) => {
  const { app } = startedApp();
  await request(app)
    .get(address)
    .set('Origin', origin)
    .expect(status)
    .expect('Access-Control-Allow-Origin', '*');
});

test('an answer lets a browser read the request id', async () => {
  const { app } = startedApp();
  await request(app).get('/cds-services').expect('Access-Control-Expose-Headers', 'X-Request-Id');
});
