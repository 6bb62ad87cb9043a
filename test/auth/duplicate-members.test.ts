/** The scan for members that stand twice: finds each, and nothing else. */

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hasDuplicateMembers } from '../../src/clients/duplicate-members.js';

test.each([
  '{"a":1,"a":1}',
  '{"a":1,"\\u0061":1}',
  '{"a":{"b":1,"b":2}}',
  '[{"a":1},{"b":1,"b":1}]',
  '{"a":[1,2],"a":3}',
  '{"a":"{","a":1}',
  '{"":1,"":1}',
  '{ "a" : 1 , "b" : [ ] ,\n"a" : 1 }',
])('is found in %s', (text) => {
  expect(hasDuplicateMembers(text)).toBe(true);
});

test.each([
  '{}',
  '[]',
  '1',
  '"a"',
  '{"a":"a","b":"a"}',
  '[{"a":1},{"a":1}]',
  '{"a":{"a":{"a":1}}}',
  '{"a":["a","a","a"]}',
  '{"a":"\\"a\\":1,\\"a\\":2"}',
])('is not found in %s', (text) => {
  expect(hasDuplicateMembers(text)).toBe(false);
});

test('no JSON that comes from an object has one, and each has when a member is repeated', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
      fc.jsonValue(),
      (object, value) => {
        const text = JSON.stringify(object);
        const [name = ''] = Object.keys(object);
        expect(hasDuplicateMembers(text)).toBe(false);
        expect(
          hasDuplicateMembers(`${text.slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(value)}}`),
        ).toBe(true);
      },
    ),
  );
});
