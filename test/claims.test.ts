/** Every claim of the source text is carried by a card, or listed with a reason in `cards/README.md`. */

import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { loadLibrary } from '../src/library/library.js';

const claims = Array.from({ length: 42 }, (_, index) => `S${String(index + 1).padStart(2, '0')}`);
const carried = new Set(loadLibrary('cards').cards.flatMap((card) => card.claims));
const readme = readFileSync('cards/README.md', 'utf8');
const listed = [...readme.matchAll(/^\| (S\d\d) \| (.+) \|$/gm)].map(([, claim]) => claim);

test('each of the 42 claims is carried by a card or listed with a reason', () => {
  expect(claims.filter((claim) => !carried.has(claim) && !listed.includes(claim))).toEqual([]);
});

test('no claim is both carried and listed, and none is unknown', () => {
  expect(listed.filter((claim) => carried.has(claim ?? ''))).toEqual([]);
  expect([...carried].filter((claim) => !claims.includes(claim))).toEqual([]);
});
