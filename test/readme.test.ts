/** The README tells the truth: its request, sent as it says, brings the answer it shows. */

import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import supertest from 'supertest';
import { createApp } from '../src/app.js';
import { loadConfig } from '../src/config.js';
import { createPipeline } from '../src/pipeline.js';

const readme = readFileSync('README.md', 'utf8');
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const uuid = /"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"/g;

const config = loadConfig({});
const pipeline = createPipeline({
  config,
  log: quiet,
  clock: () => new Date(),
  uuid: () => crypto.randomUUID(),
});
const app = createApp({ ...pipeline, config, log: quiet, ready: () => true });

const post = (path: string, fixture: string) =>
  supertest(app).post(path).set('Content-Type', 'application/json').send(readFileSync(fixture, 'utf8'));

test('the curl of the README brings the answer the README shows', async () => {
  const [, path = ''] = /curl -s http:\/\/127\.0\.0\.1:3000(\S+)/.exec(readme) ?? [];
  const [, fixture = ''] = /--data @(\S+)/.exec(readme) ?? [];
  const [, shown = ''] = /```json\n([\s\S]+?)\n```/.exec(readme) ?? [];

  const answer = await post(path, fixture).expect(200);

  expect(JSON.stringify(answer.body, null, 2).replace(uuid, '"…"')).toBe(shown.replace(uuid, '"…"'));
});

test('the clean order of the README brings no card', async () => {
  const answer = await post(
    '/cds-services/rx-distinct-order-sign',
    'fhir-fixtures/requests/baclofen-for-multiple-sclerosis.json',
  ).expect(200);

  expect(answer.text).toBe('{"cards":[]}');
});

test('every setting the configuration reads is in the README', () => {
  const names = [...readFileSync('src/config.ts', 'utf8').matchAll(/^ {2}([A-Z_]+): /gm)].map(
    ([, name]) => name,
  );
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});
