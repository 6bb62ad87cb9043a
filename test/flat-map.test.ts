/** The function does what the method of arrays does. */

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { flatMap } from '../src/flat-map.js';

test('is Array.prototype.flatMap, on parts of any number and depth', () => {
  const part = fc.oneof(
    fc.integer(),
    fc.constant(undefined),
    fc.array(fc.oneof(fc.integer(), fc.array(fc.integer()))),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const given: number[] = [];
      const of = (one: (typeof parts)[number], position: number) => {
        given.push(position);
        return one;
      };
      expect(flatMap(parts, of)).toEqual(parts.flatMap((one) => one));
      expect(given).toEqual(parts.map((_, position) => position));
    }),
    { numRuns: 300, seed: 20261127 },
  );
});

test('takes no part apart that is no array', () => {
  const words = new Set(['a', 'b']);
  expect(flatMap([words, 'cd'], (one) => one)).toEqual([words, 'cd']);
});
