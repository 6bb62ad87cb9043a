/** Parsing by pieces says what `JSON.parse` says of the whole, and refuses what it refuses. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from '../../src/http/json-pieces.js';
import { faultBeforeParsing } from '../../src/json-scan.js';

/** Blanks make any body large enough to be taken apart. */
const blanks = ' '.repeat(100_000);

function outcomeOf(parse: () => unknown): unknown {
  try {
    return { is: JSON.stringify(parse()) };
  } catch (error) {
    return error instanceof SyntaxError ? 'no JSON' : error;
  }
}

/** In pieces, and as a whole; alike for what the scan refuses, since that is never parsed. */
function bothWays(text: string): readonly [unknown, unknown] {
  const bytes = Buffer.from(blanks + text);
  const entries: number[] = [];
  if (faultBeforeParsing(bytes, 100_000, entries) !== undefined) return ['refused', 'refused'];
  return [outcomeOf(() => parseJson(bytes, entries, 'utf8')), outcomeOf(() => JSON.parse(blanks + text))];
}

/** Values deep enough to have entries; names that look like stubs, like numbers, and stand twice. */
const names = fc.constantFrom('entry', 'a', '1', '0', '"', 'resource');
const deep = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'large', maxDepth: 8 },
    fc.constantFrom(0, 1, 'entry', '{', '}]', '\\', 'é', '\u2028', null, true, -0.5),
    fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
    fc.dictionary(names, tie('value'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

describe('a large body in pieces', () => {
  test('is what it is as a whole', () => {
    fc.assert(
      fc.property(deep, fc.constantFrom(0, 1), (value, indent) => {
        const [pieces, whole] = bothWays(JSON.stringify([[[value]]], null, indent));
        expect(pieces).toEqual(whole);
      }),
      { numRuns: 300, seed: 20261127 },
    );
  });

  test('is refused when the whole is, wherever a character is put, taken or doubled', () => {
    const cuts = fc.record({
      at: fc.nat(),
      take: fc.nat({ max: 2 }),
      put: fc.constantFrom('', '{', '}', '[', ']', ',', ':', '"', '\\', '1', 'null', '{}', '{"entry":0}'),
    });
    fc.assert(
      fc.property(deep, cuts, (value, { at, take, put }) => {
        const text = JSON.stringify({ a: [{ b: [value, value] }, { b: [[{ c: 1 }], [{ entry: 0 }]] }] });
        const place = at % text.length;
        const [pieces, whole] = bothWays(text.slice(0, place) + put + text.slice(place + take));
        expect(pieces).toEqual(whole);
      }),
      { numRuns: 1_000, seed: 20261127 },
    );
  });

  test.each([
    ['an entry where a name should stand', '[[[[{ {"a":1}: 2 }]]]]'],
    ['an entry after a number', '[[[[1{"a":1}]]]]'],
    ['two entries without a comma', '[[[[{"a":1}{"b":2}]]]]'],
    ['brackets that do not match', '[[[[{"a":1],{"b":2}]]]]'],
    ['a member that stands twice, the first with entries', '{"x":{"y":{"z":[{"a":1}],"z":[{"b":2}]}}}'],
    ['names that are numbers, in another order', '{"x":{"y":{"2":{"z":{"a":1}},"1":{"z":{"b":2}}}}}'],
    ['an entry that looks like what stands for one', '[[[[{"entry":1},{"entry":0}]]]]'],
    ['an end of the text within an entry', '[[[[{"a":1'],
  ])('%s', (_what, text) => {
    const [pieces, whole] = bothWays(text);
    expect(pieces).toEqual(whole);
  });

  test('may begin with a byte order mark', () => {
    const bytes = Buffer.from(`\uFEFF${blanks}[[[[{"a":"\u00e9"}]]]]`);
    const entries: number[] = [];
    faultBeforeParsing(bytes, 100_000, entries);
    expect(entries).toHaveLength(2);
    expect(parseJson(bytes, entries, 'utf8')).toEqual([[[[{ a: '\u00e9' }]]]]);
  });
});
