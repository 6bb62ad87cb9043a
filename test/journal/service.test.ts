/** The journal behind the service: from a hook call through feedback to the figures, over HTTP. */

import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createApp } from '../../src/app.js';
import type { Caller, Card } from '../../src/cdshooks/protocol.js';
import type { Access } from '../../src/http/auth.js';
import { createMetrics } from '../../src/http/metrics.js';
import { readComments } from '../../src/journal/comments.js';
import { createJournal, type Journal } from '../../src/journal/journal.js';
import { verifyJournal } from '../../src/journal/verify.js';
import { createPipeline } from '../../src/pipeline.js';
import { keptLog } from '../support/log.js';
import { freshStore } from './stores.js';
import { connected, keys, NOW } from './support.js';

const replaced = JSON.parse(
  readFileSync('fhir-fixtures/requests/baclofen-in-place-of-cyclobenzaprine.json', 'utf8'),
) as {
  hook: string;
  context: { userId?: string; draftOrders: { entry: { resource: Record<string, unknown> }[] } };
};
const journals: Journal[] = [];
afterEach(async () => {
  await Promise.all(journals.splice(0).map((journal) => journal.stop()));
});

const ORDER_SIGN = '/cds-services/rx-distinct-order-sign';

interface Running {
  readonly caller?: Caller;
  readonly url?: string;
  readonly clock?: () => Date;
}

async function running({ caller, url, clock = () => NOW }: Running = {}) {
  const databaseUrl = url ?? (await freshStore('SQLite'));
  const { lines, log } = keptLog();
  const journal = createJournal({
    databaseUrl,
    keys,
    journalDays: 400,
    library: () => pipeline.library,
    drugsOf: (topic) => pipeline.drugsOf(topic),
    canonicalUrl: 'https://cds.example.org',
    clock,
    log,
  });
  journals.push(journal);
  const pipeline = createPipeline({
    config: {
      cardsDir: 'cards',
      publicUrl: 'https://cds.example.org',
      canonicalUrl: 'https://cds.example.org',
    },
    log,
    clock,
    uuid: randomUUID,
    fetching: { answerMs: 400, servers: [], isLocal: true },
    observe: (call) => [journal, metrics].forEach((one) => one.observe(call)),
    overriddenBefore: journal.overriddenBefore,
  });
  const metrics = createMetrics({ journal: journal.state, breakers: pipeline.breakers });
  const access: Access | undefined = caller && {
    discoveryOpen: false,
    clients: {
      origins: new Set(),
      refreshKeys: () => undefined,
      authenticate: async () => ({ is: 'known', caller, origins: [] }),
    },
  };
  const app = createApp({
    ...pipeline,
    config: { maxBody: 1024 * 1024 },
    log,
    ready: () => true,
    access,
    takeFeedback: journal.takeFeedback,
    clock,
    operator: { metrics, insights: journal.insights },
  });
  const call = async (body: { hook: string } = replaced): Promise<readonly Card[]> => {
    const answered = await request(app).post(`/cds-services/rx-distinct-${body.hook}`).send(body).expect(200);
    return (answered.body as { cards: Card[] }).cards;
  };
  const feedbackTo = (service: string, ...items: readonly object[]) =>
    request(app).post(`/cds-services/rx-distinct-${service}/feedback`).send({ feedback: items });
  const feedback = (...items: readonly object[]) => feedbackTo('order-sign', ...items);
  return { app, call, feedback, feedbackTo, journal, lines, databaseUrl };
}

const at = '2026-11-22T10:01:30Z';

/** A client that wants cards named only for a month after they were overridden. */
const caller = {
  client: 'ehr',
  fhirServers: [],
  selectionBehavior: 'at-most-one',
  repeatDays: 30,
} as const;

