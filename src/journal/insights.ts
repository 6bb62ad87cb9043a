/** What became of the cards, by card and week: the figures that work on alert fatigue needs. */

import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { flatMap } from '../flat-map.js';
import type { Connection } from './connection.js';
import type { Schema } from './schema.js';
import { cardTally, type Tally, topicOf } from './tallies.js';
import { weekOf } from './week.js';

export interface Figures {
  /** Cards given out. */
  readonly shown: number;
  readonly accepted: number;
  readonly overridden: number;
  /** Without any answer. */
  readonly ignored: number;
  /** Code of the reason → how often it was given; `other` for reasons that the card does not offer. */
  readonly reasons: Readonly<Record<string, number>>;
  /** From the card to its answer; null without an answer. */
  readonly medianSeconds: number | null;
  /** Orders of the drugs that can bring the card; null for the cards the service writes about its own work. */
  readonly orders: number | null;
  readonly per100Orders: number | null;
}

export interface WeekFigures extends Figures {
  /** ISO 8601: `2026-W47`. */
  readonly week: string;
}

export interface CardFigures extends Figures {
  readonly topic: string;
  readonly weeks: readonly WeekFigures[];
}

export interface Insights {
  /** First and last week. */
  readonly since: string;
  readonly until: string;
  /** Hook calls answered, and orders in them that were judged. */
  readonly calls: number;
  readonly orders: number;
  readonly cards: readonly CardFigures[];
}

export interface InsightsOptions {
  readonly connection: Connection;
  /** The drugs whose orders can bring a card of the library. */
  readonly drugsOf: (topic: string) => readonly string[] | undefined;
  readonly clock: () => Date;
}

const WEEK_MS = 7 * 86_400_000;

/** Answered cards of a topic, week, outcome and reason. */
interface CountRow {
  readonly topic: string;
  readonly week: string;
  readonly outcome: string;
  readonly reason: string;
  readonly count: number;
}

interface AnswerRow {
  readonly topic: string;
  readonly week: string;
  readonly at: string;
  readonly outcome_at: string;
}

interface Rows {
  readonly counts: readonly CountRow[];
  readonly answers: readonly AnswerRow[];
  readonly tallies: readonly Tally[];
}

/**
 * @param weeks how many, the current one included
 * @throws Error of the driver while the store cannot be read
 */
export async function insights(
  { connection, drugsOf, clock }: InsightsOptions,
  weeks: number,
): Promise<Insights> {
  const now = clock();
  const asked = Array.from({ length: weeks }, (_, back) =>
    weekOf(new Date(now.getTime() - (weeks - 1 - back) * WEEK_MS).toISOString()),
  );
  const rows = await readRows(connection, asked);
  const topics = [...new Set(flatMap(rows.tallies, ({ name }) => topicOf(name) ?? []))].sort();
  return {
    since: asked[0] ?? '',
    until: asked.at(-1) ?? '',
    calls: sum(rows.tallies.filter(({ name }) => name === 'calls')),
    orders: sum(rows.tallies.filter(({ name }) => name === 'orders')),
    cards: topics.map((topic) => cardFigures(topic, rows, drugsOf(topic))),
  };
}

/** Week by week and card by card, since SQLite holds up everything else while it reads. */
async function readRows(connection: Connection, weeks: readonly string[]): Promise<Rows> {
  const { db } = await connection.get();
  const counts: CountRow[] = [];
  const answers: AnswerRow[] = [];
  for (const week of weeks) {
    const ofWeek = await db
      .selectFrom('answer')
      .select(['topic', 'week', 'outcome', 'reason', (eb) => eb.fn.countAll().as('count')])
      .where('week', '=', week)
      .groupBy(['topic', 'week', 'outcome', 'reason'])
      .execute();
    for (const row of ofWeek) counts.push({ ...row, count: Number(row.count) });
    for (const topic of new Set(ofWeek.map((row) => row.topic))) {
      await setImmediate();
      for (const answer of await answersTo(db, topic, week)) answers.push(answer);
    }
    await setImmediate();
  }
  const tallies = await db
    .selectFrom('tally')
    .selectAll()
    .where('week', 'in', [...weeks])
    .execute();
  return { counts, answers, tallies };
}

function answersTo(db: Kysely<Schema>, topic: string, week: string): Promise<readonly AnswerRow[]> {
  return db
    .selectFrom('answer')
    .select(['topic', 'week', 'at', 'outcome_at'])
    .where('week', '=', week)
    .where('topic', '=', topic)
    .execute();
}

function cardFigures(topic: string, rows: Rows, drugs: readonly string[] | undefined): CardFigures {
  const names = drugs === undefined ? undefined : new Set(drugs.map((drug) => `drug:${drug}`));
  const own = {
    counts: rows.counts.filter((row) => row.topic === topic),
    answers: rows.answers.filter((row) => row.topic === topic),
    shown: rows.tallies.filter(({ name }) => name === cardTally(topic)),
    orders: names && rows.tallies.filter(({ name }) => names.has(name)),
  };
  const weeks = [...new Set([...own.shown, ...(own.orders ?? [])].map(({ week }) => week))].sort();
  return {
    topic,
    ...figures(own),
    weeks: weeks.map((week) => ({ week, ...figures(inWeek(own, week)) })),
  };
}

/** What there is of one card. */
interface OwnRows extends Pick<Rows, 'counts' | 'answers'> {
  readonly shown: readonly Tally[];
  /** Of its drugs; undefined for a card without. */
  readonly orders: readonly Tally[] | undefined;
}

function inWeek({ counts, answers, shown, orders }: OwnRows, week: string): OwnRows {
  const isOfWeek = (row: { readonly week: string }) => row.week === week;
  return {
    counts: counts.filter(isOfWeek),
    answers: answers.filter(isOfWeek),
    shown: shown.filter(isOfWeek),
    orders: orders?.filter(isOfWeek),
  };
}

function figures({ counts, answers, shown: tallies, orders: ordered }: OwnRows): Figures {
  const shown = sum(tallies);
  const of = (outcome: string) => sum(counts.filter((row) => row.outcome === outcome));
  const [accepted, overridden] = [of('accepted'), of('overridden')];
  const orders = ordered === undefined ? null : sum(ordered);
  return {
    shown,
    accepted,
    overridden,
    ignored: shown - accepted - overridden,
    reasons: reasonsIn(counts),
    medianSeconds: median(answers.map(secondsBetween)),
    orders,
    per100Orders: orders === null || orders === 0 ? null : Math.round((1_000 * shown) / orders) / 10,
  };
}

function reasonsIn(counts: readonly CountRow[]): Readonly<Record<string, number>> {
  const reasons = new Map<string, number>();
  for (const { reason, count } of counts) {
    if (reason !== '') reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  }
  return Object.fromEntries([...reasons].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Two clocks are compared: a client whose clock is behind has answered at once. */
function secondsBetween({ at, outcome_at: answered }: AnswerRow): number {
  return Math.max(0, (Date.parse(answered) - Date.parse(at)) / 1_000);
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1];
  const high = sorted[Math.floor(middle)];
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
}

function sum(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((total, { count }) => total + count, 0);
}
