/** Whether the words of an order that nobody could identify look like a drug's name misspelt or cut short. */

import { flatMap } from '../flat-map.js';
import { least } from '../greatest.js';
import { remembered } from '../remembered.js';
import { distance } from 'fastest-levenshtein';
import { conceptWords } from './concept-words.js';
import { type Resolve, statedMedication } from './medication.js';
import type { DraftOrder } from './record.js';
import { wordsOf } from './words.js';

const LONGEST_TEXT = 500;
const SHORTEST_NAME = 6;

/**
 * @param names of drugs and brands
 * @returns the first of them that a word of an order resembles: at most one letter in four differs, or the word is a
 *   beginning of at least six letters. Undefined when none does, or the drug is known.
 */
export function createResemblance(
  names: readonly string[],
): (order: DraftOrder, resolve: Resolve) => string | undefined {
  const known = names.map((name) => name.toLowerCase());
  /** Its place among the names; -1 for none. Orders of other drugs come again and again. */
  const placeOf = remembered((word) => known.findIndex((name) => resembles(word, name)));
  return (order, resolve) => {
    if (order.stop || !order.judged || order.identity.drugs.length > 0) return undefined;
    const { concepts, displays } = statedMedication(order.resource, resolve);
    const texts = [...displays, ...conceptWords(concepts)];
    const places = flatMap(texts, (text) => wordsOf(text.slice(0, LONGEST_TEXT)))
      .filter((word) => word.length >= SHORTEST_NAME - 1)
      .map(placeOf)
      .filter((place) => place >= 0);
    return names[least(places)];
  };
}

function resembles(word: string, name: string): boolean {
  if (name.length < SHORTEST_NAME) return false;
  if (word.length >= SHORTEST_NAME && name.startsWith(word)) return true;
  const allowed = Math.floor(name.length / 4);
  return Math.abs(word.length - name.length) <= allowed && distance(word, name) <= allowed;
}
