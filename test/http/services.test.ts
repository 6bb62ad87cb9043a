/** Discovery, hook calls and every way a call is refused. */
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { ServiceError } from '../../src/errors.js';
import { draft, medicationPrescribe, oneCard, orderSelect, orderSign, startedApp } from './support.js';

const signUrl = '/cds-services/rx-distinct-order-sign';

describe('discovery', () => {
  test('lists one service for each hook, each with its own id', async () => {
    const { app } = startedApp();
    const response = await request(app).get('/cds-services').expect(200);
    expect(
      response.body.services.map((service: { hook: string; id: string }) => [service.hook, service.id]),
    ).toEqual([
      ['medication-prescribe', 'rx-distinct-medication-prescribe'],
      ['order-select', 'rx-distinct-order-select'],
      ['order-sign', 'rx-distinct-order-sign'],
      ['medication-refill', 'rx-distinct-medication-refill'],
      ['encounter-discharge', 'rx-distinct-encounter-discharge'],
      ['patient-view', 'rx-distinct-patient-view'],
    ]);
  });

  test('is JSON that nobody may keep', async () => {
    const { app } = startedApp();
    const response = await request(app).get('/cds-services');
    expect(response.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    expect(response.headers).not.toHaveProperty('etag');
    expect(response.headers).not.toHaveProperty('x-powered-by');
  });
});

describe('a hook call', () => {
  test.each([
    ['rx-distinct-medication-prescribe', medicationPrescribe],
    ['rx-distinct-order-select', orderSelect],
    ['rx-distinct-order-sign', orderSign],
  ])('to %s is answered with the cards of the pipeline', async (id, body) => {
    const { app, asked } = startedApp();
    const response = await request(app).post(`/cds-services/${id}`).send(body).expect(200);
    expect(response.body).toEqual(oneCard);
    expect(asked).toMatchObject([{ hook: body.hook, serviceId: id, patientId: 'p1', orders: [draft] }]);
  });

  test('may come as application/fhir+json with a charset', async () => {
    const { app } = startedApp();
    await request(app)
      .post(signUrl)
      .set('Content-Type', 'application/fhir+json; charset="UTF-8"')
      .send(JSON.stringify(orderSign))
      .expect(200, oneCard);
  });

  test('may begin with a byte order mark', async () => {
    const { app } = startedApp();
    await request(app)
      .post(signUrl)
      .type('json')
      .send(`\uFEFF${JSON.stringify(orderSign)}`)
      .expect(200);
  });

  test('may take as long as the pipeline needs', async () => {
    const { app } = startedApp({ answer: () => Promise.resolve({ cards: [] }) });
    await request(app).post(signUrl).send(orderSign).expect(200, { cards: [] });
  });
});

describe('an error', () => {
  test('for an unknown service is 404, whatever the method', async () => {
    const { app } = startedApp();
    const posted = await request(app).post('/cds-services/SMITH-JOHN').send(orderSign).expect(404);
    await request(app).get('/cds-services/SMITH-JOHN').expect(404);
    expect(posted.body).toEqual({
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'error',
          code: 'not-found',
          diagnostics: 'No service has this id. GET /cds-services lists the services.',
        },
      ],
    });
  });

  test.each(['/', '/SMITH-JOHN', '/CDS-SERVICES', '//cds-services', '/cds-services/__proto__', '/.env'])(
    'for the address %s is a 404 that does not repeat it',
    async (address) => {
      const { app } = startedApp();
      const response = await request(app).get(address).expect(404);
      expect(response.body).toMatchObject({
        resourceType: 'OperationOutcome',
        issue: [{ code: 'not-found' }],
      });
      expect(response.text).not.toContain('SMITH');
    },
  );

  test('for an address that cannot be decoded is 400', async () => {
    const { app, lines } = startedApp();
    const response = await request(app).post('/cds-services/%E0%A4%A').expect(400);
    expect(response.body).toMatchObject({ issue: [{ code: 'invalid' }] });
    expect(JSON.stringify([response.body, lines])).not.toContain('%E0');
  });

  test.each([
    ['post', '/cds-services', 'GET, HEAD, OPTIONS'],
    ['get', signUrl, 'POST, OPTIONS'],
    ['put', signUrl, 'POST, OPTIONS'],
    ['delete', '/healthz', 'GET, HEAD, OPTIONS'],
    ['post', '/readyz', 'GET, HEAD, OPTIONS'],
    ['patch', '/cards/interchange/both-ordered', 'GET, HEAD, OPTIONS'],
  ] as const)('for %s %s is 405 with the methods it takes', async (method, address, allowed) => {
    const { app } = startedApp();
    const response = await request(app)[method](address).expect(405).expect('Allow', allowed);
    expect(response.body).toMatchObject({ issue: [{ code: 'not-supported' }] });
  });

  test.each([
    '{"hook": "order-sign", "patient": "SMITH"',
    '{"hook": NaN}',
    '{"hook": "order-sign"} SMITH',
    '{"a": 01}',
    '"SMITH"',
    '17',
    'null',
    '[]',
    '',
    '   ',
  ])('for the body %j is 400 and neither answer nor log repeats it', async (body) => {
    const { app, lines } = startedApp();
    const response = await request(app).post(signUrl).type('json').send(body).expect(400);
    expect(response.body).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'invalid' }] });
    expect(JSON.stringify([response.body, lines])).not.toMatch(/SMITH|zod|position|node_modules/);
  });

  test.each([
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0xc3, 0x28, 0x22]), 'The body is not UTF-8.'],
    ['an overlong encoding', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), 'The body is not UTF-8.'],
    [
      '65 levels of nesting',
      Buffer.from(`{"a":${'['.repeat(64)}${']'.repeat(64)}}`),
      'The body is nested more than 64 levels deep.',
    ],
    [
      'sixty thousand open brackets',
      Buffer.from('['.repeat(60_000)),
      'The body is nested more than 64 levels deep.',
    ],
  ])('for %s is 400', async (_what, body, diagnostics) => {
    const { app } = startedApp();
    const response = await request(app)
      .post(signUrl)
      .type('json')
      .serialize((bytes: string) => bytes)
      .send(body)
      .expect(400);
    expect(response.body).toMatchObject({ issue: [{ diagnostics }] });
  });

  test('is not given for brackets and quotes inside a string', async () => {
    const { app } = startedApp();
    const body = { ...orderSign, note: `"\\${'['.repeat(100)}` };
    await request(app).post(signUrl).send(body).expect(200);
  });

  test('for a hook of another service is 400 and names the field', async () => {
    const { app } = startedApp();
    const response = await request(app).post(signUrl).send(orderSelect).expect(400);
    expect(response.body.issue).toEqual([
      {
        severity: 'error',
        code: 'invalid',
        diagnostics: 'hook: expected "order-sign", the hook that this service serves',
        expression: ['hook'],
      },
    ]);
  });

  test('names every faulty field of a request at once', async () => {
    const { app } = startedApp();
    const response = await request(app)
      .post(signUrl)
      .send({ hook: 'order-sign', context: [], prefetch: [] })
      .expect(400);
    expect(response.body.issue.map((issue: { expression: string[] }) => issue.expression)).toEqual([
      ['hookInstance'],
      ['context'],
      ['prefetch'],
    ]);
  });

  test.each([
    ['text/plain', {}],
    ['application/xml', {}],
    ['application/json; charset=utf-7', {}],
    ['application/json; charset=utf-16le', {}],
    ['application/json', { 'Content-Encoding': 'gzip' }],
    ['application/json', { 'Content-Encoding': 'br' }],
  ])('for content of type %s with %j is 415', async (type, headers) => {
    const { app } = startedApp();
    const response = await request(app)
      .post(signUrl)
      .set('Content-Type', type)
      .set(headers)
      .send(JSON.stringify(orderSign))
      .expect(415);
    expect(response.body).toMatchObject({ issue: [{ code: 'not-supported' }] });
  });

  test('for a body without Content-Type is 415', async () => {
    const { app } = startedApp();
    await request(app).post(signUrl).expect(415);
  });

  test('for a body above the limit is 413', async () => {
    const { app, asked } = startedApp({ maxBody: 2_000 });
    const response = await request(app)
      .post(signUrl)
      .send({ ...orderSign, note: 'x'.repeat(2_000) })
      .expect(413);
    expect(response.body).toMatchObject({ issue: [{ code: 'too-long' }] });
    expect(asked).toEqual([]);
  });

  test('is 412 when the pipeline cannot judge the ordered drug', async () => {
    const { app } = startedApp({
      answer: () => {
        throw new ServiceError('missing-data', 'The ordered medication could not be read.');
      },
    });
    const response = await request(app).post(signUrl).send(orderSign).expect(412);
    expect(response.body).toMatchObject({
      issue: [{ code: 'required', diagnostics: 'The ordered medication could not be read.' }],
    });
  });

  test('is a 500 without detail when the pipeline fails, and the log gets the place but not the message', async () => {
    const { app, lines } = startedApp({
      answer: () => Promise.reject(new TypeError('cannot read SMITH JOHN 1961-11-22')),
    });
    const response = await request(app).post(signUrl).send(orderSign).expect(500);
    expect(response.body).toEqual({
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'error',
          code: 'exception',
          diagnostics: 'The service failed on this call. Report the X-Request-Id of this answer.',
        },
      ],
    });
    expect(lines).toContainEqual({
      level: 'error',
      message: 'failed',
      facts: expect.objectContaining({ kind: 'TypeError', requestId: response.headers['x-request-id'] }),
    });
    expect(JSON.stringify(lines)).not.toContain('SMITH');
  });

  test('is a 500 without detail when something is thrown that is no Error', async () => {
    const { app } = startedApp({ answer: () => Promise.reject('SMITH') });
    const response = await request(app).post(signUrl).send(orderSign).expect(500);
    expect(response.text).not.toContain('SMITH');
  });
});

describe('the request id', () => {
  test('is new for each call', async () => {
    const { app } = startedApp();
    const response = await request(app).get('/cds-services');
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('is taken from a proxy and written to the log', async () => {
    const { app, lines } = startedApp({ trustProxyHops: 1 });
    await request(app)
      .post(signUrl)
      .set({ 'X-Request-Id': 'edge-17', 'X-Forwarded-For': '203.0.113.9, 198.51.100.7' })
      .send(orderSign)
      .expect('X-Request-Id', 'edge-17');
    expect(lines).toEqual([
      {
        level: 'info',
        message: 'answered',
        facts: {
          requestId: 'edge-17',
          from: '198.51.100.7',
          method: 'POST',
          service: 'rx-distinct-order-sign',
          cards: 1,
          status: 200,
          ms: expect.any(Number),
        },
      },
    ]);
  });

  test('is not taken when it could write into the log', async () => {
    const { app } = startedApp();
    const response = await request(app).get('/cds-services').set('X-Request-Id', '{"level":"info"}');
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});
