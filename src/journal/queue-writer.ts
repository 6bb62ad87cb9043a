/** The writer: entries wait in a queue and go to the store in batches, in order, again after a failure. */

import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import { within } from '../within.js';
import type { Database } from './database.js';
import type { DecisionEntry } from './decision.js';
import type { Head, NewEntry } from './entry.js';
import { type Chain, openChain } from './open-chain.js';
import { Queue, type Waiting } from './queue.js';
import { storeBatch } from './store-batch.js';
import { codeOf, inWords, isOfTheEntry, StoreFailingError } from './store-faults.js';
import type { Writer, WriterOptions, WriterState } from './writer.js';

const MOST_WAITING = 20_000;
const FEEDBACK_MS = 2_000;
/** One batch is one transaction, which holds up the event loop for a few milliseconds in SQLite. */
const BATCH = 64;
/** Decisions wait this long for company. */
const GATHER_MS = 50;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
/** The store may fail for long; the log is told no more often than this. */
const REPORT_MS = 60_000;

/** What a transaction brings. */
interface Attempt {
  readonly batch: readonly Waiting[];
  readonly head: Head;
  /** Decisions not kept so far, all told with it. */
  readonly dropped: number;
}

export const createWriter = (options: WriterOptions): Writer => new QueueWriter(options);

