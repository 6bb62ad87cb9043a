/** What CodeableConcepts say in words: their texts and the displays of their codings. */

import { flatMap } from '../flat-map.js';
import { partsOf, stringOf } from '../untrusted.js';

/** @param concepts one, or a list of them, of whatever shape the client has sent */
export function conceptWords(concepts: unknown): readonly string[] {
  return flatMap(partsOf(concepts), ({ text, coding }) =>
    flatMap([text, ...partsOf(coding).map(({ display }) => display)], (words) => stringOf(words) ?? []),
  );
}
