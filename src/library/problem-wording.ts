/** What the words of a coding say beside its code: a history, a family's, a search for a disease. */

import { remembered } from '../remembered.js';

/** Displays are shorter by far; what stands beyond this is not read. */
const LONGEST_DISPLAY = 500;

/** Behind these a display says more of what it has named: "pregnancy with history of …", "found on screening". */
const FURTHER = / (?:with|on|by|at|after|during|detected|found) /;

/**
 * Whether a display says one of `phrases`, in whole words: the disease it names is then not one that the patient has. What
 * stands behind a comma or in brackets counts only when it is nothing else: "…, family history", not "…, no history of …".
 */
export function createSays(phrases: readonly string[]): (display: string) => boolean {
  const sought = phrases.map(inBlanks);
  return remembered((display) => {
    const [head = '', ...marks] = display.slice(0, LONGEST_DISPLAY).split(/[,;()[\]]/);
    const [named = ''] = inBlanks(head).split(FURTHER, 1);
    const words = `${named} `;
    return (
      sought.some((phrase) => words.includes(phrase)) ||
      marks.some((mark) => sought.some((phrase) => isNothingElse(inBlanks(mark), phrase)))
    );
  });
}

function isNothingElse(mark: string, phrase: string): boolean {
  return mark === phrase || mark === `${phrase}of `;
}

/** Words in small letters, each between blanks. */
function inBlanks(text: string): string {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return ` ${words.join(' ')} `;
}