class QueueWriter implements Writer {
  readonly #options: WriterOptions;
  readonly #queue = new Queue();
  #writing: Promise<void> | undefined;
  #gathering: NodeJS.Timeout | undefined;
  /** All that waits is to be written now, however little it is. */
  #isDue = false;
  #chain: Chain | undefined;
  /** Where `#chain` was last seen. */
  #seenIn: Database | undefined;
  /** What the last transaction would have brought: it may have come about although it failed. */
  #attempt: Attempt | undefined;
  #batchSize = BATCH;
  /** How often the store has refused what it was given, one time after the other. */
  #refusals = 0;
  #dropped = 0;
  #toldDropped = 0;
  #isFailing = false;
  #isEnded = false;
  #reportedAt = -Infinity;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  decided(body: DecisionEntry): void {
    if (this.#queue.length >= (this.#options.most ?? MOST_WAITING)) {
      this.#dropped += 1;
      return;
    }
    this.#push({ entry: { at: this.#now(), kind: 'decision', body } }, false);
  }

  async feedback(entries: Parameters<Writer['feedback']>[0]): Promise<void> {
    const { most = MOST_WAITING, feedbackMs = FEEDBACK_MS } = this.#options;
    if (this.#queue.length + entries.length > most) throw new StoreFailingError();
    const items: Waiting[] = [];
    const all = entries.map(
      ({ body, digest }) =>
        new Promise<void>((stored) => {
          const item = { entry: { at: this.#now(), kind: 'feedback' as const, body }, digest, stored };
          items.push(item);
          this.#push(item, true);
        }),
    );
    try {
      await within(feedbackMs, Promise.all(all));
    } catch {
      for (const item of items) item.isGivenUp = true;
      throw new StoreFailingError();
    }
  }

  note(entry: NewEntry): Promise<void> {
    return new Promise((stored, reject) => {
      this.#push({ entry, stored, refused: () => reject(new StoreFailingError()) }, false);
    });
  }

  isWaiting(cards: ReadonlySet<string>): boolean {
    return this.#queue.hasOneOf(cards);
  }

  async flush(withinMs: number): Promise<void> {
    if (this.#queue.length > 0) this.#run();
    if (this.#writing !== undefined) await within(withinMs, this.#writing).catch(() => undefined);
  }

  end(): void {
    this.#isEnded = true;
  }

  state(): WriterState {
    return { queued: this.#queue.length, dropped: this.#dropped, isFailing: this.#isFailing };
  }

  async probe(): Promise<boolean> {
    try {
      await this.#options.connection.get();
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    }
  }

  chain(): Chain | undefined {
    return this.#chain;
  }

  #now(): string {
    return this.#options.clock().toISOString();
  }

  #push(item: Waiting, isUrgent: boolean): void {
    this.#queue.push(item);
    if (isUrgent || this.#queue.length >= BATCH) this.#run();
    else this.#gather();
  }

  #gather(): void {
    this.#gathering ??= setTimeout(() => this.#run(), GATHER_MS).unref();
  }

  #run(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    if (this.#queue.length === 0 || this.#isEnded) return;
    this.#isDue = true;
    this.#writing ??= this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    while (this.#queue.length > 0 && !this.#isEnded) {
      // What has come in the meantime waits for company again: a transaction for each few would cost twice as much.
      if (!this.#isDue && this.#queue.length < BATCH) break;
      try {
        await this.#writeSome();
        pause = FIRST_PAUSE_MS;
        // SQLite writes without waiting for anything: the sockets shall be read in between.
        await setImmediate();
      } catch (error) {
        this.#failed(error);
        this.#isDue = true;
        await wait(pause, undefined, { ref: false });
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
    // In one go with the last look at the queue: what comes from here on begins anew.
    this.#writing = undefined;
    if (this.#queue.length > 0 && !this.#isEnded) this.#gather();
  }

  async #writeSome(): Promise<void> {
    const { connection, keys } = this.#options;
    const database = await connection.get();
    if (database !== this.#seenIn) await this.#findChain(database);
    const before = this.#chain;
    const dropped = this.#dropped;
    const waiting = this.#queue.first(this.#batchSize);
    if (waiting.length === this.#queue.length) this.#isDue = false;
    const batch = [...waiting, ...this.#tellDropped()];
    if (before === undefined || batch.length === 0) return;
    const isDurable = batch.some(({ digest }) => digest !== undefined);
    const head = await database.write(isDurable, async (db) => {
      const reached = await storeBatch(db, before, batch, keys);
      this.#attempt = { batch, head: reached, dropped };
      return reached;
    });
    this.#chain = { id: before.id, head };
    // What was stored before can be told again by a store that takes nothing new.
    this.#done({ batch, head, dropped }, head.seq > before.head.seq);
  }

  #done({ batch, dropped }: Attempt, hasWritten: boolean): void {
    this.#attempt = undefined;
    this.#batchSize = BATCH;
    this.#refusals = 0;
    this.#toldDropped = dropped;
    this.#queue.written(batch);
    if (!hasWritten) return;
    if (this.#isFailing) {
      this.#options.log.info({ ...this.state(), isFailing: false }, 'the journal is written again');
    }
    this.#isFailing = false;
  }

  #failed(error: unknown): void {
    const code = codeOf(error);
    this.#isFailing = true;
    this.#seenIn = undefined;
    if (isOfTheEntry(code)) this.#narrow(code);
    if (performance.now() - this.#reportedAt < REPORT_MS) return;
    this.#reportedAt = performance.now();
    const facts = { fault: code, ...inWords(code), ...this.state() };
    this.#options.log.error(facts, 'the journal cannot be written');
  }

  /** One entry that no store takes must not keep all others waiting: it is looked for, and left out. */
  #narrow(code: string): void {
    this.#refusals += 1;
    // Another replica may have stored the same feedback at the same moment: the second time it is known.
    if (this.#refusals < 2) return;
    if (this.#batchSize > 1) {
      this.#batchSize = 1;
      return;
    }
    const [refused] = this.#queue.first(1);
    if (refused === undefined) return;
    this.#queue.leave([refused]);
    if (refused.entry.kind === 'decision') this.#dropped += 1;
    this.#options.log.error({ fault: code, kind: refused.entry.kind }, 'the journal refused an entry');
  }

  /** What is to be said of decisions that were not kept, if anything. */
  #tellDropped(): readonly Waiting[] {
    const decisions = this.#dropped - this.#toldDropped;
    return decisions === 0 ? [] : [{ entry: { at: this.#now(), kind: 'dropped', body: { decisions } } }];
  }

  /** After a failure only the store knows how far the chain of this process has come. */
  async #findChain(database: Database): Promise<void> {
    const found = await openChain(database, this.#chain, this.#options.keys, this.#now());
    this.#chain = found.chain;
    this.#seenIn = database;
    if (found.start !== undefined) this.#queue.unshift({ entry: found.start });
    else if (found.chain.head.hash === this.#attempt?.head.hash) this.#done(this.#attempt, true);
    this.#attempt = undefined;
  }
}
