/** What the names of a card are swapped for in its mutants: never for what means the same. */

import { expect, test } from '@jest/globals';
import { mutantsOf } from '../../tools/mutants.js';
import { cardText, libraryOf } from '../library/support.js';

const swapsOf = (...when: readonly string[]): readonly string[] => {
  const library = libraryOf({ 'relaxants/baclofen.yaml': cardText({ when }) });
  return mutantsOf(library.cards[0]!, library)
    .map(({ change }) => change)
    .filter((change) => change.includes('" {other}') || change.includes('" fits {other}'));
};

test('the other drug of a key is swapped for one that the key does not name', () => {
  expect(swapsOf('- pair: [baclofen, cyclobenzaprine]', "  all: [{taking: '{other}'}]")).toEqual([
    'way 1: all 1: "taking" {other} swapped for {this}',
    'way 1: all 1: "taking" {other} swapped for phenelzine',
  ]);
});

test('the drugs of a class that the key names are left out, and so are the problems of its groups', () => {
  expect(swapsOf('- together: [relaxant, phenelzine]', "  all: [{taking: '{other}'}]")).toEqual([
    'way 1: all 1: "taking" {other} swapped for {this}',
    'way 1: all 1: "taking" {other} swapped for linezolid',
  ]);
  expect(swapsOf('- pair: [baclofen, cyclobenzaprine]', "  all: [{has problem: 'fits {other}'}]")).toEqual([
    'way 1: all 1: "has problem" fits {other} swapped for fits {this}',
  ]);
});
