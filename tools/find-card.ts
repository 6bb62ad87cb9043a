/** Finds a card by the path or topic somebody typed. */

import type { Card } from '../src/library/card.js';
import { didYouMean } from '../src/library/fault.js';
import type { Library } from '../src/library/library.js';
import type { Terminal } from './check-cards.js';

/** The card, or nothing after the terminal was told what was expected. */
export function findCard(library: Library, typed: string | undefined, terminal: Terminal): Card | undefined {
  const card = library.cards.find(({ path, topic }) => path === typed || topic === typed);
  if (card === undefined) {
    const paths = library.cards.map(({ path }) => path);
    terminal.error(
      typed === undefined
        ? 'expected the path of a card, such as cyclobenzaprine/with-maoi'
        : `no card is named "${typed}"${didYouMean(typed, paths)}`,
    );
  }
  return card;
}
