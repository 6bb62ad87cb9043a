/** The newest of several laboratory results; results that cannot be told apart in time are all returned. */

import type { Observation } from 'fhir/r4.js';
import { flatMap } from '../flat-map.js';
import { greatest } from '../greatest.js';
import { plusDays } from '../record/calendar-date.js';

/**
 * Newest by effective time, else by issue: all that no other is certainly newer than. A day without a time is of any time of
 * that day, a month of any of its days. Undated results only when all are. One of a day that has not come anywhere is as
 * good as undated: a slip of the pen shall not hide what was measured.
 * @param today day of the call, `YYYY-MM-DD`: it may be tomorrow elsewhere
 */
export function newestOf(results: readonly Observation[], today: string): readonly Observation[] {
  const tomorrow = plusDays(today, 1) ?? today;
  const taken = results.map((result) => [result, takenOf(timeOf(result), tomorrow)] as const);
  const known = flatMap(taken, ([, one]) => one ?? []);
  if (known.length === 0) return results;
  const isOlder = olderThanSome(known);
  return flatMap(taken, ([result, one]) => (one === undefined || isOlder(one) ? [] : result));
}

/** When a result was taken: the first and the last day that it may be of, as written, and its instant when it has a time. */
interface Taken {
  readonly from: string;
  readonly to: string;
  /** Milliseconds. */
  readonly instant: number | undefined;
}

/** @returns undefined when nothing tells, or a day that has not come */
function takenOf(time: string | undefined, tomorrow: string): Taken | undefined {
  const day = time?.slice(0, 10);
  if (time === undefined || day === undefined || day > tomorrow) return undefined;
  const instant = time.length > 10 ? Date.parse(time) : Number.NaN;
  return {
    from: `${day}${'-01-01'.slice(day.length - 4)}`,
    to: `${day}${'-12-31'.slice(day.length - 4)}`,
    instant: Number.isNaN(instant) ? undefined : instant,
  };
}

/** Two with a time are told apart by their instants, all others by the days as written. */
function olderThanSome(known: readonly Taken[]): (one: Taken) => boolean {
  const instants = flatMap(known, ({ instant }) => instant ?? []);
  const latestInstant = greatest(instants);
  const latestDay = latest(known);
  const latestWithoutTime = latest(known.filter(({ instant }) => instant === undefined));
  return ({ to, instant }) =>
    instant === undefined ? latestDay > to : latestInstant > instant || latestWithoutTime > to;
}

/** The latest day on which one begins; empty of none. */
function latest(known: readonly Taken[]): string {
  return known.reduce((last, { from }) => (from > last ? from : last), '');
}

/** When a result was taken, as written in the record; `undefined` when nothing tells. */
export function timeOf(result: Observation): string | undefined {
  const times: readonly unknown[] = [
    result.effectiveDateTime,
    result.effectiveInstant,
    result.effectivePeriod?.end,
    result.effectivePeriod?.start,
    result.issued,
  ];
  return times.find((time) => typeof time === 'string' && /^\d{4}/.test(time)) as string | undefined;
}
