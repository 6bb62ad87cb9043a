/** What the words of a coding say beside its code: a history, a family's, a search for a disease. */

import { remembered } from '../remembered.js';

/** Displays are shorter by far; what stands beyond this is not read. */
const LONGEST_DISPLAY = 500;

/**
 * Whether a display says one of `phrases`, in whole words: the disease it names is then not one that the patient has. What
 * comes after "with" only adds to what is named ("pregnancy with history of infertility").
 */
export function createSays(phrases: readonly string[]): (display: string) => boolean {
  const sought = phrases.map(inBlanks);
  return remembered((display) => {
    const [named = ''] = inBlanks(display.slice(0, LONGEST_DISPLAY)).split(' with ', 1);
    const words = `${named} `;
    return sought.some((phrase) => words.includes(phrase));
  });
}

/** Words in small letters, each between blanks. */
function inBlanks(text: string): string {
  return ` ${text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .join(' ')} `;
}
