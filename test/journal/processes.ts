/** Processes that write a journal on a frozen day, and hands that change what they wrote. */

import type { KyselyPlugin } from 'kysely';
import { createConnection } from '../../src/journal/connection.js';
import { type Database, openDatabase, openToRead } from '../../src/journal/database.js';
import type { DecisionEntry } from '../../src/journal/decision.js';
import { createTakeFeedback, type FeedbackItem } from '../../src/journal/feedback.js';
import type { JournalKeys } from '../../src/journal/keys.js';
import { prune } from '../../src/journal/retention.js';
import { type Verification, verifyJournal, type VerifyOptions } from '../../src/journal/verify.js';
import { createWriter } from '../../src/journal/queue-writer.js';
import type { Writer } from '../../src/journal/writer.js';
import { keptLog } from '../support/log.js';
import { decision, issued, keys, NOW } from './support.js';

/** Who asks and answers, unless a test says otherwise. */
const from = { service: 'rx-distinct-order-sign', client: 'general', tenant: '' };

/** A call that brought one card. */
export function decided(card: string, more: Partial<DecisionEntry> = {}): DecisionEntry {
  return decision({
    ...from,
    requestId: `call-${card}`,
    issued: [issued({ uuid: card, topic: 'relaxants-baclofen' })],
    ...more,
  });
}

export function answer(card: string, more: Partial<FeedbackItem> = {}): FeedbackItem {
  const outcomeAt = '2026-11-22T10:01:00.000Z';
  return { card, outcome: 'overridden', acceptedSuggestions: [], outcomeAt, ...more };
}

export interface Running {
  readonly chain: string;
  readonly writer: Writer;
  decide(...entries: readonly DecisionEntry[]): Promise<void>;
  answer(...items: readonly FeedbackItem[]): Promise<void>;
  prune(days: number): Promise<void>;
  stop(): Promise<void>;
}

export interface RunningOptions {
  readonly now?: string;
  readonly keys?: JournalKeys;
}

/** A process of the service, as far as the journal is concerned; it has written its first entry. */
export async function startProcess(url: string, options: RunningOptions = {}): Promise<Running> {
  const now = options.now === undefined ? NOW : new Date(options.now);
  const own = options.keys ?? keys;
  const connection = createConnection(url);
  const writer = createWriter({ connection, keys: own, clock: () => now, log: keptLog().log });
  const take = createTakeFeedback({ connection, writer, keys: own, reasonsOf: () => [] });
  const note = (entry: Parameters<Writer['note']>[0]) => writer.note(entry);
  await note({ at: now.toISOString(), kind: 'dropped', body: { decisions: 0 } });
  return {
    chain: writer.chain()?.id ?? '',
    writer,
    async decide(...entries) {
      for (const entry of entries) writer.decided(entry);
      await writer.flush(5_000);
    },
    async answer(...items) {
      await take(items, from);
    },
    prune: (days) => prune({ connection, days, now, note }),
    async stop() {
      await writer.flush(5_000);
      await connection.drop();
    },
  };
}

/** Changes the store behind the back of the service. */
export async function tamper(url: string, change: (db: Database['db']) => Promise<unknown>): Promise<void> {
  const database = await openDatabase(url);
  await change(database.db);
  await database.close();
}

/** The same database; once, after so many queries of it, something else is done first. */
export function afterQuery(
  database: Database,
  count: number,
  act: () => Promise<void>,
): { readonly db: Database['db']; readonly close: () => Promise<void> } {
  let queries = 0;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      queries += 1;
      if (queries === count) await act();
      return result;
    },
  };
  return { db: database.db.withPlugin(plugin), close: () => database.close() };
}

/** Two rows at a time, so that every chain takes several pages. */
export async function verified(url: string, more: Partial<VerifyOptions> = {}): Promise<Verification> {
  const database = await openToRead(url);
  const found = await verifyJournal({ db: database.db, keys, page: 2, ...more });
  await database.close();
  return found;
}
