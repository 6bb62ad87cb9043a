/** Nothing stands in the vocabulary for nothing: a card or a fact reaches every drug, problem and laboratory group. */

import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { drugsNamed, fillName, problemsNamed } from '../../src/library/argument.js';
import { drugsOfKey, namesIn } from '../../src/library/card.js';
import { loadLibrary } from '../../src/library/library.js';

const { cards, vocabulary } = loadLibrary('cards');
const facts = readFileSync('cards/vocabulary/facts.yaml', 'utf8');

const named = cards.flatMap((card) =>
  card.ways.flatMap(({ key }) => {
    const [first = '', second = ''] = drugsOfKey(key);
    return namesIn(card).map((name) => fillName(name, first, second));
  }),
);
const reached = new Set(
  named.flatMap((name) => [name, ...drugsNamed(name, vocabulary), ...problemsNamed(name, vocabulary)]),
);

test.each([
  ['drug', vocabulary.drugs],
  ['problem', vocabulary.problems],
  ['laboratory group', vocabulary.labs],
] as const)('every %s is reached', (_, names) => {
  const unreached = [...names.keys()].filter((name) => !reached.has(name) && !facts.includes(`'${name}'`));
  expect(unreached).toEqual([]);
});
