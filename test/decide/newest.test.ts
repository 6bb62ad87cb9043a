/** The newest of several laboratory results. */

import { describe, expect, test } from '@jest/globals';
import { newestOf, timeOf } from '../../src/decide/newest.js';
import { egfr } from './support.js';

const at = (id: string, parts: object) => egfr(30, { id, effectiveDateTime: undefined, ...parts });
const newest = (...results: ReturnType<typeof at>[]) => newestOf(results, '2026-11-22').map(({ id }) => id);

describe('the newest result', () => {
  test('is none of none', () => {
    expect(newest()).toEqual([]);
  });

  test('is found wherever it stands', () => {
    const [old, young, middle] = [
      at('old', { effectiveDateTime: '2026-01-01' }),
      at('young', { effectiveDateTime: '2026-11-01' }),
      at('middle', { effectiveDateTime: '2026-05-01' }),
    ];
    expect(newest(old, young, middle)).toEqual(['young']);
    expect(newest(young, old, middle)).toEqual(['young']);
  });

  test('is told by the time of day, in any time zone, where both have one', () => {
    expect(
      newest(
        at('noon', { effectiveDateTime: '2026-11-01T12:00:00Z' }),
        at('one in Paris', { effectiveDateTime: '2026-11-01T13:30:00+01:00' }),
      ),
    ).toEqual(['one in Paris']);
    expect(
      newest(
        at('noon', { effectiveDateTime: '2026-11-01T12:00:00Z' }),
        at('same in Paris', { effectiveDateTime: '2026-11-01T13:00:00+01:00' }),
      ),
    ).toEqual(['noon', 'same in Paris']);
  });

  test('is a tie when one of the same day has no time', () => {
    expect(
      newest(
        at('day', { effectiveDateTime: '2026-11-01' }),
        at('noon', { effectiveDateTime: '2026-11-01T12:00:00Z' }),
      ),
    ).toEqual(['day', 'noon']);
  });

  const permutations = <T>(items: readonly T[]): T[][] =>
    items.length < 2
      ? [[...items]]
      : items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));

  test.each([
    [
      ['2026-11-20', '2026-11-20T08:00:00Z', '2026-11-20T16:00:00Z'],
      ['2026-11-20', '2026-11-20T16:00:00Z'],
    ],
    [
      ['2026-11', '2026-11-05', '2026-10-31'],
      ['2026-11', '2026-11-05'],
    ],
    [
      ['2026', '2026-03-01', '2025-12-31'],
      ['2026', '2026-03-01'],
    ],
    [['2026-11', '2026-12-01T08:00:00Z', '2025'], ['2026-11']],
    [['2026-11-02T00:30:00+14:00', '2026-11-01T12:00:00Z', '2026-10-31'], ['2026-11-01T12:00:00Z']],
  ])('of %j are %j, in whatever order they stand', (times, expected) => {
    for (const order of permutations(times)) {
      const found = newest(...order.map((time) => at(time, { effectiveDateTime: time })));
      expect(new Set(found)).toEqual(new Set(expected));
    }
  });

  test('is a dated one before any without a date', () => {
    expect(newest(at('undated', {}), at('old', { effectiveDateTime: '1990-01-01' }))).toEqual(['old']);
    expect(newest(at('old', { effectiveDateTime: '1990-01-01' }), at('undated', {}))).toEqual(['old']);
  });

  test('is none of a day that has not come, unless there is no other', () => {
    const measured = at('measured', { effectiveDateTime: '2026-11-20' });
    const slip = at('slip', { effectiveDateTime: '2027-11-20' });
    expect(newest(slip, measured)).toEqual(['measured']);
    expect(newest(measured, slip)).toEqual(['measured']);
    expect(newest(slip)).toEqual(['slip']);
    const ahead = at('ahead', { effectiveDateTime: '2026-11-23T01:00:00+14:00' });
    expect(newest(measured, ahead)).toEqual(['ahead']);
    expect(newest(measured, at('the day after', { effectiveDateTime: '2026-11-24' }))).toEqual(['measured']);
  });

  test('is every one when none has a date', () => {
    expect(newest(at('a', {}), at('b', {}))).toEqual(['a', 'b']);
  });

  test('is a tie when a time of day cannot be read', () => {
    expect(
      newest(
        at('a', { effectiveDateTime: '2026-11-01T12:00:00Z' }),
        at('b', { effectiveDateTime: '2026-11-01Tlunchtime' }),
      ),
    ).toEqual(['a', 'b']);
  });
});

describe('the time of a result', () => {
  test.each([
    [{ effectiveDateTime: '2026-11-01', issued: '2026-11-05' }, '2026-11-01'],
    [{ effectiveInstant: '2026-11-02T08:00:00Z' }, '2026-11-02T08:00:00Z'],
    [{ effectivePeriod: { start: '2026-11-01', end: '2026-11-03' } }, '2026-11-03'],
    [{ effectivePeriod: { start: '2026-11-01' } }, '2026-11-01'],
    [{ issued: '2026-11-05T08:00:00Z' }, '2026-11-05T08:00:00Z'],
    [{ effectiveDateTime: 'yesterday', issued: '2026-11-05' }, '2026-11-05'],
    [{ effectiveDateTime: 20261101 }, undefined],
    [{}, undefined],
  ])('%j is %s', (parts, time) => {
    expect(timeOf(at('a', parts))).toBe(time);
  });
});
