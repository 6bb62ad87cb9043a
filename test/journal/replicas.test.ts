/** Several processes on one store, and one before and after a restart: tokens, feedback and journal are shared. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { Card } from '../../src/cdshooks/protocol.js';
import { createJournal } from '../../src/journal/journal.js';
import { inlineClient, token } from '../auth/support.js';
import { keptLog } from '../support/log.js';
import { type ServiceProcess, startService, untilTold } from '../support/service-process.js';
import { freshStore, storeKinds } from './stores.js';
import { keys, NOW, SECRET } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'rx-distinct-replicas-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const clients = join(folder, 'clients.yaml');
writeFileSync(clients, JSON.stringify({ clients: [inlineClient] }));

const ORDER_SIGN = '/cds-services/rx-distinct-order-sign';
const order = readFileSync('fhir-fixtures/requests/baclofen-in-place-of-cyclobenzaprine.json', 'utf8');

const start = (url: string) =>
  startService({
    variables: {
      DATABASE_URL: url,
      JOURNAL_KEY: SECRET,
      CLIENTS_FILE: clients,
      PUBLIC_URL: 'https://cds.example.org',
    },
  });

/** A token for one call of a path, good now. */
function tokenFor(path: string): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = { iat: now, exp: now + 300, aud: `https://cds.example.org${path}`, tenant: undefined };
  return token({ claims });
}

/** One that takes tokens alone. */
function journalOf(databaseUrl: string) {
  const none = (): never => {
    throw new Error('no call was expected');
  };
  const canonicalUrl = 'https://cds.example.org';
  const more = { canonicalUrl, journalDays: 400, clock: () => NOW, log: keptLog().log };
  return createJournal({ databaseUrl, keys, library: none, drugsOf: none, ...more });
}

async function post({ url }: ServiceProcess, path: string, bearer: string, body: string) {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}` };
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body });
  return { status: answer.status, body: (await answer.json()) as { cards?: Card[] } };
}

test('a token used at one replica is refused by the other, and feedback may go to either', async () => {
  const url = await freshStore('PostgreSQL');
  const [one, other] = await Promise.all([start(url), start(url)]);
  const once = tokenFor(ORDER_SIGN);
  const { status, body } = await post(one, ORDER_SIGN, once, order);
  expect([status, body.cards?.length]).toEqual([200, 1]);
  expect((await post(other, ORDER_SIGN, once, order)).status).toBe(401);
  const outcome = { outcome: 'overridden', outcomeTimestamp: new Date().toISOString() };
  const sent = JSON.stringify({ feedback: [{ card: body.cards?.[0]?.uuid, ...outcome }] });
  const path = `${ORDER_SIGN}/feedback`;
  expect((await post(other, path, tokenFor(path), sent)).status).toBe(200);
  expect((await post(one, path, tokenFor(path), sent)).status).toBe(200);
});

test.each(storeKinds)('a token used at two processes at the same moment is taken once: %s', async (kind) => {
  const url = await freshStore(kind);
  const [one, other] = await Promise.all([start(url), start(url)]);
  for (let times = 0; times < 10; times += 1) {
    const once = tokenFor(ORDER_SIGN);
    const answers = await Promise.all([
      post(one, ORDER_SIGN, once, order),
      post(other, ORDER_SIGN, once, order),
    ]);
    const taken = answers.filter(({ status }) => status === 200).length;
    // A machine too busy to ask the store in time says so, and takes the token on its own word.
    const isTold = taken === 2 && (await untilTold([one, other], 'could not be told'));
    expect(taken === 1 || isTold).toBe(true);
  }
});

test.each(storeKinds)(
  '%s gives each of many tokens to one of the connections that ask for it',
  async (kind) => {
    const databaseUrl = await freshStore(kind);
    const journals = Array.from({ length: 3 }, () => journalOf(databaseUrl));
    await journals[0]?.tend();
    const exp = Math.floor(NOW.getTime() / 1_000) + 300;
    const asked = Array.from({ length: 20 }, (_, at) =>
      Promise.all(journals.map(({ claimToken }) => claimToken(`token ${at}`, exp))),
    );
    const given = await Promise.all(asked);
    expect(given.map((claims) => [...claims].sort())).toEqual(given.map(() => ['new', 'seen', 'seen']));
    await Promise.all(journals.map((journal) => journal.stop()));
  },
);

test('a token used before the service was killed is refused by the next one on the same file', async () => {
  const url = await freshStore('SQLite');
  const before = await start(url);
  const once = tokenFor(ORDER_SIGN);
  expect((await post(before, ORDER_SIGN, once, order)).status).toBe(200);
  await before.kill();
  const after = await start(url);
  expect((await post(after, ORDER_SIGN, once, order)).status).toBe(401);
  expect((await post(after, ORDER_SIGN, tokenFor(ORDER_SIGN), order)).status).toBe(200);
});
