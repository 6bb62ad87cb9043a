/** Names of the library as V8 compares them fastest: what they say must stay as it was. */

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { interned } from '../../src/library/interned.js';
import { parseYaml } from '../../src/library/yaml-file.js';

test('an interned text is the same text, whatever it says', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => interned(text) === text));
  const said = ['', '__proto__', 'constructor', '1292', '007', '-1', 'x'.repeat(100)];
  expect(said.map(interned)).toEqual(said);
});

test('a file that leads back to itself is read as it stands', () => {
  const { value, faults } = parseYaml('cards/looped.yaml', 'a: &loop\n  said: baclofen\n  again: *loop\n');
  const { a } = value as { readonly a: Readonly<Record<string, unknown>> };
  expect(faults).toEqual([]);
  expect(a['said']).toBe('baclofen');
  expect(a['again']).toBe(a);
});
