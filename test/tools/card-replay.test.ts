/** `card replay` at a terminal: a call that was answered is judged again by cards that may have changed since. */

import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Arrival } from '../../src/cdshooks/protocol.js';
import { validate } from '../../src/http/validate.js';
import { hookRules } from '../../src/cdshooks/hooks.js';
import { createJournal } from '../../src/journal/journal.js';
import { createPipeline, type Pipeline } from '../../src/pipeline.js';
import type { JournalSource } from '../../tools/journal-source.js';
import { replayCard } from '../../tools/replay-card.js';
import { freshStore, storeKinds } from '../journal/stores.js';
import { decided, startProcess, tamper } from '../journal/processes.js';
import { keys, SECRET } from '../journal/support.js';
import { cardText, type Files, writeFiles } from '../library/support.js';
import { keptLog } from '../support/log.js';
import { callOf, card, CARD, fileOf, foldersOf, parts, saidLater } from './support.js';

const AT = '2026-11-22T23:59:59.000Z';
/** 65 on the day of the call, and on no day before. */
const patient = { resourceType: 'Patient', id: 'p1', birthDate: '1961-11-22' };

const call = (code: string, more: object = {}) => callOf(code, { prefetch: { patient }, ...more });

/** Answers a call as the service does, and keeps it. @returns the uuid of its card, if there is one */
async function answered(databaseUrl: string, cardsDir: string, body: object): Promise<string | undefined> {
  const config = { cardsDir, publicUrl: 'https://cds.example.org', canonicalUrl: 'https://cds.example.org' };
  const { log } = keptLog();
  const clock = () => new Date(AT);
  const journal = createJournal({
    ...config,
    databaseUrl,
    keys,
    journalDays: 400,
    library: () => pipeline.library,
    drugsOf: (topic) => pipeline.drugsOf(topic),
    clock,
    log,
  });
  const pipeline: Pipeline = createPipeline({
    config,
    log,
    clock,
    uuid: () => crypto.randomUUID(),
    observe: journal.observe,
  });
  const rule = hookRules.find(({ hook }) => hook === 'order-sign')!;
  const arrival: Arrival = {
    arrivedAt: performance.now(),
    requestId: 'call-1',
    caller: { client: 'general', tenant: 'north', fhirServers: [], selectionBehavior: 'any' },
  };
  const { cards } = await pipeline.answer(validate(body, rule, rule.serviceId), arrival);
  await journal.stop();
  return cards[0]?.uuid;
}

