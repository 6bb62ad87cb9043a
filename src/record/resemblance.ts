/** Whether the words of an order that nobody could identify look like a drug's name misspelt or cut short. */

import { flatMap } from '../flat-map.js';
import { distance } from 'fastest-levenshtein';
import { conceptWords } from './concept-words.js';
import { type Resolve, statedMedication } from './medication.js';
import type { DraftOrder } from './record.js';
import { wordsOf } from './words.js';

const LONGEST_TEXT = 500;
const SHORTEST_NAME = 6;

/**
 * The first of `names` (drug or brand names) that a word of the order resembles: at most one letter in four differs, or
 * the word is a beginning of at least six letters. Undefined when none does, or the drug is known.
 */
export function resembledBy(
  order: DraftOrder,
  names: readonly string[],
  resolve: Resolve,
): string | undefined {
  if (order.stop || !order.judged || order.identity.drugs.length > 0) return undefined;
  const { concepts, displays } = statedMedication(order.resource, resolve);
  const texts = [...displays, ...conceptWords(concepts)];
  const words = flatMap(texts, (text) => wordsOf(text.slice(0, LONGEST_TEXT))).filter(
    (word) => word.length >= SHORTEST_NAME - 1,
  );
  return names.find((name) => words.some((word) => resembles(word, name)));
}

function resembles(word: string, written: string): boolean {
  if (written.length < SHORTEST_NAME) return false;
  const name = written.toLowerCase();
  if (word.length >= SHORTEST_NAME && name.startsWith(word)) return true;
  const allowed = Math.floor(name.length / 4);
  return Math.abs(word.length - name.length) <= allowed && distance(word, name) <= allowed;
}
