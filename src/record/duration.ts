/** Lengths of time in days, from UCUM codes and from the words clients write for them. */

import { numberOf, partOf, stringOf } from '../untrusted.js';

/** A month counts 30 days, a year 365. */
const DAYS_IN: ReadonlyMap<string, number> = new Map([
  ...['min', 'minute', 'minutes'].map((unit) => [unit, 1 / 1440] as const),
  ...['h', 'hr', 'hour', 'hours'].map((unit) => [unit, 1 / 24] as const),
  ...['d', 'day', 'days'].map((unit) => [unit, 1] as const),
  ...['wk', 'week', 'weeks'].map((unit) => [unit, 7] as const),
  ...['mo', 'month', 'months'].map((unit) => [unit, 30] as const),
  ...['a', 'year', 'years'].map((unit) => [unit, 365] as const),
]);

/** Days in one unit of time, "Day(s)" too. */
export function daysIn(unit: unknown): number | undefined {
  return DAYS_IN.get(stringOf(unit)?.trim().toLowerCase().replace(/[()]/g, '') ?? '');
}

/** A FHIR Duration (or Quantity of time) in days; undefined without a number above zero or with an unknown unit. */
export function daysOf(duration: unknown): number | undefined {
  const part = partOf(duration);
  const value = numberOf(part?.['value']);
  const unit = daysIn(part?.['code']) ?? daysIn(part?.['unit']);
  return value === undefined || value <= 0 || unit === undefined ? undefined : value * unit;
}