describe.each(storeKinds)('an entry of a journal in %s that is judged again', (kind) => {
  let source: JournalSource;
  let cardsDir: string;
  let uuid: string | undefined;

  beforeEach(async () => {
    ({ cardsDir } = foldersOf({ [CARD]: card }));
    source = { databaseUrl: await freshStore(kind), journalKey: SECRET, cardsDir };
    uuid = await answered(source.databaseUrl, cardsDir, call('1292'));
  });

  const replayed = (entry: string | undefined, body: unknown, ...more: readonly string[]) =>
    saidLater((terminal) => {
      const args = [...(entry === undefined ? [] : [entry]), '--request', fileOf(body), ...more];
      return replayCard({ cardsDir }, terminal, args, source);
    });
  const chainOf = async () => {
    let id = '';
    await tamper(source.databaseUrl, async (db) => {
      ({ id } = await db.selectFrom('chain').select('id').executeTakeFirstOrThrow());
    });
    return id;
  };
  const nowWith = (cards: Files) => writeFiles(cardsDir, cards);

  test('says the same, at its own instant, by each of its names', async () => {
    const chain = await chainOf();
    const same = { code: 0, said: [`${chain}:2, ${AT}: today's cards say the same`] };
    expect(await replayed(`${chain}:2`, call('1292'))).toEqual(same);
    expect(await replayed('call-1', call('1292'))).toEqual(same);
    expect(await replayed(uuid, call('1292'))).toEqual(same);
  });

  test('says the same in another library whose cards for it are the same', async () => {
    nowWith({ 'relaxants/other.yaml': cardText({ when: ['- ordering: phenelzine'] }) });
    expect(await replayed('call-1', call('1292'))).toEqual({
      code: 0,
      said: [
        expect.stringContaining('say the same'),
        expect.stringMatching(/^library: then [0-9a-f]{12}, today [0-9a-f]{12}$/),
      ],
    });
  });

  test('does not say the same once the card is graver', async () => {
    nowWith({ [CARD]: cardText({ ...parts, indicator: 'critical' }) });
    expect(await replayed('call-1', call('1292'))).toEqual({
      code: 1,
      said: [
        expect.stringContaining('do not say the same'),
        'card relaxants-baclofen: then shown as warning, today shown as critical',
        expect.stringMatching(/^library: /),
      ],
    });
  });

  test('does not say the same once the card is a draft', async () => {
    nowWith({ [CARD]: cardText({ ...parts, status: 'draft' }) });
    expect((await replayed('call-1', call('1292'))).said).toContain(
      'card relaxants-baclofen: then shown as warning, today withheld (draft)',
    );
  });

  test('does not say the same in another version of the card', async () => {
    nowWith({ [CARD]: card.replace('version: 1.0.0', 'version: 1.1.0') });
    expect((await replayed('call-1', call('1292'))).said).toContain(
      'card relaxants-baclofen: then version 1.0.0, today version 1.1.0',
    );
  });

  test('does not say the same when the call had fetched what the request lacks', async () => {
    const { said, code } = await replayed('call-1', call('1292', { prefetch: {} }));
    expect(code).toBe(1);
    expect(said).toContain(
      'Patient: then read, today not sent: the call fetched it from its FHIR server, the request alone lacks it',
    );
    expect(said).toContain('card relaxants-baclofen: then shown as warning, today not shown');
  });

  test('is told as JSON', async () => {
    const { said } = await replayed('call-1', call('1292'), '--json');
    expect(JSON.parse(said.join('\n'))).toMatchObject({
      at: AT,
      isSame: true,
      changes: [],
      notes: [],
      recorded: { requestId: 'call-1', client: 'general' },
    });
  });

  test.each([
    [
      'another patient',
      (body: ReturnType<typeof call>) => ({ ...body, context: { ...body.context, patientId: 'p2' } }),
      'is of another patient than the request',
    ],
    ['other orders', () => call('21949'), 'is of other orders (baclofen) than the request (cyclobenzaprine)'],
    [
      'another hook',
      (body: ReturnType<typeof call>) => ({
        ...body,
        hook: 'order-select',
        context: { ...body.context, selections: [] },
      }),
      'is of order-sign, the request of order-select',
    ],
  ])('is not held against a request of %s', async (_, change, fault) => {
    expect(await replayed('call-1', change(call('1292')))).toEqual({
      code: 2,
      said: [expect.stringContaining(fault)],
    });
  });

  test('is not found by a wrong name, and asked for without one', async () => {
    expect(await replayed('call-%', call('1292'))).toEqual({
      code: 2,
      said: ['no decision of the journal is, or gave out, "call-%"'],
    });
    expect(await replayed(undefined, call('1292'))).toEqual({
      code: 2,
      said: [expect.stringMatching(/^expected an entry: /)],
    });
  });

  test('is asked for by a better name when an id belongs to several', async () => {
    const process = await startProcess(source.databaseUrl);
    await process.decide(decided('x', { requestId: 'call-1' }));
    await process.stop();
    expect(await replayed('call-1', call('1292'))).toEqual({
      code: 2,
      said: [expect.stringMatching(/^"call-1" is several entries: name one of \S+:\d, \S+:\d$/)],
    });
  });

  test('cannot be judged with another key', async () => {
    source = { ...source, journalKey: 'another secret of the tests, as long as it' };
    expect(await replayed('call-1', call('1292'))).toEqual({
      code: 2,
      said: [expect.stringMatching(/:2 was written with another key; give the key/)],
    });
  });

  test('cannot be judged without a request', async () => {
    const { code, said } = await saidLater((terminal) =>
      replayCard({ cardsDir }, terminal, ['call-1'], source),
    );
    expect([code, said]).toEqual([
      2,
      [expect.stringMatching(/^expected --request and the file of a hook call/)],
    ]);
  });

  test('leaves out what the prescriber had overridden by then', async () => {
    const process = await startProcess(source.databaseUrl, { now: AT });
    const suppressed = [{ topic: 'relaxants-baclofen', version: '1.0.0', why: 'overridden before' as const }];
    const person = { client: 'general', tenant: '', id: 'p1' };
    await process.decide(
      decided('y', { requestId: 'call-2', issued: [], suppressed, patient: keys.patient(person) }),
    );
    await process.stop();
    expect((await replayed('call-2', call('1292'))).said.join('\n')).not.toContain('card relaxants-baclofen');
  });
});
