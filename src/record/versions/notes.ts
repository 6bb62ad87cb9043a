/** Notes: plain strings of DSTU2 and STU3, annotations since. */

import { flatMap } from '../../flat-map.js';
import { partsOf, stringOf } from '../../untrusted.js';
import { listOf, type Rule } from './reshape.js';

/** A string or an annotation as the list of annotations of R4. */
export const asNotes: Rule = (value) => ({
  note: listOf(value).map((note) => (typeof note === 'string' ? { text: note } : note)),
});

/** Annotations as the one string of DSTU2. */
export const asOneText: Rule = (value) => {
  const texts = flatMap(partsOf(value), ({ text }) => stringOf(text) ?? []);
  return texts.length === 0 ? {} : { note: texts.join('\n') };
};
