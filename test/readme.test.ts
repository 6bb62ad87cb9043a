/** The README tells the truth: its requests, sent as it says on any day, bring the answers it shows. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import supertest from 'supertest';
import { createApp } from '../src/app.js';
import { hookRules } from '../src/cdshooks/hooks.js';
import { loadConfig } from '../src/config.js';
import { createMetrics } from '../src/http/metrics.js';
import { createPipeline } from '../src/pipeline.js';

const readme = readFileSync('README.md', 'utf8');
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const uuid = /"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"/g;

const config = loadConfig({});

/** The service on a day of its own. */
function appOn(today: Date): Express {
  const pipeline = createPipeline({
    config,
    log: quiet,
    clock: () => today,
    uuid: () => crypto.randomUUID(),
  });
  return createApp({ ...pipeline, config, log: quiet, ready: () => true });
}

const now = new Date();
const later = new Date(now.getTime() + 2 * 366 * 86_400_000);
const days = [
  { day: 'now', app: appOn(now) },
  { day: 'two years on', app: appOn(later) },
];

const post = (app: Express, path: string, fixture: string) =>
  supertest(app).post(path).set('Content-Type', 'application/json').send(readFileSync(fixture, 'utf8'));

describe.each(days)('asked $day', ({ app }) => {
  test('the curl of the README brings the answer the README shows', async () => {
    const [, path = ''] = /curl -s http:\/\/127\.0\.0\.1:3000(\S+)/.exec(readme) ?? [];
    const [, fixture = ''] = /--data @(\S+)/.exec(readme) ?? [];
    const [, shown = ''] = /```json\n([\s\S]+?)\n```/.exec(readme) ?? [];

    const answer = await post(app, path, fixture).expect(200);

    expect(JSON.stringify(answer.body, null, 2).replace(uuid, '"…"')).toBe(shown.replace(uuid, '"…"'));
  });

  test('the clean order of the README brings no card', async () => {
    const [, fixture = ''] = /A clean order \(`(\S+)`\)/.exec(readme) ?? [];

    const answer = await post(app, '/cds-services/rx-distinct-order-sign', fixture).expect(200);

    expect(answer.text).toBe('{"cards":[]}');
  });
});

test('every service is in the table of the README, and no other', () => {
  const named = [...readme.matchAll(/^\| `POST \/cds-services\/(\S+)`/gm)].map(([, id]) => id);
  expect(named).toEqual(hookRules.map(({ serviceId }) => serviceId));
});

test('every setting the configuration reads is in the README', () => {
  const names = [...readFileSync('src/config.ts', 'utf8').matchAll(/^ {2}([A-Z_]+): /gm)].map(
    ([, name]) => name,
  );
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test('every metric that docs/operations.md names is one, and all of our own are named', async () => {
  const operations = readFileSync('docs/operations.md', 'utf8');
  const named = new Set([...operations.matchAll(/`(rx_distinct_\w+)`/g)].map(([, name]) => name));
  const metrics = createMetrics({
    journal: () => ({ queued: 0, dropped: 0, isFailing: false }),
    breakers: () => ({}),
  });
  const told = [...(await metrics.text()).matchAll(/^# HELP (rx_distinct_\w+)/gm)].map(
    ([, name]) => name ?? '',
  );
  const own = told.filter((name) => !/^rx_distinct_(process|nodejs)_/.test(name));
  expect(named).toEqual(new Set(own));
});
