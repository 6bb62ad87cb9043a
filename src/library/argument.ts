/** Arguments of facts as a card writes them ("65 years", a drug's name, "{other}") and as the engine binds them. */

import { didYouMean } from './fault.js';
import { orList } from './plain-words.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * What an argument of a fact may be; `drug` is a drug or class and chooses the resources that are looked at, `problem` a
 * problem or group, `word` plain text for FHIRPath.
 */
export const argumentKinds = [
  'duration',
  'number',
  'drug',
  'problem',
  'lab',
  'form',
  'word',
  'words',
] as const;
export type ArgumentKind = (typeof argumentKinds)[number];

/** What is named by the vocabulary. */
export type NamedKind = 'drug' | 'problem' | 'lab' | 'form';

export interface Duration {
  readonly value: number;
  readonly unit: 'hour' | 'day' | 'week' | 'month' | 'year';
}

/** A number with the unit the card prints ("30 mL/min"), when the fact compares in one. */
export interface Amount {
  readonly value: number;
  readonly unit: string | undefined;
}

/** `{this}` and `{other}` are filled in when a card's key binds them. */
export type ArgumentValue =
  | { readonly kind: 'duration'; readonly duration: Duration }
  | { readonly kind: 'number'; readonly amount: Amount }
  | { readonly kind: 'drug'; readonly name: string }
  | { readonly kind: 'problem'; readonly name: string }
  | { readonly kind: 'lab'; readonly name: string }
  | { readonly kind: 'form'; readonly name: string }
  | { readonly kind: 'word'; readonly name: string }
  | { readonly kind: 'words'; readonly words: readonly string[] };

const DURATION = /^(\d+) (hour|day|week|month|year)s?$/;
const NUMBER = /^(-?\d+(?:\.\d+)?)(?: (.+))?$/;

export function parseDuration(text: string): Duration | undefined {
  const found = DURATION.exec(text);
  return found === null ? undefined : { value: Number(found[1]), unit: found[2] as Duration['unit'] };
}

/** Reads one argument as written; a string is returned when it is wrong: what was expected and what came. */
export function parseArgument(
  kind: ArgumentKind,
  written: unknown,
  vocabulary: Vocabulary,
): ArgumentValue | string {
  if (kind === 'words') {
    const words = Array.isArray(written) ? written : [written];
    return words.every((word) => typeof word === 'string' && word !== '')
      ? { kind, words: words as string[] }
      : 'expected a word or a list of words';
  }
  const text = typeof written === 'number' ? String(written) : written;
  if (typeof text !== 'string' || text === '') return `expected a ${kind}, got nothing`;
  if (kind === 'duration') {
    const duration = parseDuration(text);
    return duration === undefined
      ? `expected a duration such as "14 days" or "65 years", got "${text}"`
      : { kind, duration };
  }
  if (kind === 'number') {
    const found = NUMBER.exec(text);
    return found === null
      ? `expected a number such as "30" or "80 mg", got "${text}"`
      : { kind, amount: { value: Number(found[1]), unit: found[2] } };
  }
  return kind === 'word' ? { kind, name: text } : parseName(kind, text, vocabulary);
}

/** A unit that a fact leaves to the card that asks it, which must write one. */
export const ANY_UNIT = 'any';

/** @param unit the one that the fact compares in, `any`, or undefined = none */
export function unitFault(amount: Amount, unit: string | undefined): string | undefined {
  const { value } = amount;
  const got = `got "${inWords({ kind: 'number', amount })}"`;
  if (unit === undefined)
    return amount.unit === undefined
      ? undefined
      : `expected a number without a unit such as "${value}", ${got}; vocabulary/facts.yaml says none under units`;
  if (unit === ANY_UNIT)
    return amount.unit === undefined
      ? `expected a number with its unit such as "${value} mL/min", ${got}`
      : undefined;
  return amount.unit === unit ? undefined : `expected a number in ${unit} such as "${value} ${unit}", ${got}`;
}

function parseName(kind: NamedKind, name: string, vocabulary: Vocabulary): ArgumentValue | string {
  if (name.includes('{this}') || name.includes('{other}')) return { kind, name };
  if (mapsOf(kind, vocabulary).some((map) => map.has(name))) return { kind, name };
  if (!isRead(kind, vocabulary)) return { kind, name };
  return `no ${kind} is named "${name}" in cards/vocabulary${didYouMean(name, namesOf(kind, vocabulary))}`;
}

/** False when the file that names this kind could not be read, which it says itself: its names are held against nobody. */
export function isRead(kind: NamedKind, vocabulary: Vocabulary): boolean {
  // Forms stand in the file of the drugs, which may have none.
  return namesOf(kind === 'form' ? 'drug' : kind, vocabulary).length > 0;
}

/** `{this}` and `{other}` of a name filled in with what a key binds. */
export function fillName(name: string, first: string, second: string): string {
  return name.replace('{this}', first).replace('{other}', second);
}

/** Every name an argument of this kind may carry: single things first, then classes or groups. */
export function namesOf(kind: NamedKind, vocabulary: Vocabulary): readonly string[] {
  return mapsOf(kind, vocabulary).flatMap((map) => [...map.keys()]);
}

function mapsOf(
  kind: NamedKind,
  { drugs, classes, problems, problemGroups, labs, forms }: Vocabulary,
): readonly ReadonlyMap<string, unknown>[] {
  if (kind === 'drug') return [drugs, classes];
  if (kind === 'problem') return [problems, problemGroups];
  return kind === 'lab' ? [labs] : [forms];
}

/** The single drugs a drug or class name stands for. */
export function drugsNamed(name: string, vocabulary: Vocabulary): readonly string[] {
  return vocabulary.classes.get(name) ?? [name];
}

/** The single problems a problem or group name stands for. */
export function problemsNamed(name: string, vocabulary: Vocabulary): readonly string[] {
  return vocabulary.problemGroups.get(name) ?? [name];
}

/** The argument in words, as a card or its page prints it; `phrase` says a name as a reader would. */
export function inWords(value: ArgumentValue, phrase = (name: string): string => name): string {
  switch (value.kind) {
    case 'duration':
      return `${value.duration.value} ${value.duration.unit}${value.duration.value === 1 ? '' : 's'}`;
    case 'number':
      return value.amount.unit === undefined
        ? String(value.amount.value)
        : `${value.amount.value} ${value.amount.unit}`;
    case 'words':
      return orList(value.words);
    default:
      return phrase(value.name);
  }
}

/** The sentence of a fact's question with its arguments filled in. */
export function asksInWords(
  asks: string,
  args: Readonly<Record<string, ArgumentValue>>,
  phrase?: (name: string) => string,
): string {
  return asks.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = args[name];
    return value === undefined ? placeholder : inWords(value, phrase);
  });
}
