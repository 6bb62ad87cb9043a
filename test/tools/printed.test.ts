import { expect, test } from '@jest/globals';
import { asTable, counted } from '../../tools/printed.js';

test.each([
  [0, '0 calls'],
  [1, '1 call'],
  [1_200, '1,200 calls'],
])('%i of calls are told as %s', (count, said) => {
  expect(counted(count, 'call')).toBe(said);
});

test('what has a plural of its own is told by it', () => {
  expect(counted(1, 'entry', 'entries')).toBe('1 entry');
  expect(counted(2, 'entry', 'entries')).toBe('2 entries');
});

test('a table of very many rows is as wide as its widest cell', () => {
  const rows = Array.from({ length: 200_000 }, (_, at) => ({ count: at }));
  const [head, first] = asTable(rows, ['count']).split('\n');
  expect([head, first]).toEqual([' count', '     0']);
});
