/** What the words of a medication tell: drugs, classes and forms, by the names of the vocabulary. */

import { flatMap } from '../flat-map.js';
import type { Vocabulary } from '../library/vocabulary.js';
import { remembered } from '../remembered.js';
import { createNameFinder, wordsOf } from './words.js';

/** A text, and what its words tell. */
export interface ReadText {
  readonly classes: readonly string[];
  readonly drugs: readonly string[];
  readonly forms: readonly string[];
}

export type ReadWords = (text: string) => ReadText;

export type ReadInstruction = (text: string) => readonly string[];

/** Lists and catalogues say the same few names again and again: what was read of a short text is kept for the next. */
export function createTextReader(vocabulary: Vocabulary): ReadWords {
  const findDrugs = createNameFinder([...drugNames(vocabulary), ...brands(vocabulary)]);
  const findForms = createNameFinder(wordsFor(vocabulary.forms));
  const findClasses = createNameFinder(wordsFor(vocabulary.classNames));
  return remembered((text) => {
    // The words themselves are not kept: they may be many more than the text has letters.
    const words = wordsOf(text);
    return { classes: findClasses(words), drugs: findDrugs(words), forms: findForms(words) };
  });
}

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
