/** Sums on the calendar: month ends, leap days and years, without a clock and without a time zone. */

import { describe, expect, test } from '@jest/globals';
import type { Duration } from '../../src/library/argument.js';
import { dateMinus, inDays, instantMinus } from '../../src/decide/calendar.js';

const lasting = (value: number, unit: Duration['unit']): Duration => ({ value, unit });

describe('a date minus', () => {
  test.each([
    ['2026-11-22', 0, 'day', '2026-11-22'],
    ['2026-11-22', 14, 'day', '2026-11-08'],
    ['2026-03-01', 1, 'day', '2026-02-28'],
    ['2028-03-01', 1, 'day', '2028-02-29'],
    ['2026-01-01', 1, 'day', '2025-12-31'],
    ['2026-11-22', 2, 'week', '2026-11-08'],
    ['2026-11-22', 23, 'hour', '2026-11-22'],
    ['2026-11-22', 24, 'hour', '2026-11-21'],
    ['2026-11-22', 49, 'hour', '2026-11-20'],
    ['2026-11-22', 3, 'month', '2026-08-22'],
    ['2026-03-31', 1, 'month', '2026-02-28'],
    ['2028-03-31', 1, 'month', '2028-02-29'],
    ['2026-05-31', 1, 'month', '2026-04-30'],
    ['2026-01-15', 2, 'month', '2025-11-15'],
    ['2026-11-22', 65, 'year', '1961-11-22'],
    ['2028-02-29', 1, 'year', '2027-02-28'],
    ['2028-02-29', 4, 'year', '2024-02-29'],
    ['2000-02-29', 100, 'year', '1900-02-28'],
    ['2026-11-22', 0, 'year', '2026-11-22'],
  ] as const)('%s minus %i %s(s) is %s', (date, value, unit, expected) => {
    expect(dateMinus(date, lasting(value, unit))).toBe(expected);
  });
});

describe('an instant minus', () => {
  test.each([
    ['2026-11-22T12:00:00.000Z', 24, 'hour', '2026-11-21T12:00:00.000Z'],
    ['2026-03-01T06:30:00.000Z', 7, 'hour', '2026-02-28T23:30:00.000Z'],
    ['2026-11-22T12:00:00.000Z', 2, 'week', '2026-11-08T12:00:00.000Z'],
    ['2026-11-22T02:00:00+14:00', 1, 'day', '2026-11-20T12:00:00.000Z'],
  ] as const)('%s minus %i %s(s) is %s', (instant, value, unit, expected) => {
    expect(instantMinus(instant, lasting(value, unit))).toBe(expected);
  });
});

test('a duration in days counts a month as 30 and a year as 365', () => {
  expect([
    inDays(lasting(12, 'hour')),
    inDays(lasting(14, 'day')),
    inDays(lasting(2, 'week')),
    inDays(lasting(2, 'month')),
    inDays(lasting(1, 'year')),
  ]).toEqual([0.5, 14, 14, 60, 365]);
});
