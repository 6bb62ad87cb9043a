/** What the words of a medication tell: drugs, classes and forms, by the names of the vocabulary. */

import { flatMap } from '../flat-map.js';
import type { Vocabulary } from '../library/vocabulary.js';
import { remembered } from '../remembered.js';
import { affirmedWords } from './denied-names.js';
import { ALLERGY, STATEMENT } from './denying-words.js';
import { createNameFinder, type FindPlaces, wordsOf } from './words.js';

/** A text, and what its words tell. */
export interface ReadText {
  readonly classes: readonly string[];
  readonly drugs: readonly string[];
  readonly forms: readonly string[];
  /** Drugs that the text names only to deny them. */
  readonly denied: readonly string[];
}

export type ReadWords = (text: string) => ReadText;

export type ReadInstruction = (text: string) => readonly string[];

export interface TextReaders {
  readonly readText: ReadWords;
  /** The same without what the text denies: "no known allergy to A", "B (tolerates A)". */
  readonly readAllergy: ReadWords;
  /** Likewise: "not taking A". */
  readonly readStatement: ReadWords;
}

/** Lists and catalogues say the same few names again and again: what was read of a short text is kept for the next. */
export function createTextReaders(vocabulary: Vocabulary): TextReaders {
  const findDrugs = createNameFinder([...drugNames(vocabulary), ...brands(vocabulary)]);
  const findForms = createNameFinder(wordsFor(vocabulary.forms));
  const findClasses = createNameFinder(wordsFor(vocabulary.classNames));
  const placesOf: FindPlaces = (words) =>
    new Map([...findClasses.placesOf(words), ...findDrugs.placesOf(words)]);
  // The words themselves are not kept: they may be many more than the text has letters.
  const reader = (affirmed: (text: string, words: readonly string[]) => readonly string[]): ReadWords =>
    remembered((text) => {
      const all = wordsOf(text);
      const words = affirmed(text, all);
      const drugs = findDrugs(words);
      const denied = words === all ? NONE : findDrugs(all).filter((drug) => !drugs.includes(drug));
      return { classes: findClasses(words), drugs, forms: findForms(words), denied };
    });
  return {
    readText: reader((_, words) => words),
    readAllergy: reader((text, words) => affirmedWords(text, words, ALLERGY, placesOf)),
    readStatement: reader((text, words) => affirmedWords(text, words, STATEMENT, placesOf)),
  };
}

const NONE: readonly string[] = [];

/** The forms that the words of an instruction tell. */
export function createInstructionReader({ instructionForms }: Vocabulary): ReadInstruction {
  const findForms = createNameFinder(wordsFor(instructionForms));
  return remembered((text) => findForms(wordsOf(text)));
}

/** Each word with the name it tells. */
function wordsFor(names: ReadonlyMap<string, readonly string[]>): (readonly [string, readonly string[]])[] {
  return flatMap([...names], ([name, words]) => words.map((word) => [word, [name]] as const));
}

function drugNames({ drugs }: Vocabulary): (readonly [string, readonly string[]])[] {
  return flatMap([...drugs.values()], ({ name, names }) =>
    [name, ...names].map((one) => [one, [name]] as const),
  );
}

/** A brand tells the drugs that every product of that brand holds; the drugs' own entries know their brands better. */
function brands({ products, drugs }: Vocabulary): ReadonlyMap<string, readonly string[]> {
  const own = new Set(flatMap([...drugs.values()], ({ names }) => names.map((name) => name.toLowerCase())));
  const held = new Map<string, readonly string[]>();
  for (const product of products.values()) {
    const brand = /\[([^\]]+)\]\)?$/.exec(product.name)?.[1];
    if (brand === undefined || own.has(brand.toLowerCase())) continue;
    const earlier = held.get(brand) ?? product.drugs;
    held.set(
      brand,
      earlier.filter((drug) => product.drugs.includes(drug)),
    );
  }
  return held;
}
