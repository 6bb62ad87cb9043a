/** `card replay`: whether today's cards would answer a call as the journal says it was answered. */

import { parseArgs } from 'node:util';
import type { HookRequest } from '../src/cdshooks/protocol.js';
import { type AnsweredCall, type DecisionEntry, decisionOf } from '../src/journal/decision.js';
import { findDecisions, type FoundDecision } from '../src/journal/find-decision.js';
import type { JournalKeys } from '../src/journal/keys.js';
import { createPipeline } from '../src/pipeline.js';
import type { Terminal } from './check-cards.js';
import type { Folders } from './folders.js';
import { errorInWords, type JournalSource, keysOf, withJournal } from './journal-source.js';
import { readRequest } from './read-request.js';
import { compare, hadMore, ordersOf } from './replay-changes.js';

/** Exit code: 0 it says the same, 1 it does not, 2 it cannot be told. */
export async function replayCard(
  folders: Pick<Folders, 'cardsDir'>,
  terminal: Terminal,
  args: readonly string[],
  source: JournalSource,
): Promise<number> {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { request: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const request = readRequest(values.request, terminal);
    if (request === undefined) return 2;
    const { found, keys } = await withJournal(source, async ({ db }) => ({
      found: await findDecisions(db, positionals[0] ?? ''),
      keys: keysOf(source),
    }));
    const then = theOne(found, positionals[0]);
    const today = await answeredToday(then, request, { ...folders, keys });
    return tell(then, today, terminal, values.json);
  } catch (error) {
    terminal.error(errorInWords(error));
    return 2;
  }
}

function theOne(found: readonly FoundDecision[], typed: string | undefined): FoundDecision {
  const [first, second] = found;
  if (typed === undefined) {
    throw new Error('expected an entry: <chain>:<seq>, the id of a call in the log, or the uuid of a card');
  }
  if (first === undefined) throw new Error(`no decision of the journal is, or gave out, "${typed}"`);
  if (second === undefined) return first;
  throw new Error(`"${typed}" is several entries: name one of ${found.map(({ name }) => name).join(', ')}`);
}

/** @throws Error when the request is not the one that was answered */
async function answeredToday(
  { name, at, decision: then, key }: FoundDecision,
  request: HookRequest,
  { cardsDir, keys }: Pick<Folders, 'cardsDir'> & { readonly keys: JournalKeys },
): Promise<DecisionEntry> {
  if (key !== keys.fingerprint) {
    throw new Error(
      `${name} was written with another key; give the key that the service had then in JOURNAL_KEY`,
    );
  }
  if (request.hook !== then.hook)
    throw new Error(`${name} is of ${then.hook}, the request of ${request.hook}`);
  const { client, tenant } = then;
  if (keys.patient({ client, tenant, id: request.patientId }) !== then.patient) {
    throw new Error(`${name} is of another patient than the request`);
  }
  const { call, libraryHash } = await judgedToday(request, then, { at, cardsDir });
  const today = decisionOf(call, { library: { hash: libraryHash }, keys, now: 0 });
  const mayDiffer = hadMore(then, today) || lacksMedication(call);
  const isReadAnew = then.library !== today.library && then.orders.length === today.orders.length;
  if (ordersOf(then) !== ordersOf(today) && !mayDiffer && !isReadAnew) {
    throw new Error(`${name} is of other orders (${ordersOf(then)}) than the request (${ordersOf(today)})`);
  }
  return today;
}

/** Whether an order points to a medication that is not in the request. */
function lacksMedication({ record }: AnsweredCall): boolean {
  return record.drafts.some(({ judged, identity }) => judged && identity.unresolved);
}

/** At the instant of the entry, for the client of then; nothing is fetched. */
async function judgedToday(
  request: HookRequest,
  then: DecisionEntry,
  { at, cardsDir }: { readonly at: string; readonly cardsDir: string },
): Promise<{ readonly call: AnsweredCall; readonly libraryHash: string }> {
  const silent = (): void => undefined;
  const calls: AnsweredCall[] = [];
  const answered = then.suppressed.filter(({ why }) => why === 'overridden before').map(({ topic }) => topic);
  const overridden = new Set(answered);
  const pipeline = createPipeline({
    config: {
      cardsDir,
      publicUrl: 'http://127.0.0.1:3000',
      canonicalUrl: 'http://127.0.0.1:3000',
      timeZone: process.env['TIME_ZONE'],
    },
    log: { info: silent, warn: silent, error: silent },
    clock: () => new Date(at),
    uuid: () => crypto.randomUUID(),
    observe: (call) => calls.push(call),
    // What the prescriber had overridden by then is no question of the cards.
    overriddenBefore: () => Promise.resolve(({ card }) => overridden.has(card.topic)),
  });
  const { client, tenant } = then;
  const caller = { client, tenant, fhirServers: [], selectionBehavior: 'at-most-one' } as const;
  await pipeline.answer(request, { arrivedAt: 0, requestId: then.requestId, caller });
  const [call] = calls;
  if (call === undefined) throw new Error('the request was not answered');
  return { call, libraryHash: pipeline.library.hash };
}

function tell(
  { name, at, decision: then }: FoundDecision,
  today: DecisionEntry,
  terminal: Terminal,
  asJson: boolean,
): number {
  const { changes, notes } = compare(then, today);
  const isSame = changes.length === 0;
  if (asJson)
    terminal.log(
      JSON.stringify({ entry: name, at, isSame, changes, notes, recorded: then, today }, undefined, 2),
    );
  else {
    const outcome = isSame ? "today's cards say the same" : "today's cards do not say the same";
    for (const line of [`${name}, ${at}: ${outcome}`, ...changes, ...notes]) terminal.log(line);
  }
  return isSame ? 0 : 1;
}
