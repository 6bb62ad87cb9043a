/**
 * Whether a sentence offers the other drug (B in the examples) beside the ordered one (A), or says that the one takes the
 * place of the other. Each rule is linear in the sentence.
 */

import {
  BECAUSE,
  BETWEEN,
  CHANGES,
  CHEAPER,
  CONDITIONS,
  COPULAS,
  EQUALS,
  EXCHANGES,
  EXPLAINING,
  isDosing,
  JOINING,
  lackAt,
  LACKS_OF,
  LINKING,
  NEGATING,
  OBJECTS,
  OFFERS_AFTER,
  OFFERS_BEFORE,
  PERMITS,
  TO,
  UNTIL_THE_NEXT,
} from './free-text-words.js';
import { startsWith, type Words } from './phrases.js';

/** Between "if" and what is lacking: "if the patient's insurance does not cover it". */
const LONGEST_CONDITION = 6;

export interface Sentence {
  readonly words: Words;
  /** For each word the number of its clause: commas, dashes and parentheses part them. */
  readonly clauses: readonly number[];
  /** The clauses that stand in parentheses. */
  readonly bracketed: ReadonlySet<number>;
}

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** What stands before a word in its clause: nothing but the ordered drug and its dose, something else, or a denial. */
export type State = 'open' | 'closed' | 'denied';

/** A sentence with the places where it names the other drug, and the ordered one: each start with its end. */
export interface Read extends Sentence {
  readonly named: readonly Place[];
  readonly ordered: ReadonlyMap<number, number>;
  readonly states: readonly State[];
}

interface Judged extends Read {
  /** The words of the other drug's names, and of the ordered one's. */
  readonly other: ReadonlySet<number>;
  readonly own: ReadonlySet<number>;
}

const RULES: readonly ((sentence: Judged, place: Place) => boolean)[] = [
  isOffered,
  isExchanged,
  isEqualled,
  isKeptInReserve,
  isLacking,
];

export function isOfferedIn(sentence: Read): boolean {
  if (sentence.named.length === 0) return false;
  const judged = {
    ...sentence,
    other: wordsAt(sentence.named),
    own: wordsAt([...sentence.ordered].map(([start, end]) => ({ start, end }))),
  };
  return (
    judged.words.some((_, at) => isExplainedAt(judged, at) || isNextAt(judged, at)) ||
    judged.named.some((place) => RULES.some((rule) => rule(judged, place)))
  );
}

function wordsAt(places: readonly Place[]): ReadonlySet<number> {
  const words = new Set<number>();
  for (const { start, end } of places) for (let at = start; at < end; at += 1) words.add(at);
  return words;
}

/** "Or B": directly before or after it stands what offers it. */
function isOffered({ words, ordered, states }: Judged, { start, end }: Place): boolean {
  const before = pastBefore(words, start, isBetween);
  const places = [start, before];
  if (places.some((place) => JOINING.has(words[place - 1] ?? '') && states[place - 1] === 'open'))
    return true;
  if (places.some((place) => isOfferedBefore(words, place))) return true;
  const after = past(words, end, isStrength);
  if (OFFERS_AFTER.some((phrase) => startsWith(words, after, phrase))) return true;
  if (!JOINING.has(words[after] ?? '') || states[start] !== 'open') return false;
  return ordered.has(past(words, after + 1, isBetween));
}

function isOfferedBefore(words: Words, place: number): boolean {
  return OFFERS_BEFORE.some((one) => {
    const at = place - one.length;
    return startsWith(words, at, one) && !NEGATING.has(words[at - 1] ?? '');
  });
}

/** "Substitute A for B", "may change to B". Without a may, a change is a plan, or was made. */
function isExchanged({ words, own, states }: Judged, { start }: Place): boolean {
  const before = pastBefore(words, start, isBetween);
  const isTo = TO.has(words[before - 1] ?? '');
  let at = isTo ? before - 1 : before;
  let isOfOwn = false;
  for (; own.has(at - 1) || isStrength(words[at - 1]) || OBJECTS.has(words[at - 1] ?? ''); at -= 1) {
    isOfOwn ||= own.has(at - 1);
  }
  const verb = words[at - 1] ?? '';
  if (states[at - 1] === 'denied') return false;
  if (EXCHANGES.has(verb)) return isOfOwn;
  if (!isTo || !CHANGES.has(verb)) return false;
  at -= 1;
  while (words[at - 1] === 'to' || words[at - 1] === 'be') at -= 1;
  return PERMITS.has(words[at - 1] ?? '');
}

/** "B equivalent": nothing but a dose or the ordered drug follows. */
function isEqualled({ words, clauses, own, states }: Judged, { start, end }: Place): boolean {
  const at = past(words, end, isStrength);
  if (!EQUALS.has(words[at] ?? '') || states[start] === 'denied') return false;
  const next = at + 1;
  if (LINKING.has(words[next] ?? '')) return own.has(next + 1);
  return (
    clauses[next] !== clauses[at] || own.has(next) || isDosing(words[next]) || PERMITS.has(words[next] ?? '')
  );
}

