/** What may stand on a line of the log. */

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pino } from 'pino';
import { loggable } from '../src/log.js';

function lineOf(facts: Readonly<Record<string, unknown>>): string {
  const lines: string[] = [];
  pino({ base: null, formatters: { log: loggable } }, { write: (line: string) => lines.push(line) }).info(
    facts,
    'refused',
  );
  return lines.join('');
}

test('ids, codes and counts stand there as they are', () => {
  const facts = {
    requestId: 'a-1',
    status: 200,
    cards: 0,
    client: 'ehr',
    at: ['at x (y:1:2)'],
    none: undefined,
  };
  expect(loggable(facts)).toEqual(facts);
});

test.each([
  ['\r\n{"level":"info"}'],
  ['\u001b[2J'],
  ['a\u2028b\u2029c'],
  ['\u202Etxt'],
  ['\ud800'],
  ['\u0000'],
  ['\u0085'],
])('%j begins no line and steers no terminal', (text) => {
  const line = lineOf({ jti: text });
  expect(line.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  expect(JSON.parse(line)).toMatchObject({ msg: 'refused' });
});

test('a megabyte is cut', () => {
  expect(lineOf({ iss: 'x'.repeat(1_000_000) }).length).toBeLessThan(500);
  expect(lineOf({ at: Array.from({ length: 1_000 }, () => 'x'.repeat(1_000)), requestId: 'a' })).toMatch(
    /"requestId":"a","cut":"the facts/,
  );
  expect(loggable({ clients: Array.from({ length: 25 }, () => 'a') })).toEqual({
    clients: [...Array.from({ length: 20 }, () => 'a'), 'and 5 more'],
  });
});

test('whatever the facts are, a line is one line of JSON below 4 kB', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue()), (facts) => {
      const line = lineOf(facts);
      expect(line.length).toBeLessThan(4_096);
      expect(line.trimEnd().split(/[\n\r]/)).toHaveLength(1);
      expect(() => JSON.parse(line) as unknown).not.toThrow();
    }),
  );
});
