/** Weeks of ISO 8601, at the turns of years. */

import { expect, test } from '@jest/globals';
import { weekOf } from '../../src/journal/week.js';

test.each([
  ['2026-11-22T23:59:59.999Z', '2026-W47'],
  ['2026-11-23T00:00:00.000Z', '2026-W48'],
  ['2026-01-01T00:00:00.000Z', '2026-W01'],
  ['2027-01-03T12:00:00.000Z', '2026-W53'],
  ['2027-01-04T12:00:00.000Z', '2027-W01'],
  ['2024-12-30T00:00:00.000Z', '2025-W01'],
  ['2023-01-01T00:00:00.000Z', '2022-W52'],
])('%s is in %s', (at, week) => {
  expect(weekOf(at)).toBe(week);
});
