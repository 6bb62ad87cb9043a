/** What was made of a short text is kept, within bounds. */

import { expect, test } from '@jest/globals';
import { remembered } from '../src/remembered.js';

function counted() {
  const asked: string[] = [];
  const read = remembered((text) => {
    asked.push(text);
    return { text };
  });
  return { asked, read };
}

test('a text is made something of once', () => {
  const { asked, read } = counted();
  expect(read('baclofen')).toBe(read('baclofen'));
  expect(read('').text).toBe('');
  expect(read('').text).toBe('');
  expect(asked).toEqual(['baclofen', '']);
});

test('nothing is something too', () => {
  const asked: string[] = [];
  const read = remembered((text): undefined => {
    asked.push(text);
  });
  expect([read('a'), read('a')]).toEqual([undefined, undefined]);
  expect(asked).toEqual(['a']);
});

test('a long text is not kept', () => {
  const { asked, read } = counted();
  const [short, long] = ['a'.repeat(200), 'a'.repeat(201)];
  for (const text of [short, long, short, long]) expect(read(text).text).toBe(text);
  expect(asked).toEqual([short, long, long]);
});

test('no more than 5,000 are kept', () => {
  const { asked, read } = counted();
  for (let text = 0; text < 5_000; text += 1) read(String(text));
  read('0');
  expect(asked).toHaveLength(5_000);
  read('one more');
  expect(read('0').text).toBe('0');
  expect(asked.slice(5_000)).toEqual(['one more', '0']);
});