describe('feedback over HTTP', () => {
  test('is answered with 200, again when it is repeated, and shows in the figures once', async () => {
    const { app, call, feedback } = await running();
    const [first] = await call();
    const [second] = await call();
    await call();
    const accepts = {
      card: first?.uuid,
      outcome: 'accepted',
      acceptedSuggestions: [{ id: first?.suggestions?.[0]?.uuid }],
      outcomeTimestamp: at,
    };
    const overrides = {
      card: second?.uuid,
      outcome: 'overridden',
      overrideReason: { reason: second?.overrideReasons?.[0], userComment: 'as agreed' },
      outcomeTimestamp: '2026-11-22T11:00:30+01:00',
    };
    await feedback(accepts, overrides).expect(200, {});
    await feedback(accepts).expect(200, {});
    const { body } = await request(app).get('/insights').expect(200);
    expect(body).toMatchObject({ since: '2026-W22', until: '2026-W47', calls: 3, orders: 3 });
    const figures = {
      shown: 3,
      accepted: 1,
      overridden: 1,
      ignored: 1,
      reasons: { [second?.overrideReasons?.[0]?.code ?? '']: 1 },
      medianSeconds: 60,
      orders: 3,
      per100Orders: 100,
    };
    expect(body.cards).toEqual([
      { topic: 'interchange-replaced', ...figures, weeks: [{ week: '2026-W47', ...figures }] },
    ]);
  });

  test.each<[string, object]>([
    ['an object in overrideReasons', { overrideReasons: { reason: { code: 'x' }, userComment: 'text' } }],
    ['a list in overrideReasons', { overrideReasons: [{ reason: { code: 'x' } }] }],
    [
      'an extension in overrideReasons',
      {
        overrideReasons: {
          extension: { 'com.epic.cdshooks.feedback.overrideReason.id': '1' },
          userComment: 'x',
        },
      },
    ],
    ['a reason without display', { overrideReason: { reason: { code: 'x', system: 'https://x.example' } } }],
    ['a comment alone', { overrideReason: { userComment: 'text' } }],
    ['nulls where nothing is meant', { overrideReason: null, acceptedSuggestions: null }],
  ])('takes %s', async (_, more) => {
    const { call, feedback } = await running();
    const [card] = await call();
    const sent = { card: card?.uuid, outcome: 'overridden', outcomeTimestamp: at, ...more };
    const { status } = await feedback(sent);
    expect(status).toBe(200);
  });

  test.each<[string, object, string]>([
    ['no card', { card: undefined }, 'feedback[0].card'],
    ['another outcome', { outcome: 'ignored' }, 'feedback[0].outcome'],
    ['accepted without suggestions', { outcome: 'accepted' }, 'feedback[0].acceptedSuggestions'],
    ['no time', { outcomeTimestamp: undefined }, 'feedback[0].outcomeTimestamp'],
    ['a time without zone', { outcomeTimestamp: '2026-11-22T10:00:00' }, 'feedback[0].outcomeTimestamp'],
    [
      'Epic without a code',
      { overrideReasons: { reason: {} } },
      'feedback[0].overrideReasons[0].reason.code',
    ],
    ['a time of 1970', { outcomeTimestamp: '1970-01-01T00:00:00Z' }, 'feedback[0].outcomeTimestamp'],
    ['a time of 2099', { outcomeTimestamp: '2099-01-01T00:00:00Z' }, 'feedback[0].outcomeTimestamp'],
    [
      'a comment of a book',
      { overrideReason: { userComment: 'x'.repeat(4_001) } },
      'feedback[0].overrideReason.userComment',
    ],
  ])('with %s is 400, with the path of the field', async (_, more, expression) => {
    const { feedback } = await running();
    const sent = { card: 'any', outcome: 'overridden', outcomeTimestamp: at, ...more };
    const { body } = await feedback(sent).expect(400);
    expect(body.issue).toEqual([expect.objectContaining({ expression: [expression] })]);
  });

  test.each<[string, object]>([
    ['no list', {}],
    ['an empty list', { feedback: [] }],
    ['too many items', { feedback: Array.from({ length: 1_001 }, () => ({})) }],
  ])('of %s is 400', async (_, sent) => {
    const { app } = await running();
    await request(app).post(`${ORDER_SIGN}/feedback`).send(sent).expect(400);
  });

  test('for an unknown card is 404 and names the item; another method is 405', async () => {
    const { app, call, feedback } = await running();
    const [card] = await call();
    const override = { outcome: 'overridden', outcomeTimestamp: at };
    const { body } = await feedback({ card: card?.uuid, ...override }, { card: 'x', ...override }).expect(
      404,
    );
    expect(body.issue).toHaveLength(1);
    expect(body.issue[0]).toMatchObject({ code: 'not-found', expression: ['feedback[1].card'] });
    await request(app).get(`${ORDER_SIGN}/feedback`).expect(405).expect('Allow', 'POST, OPTIONS');
    await request(app).post('/cds-services/unknown/feedback').send({}).expect(404);
  });
});

