/** What the parser of forms finds wrong, in words that a clinician can follow; input is never repeated. */

import type { z } from 'zod';
import { didYouMean } from './fault.js';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const kinds: ReadonlyMap<string, string> = new Map([
  ['string', 'words'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['tuple', 'a list'],
  ['object', 'names with values'],
  ['record', 'names with values'],
]);

/** For issues whose form says nothing of its own. */
export function inPlainWords(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `${gapOf(issue.input)}expected ${kinds.get(issue.expected) ?? issue.expected}${bracesOf(issue.input)}`;
    case 'invalid_value':
      return `expected ${orList(issue.values.map(String))}${nearest([issue.input], issue.values.map(String))}`;
    case 'too_small':
      return `expected at least ${issue.minimum === 1 ? 'one' : issue.minimum}`;
    case 'too_big':
      return `expected at most ${issue.maximum}`;
    case 'invalid_union':
      return issue.input === null ? 'is empty' : 'is not written in a way known here';
    default:
      return undefined;
  }
}

/** The end of a message about text, somewhere within: YAML takes what begins with a brace for names with values. */
export function bracesOf(input: unknown): string {
  const values = typeof input === 'object' && input !== null ? Object.entries(input) : [];
  const name = values.find(([key, value]) => value === null && ['this', 'other', 'order'].includes(key))?.[0];
  if (name !== undefined) return `; text that begins with a brace must stand in quotes, as '{${name}}'`;
  return values.map(([, value]) => bracesOf(value)).find((hint) => hint !== '') ?? '';
}

/** The beginning of a message about what is not there. */
export function gapOf(input: unknown): string {
  if (input === undefined) return 'is missing; ';
  return input === null || input === '' ? 'is empty; ' : '';
}

/** "a", "a or b", "a, b or c". */
export function orList(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

/** The end of a message about words of which one is misspelt: the nearest known one, or nothing. */
export function nearest(words: readonly unknown[], known: readonly string[]): string {
  const hints = words
    .filter((word) => typeof word === 'string' && !known.includes(word))
    .map((word) => didYouMean(String(word), known));
  return hints.find((hint) => hint !== '') ?? '';
}