/** "B ok if A unavailable", "… if cheaper": in one clause, or with nothing behind it. */
function isKeptInReserve(sentence: Judged, { start, end }: Place): boolean {
  const { words, clauses, other, states } = sentence;
  if (states[start] === 'denied') return false;
  let at = end;
  while (isDosing(words[at]) || PERMITS.has(words[at] ?? '') || COPULAS.has(words[at] ?? '')) at += 1;
  if (!CONDITIONS.has(words[at] ?? '')) return false;
  for (let next = at + 1; next <= at + LONGEST_CONDITION && clauses[next] === clauses[at]; next += 1) {
    if (other.has(next)) return false;
    if (CHEAPER.some((phrase) => startsWith(words, next, phrase))) return true;
    const lacked = lackEnd(sentence, next);
    if (lacked !== undefined) return clauses[at] === clauses[start] || words[lacked] === undefined;
  }
  return false;
}

/** "B out of stock, so A", "A because B is not covered". */
function isLacking(sentence: Judged, { start, end }: Place): boolean {
  const { words, clauses, ordered, states } = sentence;
  const told = lackAt(words, past(words, end, isStrengthOrIs));
  const lacked = told ?? (isLackingBefore(sentence, start) ? end : undefined);
  if (lacked === undefined) return false;
  const before = pastBefore(words, start, isBetween);
  const cause = BECAUSE.find((one) => startsWith(words, before - one.length, one));
  if (cause !== undefined && states[before - cause.length] === 'open') return true;
  const next = past(words, lacked, isFiller);
  const after = ordered.get(next);
  if (after === undefined) return false;
  return clauses[after] !== clauses[next] || isDosing(words[after]) || words[after] === 'instead';
}

/** "Insurance does not cover B". */
function isLackingBefore({ words, clauses }: Sentence, start: number): boolean {
  if (clauses[start - 1] !== clauses[start]) return false;
  return LACKS_OF.some((phrase) => startsWith(words, start - phrase.length, phrase));
}

/** "If A is not covered by insurance, give B", but not "if insurance does not cover B". */
function isNextAt(sentence: Judged, at: number): boolean {
  const { words, other } = sentence;
  const lacked = lackEnd(sentence, at);
  if (lacked === undefined) return false;
  const next = past(words, lacked, isFiller);
  if (!other.has(next) || isLackingBefore(sentence, next)) return false;
  return isConditional(sentence, at) || isOfOwn(sentence, at);
}

/** Of the ordered drug, or of nothing that is named; a "no" may also refuse. */
function isOfOwn({ words, clauses, own }: Judged, at: number): boolean {
  const before = pastBefore(words, at, isStrengthOrIs) - 1;
  return words[at] !== 'no' && (own.has(before) || clauses[before] !== clauses[at]);
}

function isConditional({ words, clauses, other }: Judged, at: number): boolean {
  for (let back = at - 1; back >= at - LONGEST_CONDITION && clauses[back] === clauses[at]; back -= 1) {
    if (CONDITIONS.has(words[back] ?? '')) return true;
    if (other.has(back)) return false;
  }
  return false;
}

/** Index after words that tell a lack, and after the ordered drug where it is named as lacking. */
function lackEnd({ words, ordered }: Judged, at: number): number | undefined {
  const lacked = lackAt(words, at);
  if (lacked !== undefined) return ordered.get(lacked) ?? lacked;
  if (words[at] === 'no') return ordered.get(at + 1);
  const phrase = LACKS_OF.find((one) => startsWith(words, at, one));
  return phrase && ordered.get(at + phrase.length);
}

/** "A (B)", "B (A)": parentheses behind a name that hold nothing but the other. */
function isExplainedAt({ words, clauses, bracketed, other, own, states }: Judged, at: number): boolean {
  const clause = clauses[at];
  if (clause === undefined || !bracketed.has(clause) || clauses[at - 1] === clause) return false;
  let before = at - 1;
  while (isDosing(words[before]) && clauses[before] === clauses[at - 1]) before -= 1;
  if (states[before] === 'denied') return false;
  const inside = own.has(before) ? other : other.has(before) ? own : undefined;
  let isNamed = false;
  for (let next = at; clauses[next] === clause; next += 1) {
    if (inside?.has(next) === true) isNamed = true;
    else if (!isStrength(words[next]) && !EXPLAINING.has(words[next] ?? '')) return false;
  }
  return isNamed;
}

/** "10 mg" between a name and what is said of it. */
function isStrength(word: string | undefined): boolean {
  return word !== undefined && (/^\d/.test(word) || ['mg', 'mcg', 'tablet', 'tablets', 'tab'].includes(word));
}

const isBetween = (word: string): boolean => BETWEEN.has(word);
const isFiller = (word: string): boolean => UNTIL_THE_NEXT.has(word);
const isStrengthOrIs = (word: string): boolean => COPULAS.has(word) || isStrength(word);

/** Index of the first word that is not passed over. */
function past(words: Words, from: number, isPassed: (word: string) => boolean): number {
  let at = from;
  while (isPassed(words[at] ?? '')) at += 1;
  return at;
}

/** The same backwards: index after the last word that is not passed over. */
function pastBefore(words: Words, from: number, isPassed: (word: string) => boolean): number {
  let at = from;
  while (isPassed(words[at - 1] ?? '')) at -= 1;
  return at;
}
