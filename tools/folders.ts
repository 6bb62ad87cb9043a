/** The folders that `npm run card` works on, as the environment names them. */

import { resolve } from 'node:path';

export interface Folders {
  readonly cardsDir: string;
  readonly fixturesDir: string;
  /** Where the pages of these cards are; undefined when nothing says which of the pages there are theirs. */
  readonly docsDir: string | undefined;
  /** The real day, YYYY-MM-DD: only reviews that are due look at it. */
  readonly today: string;
}

const CARDS = 'cards';
const PAGES = 'docs/cards';

/** The folders of this project, or those that CARDS_DIR, FIXTURES_DIR and DOCS_DIR name. */
export function foldersFrom(env: Readonly<Record<string, string | undefined>>): Folders {
  const cardsDir = env['CARDS_DIR'] ?? CARDS;
  const isOwn = resolve(cardsDir) === resolve(CARDS);
  return {
    cardsDir,
    fixturesDir: env['FIXTURES_DIR'] ?? 'fhir-fixtures',
    docsDir: env['DOCS_DIR'] ?? (isOwn ? PAGES : undefined),
    today: new Date().toISOString().slice(0, 10),
  };
}

/** What to do when nothing says where the pages of other cards belong: the pages of this project are not theirs. */
export function pagesUnnamed(cardsDir: string): string {
  return `expected in DOCS_DIR the folder for the pages of ${cardsDir}, got none (${PAGES} holds those of ${CARDS}): set it`;
}
