/**
 * Whether a note says that the ordered drug (A in the examples) was put in the place of the other one (B), as a formulary
 * has it. What it says may go on in the next sentence. Each rule is linear in the two sentences.
 */

import type { Place, Read } from './free-text-offers.js';
import {
  BETWEEN,
  CHANGES,
  CONDITIONS,
  COPULAS,
  EQUALS,
  isDosing,
  lackAt,
  TO,
  UNTIL_THE_NEXT,
} from './free-text-words.js';
import { phrases, setOf, startsWith, type Words } from './phrases.js';

/** Two sentences read as one. */
type Joined = Pick<Read, 'words' | 'clauses' | 'ordered' | 'bracketed'>;

/** Words of giving, before the ordered drug or behind it: "gave A", "A given". */
const GIVING = setOf(
  'give gave given giving use used using order ordered ordering prescribe prescribed prescribing dispense dispensed start started',
  'substitute substituted sub subbed change changed switch switched convert converted interchange interchanged replaced provided',
);

/** They put one drug in the place of another whatever the reason; the other changes need the formulary for it. */
const SUBSTITUTED = setOf('substituted subbed interchanged autosubstituted');

/** Between the other drug and what became of it. */
const BECAME = setOf('is was be been being are has will to automatically auto therapeutically');

const OF_THE_FORMULARY = setOf(
  'formulary therapeutic hospital inpatient facility policy protocol pharmacy p t',
);

/** Before "equivalent": it is one of a list, and none of what the patient asks for. */
const LISTED_AS = setOf('formulary therapeutic hospital inpatient facility preferred our');

/** What may be said of the other drug before its equivalent is ordered: that it is taken at home. */
const AT_HOME = setOf(
  'home med meds medication taking takes taken uses is on currently prior admission pta outpatient since years',
);

/** They take back what they follow. */
const IN_ERROR = phrases('in error, by mistake, by error');

/** So many words may stand between a change and the formulary: "to A 10 mg tid per hospital formulary". */
const LONGEST_REASON = 8;

/** Shortly before the other drug these leave open whether it is taken, or anything was done: "call if …". */
const OPEN = new Set([...CONDITIONS, ...setOf('denies denied deny whether unless never no not')]);
const LONGEST_OPENING = 3;

export function isSwapped(sentence: Read, next: Read | undefined): boolean {
  if (sentence.named.length === 0) return false;
  const joined = next === undefined || next.named.length > 0 ? sentence : join(sentence, next);
  return sentence.named.some(
    (place) =>
      sentence.states[place.start] !== 'denied' &&
      !isLeftOpen(sentence, place) &&
      (isGivenForLack(joined, place) || isSubstituted(joined, place) || isEquivalentGiven(joined, place)),
  );
}

function join(one: Read, next: Read): Joined {
  const length = one.words.length;
  const clause = (one.clauses.at(-1) ?? 0) + 1;
  return {
    words: [...one.words, ...next.words],
    clauses: [...one.clauses, ...next.clauses.map((number) => number + clause)],
    bracketed: new Set([...one.bracketed, ...[...next.bracketed].map((number) => number + clause)]),
    ordered: new Map([
      ...one.ordered,
      ...[...next.ordered].map(([at, end]) => [at + length, end + length] as const),
    ]),
  };
}

function isLeftOpen({ words, clauses }: Joined, { start }: Place): boolean {
  for (let at = start - 1; at >= start - LONGEST_OPENING && clauses[at] === clauses[start]; at -= 1) {
    if (OPEN.has(words[at] ?? '')) return true;
  }
  return false;
}

/** "B non-formulary; A given instead", "B is not on formulary, changed to A". */
function isGivenForLack(joined: Joined, { end }: Place): boolean {
  const { words, ordered } = joined;
  const lacked = lackAt(words, past(words, end, isDoseOrIs));
  if (lacked === undefined) return false;
  const next = past(words, lacked, isOnTheWay);
  const after = ordered.get(next);
  if (after === undefined) return false;
  if (words.slice(lacked, next).some(isGiving)) return isCalmFrom(joined, after);
  const given = past(words, after, isDosing);
  return (isGiving(words[given] ?? '') || words[given] === 'instead') && isCalmFrom(joined, given + 1);
}

