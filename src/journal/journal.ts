/** The journal: what was shown, what was done with it. The folder's public file. */

import type { Coding } from '../cdshooks/protocol.js';
import type { Library } from '../library/library.js';
import type { Log } from '../log.js';
import { overrideReasons } from '../render/card.js';
import { type Connection, createConnection } from './connection.js';
import { type AnsweredCall, decisionOf } from './decision.js';
import type { NewEntry } from './entry.js';
import { createTakeFeedback, type TakeFeedback } from './feedback.js';
import { insights, type Insights } from './insights.js';
import type { JournalKeys } from './keys.js';
import { createOverriddenBefore, type OverriddenBefore } from './repeats.js';
import { prune } from './retention.js';
import { createWriter, type Writer, type WriterState } from './writer.js';

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

/** A stop shall not wait for a store that fails. */
const STOP_MS = 2_000;

export function createJournal(options: JournalOptions): Journal {
  const { databaseUrl, keys, library, clock, log, drugsOf, canonicalUrl, journalDays } = options;
  const connection = createConnection(databaseUrl);
  const writer = createWriter({ connection, keys, clock, log });
  let reasons: ReadonlyMap<string, readonly Coding[]> | undefined;
  return {
    observe: (call) => writer.decided(decisionOf(call, { library: library(), keys, now: performance.now() })),
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
      const note = (entry: NewEntry) => writer.note(entry);
      await prune({ connection, days: journalDays, now: clock(), note }).catch(() => {
        log.error({}, 'the journal could not be looked through for what is too old');
      });
      tellHead(writer, log);
    },
    async stop() {
      await writer.flush(STOP_MS);
      writer.end();
      tellHead(writer, log);
      await connection.drop();
    },
  };
}

async function claimToken(connection: Connection, id: string, exp: number): Promise<'new' | 'seen'> {
  const { db } = await connection.get();
  const made = await db
    .insertInto('used_token')
    .values({ id, exp })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n ? 'new' : 'seen';
}

/** Outside the store: who cuts the end off a chain there does not reach the log. */
function tellHead(writer: Writer, log: Log): void {
  const chain = writer.chain();
  if (chain !== undefined) log.info({ chain: chain.id, ...chain.head }, 'head of the journal');
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