test('no name, number or text of the patient or prescriber is in the store', async () => {
  const { call, feedback, journal, databaseUrl } = await running();
  const [card] = await call();
  const comment = { overrideReason: { userComment: 'Mrs CANARY insists' } };
  await feedback({ card: card?.uuid, outcome: 'overridden', outcomeTimestamp: at, ...comment }).expect(200);
  await journal.stop();
  const { db } = await connected(databaseUrl).get();
  const rows = [
    await db.selectFrom('entry').selectAll().execute(),
    await db.selectFrom('issued').selectAll().execute(),
    await db.selectFrom('answer').selectAll().execute(),
    await db.selectFrom('feedback').selectAll().execute(),
  ];
  expect(rows.map((of) => of.length)).toEqual([3, 1, 1, 1]);
  expect(JSON.stringify(rows)).not.toMatch(/CANARY|patient-1|practitioner|birthDate/i);
});

test('a comment that ends in half of an emoji is no tampering', async () => {
  const { call, feedback, journal, databaseUrl } = await running();
  const [card] = await call();
  const comment = { overrideReason: { userComment: 'was fine, thanks \ud83d' } };
  await feedback({ card: card?.uuid, outcome: 'overridden', outcomeTimestamp: at, ...comment }).expect(200);
  await journal.stop();
  const { db } = await connected(databaseUrl).get();
  expect(await verifyJournal({ db, keys })).toMatchObject({ faults: [] });
  expect(await readComments(db, keys)).toMatchObject([{ comment: 'was fine, thanks \ufffd' }]);
});

describe('what was overridden before', () => {
  const override = { outcome: 'overridden', outcomeTimestamp: at };
  const topics = (cards: readonly Card[]) => cards.map(({ source }) => source.topic.code);

  test('is named in one closing card to the same prescriber, and shown to any other', async () => {
    const { call, feedback } = await running({ caller });
    const [card] = await call();
    await feedback({ card: card?.uuid, ...override }).expect(200);
    const again = await call();
    expect(topics(again)).toEqual(['overridden-before']);
    expect(again[0]).toMatchObject({
      indicator: 'info',
      detail: expect.stringContaining(card?.source.topic.display ?? '?'),
    });
    const other = { ...replaced, context: { ...replaced.context, userId: 'Practitioner/other' } };
    expect(topics(await call(other))).toEqual(['interchange-replaced']);
    const nobody = { ...replaced, context: { ...replaced.context, userId: undefined } };
    expect(topics(await call(nobody))).toEqual(['interchange-replaced']);
  });

  test('is shown again after the days the client has set, and to clients that have set none', async () => {
    const { call, feedback, databaseUrl, journal } = await running({ caller });
    const [card] = await call();
    await feedback({ card: card?.uuid, ...override }).expect(200);
    await journal.stop();
    const later = await running({
      caller,
      url: databaseUrl,
      clock: () => new Date('2026-12-22T10:02:00Z'),
    });
    expect(topics(await later.call())).toContain('interchange-replaced');
    const { repeatDays: _, ...unset } = caller;
    const without = await running({ caller: unset, url: databaseUrl });
    expect(topics(await without.call())).toEqual(['interchange-replaced']);
  });

  test('is shown in full while the store cannot be asked, and the log says so', async () => {
    const { call, lines } = await running({ caller, url: 'postgres://127.0.0.1:1/none' });
    expect(topics(await call())).toEqual(['interchange-replaced']);
    expect(lines.map(({ message }) => message)).toContain(
      'what was overridden before could not be looked up: all cards are shown',
    );
  });

  test('is shown again when it is graver than what was overridden', async () => {
    const { call, feedback } = await running({ caller });
    const fitting = structuredClone(replaced);
    for (const { resource } of fitting.context.draftOrders.entry) {
      resource['reasonCode'] = [{ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'G35' }] }];
    }
    const [mild] = await call(fitting);
    await feedback({ card: mild?.uuid, ...override }).expect(200);
    expect(topics(await call(fitting))).toEqual(['overridden-before']);
    const [grave] = await call();
    expect([mild, grave].map((card) => [card?.source.topic.code, card?.indicator])).toEqual([
      ['interchange-replaced', 'info'],
      ['interchange-replaced', 'warning'],
    ]);
  });

  test('is shown again when it is critical', async () => {
    const { call, feedbackTo } = await running({ caller });
    const critical = JSON.parse(
      readFileSync('fhir-fixtures/requests/cyclobenzaprine-with-phenelzine.json', 'utf8'),
    ) as typeof replaced;
    const cards = await call(critical);
    const items = cards.map(({ uuid }) => ({ card: uuid, ...override }));
    await feedbackTo(critical.hook, ...items).expect(200);
    const again = await call(critical);
    expect(again.filter(({ indicator }) => indicator === 'critical')).toHaveLength(
      cards.filter(({ indicator }) => indicator === 'critical').length,
    );
  });
});

