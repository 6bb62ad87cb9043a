/** The two probes and the pages of cards. */
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { startedApp } from './support.js';

describe('the probes', () => {
  test('healthz says that the process lives', async () => {
    const { app } = startedApp({ ready: () => false });
    await request(app).get('/healthz').expect(200, { status: 'ok' });
  });

  test('readyz says that calls can be answered, with what the pipeline counts', async () => {
    const { app } = startedApp();
    await request(app).get('/readyz').expect(200, { cards: 17, status: 'ready' });
  });

  test('readyz is 503 while the service is not ready', async () => {
    const { app } = startedApp({ ready: () => false });
    await request(app).get('/readyz').expect(503, { cards: 17, status: 'not ready' });
  });

  test('write no line to the log', async () => {
    const { app, lines } = startedApp();
    await request(app).get('/healthz');
    await request(app).get('/readyz');
    expect(lines).toEqual([]);
  });
});

describe('the page of a card', () => {
  test('is HTML with everything of the Markdown escaped', async () => {
    const { app } = startedApp();
    const response = await request(app).get('/cards/interchange/both-ordered').expect(200);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.text).toContain('<title>Both &lt;ordered&gt;</title>');
    expect(response.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; more');
    expect(response.text).not.toContain('<script');
  });

  test('runs no script', async () => {
    const { app } = startedApp();
    const response = await request(app).get('/cards/interchange/both-ordered');
    expect(response.headers['content-security-policy']).toContain("default-src 'none'");
  });

  test.each(['/cards/nothing', '/cards/', '/cards/__proto__', '/cards/..%2f..%2fpackage.json'])(
    '%s does not exist',
    async (address) => {
      const { app } = startedApp();
      const response = await request(app).get(address).expect(404);
      expect(response.body).toMatchObject({ resourceType: 'OperationOutcome' });
    },
  );
});