/** "B substituted with A", "B was changed to A per formulary". */
function isSubstituted(joined: Joined, { end }: Place): boolean {
  const { words, ordered, clauses } = joined;
  const said = past(words, end, isDoseOrIs);
  const verb = past(words, lackAt(words, said) ?? said, isBecoming);
  const isSure = SUBSTITUTED.has(words[verb] ?? '');
  if ((!isSure && !CHANGES.has(words[verb] ?? '')) || !TO.has(words[verb + 1] ?? '')) return false;
  const own = past(words, verb + 2, isBetween);
  const after = ordered.get(own);
  if (after === undefined || clauses[own] !== clauses[verb]) return false;
  if (isSure) return isCalmFrom(joined, after);
  const per = words.slice(after, after + LONGEST_REASON).indexOf('per');
  return per >= 0 && ruleEnd(words, after + per) !== undefined;
}

/** Index after whose rule it is: "per the hospital formulary", not "per patient at hospital discharge". */
function ruleEnd(words: Words, per: number): number | undefined {
  const named = past(words, per + 1, isArticle);
  const end = past(words, named, isOfTheFormulary);
  return end === named ? undefined : end;
}

/** "Takes B at home; formulary equivalent ordered": A need not be named, it is what is ordered. */
function isEquivalentGiven(joined: Joined, { end }: Place): boolean {
  const { words, clauses, ordered } = joined;
  let at = end;
  while (!EQUALS.has(words[at] ?? '')) {
    const next = lackAt(words, at) ?? (isAtHome(words[at] ?? '') ? at + 1 : undefined);
    if (next === undefined) return false;
    at = next;
  }
  if (!LISTED_AS.has(words[at - 1] ?? '')) return false;
  const named = words[at + 1] === ':' ? at + 2 : at + 1;
  const after = ordered.get(named) ?? named;
  if (words[after] === 'per') return isEndOfClause(clauses, ruleEnd(words, after));
  if (after !== named && isCalmFrom(joined, after)) return true;
  if (isGiving(words[after] ?? '')) return isCalmFrom(joined, after + 1);
  const isGiven = words
    .slice(end, at)
    .some((word, one) => clauses[end + one] === clauses[at] && isGiving(word));
  return isGiven && isCalmFrom(joined, after);
}

/** Nothing follows but a dose, "instead" or whose rule it is. */
function isCalmFrom({ words, clauses, ordered, bracketed }: Joined, at: number): boolean {
  if (IN_ERROR.some((phrase) => startsWith(words, at, phrase))) return false;
  const word = words[at];
  if (word === undefined || ordered.has(at)) return true;
  // In brackets or behind a colon it is told what was given.
  if (word === ':') return ordered.has(at + 1);
  const begins = clauses[at] !== clauses[at - 1];
  if (begins && !bracketed.has(clauses[at] ?? 0)) return true;
  if (word === 'per') return isEndOfClause(clauses, ruleEnd(words, at));
  return isDosing(word) || word === 'instead';
}

function isEndOfClause(clauses: Joined['clauses'], at: number | undefined): boolean {
  return at !== undefined && clauses[at] !== clauses[at - 1];
}

const isGiving = (word: string): boolean => GIVING.has(word);
const isOfTheFormulary = (word: string): boolean => OF_THE_FORMULARY.has(word);
const isArticle = (word: string): boolean => word === 'the' || word === 'our';
const isBetween = (word: string): boolean => BETWEEN.has(word);
const isBecoming = (word: string): boolean => BECAME.has(word);
const isAtHome = (word: string): boolean =>
  AT_HOME.has(word) || LISTED_AS.has(word) || isDosing(word) || isOnTheWay(word);
const isOnTheWay = (word: string): boolean => UNTIL_THE_NEXT.has(word) || GIVING.has(word) || TO.has(word);
const isDoseOrIs = (word: string): boolean => COPULAS.has(word) || isDosing(word);

function past(words: Words, from: number, isPassed: (word: string) => boolean): number {
  let at = from;
  while (at < words.length && isPassed(words[at] ?? '')) at += 1;
  return at;
}