test('a store that cannot be reached is told before anything is to be written', async () => {
  const { journal, lines } = await running({ url: 'postgres://127.0.0.1:1/none' });
  await journal.tend();
  expect(journal.state().isFailing).toBe(true);
  expect(lines[0]).toMatchObject({ level: 'error', facts: { fault: 'ECONNREFUSED' } });
});

test('what could not be written before the end is told', async () => {
  const { call, journal, lines } = await running({ url: 'postgres://127.0.0.1:1/none' });
  await call();
  await journal.stop();
  expect(lines).toContainEqual({
    level: 'error',
    facts: { queued: 1 },
    message: 'the journal could not be written before the end: entries are lost',
  });
});

test('what was accepted since it was overridden is shown again', async () => {
  const { call, feedback } = await running({ caller });
  const [first] = await call();
  const [second] = await call();
  await feedback({ card: first?.uuid, outcome: 'overridden', outcomeTimestamp: at }).expect(200);
  await feedback({
    card: second?.uuid,
    outcome: 'accepted',
    acceptedSuggestions: [{ id: second?.suggestions?.[0]?.uuid }],
    outcomeTimestamp: '2026-11-22T10:02:00Z',
  }).expect(200);
  expect((await call()).map(({ source }) => source.topic.code)).toEqual(['interchange-replaced']);
});

describe('the operator', () => {
  test('reads counts of calls, cards, tokens and the journal', async () => {
    const { app, call } = await running();
    await call();
    const { text, headers } = await request(app).get('/metrics').expect(200);
    expect(headers['content-type']).toMatch(/^text\/plain/);
    expect(text).toContain('rx_distinct_cards_total{topic="interchange-replaced",indicator="warning"} 1');
    expect(text).toContain('rx_distinct_requests_total{service="rx-distinct-order-sign",status="200"} 1');
    expect(text).toContain('rx_distinct_journal_dropped 0');
    expect(text).toContain('rx_distinct_fhir_breakers{state="open"} 0');
    expect(text).not.toMatch(/patient-1|Practitioner/);
  });

  test('does not read them where clients call', async () => {
    const { app } = await running({ caller });
    await request(app).get('/metrics').expect(404);
    await request(app).get('/insights').expect(404);
  });

  test.each(['0', '-1', '1000', 'x'])('asks for %s weeks: 400', async (weeks) => {
    const { app } = await running();
    await request(app).get(`/insights?weeks=${weeks}`).expect(400);
  });

  test('reads no figures while the store cannot be asked: 503', async () => {
    const { app } = await running({ url: 'postgres://127.0.0.1:1/none' });
    await request(app).get('/insights').expect(503).expect('Retry-After', '5');
  });
});

test('cards are given out, feedback is refused with 503, while there is no store at all', async () => {
  const { call, feedback } = await running({ url: 'postgres://127.0.0.1:1/none' });
  const [card] = await call();
  const { status, headers } = await feedback({
    card: card?.uuid,
    outcome: 'overridden',
    outcomeTimestamp: at,
  });
  expect([status, headers['retry-after']]).toEqual([503, '5']);
});
