/** Counts of a week: what the figures are made of, without looking at each entry. They count the entries that are kept. */

import type { Kysely } from 'kysely';
import type { DecisionEntry } from './decision.js';
import { insertRows } from './insert-rows.js';
import type { Schema } from './schema.js';
import { weekOf } from './week.js';

export type Tally = Schema['tally'];

const ofCards = 'card:';

/** How often a card was given out. */
export function cardTally(topic: string): string {
  return `${ofCards}${topic}`;
}

/** @returns undefined for a count of something else than cards */
export function topicOf(name: string): string | undefined {
  return name.startsWith(ofCards) ? name.slice(ofCards.length) : undefined;
}

/** Tells a count from all others. */
export function tallyName({ week, name }: Pick<Tally, 'week' | 'name'>): string {
  return `${week} ${name}`;
}

/** Adds up what decisions count for. */
export class Counts {
  readonly #tallies = new Map<string, { readonly week: string; readonly name: string; count: number }>();

  /** @param at of the entry */
  add({ orders, issued }: Pick<DecisionEntry, 'orders' | 'issued'>, at: string): void {
    const week = weekOf(at);
    this.#count(week, 'calls');
    for (const drugs of orders) {
      this.#count(week, 'orders');
      for (const drug of drugs) this.#count(week, `drug:${drug}`);
    }
    for (const { topic } of issued) this.#count(week, cardTally(topic));
  }

  /** In one order in all processes: two that lock the same rows in two orders would wait for each other. */
  tallies(): readonly Tally[] {
    return [...this.#tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally);
  }

  #count(week: string, name: string): void {
    const key = tallyName({ week, name });
    const known = this.#tallies.get(key);
    if (known === undefined) this.#tallies.set(key, { week, name, count: 1 });
    else known.count += 1;
  }
}

export async function addTallies(db: Kysely<Schema>, counts: Counts): Promise<void> {
  await insertRows(db, 'tally', counts.tallies());
}

/** Of entries that are removed. */
export async function takeTallies(db: Kysely<Schema>, counts: Counts): Promise<void> {
  for (const { week, name, count } of counts.tallies()) {
    await db
      .updateTable('tally')
      .set((eb) => ({ count: eb('count', '-', count) }))
      .where('week', '=', week)
      .where('name', '=', name)
      .execute();
  }
  await db.deleteFrom('tally').where('count', '<=', 0).execute();
}
