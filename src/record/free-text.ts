/** Whether free text offers another drug as a substitute. No name is built in; the time is linear in the text. */

import { flatMap } from '../flat-map.js';
import { remembered } from '../remembered.js';
import { isOfferedIn, type Place, type Read, type Sentence, type State } from './free-text-offers.js';
import { isSwapped } from './free-text-swaps.js';
import {
  BEFORE_A_PURPOSE,
  CARRIES_ON,
  isDosing,
  JOINING,
  lackAt,
  NEGATIONS,
  NO_OBJECT,
  OF_NO_ACCOUNT,
  OF_THE_SAME,
  PRONOUNS,
  type RefusalKind,
  REFUSALS,
} from './free-text-words.js';
import { longestAt, split, startsWith, type Words } from './phrases.js';

/** Longer texts are read only this far: notes are short, and what stands beyond was not written for an order. */
const LONGEST_TEXT = 5000;

/** So many words may name what it is taken for: "for muscle spasms", "prn pain". */
const LONGEST_PURPOSE = 3;

/** A longer clause says something of its own: it is no item of a list. */
const LONGEST_ITEM = 3;

/**
 * True when one of `texts` offers one of `names` in place of what is ordered, or says that one takes the place of the
 * other ("or …", "instead of …", "same as …", "if not covered, …", "… as an alternative", "… substituted with …", the one
 * in parentheses behind the other), unless a sentence naming it, or the next one carrying on, says of it that it failed, was not tolerated,
 * caused an allergy, was stopped or is not to be given.
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
    const sentences = sentencesOf(spelledOut(read)).map((sentence) => readFor(sentence, other, own));
    if (sentences.some((one, at) => isRefusedIn(one, sentences[at - 1]))) return false;
    return sentences.some((one, at) => isOfferedIn(one) || isSwapped(one, sentences[at + 1]));
  });
}

interface Refusal {
  readonly kind: RefusalKind;
  /** Index of the word after it. */
  readonly end: number;
}

/** Names of the vocabulary, the same in every call. */
const spelledOne = remembered((name): Words => split(plain(name)));

function spelled(names: readonly string[]): readonly Words[] {
  return names.map(spelledOne).filter((words) => words.length > 0);
}

function readFor(sentence: Sentence, other: readonly Words[], own: readonly Words[]): Read {
  const ordered = new Map(placesOf(sentence.words, own).map(({ start, end }) => [start, end]));
  return {
    ...sentence,
    named: placesOf(sentence.words, other),
    ordered,
    states: statesIn(sentence, ordered),
  };
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

/** A choice may begin at a word only where nothing but the ordered drug and its dose stands before it in its clause. */
function statesIn(sentence: Sentence, ordered: Read['ordered']): readonly State[] {
  const { words, clauses } = sentence;
  const states: State[] = [];
  let [open, denied, purpose, skipTo] = [true, false, 0, 0];
  words.forEach((word, at) => {
    if (at > 0 && clauses[at] !== clauses[at - 1]) {
      const joined = JOINING.has(word) || word === 'and' || word === 'nor';
      [open, denied, purpose] = [!joined || !endsList(sentence, ordered, at - 1), joined && denied, 0];
    }
    states.push(denied ? 'denied' : open ? 'open' : 'closed');
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
  return states;
}

/** "…, heat, or": a short clause that is not the first, and no dose. */
function endsList({ words, clauses }: Sentence, ordered: Read['ordered'], last: number): boolean {
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

/** The longest refusal that begins at a word. */
function refusalAt(words: Words, at: number): Refusal | undefined {
  const found = longestAt(REFUSALS, words, at);
  if (found === undefined || isLackOrCondition(words, at)) return undefined;
  return { kind: found[1], end: at + found[0].length };
}

/** A refusal, or any other word that denies what follows it. */
function negatesAt(words: Words, at: number): boolean {
  const negates = longestAt(NEGATIONS, words, at) ?? longestAt(REFUSALS, words, at);
  return negates !== undefined && !isLackOrCondition(words, at);
}

/**
 * "Not covered" refuses nothing. Nor does "if not tolerated, give …": an `if` shortly before makes it a condition, unless
 * the condition ends before it, as in "if unavailable, do not give".
 */
function isLackOrCondition(words: Words, at: number): boolean {
  if (lackAt(words, at) !== undefined) return true;
  for (let back = at - 1; back >= at - 3; back -= 1) {
    if (words[back] === 'if') return true;
    const [phrase] = longestAt(REFUSALS, words, back) ?? [];
    const end = lackAt(words, back) ?? (phrase && back + phrase.length);
    if (end !== undefined && end <= at) return false;
  }
  return false;
}

function sentencesOf(text: string): readonly Sentence[] {
  return text
    .split(/[.;!?](?=\s|$)|\n/)
    .map(sentenceOf)
    .filter(({ words }) => words.length > 0);
}

/** A comma between digits, and a hyphen within a word, part nothing. */
function sentenceOf(text: string): Sentence {
  const parts = text.split(/(,(?!\d)|[()[\]–—]|\s-+\s)/u);
  const clauses = parts.map((part, at) => (at % 2 === 0 ? withoutAsides(split(part)) : []));
  const isBracketed = (at: number): boolean =>
    /^[([]$/.test(parts[at - 1] ?? '') && /^[)\]]$/.test(parts[at + 1] ?? '');
  return {
    words: clauses.flat(),
    clauses: clauses.flatMap((words, at) => words.map(() => at)),
    bracketed: new Set([...clauses.keys()].filter(isBracketed)),
  };
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

/** "w/ meals", "b/c of": a slash that parts nothing. A crossed-out sign of equality denies. */
function spelledOut(text: string): string {
  return text
    .replace(/(?<!\p{L})w\/o(?!\p{L})/gu, 'without ')
    .replace(/(?<!\p{L})w\//gu, 'with ')
    .replace(/(?<!\p{L})b\/c(?!\p{L})/gu, 'because ')
    .replace(/≠|!=+|=\/=|<>/g, ' not ');
}
