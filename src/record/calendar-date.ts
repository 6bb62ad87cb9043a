/** Calendar dates of FHIR as `YYYY-MM-DD`, and sums with whole days. */

import { remembered } from '../remembered.js';

const DAY = 86_400_000;

/**
 * The date of a FHIR date, dateTime or instant as written, in its own time zone. Undefined for a partial date
 * (`2026`, `2026-11`): a year is no day. Undefined also for what is no date.
 */
export function dateOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}(T|$)/.test(value)) return undefined;
  const date = value.slice(0, 10);
  return dayNumber(date) === undefined ? undefined : date;
}

/** A year or a month, where a FHIR date or dateTime says no more. */
export function partialDateOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(value) ? value : undefined;
}

/** The first day that a date may mean: itself, or the first one of its year or month. */
export function firstDayOf(date: string): string {
  return `${date}${'-01-01'.slice(date.length - 4)}`;
}

/** The last day that a date may mean. */
export function lastDayOf(date: string): string {
  if (date.length === 4) return `${date}-12-31`;
  return date.length === 7
    ? `${date}-${new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5)), 0)).getUTCDate()}`
    : date;
}

export function plusDays(date: string, days: number): string | undefined {
  const day = dayNumber(date);
  if (day === undefined) return undefined;
  const sum = new Date((day + Math.ceil(days)) * DAY);
  return Number.isNaN(sum.getTime()) || sum.getUTCFullYear() > 9999
    ? undefined
    : sum.toISOString().slice(0, 10);
}

/** Whole days from one date to a later one; negative when it is earlier. */
export function daysBetween(from: string, to: string): number | undefined {
  const [start, end] = [dayNumber(from), dayNumber(to)];
  return start === undefined || end === undefined ? undefined : end - start;
}

/** Days since 1970; undefined for a date that no calendar has (February 30). A record names the same few days often. */
export const dayNumber: (date: string) => number | undefined = remembered((date) => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  // V8 takes the 31st of every month for a day, and counts on into the next one.
  return new Date(time).getUTCDate() === Number(date.slice(8)) ? time / DAY : undefined;
});
