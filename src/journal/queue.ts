/** Entries that wait to be written, in the order they came. */

import type { ToStore } from './store-batch.js';

export interface Waiting extends ToStore {
  /** For those who wait for it; nobody waits for a decision. */
  readonly stored?: () => void;
  readonly refused?: () => void;
  /** Its caller has been told that it could not be stored. */
  isGivenUp?: boolean;
}

export class Queue {
  #items: Waiting[] = [];

  get length(): number {
    return this.#items.length;
  }

  /** Whether an entry that gave out one of these cards waits: looked for when it is asked, which is seldom. */
  hasOneOf(cards: ReadonlySet<string>): boolean {
    return this.#items.some(
      ({ entry }) => entry.kind === 'decision' && entry.body.issued.some(({ uuid }) => cards.has(uuid)),
    );
  }

  push(item: Waiting): void {
    this.#items.push(item);
  }

  /** Before all others: what the journal says of itself. */
  unshift(item: Waiting): void {
    this.#items.unshift(item);
  }

  /** The first ones, which stay until they are written. */
  first(count: number): readonly Waiting[] {
    this.#items = this.#items.filter(({ isGivenUp }) => isGivenUp !== true);
    return this.#items.slice(0, count);
  }

  written(batch: readonly Waiting[]): void {
    this.#remove(batch);
    for (const { stored } of batch) stored?.();
  }

  /** What the store does not take. */
  leave(batch: readonly Waiting[]): void {
    this.#remove(batch);
    for (const { refused } of batch) refused?.();
  }

  #remove(batch: readonly Waiting[]): void {
    const gone = new Set(batch);
    this.#items = this.#items.filter((item) => !gone.has(item));
  }
}
