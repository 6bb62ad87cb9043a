/** Names of the library as V8 compares them fastest: what they say must stay as it was. */

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { interned } from '../../src/library/interned.js';

test('an interned text is the same text, whatever it says', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => interned(text) === text));
  const said = ['', '__proto__', 'constructor', '1292', '007', '-1', 'x'.repeat(100)];
  expect(said.map(interned)).toEqual(said);
});
