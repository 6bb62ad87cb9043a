/** The newest of several laboratory results; results that cannot be told apart in time are all returned. */

import type { Observation } from 'fhir/r4.js';
import { plusDays } from '../record/calendar-date.js';

/**
 * Newest by effective time, else by issue; same day with a time missing = a tie. Undated results only when all are. One of a
 * day that has not come anywhere is as good as undated: a slip of the pen shall not hide what was measured.
 * @param today day of the call, `YYYY-MM-DD` in UTC: it may be tomorrow elsewhere
 */
export function newestOf(results: readonly Observation[], today: string): readonly Observation[] {
  const tomorrow = plusDays(today, 1) ?? today;
  const takenAt = (result: Observation): string | undefined => {
    const time = timeOf(result);
    return time === undefined || time.slice(0, 10) > tomorrow ? undefined : time;
  };
  let newest: Observation[] = [];
  for (const result of results) {
    const first = newest[0];
    const order = first === undefined ? 1 : compareTimes(takenAt(result), takenAt(first));
    if (order > 0) newest = [result];
    else if (order === 0) newest.push(result);
  }
  return newest;
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

function compareTimes(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  if (a.length > 10 && b.length > 10) return Math.sign(Date.parse(a) - Date.parse(b)) || 0;
  const [dayA, dayB] = [a.slice(0, 10), b.slice(0, 10)];
  return dayA === dayB ? 0 : dayA > dayB ? 1 : -1;
}
