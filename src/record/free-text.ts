/** Whether free text offers another drug as a substitute. No name is built in; the time is linear in the text. */

import { flatMap } from '../flat-map.js';
import { remembered } from '../remembered.js';
import {
  BEFORE_A_PURPOSE,
  BETWEEN,
  CARRIES_ON,
  DOSING,
  JOINING,
  negatesAt,
  NO_OBJECT,
  OF_NO_ACCOUNT,
  OF_THE_SAME,
  OFFERS_AFTER,
  OFFERS_BEFORE,
  PRONOUNS,
  type Refusal,
  refusalAt,
  split,
  startsWith,
  type Words,
} from './free-text-words.js';

/** Longer texts are read only this far: notes are short, and what stands beyond was not written for an order. */
const LONGEST_TEXT = 5000;

/** So many words may name what it is taken for: "for muscle spasms", "prn pain". */
const LONGEST_PURPOSE = 3;

/** A longer clause says something of its own: it is no item of a list. */
const LONGEST_ITEM = 3;

interface Sentence {
  readonly words: Words;
  /** For each word the number of its clause: commas, dashes and parentheses part them. */
  readonly clauses: readonly number[];
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** A sentence with the places where it names the other drug, and the ordered one. */
interface Read extends Sentence {
  readonly named: readonly Place[];
  readonly ordered: ReadonlyMap<number, number>;
}

/**
 * True when one of `texts` offers one of `names` in place of what is ordered ("or …", "instead of …", "same as …",
 * "… as an alternative", a slash between names), unless a sentence naming it, or the next one carrying on, says of it
 * that it failed, was not tolerated, caused an allergy, was stopped or is not to be given.
 * "A or B" offers B when A is the ordered drug, its dose or nothing; anything else with B is a list.
 * @param ordered names of the ordered drug
 */
export function offers(
  texts: readonly string[],
  names: readonly string[],
  ordered: readonly string[],
): boolean {
  const other = spelled(names);
  return texts.some((text) => {
    const read = plain(text.slice(0, LONGEST_TEXT));
    // Most texts do not name it, and need not be taken apart.
    if (!other.some(([first = '']) => read.includes(first))) return false;
    const own = spelled(ordered);
    const sentences = sentencesOf(read).map((sentence) => ({
      ...sentence,
      named: placesOf(sentence.words, other),
      ordered: new Map(placesOf(sentence.words, own).map(({ start, end }) => [start, end])),
    }));
    return !sentences.some((one, at) => isRefusedIn(one, sentences[at - 1])) && sentences.some(isOfferedIn);
  });
}

/** Names of the vocabulary, the same in every call. */
const spelledOne = remembered((name): Words => split(plain(name)));

function spelled(names: readonly string[]): readonly Words[] {
  return names.map(spelledOne).filter((words) => words.length > 0);
}

function placesOf(words: Words, names: readonly Words[]): readonly Place[] {
  return flatMap(words, (_, start) => {
    const name = names.find((one) => startsWith(words, start, one));
    return name === undefined ? [] : [{ start, end: start + name.length }];
  });
}

function isRefusedIn(sentence: Read, previous: Read | undefined): boolean {
  const { words, named } = sentence;
  if (named.length === 0) {
    const carriesOn = (previous?.named.length ?? 0) > 0 && CARRIES_ON.has(words[0] ?? '');
    return carriesOn && words.some((_, at) => isSaidOfTheNamed(sentence, at, refusalAt(words, at)));
  }
  const lastNameIn = new Map(named.map(({ start }) => [sentence.clauses[start], start]));
  const listed = lastListed(sentence);
  const first = sentence.clauses[named[0]?.start ?? 0] ?? 0;
  return words.some((_, at) => {
    const refusal = refusalAt(words, at);
    if (refusal === undefined) return false;
    const clause = sentence.clauses[at] ?? 0;
    const name = lastNameIn.get(clause);
    if (name !== undefined) {
      return refusal.kind !== 'ban' || at < name || isSaidOfTheNamed(sentence, at, refusal);
    }
    return clause < listed || (clause > first && isSaidOfTheNamed(sentence, at, refusal));
  });
}

/** Apart from the name, a refusal is said of it when nothing else is: "which failed", "rash", not "avoid alcohol". */
function isSaidOfTheNamed({ words, clauses }: Sentence, at: number, refusal: Refusal | undefined): boolean {
  if (refusal === undefined) return false;
  const { kind, end } = refusal;
  const clause = clauses[at];
  const next = clauses[end] === clause ? words[end] : undefined;
  const isLast = clauses[end + 1] !== clause;
  if (kind === 'ban') return next === undefined || (PRONOUNS.has(next) && isLast);
  for (let before = at - 1; clauses[before] === clause; before -= 1) {
    if (!OF_THE_SAME.has(words[before] ?? '')) return false;
  }
  if (kind === 'deed') return next === undefined || NO_OBJECT.has(next) || /^\d/.test(next);
  return next !== 'to' || PRONOUNS.has(words[end + 1] ?? '');
}

/** The last clause that holds nothing but a name: what was said before it of a list is said of it too. */
function lastListed({ words, clauses, named }: Read): number {
  const names = new Set(named.flatMap(({ start, end }) => words.slice(start, end)));
  const saying = new Set(clauses.filter((_, at) => !isDosing(words[at]) && !names.has(words[at] ?? '')));
  const items = named.map(({ start }) => clauses[start] ?? 0).filter((clause) => !saying.has(clause));
  return items.at(-1) ?? -1;
}

function isOfferedIn(sentence: Read): boolean {
  if (sentence.named.length === 0) return false;
  const choices = choicesIn(sentence);
  return sentence.named.some((place) => isOffered(sentence, place, choices));
}

function isOffered({ words, ordered }: Read, { start, end }: Place, choices: readonly boolean[]): boolean {
  let before = start;
  while (BETWEEN.has(words[before - 1] ?? '')) before -= 1;
  const places = [start, before];
  if (places.some((place) => JOINING.has(words[place - 1] ?? '') && choices[place - 1])) return true;
  if (places.some((place) => OFFERS_BEFORE.some((one) => startsWith(words, place - one.length, one))))
    return true;
  let after = end;
  while (isStrength(words[after])) after += 1;
  if (OFFERS_AFTER.some((phrase) => startsWith(words, after, phrase))) return true;
  if (!JOINING.has(words[after] ?? '')) return false;
  after += 1;
  while (BETWEEN.has(words[after] ?? '')) after += 1;
  return ordered.has(after) && choices[start] === true;
}

/**
 * For each word whether a choice may begin there: nothing but the ordered drug and its dose stands before it in its
 * clause, and nothing denies it.
 */
function choicesIn(sentence: Read): readonly boolean[] {
  const { words, clauses, ordered } = sentence;
  const choices: boolean[] = [];
  let [open, denied, purpose, skipTo] = [true, false, 0, 0];
  words.forEach((word, at) => {
    if (at > 0 && clauses[at] !== clauses[at - 1]) {
      const joined = JOINING.has(word) || word === 'and' || word === 'nor';
      [open, denied, purpose] = [!joined || !endsList(sentence, at - 1), joined && denied, 0];
    }
    choices.push(open && !denied);
    const end = ordered.get(at);
    if (end !== undefined) [open, skipTo] = [true, end];
    if (at < skipTo) return;
    if (negatesAt(words, at)) denied = true;
    else if (word === ':') open = true;
    else if (BEFORE_A_PURPOSE.has(word)) purpose = LONGEST_PURPOSE;
    else if (!isDosing(word)) {
      open = open && purpose > 0;
      purpose -= 1;
    }
  });
  return choices;
}

/** "…, heat, or": a short clause that is not the first, and no dose. */
function endsList({ words, clauses, ordered }: Read, last: number): boolean {
  const clause = clauses[last] ?? 0;
  if (clause === (clauses[0] ?? 0)) return false;
  let at = last;
  let says = false;
  for (; clauses[at] === clause && last - at <= LONGEST_ITEM; at -= 1) {
    if (ordered.has(at)) return false;
    says ||= !isDosing(words[at]);
  }
  return says && clauses[at] !== clause;
}

function isDosing(word: string | undefined): boolean {
  return word !== undefined && (DOSING.has(word) || /^\d/.test(word));
}

/** "10 mg" between a name and what is said of it. */
function isStrength(word: string | undefined): boolean {
  return word !== undefined && (/^\d/.test(word) || ['mg', 'mcg', 'tablet', 'tablets', 'tab'].includes(word));
}

function sentencesOf(text: string): readonly Sentence[] {
  return text
    .split(/[.;!?](?=\s|$)|\n/)
    .map(sentenceOf)
    .filter(({ words }) => words.length > 0);
}

/** A comma between digits, and a hyphen within a word, part nothing. */
function sentenceOf(text: string): Sentence {
  const parts = text.split(/,(?!\d)|[()[\]–—]|\s-+\s/u).map((part) => withoutAsides(split(part)));
  return { words: parts.flat(), clauses: parts.flatMap((part, clause) => part.map(() => clause)) };
}

function withoutAsides(words: Words): Words {
  const kept: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const aside = OF_NO_ACCOUNT.find((phrase) => startsWith(words, at, phrase));
    if (aside === undefined) kept.push(words[at] ?? '');
    else at += aside.length - 1;
  }
  return kept;
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
