/** Entries that wait to be written, in the order they came. */

import { flatMap } from '../flat-map.js';
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
  /** Cards given out whose entries wait. */
  readonly #cards = new Set<string>();

  get length(): number {
    return this.#items.length;
  }

  hasCard(uuid: string): boolean {
    return this.#cards.has(uuid);
  }

  push(item: Waiting): void {
    for (const uuid of cardsOf(item)) this.#cards.add(uuid);
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
    for (const uuid of flatMap(batch, cardsOf)) this.#cards.delete(uuid);
  }
}

function cardsOf({ entry }: Waiting): readonly string[] {
  return entry.kind === 'decision' ? entry.body.issued.map(({ uuid }) => uuid) : [];
}
