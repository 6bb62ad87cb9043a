/** The journal: what was shown, what was done with it. The folder's public file. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Coding } from '../cdshooks/protocol.js';
import type { Library } from '../library/library.js';
import type { Log } from '../log.js';
import { overrideReasons } from '../render/card.js';
import { type Connection, createConnection } from './connection.js';
import { type AnsweredCall, decisionOf } from './decision.js';
import type { NewEntry } from './entry.js';
import { createTakeFeedback, type TakeFeedback } from './feedback.js';
import { insights, type Insights } from './insights.js';
import { keptQuery } from './kept-queries.js';
import type { JournalKeys } from './keys.js';
import { createOverriddenBefore, type OverriddenBefore } from './repeats.js';
import { prune } from './retention.js';
import type { Schema } from './schema.js';
import { codeOf } from './store-faults.js';
import { createWriter } from './queue-writer.js';
import type { Writer, WriterState } from './writer.js';

export interface JournalOptions {
  /** `sqlite:<path>` or `postgres://…` */
  readonly databaseUrl: string;
  readonly keys: JournalKeys;
  /** Entries are kept this many days. */
  readonly journalDays: number;
  /** Asked once calls come. */
  readonly library: () => Library;
  /** The drugs whose orders can bring a card of the library. */
  readonly drugsOf: (topic: string) => readonly string[] | undefined;
  /** Base of the system of override reasons. */
  readonly canonicalUrl: string;
  readonly clock: () => Date;
  readonly log: Log;
  /** For what `journal verify --log` builds on: written whatever the log leaves out; absent: the log. */
  readonly evidence?: Pick<Log, 'info'>;
}

export interface Journal {
  /** Keeps what was answered; never throws and never waits. */
  readonly observe: (call: AnsweredCall) => void;
  readonly takeFeedback: TakeFeedback;
  readonly overriddenBefore: OverriddenBefore;
  /**
   * Marks a token as used, for every process of this store.
   * @param exp seconds since 1970
   * @throws Error of the driver
   */
  readonly claimToken: (id: string, exp: number) => Promise<'new' | 'seen'>;
  /** @throws Error of the driver */
  readonly insights: (weeks: number) => Promise<Insights>;
  readonly state: () => WriterState;
  /** Makes the store ready and removes what is too old; tells the log when it cannot. */
  tend(): Promise<void>;
  /** Writes what waits and tells the log how far the journal came. */
  stop(): Promise<void>;
}

const CLAIM_TRIES = 10;
const CLAIM_PAUSE_MS = 5;
/** A stop shall not wait for a store that fails. */
const STOP_MS = 2_000;

export function createJournal(options: JournalOptions): Journal {
  const { databaseUrl, keys, library, clock, log, drugsOf, canonicalUrl, journalDays } = options;
  const evidence = options.evidence ?? log;
  const connection = createConnection(databaseUrl);
  const writer = createWriter({ connection, keys, clock, log });
  let reasons: ReadonlyMap<string, readonly Coding[]> | undefined;
  return {
    observe(call) {
      try {
        writer.decided(decisionOf(call, { library: library(), keys, now: performance.now() }));
      } catch (error) {
        const { requestId } = call.arrival;
        log.error({ requestId, fault: codeOf(error) }, 'the journal could not take an answer');
      }
    },
    takeFeedback: createTakeFeedback({
      connection,
      writer,
      keys,
      reasonsOf: (topic) => (reasons ??= offeredReasons(library(), canonicalUrl)).get(topic) ?? [],
    }),
    overriddenBefore: createOverriddenBefore({ connection, keys, clock, log }),
    claimToken: (id, exp) => claimToken(connection, id, exp),
    insights: (weeks) => insights({ connection, drugsOf, clock }, weeks),
    state: () => writer.state(),
    async tend() {
      if (!(await writer.probe())) return;
      const note = (entry: NewEntry) => writer.note(entry);
      await prune({ connection, days: journalDays, now: clock(), note }).catch(() => {
        log.error({}, 'the journal could not be looked through for what is too old');
      });
      tellHead(writer, evidence);
    },
    stop: () => stop(connection, writer, { log, evidence }),
  };
}

/** Tried again while another process is writing to the same file: each time it waits a little by itself. */
async function claimToken(connection: Connection, id: string, exp: number): Promise<'new' | 'seen'> {
  const database = await connection.get();
  for (let tries = 1; ; tries += 1) {
    try {
      const made = await database.once((db) => claim(db, id, exp));
      return made.numAffectedRows === 1n ? 'new' : 'seen';
    } catch (error) {
      if (codeOf(error) !== 'SQLITE_BUSY' || tries === CLAIM_TRIES) throw error;
      await wait(CLAIM_PAUSE_MS);
    }
  }
}

const claim = (db: Kysely<Schema>, id: string, exp: number) => {
  const query = keptQuery(db, 'claim', (into) =>
    into
      .insertInto('used_token')
      .values({ id, exp })
      .onConflict((conflict) => conflict.doNothing()),
  );
  return db.executeQuery({ ...query, parameters: [id, exp] });
};

async function stop(
  connection: Connection,
  writer: Writer,
  { log, evidence }: Required<Pick<JournalOptions, 'log' | 'evidence'>>,
): Promise<void> {
  // Pauses between attempts keep no process alive.
  const alive = setInterval(() => undefined, STOP_MS);
  await writer.flush(STOP_MS);
  writer.end();
  const { queued } = writer.state();
  if (queued > 0) log.error({ queued }, 'the journal could not be written before the end: entries are lost');
  tellHead(writer, evidence);
  await connection.drop();
  clearInterval(alive);
}

/** Outside the store: who cuts the end off a chain there does not reach the log. */
function tellHead(writer: Writer, evidence: Pick<Log, 'info'>): void {
  const chain = writer.chain();
  if (chain !== undefined) evidence.info({ chain: chain.id, ...chain.head }, 'head of the journal');
}

/** The override reasons that each card offers, by topic. */
function offeredReasons(
  { cards, serviceCards }: Library,
  canonicalUrl: string,
): ReadonlyMap<string, readonly Coding[]> {
  const offered = [
    ...cards.map(({ topic, override }) => [topic, override] as const),
    ...Object.entries(serviceCards).map(([topic, { override }]) => [topic, override] as const),
  ];
  return new Map(
    offered.map(([topic, override]) => [topic, overrideReasons(topic, override, { canonicalUrl })]),
  );
}
