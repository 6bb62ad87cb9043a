/** Phrases of a few words, and where they stand in a text. */

import { flatMap } from '../flat-map.js';

export type Words = readonly string[];

export function startsWith(words: Words, at: number, phrase: Words): boolean {
  return at >= 0 && phrase.every((word, offset) => words[at + offset] === word);
}

/** Words in small letters; a slash, a sign of equality, and a colon before a space count as words. */
export function split(text: string): Words {
  return text.match(/\p{L}+|\d+(?:\.\d+)?|\/|:(?=\s)|=(?!>)/gu) ?? [];
}

type Found<T> = readonly [phrase: Words, meaning: T];

/** Few words of a text begin any phrase: the others cost one look-up each. */
export function byFirst<T>(all: readonly Found<T>[]): ReadonlyMap<string, readonly Found<T>[]> {
  const firsts = new Map<string, Found<T>[]>();
  for (const one of all) {
    const first = one[0][0] ?? '';
    firsts.set(first, [...(firsts.get(first) ?? []), one]);
  }
  for (const found of firsts.values()) found.sort(([one], [other]) => other.length - one.length);
  return firsts;
}

export function longestAt<T>(
  firsts: ReadonlyMap<string, readonly Found<T>[]>,
  words: Words,
  at: number,
): Found<T> | undefined {
  return firsts.get(words[at] ?? '')?.find(([phrase]) => startsWith(words, at, phrase));
}

export function phrases(...lists: readonly string[]): readonly Words[] {
  return flatMap(lists, (list) => list.split(', ').map(split));
}

export function setOf(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(flatMap(lists, (list) => list.split(' ').filter((word) => word !== '')));
}
