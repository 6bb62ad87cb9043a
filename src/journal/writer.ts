/** What writes entries to the store behind the answers, and never in their way: as the others see it. */

import type { Log } from '../log.js';
import type { Connection } from './connection.js';
import type { DecisionEntry } from './decision.js';
import type { FeedbackEntry, NewEntry } from './entry.js';
import type { JournalKeys } from './keys.js';
import type { Chain } from './open-chain.js';

export interface WriterState {
  /** Entries that wait to be written. */
  readonly queued: number;
  /** Decisions that were not kept since the process began. */
  readonly dropped: number;
  /** Whether the last attempt to write failed. */
  readonly isFailing: boolean;
}

export interface Writer {
  /** Never throws and never waits; beyond the most that can wait, decisions are counted instead of kept. */
  decided(entry: DecisionEntry): void;
  /**
   * Resolves once all of it is stored for good.
   * @throws StoreFailingError when that takes too long; what was not stored may be sent again
   */
  feedback(entries: readonly { readonly body: FeedbackEntry; readonly digest: string }[]): Promise<void>;
  /** An entry about the journal itself; resolves once it is stored. */
  note(entry: NewEntry): Promise<void>;
  /** Whether one of these cards was given out by this process and is not stored yet. */
  isWaiting(cards: ReadonlySet<string>): boolean;
  /** Waits until all is written, and no longer than that. */
  flush(withinMs: number): Promise<void>;
  /** Nothing is tried any more; what still waits is lost. */
  end(): void;
  state(): WriterState;
  /** Whether the store can be reached; the state tells it too, before anything is to be written. */
  probe(): Promise<boolean>;
  /** Of this process; undefined before anything was written. */
  chain(): Chain | undefined;
}

export interface WriterOptions {
  readonly connection: Connection;
  readonly keys: JournalKeys;
  readonly clock: () => Date;
  readonly log: Log;
  /** Most entries that wait; some 2 kB each. */
  readonly most?: number;
  /** How long a feedback may take to be stored. */
  readonly feedbackMs?: number;
}
