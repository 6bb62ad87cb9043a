/** Whether free text offers another drug as a substitute. No name is built in; the time is linear in the text. */

/** Longer texts are read only this far: notes are short, and what stands beyond was not written for an order. */
import { flatMap } from '../flat-map.js';
const LONGEST_TEXT = 5000;

/** Words that, directly before a name, offer it. */
const OFFERS_BEFORE = phrases(
  'or, /, instead of, in place of, in lieu of, same as, equivalent to, equivalent of, alternative to, alternative',
  'alternatively, substitute, substitute for, substitute with, substituted with, substituted by, substituted for',
  'interchange with, interchangeable with, exchangeable with, swap for, swap with, switch to, replace with',
  'replacement for, replaces, replacing',
);

/** Words that, directly after a name, offer it. */
const OFFERS_AFTER = phrases(
  'instead, as substitute, as a substitute, as alternative, as an alternative, is an alternative, is the same',
  'is equivalent, is interchangeable, may be substituted, can be substituted',
);

/** Words that may stand between an offering word and the name. */
const BETWEEN: ReadonlySet<string> = new Set(['generic', 'brand', 'oral', 'a', 'the', 'use', 'give', 'take']);

/** What takes an offer back: the drug failed, was not tolerated or is not to be given. */
const REFUSALS = phrases(
  'failed, failure, failing, ineffective, not effective, no effect, no relief, no benefit, no response, no help, tried',
  'not help, not work, not working, did not, didn t, does not, doesn t, was not, wasn t, could not, couldn t',
  'intolerant, intolerance, intolerable, not tolerated, not tolerate, not tolerating, side effect, side effects',
  'allergic, allergy, allergies, anaphylaxis, hypersensitivity, hypersensitive, rash, hives, reaction, adverse, caused',
  'stopped, discontinued, no longer, avoid, contraindicated, never, unlike, different from, must not, should not, not to',
  'not interchangeable, not equivalent, not the same, not same, not a substitute, not an alternative, not substitute',
  'not be substituted, no substitution, not replace, not interchange, not switch, not swap, don t substitute',
  'do not use, do not give, do not take, do not dispense, do not combine, do not confuse, do not mix',
  'don t use, don t give, don t take, don t dispense, don t switch, don t replace',
);

/** A sentence that begins so still speaks of what the sentence before offered. */
const CARRIES_ON: ReadonlySet<string> = new Set([
  'it',
  'this',
  'that',
  'which',
  'failed',
  'not',
  'did',
  'was',
  'caused',
]);

/**
 * True when one of `texts` offers one of `names` in place of what is ordered ("or …", "instead of …", "same as …",
 * "… as an alternative", a slash between names), unless a sentence naming it, or the next one carrying on, says that
 * it failed, was not tolerated, caused an allergy, was stopped or is not to be given.
 */
export function offers(texts: readonly string[], names: readonly string[]): boolean {
  const spelled = names.map((name) => split(plain(name))).filter((words) => words.length > 0);
  return texts.some((text) => offersIn(sentencesOf(text), spelled));
}

function offersIn(sentences: readonly (readonly string[])[], names: readonly (readonly string[])[]): boolean {
  const naming = sentences.map((words) => placesOf(words, names));
  const refused = sentences.some(
    (words, at) => speaksOfIt(words, at, naming) && words.some((_, place) => isRefusal(words, place)),
  );
  if (refused) return false;
  return sentences.some((words, at) =>
    (naming[at] ?? []).some(({ start, end }) => isOffered(words, start, end)),
  );
}

/** The sentence names the drug, or directly follows one that does and carries on. */
function speaksOfIt(words: readonly string[], at: number, naming: readonly (readonly Place[])[]): boolean {
  if ((naming[at] ?? []).length > 0) return true;
  return (naming[at - 1] ?? []).length > 0 && CARRIES_ON.has(words[0] ?? '');
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function placesOf(words: readonly string[], names: readonly (readonly string[])[]): readonly Place[] {
  return flatMap(words, (_, start) => {
    const name = names.find((one) => startsWith(words, start, one));
    return name === undefined ? [] : [{ start, end: start + name.length }];
  });
}

function isOffered(words: readonly string[], start: number, end: number): boolean {
  let before = start;
  while (before > 0 && BETWEEN.has(words[before - 1] ?? '')) before -= 1;
  const offeredBefore = [start, before].some((place) =>
    OFFERS_BEFORE.some((phrase) => startsWith(words, place - phrase.length, phrase)),
  );
  if (offeredBefore) return true;
  let after = end;
  while (isStrength(words[after])) after += 1;
  // "name/other": a slash before a unit ("2 tablets/day") joins no names.
  if (words[end] === '/') return (words[end + 1] ?? '').length > 4 && /^\p{L}+$/u.test(words[end + 1] ?? '');
  return OFFERS_AFTER.some((phrase) => startsWith(words, after, phrase));
}

/** "10 mg" between a name and what is said of it. */
function isStrength(word: string | undefined): boolean {
  return word !== undefined && (/^\d/.test(word) || ['mg', 'mcg', 'tablet', 'tablets', 'tab'].includes(word));
}

/** "If not tolerated, give …" refuses nothing: an `if` shortly before makes it a condition. */
function isRefusal(words: readonly string[], at: number): boolean {
  if (words.slice(Math.max(at - 3, 0), at).includes('if')) return false;
  return REFUSALS.some((phrase) => startsWith(words, at, phrase));
}

function startsWith(words: readonly string[], at: number, phrase: readonly string[]): boolean {
  return at >= 0 && phrase.every((word, offset) => words[at + offset] === word);
}

/** Sentences as words in small letters; a slash counts as a word. */
function sentencesOf(text: string): readonly (readonly string[])[] {
  return plain(text.slice(0, LONGEST_TEXT))
    .split(/[.;!?](?=\s|$)|\n/)
    .map(split)
    .filter((words) => words.length > 0);
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function split(text: string): readonly string[] {
  return text.match(/\p{L}+|\d+(?:\.\d+)?|\//gu) ?? [];
}

function phrases(...lists: readonly string[]): readonly (readonly string[])[] {
  return flatMap(lists, (list) => list.split(', ').map(split));
}
