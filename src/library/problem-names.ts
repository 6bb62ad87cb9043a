/** Which problems an exact name means, however a problem list writes it. */

import { flatMap } from '../flat-map.js';
import { remembered } from '../remembered.js';

export type ProblemsOfName = (wording: string) => ReadonlySet<string>;

/** What SNOMED CT puts in brackets behind a name: its kind. */
const TAGS = 'disorder|finding|procedure|event|situation';
const TAG = new RegExp(` \\((?:${TAGS})\\)$`);

/** Marks behind a name that leave it what it is: of risk adjustment, of SNOMED CT, and how grave it is. */
const MARK = new RegExp(`\\((?:(?:cms[/-])?hcc|${TAGS}|mild|moderate|severe)\\)$`);

/** "Kidney disease (severe) (HCC)" has two. */
const MOST_MARKS = 3;

/** A text so much longer than the longest name, with marks and blanks, is none. */
const SLACK = 60;

const STAGE = /\bstage (iii|ii|iv|i|v)([ab]?)(?![a-z0-9])/g;
const ROMAN: ReadonlyMap<string, string> = new Map([
  ['i', '1'],
  ['ii', '2'],
  ['iii', '3'],
  ['iv', '4'],
  ['v', '5'],
]);

const UNSPECIFIED = 'unspecified';

const nothing: ReadonlySet<string> = new Set();

export function withoutTag(display: string): string {
  return display.replace(TAG, '');
}

/** @param names each with the problems it means */
export function createProblemNames(
  names: readonly (readonly [string, ReadonlySet<string>])[],
): ProblemsOfName {
  const meanings = new Map<string, ReadonlySet<string>>();
  const beginnings = new Set([beginningOf(UNSPECIFIED, 0)]);
  let longest = 0;
  for (const [name, problems] of names) {
    longest = Math.max(longest, name.length + SLACK);
    for (const key of keysOf(name)) {
      meanings.set(key, new Set([...(meanings.get(key) ?? []), ...problems]));
      for (const start of wordStarts(key)) beginnings.add(beginningOf(key, start));
    }
  }
  const read = remembered((wording) => {
    const known = flatMap(keysOf(wording), (key) => meanings.get(key) ?? []);
    return known[0] ?? nothing;
  });
  return (wording) => {
    const trimmed = wording.trim();
    const isName = trimmed.length <= longest && beginnings.has(beginningOf(trimmed, 0));
    return isName ? read(trimmed) : nothing;
  };
}

/**
 * Three characters as one number, whatever their case; all marks alike. Most problems of most calls begin like no word of
 * any name, and need not be brought into the form of one.
 */
function beginningOf(text: string, start: number): number {
  return (charOf(text, start) * 0x80 + charOf(text, start + 1)) * 0x80 + charOf(text, start + 2);
}

/** A small letter or a digit, else 0. */
function charOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 0x30 && code <= 0x39) return code;
  const small = code | 0x20;
  return code < 0x80 && small >= 0x61 && small <= 0x7a ? small : 0;
}

function wordStarts(key: string): readonly number[] {
  return [0, ...[...key.matchAll(/ /g)].map(({ index }) => index + 1)];
}

/**
 * How a name is looked up: in small letters, without marks, "unspecified", and punctuation between words; of "Glaucoma,
 * angle-closure" also "angle closure glaucoma". A question mark, a dash, a sign in brackets or any other word stays, and
 * makes it another name.
 */
function keysOf(name: string): readonly string[] {
  const bare = withoutUnspecified(withoutMarks(name.toLowerCase().trim()));
  const [first = '', second, ...others] = bare.split(', ');
  const key = inWords(bare);
  return second === undefined || others.length > 0 ? [key] : [key, inWords(`${second} ${first}`)];
}

function withoutMarks(name: string): string {
  let bare = name;
  for (let marks = 0; marks < MOST_MARKS && bare.endsWith(')'); marks += 1) {
    bare = bare.replace(MARK, '').trimEnd();
  }
  return bare;
}

/** ICD-10 says "Heart failure, unspecified" and "Unspecified dementia" of what nothing more is known about. */
function withoutUnspecified(name: string): string {
  if (name.startsWith(`${UNSPECIFIED} `)) return name.slice(UNSPECIFIED.length + 1);
  return name.endsWith(`, ${UNSPECIFIED}`) ? name.slice(0, -UNSPECIFIED.length - 2) : name;
}

function inWords(name: string): string {
  const plain = /[^a-z0-9 ]| {2}/.test(name) ? withoutPunctuation(name) : name;
  const words = plain.includes('stage ') ? plain.replace(STAGE, inDigits) : plain;
  return isPlural(words) ? words.slice(0, -1) : words;
}

/** Of what stands between words, or around them. */
function withoutPunctuation(name: string): string {
  return name
    .replace(/([a-z])['’]/g, '$1')
    .replace(/([a-z0-9])-(?=[a-z0-9])/g, '$1 ')
    .replace(/([a-z0-9)\]]),(?= )/g, '$1')
    .replace(/[([](?=[a-z0-9])/g, ' ')
    .replace(/([a-z0-9])[)\]]/g, '$1 ')
    .replace(/\s+/g, ' ')
    .trim();
}

function inDigits(_: string, roman: string, part: string): string {
  return `stage ${ROMAN.get(roman) ?? roman}${part}`;
}

/** Of its last word: "muscle spasms". */
function isPlural(words: string): boolean {
  return words.endsWith('s') && !/[sui]s$/.test(words.slice(-2));
}
