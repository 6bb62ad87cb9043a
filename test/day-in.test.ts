/** The day of an instant where the patients are. */

import { expect, test } from '@jest/globals';
import { dayIn, isTimeZone } from '../src/day-in.js';

test.each([
  ['UTC', '2026-11-23T01:00:00Z', '2026-11-23'],
  ['America/Chicago', '2026-11-23T01:00:00Z', '2026-11-22'],
  ['America/Chicago', '2026-11-23T06:00:00Z', '2026-11-23'],
  ['Pacific/Kiritimati', '2026-12-31T10:00:00Z', '2027-01-01'],
  ['Asia/Kathmandu', '2026-03-01T18:14:59Z', '2026-03-01'],
  ['Asia/Kathmandu', '2026-03-01T18:15:00Z', '2026-03-02'],
])('in %s %s is of %s', (timeZone, instant, day) => {
  expect(dayIn(timeZone)(new Date(instant))).toBe(day);
});

test.each([
  ['Europe/Vienna', true],
  ['UTC', true],
  ['Vienna', false],
  ['', false],
])('%j is a time zone: %s', (text, is) => {
  expect(isTimeZone(text)).toBe(is);
});
