/** The words by which free text offers, refuses and doses. No name of a drug is among them. */

import { flatMap } from '../flat-map.js';

export type Words = readonly string[];

/** On its kind depends where a refusal counts. */
export type RefusalKind =
  /** Says how it went, of the drug itself: "rash", "no relief". */
  | 'outcome'
  /** May be said of something else that follows: "failed NSAIDs", "side effects explained". */
  | 'deed'
  /** Forbids, mostly something else than the drug: "avoid alcohol". */
  | 'ban';

/** Words that, directly before a name, offer it, whatever stands before them. */
export const OFFERS_BEFORE = phrases(
  'instead of, in place of, in lieu of, same as, equivalent to, equivalent of, alternative to, alternative',
  'alternatively, substitute, substitute for, substitute with, substituted with, substituted by, substituted for',
  'interchange with, interchangeable with, exchangeable with, swap for, swap with, switch to, replace with',
  'replacement for, replaces, replacing, same drug as, same medication as, same medicine as, aka, sub, sub for',
  'sub with, generic for, generic of, substitution with, substitution by, be replaced with, be replaced by, be switched to',
  'be swapped for, be exchanged for, unavailable, not available, not in stock, out of stock, not covered, backordered',
  'on backorder',
);

/** Words that, directly after a name, offer it. */
export const OFFERS_AFTER = phrases(
  'instead, as substitute, as a substitute, as alternative, as an alternative, is an alternative, is the same',
  'is equivalent, is interchangeable, may be substituted, can be substituted, acceptable alternative, acceptable substitute',
  'suitable alternative, suitable substitute, is an acceptable alternative, is an acceptable substitute, is a substitute',
  'is a suitable alternative, is a suitable substitute',
);

/** They join what may be chosen between, but also what merely is listed. */
export const JOINING: ReadonlySet<string> = new Set(['or', '/']);

/** Words that may stand between an offering word and the name. */
export const BETWEEN = setOf(
  'generic brand oral a the use give take dispense fill else equivalent her his their your my patient patients s home usual regular',
  'current : ',
);

/** Words of amounts, times and ways of taking, and of asking for them: they tell nothing else than the ordered drug. */
export const DOSING = setOf(
  'or and / mg mcg g ml tablet tablets tab tabs capsule capsules cap caps dose doses po oral orally by mouth',
  'daily nightly bid tid qid qd qhs hs prn q h hr hrs hour hours day days week weeks month months time times x once',
  'twice thrice one two three four half every each per a an the at in on of to as needed bedtime night morning evening',
  'noon afternoon with food meals before after hcl take give use dispense fill order may can ok okay please either',
  'pharmacy pharmacist brand generic sig rx disp qty quantity supply refill refills w ac pc ud start continue then until',
  'up max maximum increase taper directed instructed tolerated',
);

/** After one of these stands what it is taken for. */
export const BEFORE_A_PURPOSE = setOf('for prn needed');

/** Phrases that negate nothing that could be taken: what they say is dropped before the text is read. */
export const OF_NO_ACCOUNT = phrases(
  'no refill, no refills, not to exceed, do not exceed, no more than, not more than, with or without',
);

const OUTCOMES = phrases(
  'failure, ineffective, not effective, no effect, no relief, no benefit, no response, no help, no improvement, no success',
  'not help, not work, not working, not responded, not respond, not responding, not responsive, unresponsive, refractory',
  'inadequate, insufficient, minimal relief, minimal improvement, minimal response, little relief, without success',
  'without relief, without benefit, without effect, without improvement, without response',
  'intolerant, intolerance, intolerable, not tolerated, not tolerate, not tolerating, not be tolerated, cannot tolerate',
  'can t tolerate, unable to tolerate, poorly tolerated, tolerated poorly',
  'allergic, anaphylaxis, hypersensitive, rash, hives, caused, adverse reaction, adverse effect, adverse effects',
  'no longer, contraindicated, contraindication, contraindications, not recommended, not indicated, not appropriate',
  'not interchangeable, not equivalent, not the same, not same, not a substitute, not an alternative, not be substituted',
  'no substitution, not permitted, not allowed, not acceptable, not be replaced, not be switched, not be swapped',
  'not be exchanged',
);

const DEEDS = phrases(
  'failed, failing, tried, stopped, discontinued, did not, didn t, does not, doesn t, was not, wasn t, could not, couldn t',
  'side effect, side effects, adverse, reaction, allergy, allergies, hypersensitivity',
);

const BANS = phrases(
  'avoid, never, unlike, different from, must not, should not, not to, not substitute, not replace, not interchange',
  'not switch, not swap, don t substitute, do not use, do not give, do not take, do not dispense, do not combine',
  'do not confuse, do not mix, do not start, do not restart, do not resume',
  'don t use, don t give, don t take, don t dispense, don t switch, don t replace, don t start, don t restart',
);

const NEGATIONS = phrases(
  'no, not, nor, neither, cannot, can t, don t, won t, isn t, hasn t, unable, without, poorly, declines, declined, refuses, stop',
  'hold, held, discontinue',
);

/** A sentence that begins so still speaks of what the sentence before offered. */
export const CARRIES_ON = setOf('it this that which failed not did was caused');

/** Words before a refusal that leave it said of the drug that was named before. */
export const OF_THE_SAME = setOf(
  'which it this that these patient pt she he they has had have is was were did does do could can be been but and as',
  'since because due to of from with previously prior history recently already reported developed experienced gave made',
  'tried failed stopped discontinued taken used given severe her him a an the drug medication medicine',
);

/** Words after a deed that are not what it was done to. */
export const NO_OBJECT = setOf(
  'it this that last previously before in on after for due because by and but ago at already twice once earlier recently',
  'today yesterday secondary from with the past',
);

export const PRONOUNS = setOf('it this that them');

const refusalsByFirst = byFirst([
  ...OUTCOMES.map((phrase) => [phrase, 'outcome'] as const),
  ...DEEDS.map((phrase) => [phrase, 'deed'] as const),
  ...BANS.map((phrase) => [phrase, 'ban'] as const),
]);
const negationsByFirst = byFirst(NEGATIONS.map((phrase) => [phrase, true] as const));

export interface Refusal {
  readonly kind: RefusalKind;
  /** Index of the word after it. */
  readonly end: number;
}

/** The longest refusal that begins at a word. */
export function refusalAt(words: Words, at: number): Refusal | undefined {
  const found = longestAt(refusalsByFirst, words, at);
  if (found === undefined || isCondition(words, at)) return undefined;
  return { kind: found[1], end: at + found[0].length };
}

/** A refusal, or any other word that denies what follows it. */
export function negatesAt(words: Words, at: number): boolean {
  const negates = longestAt(negationsByFirst, words, at) ?? longestAt(refusalsByFirst, words, at);
  return negates !== undefined && !isCondition(words, at);
}

/** "If not tolerated, give …" refuses nothing: an `if` shortly before makes it a condition. */
function isCondition(words: Words, at: number): boolean {
  return words.slice(Math.max(at - 3, 0), at).includes('if');
}

export function startsWith(words: Words, at: number, phrase: Words): boolean {
  return at >= 0 && phrase.every((word, offset) => words[at + offset] === word);
}

/** Words in small letters; a slash, and a colon before a space, count as words. */
export function split(text: string): Words {
  return text.match(/\p{L}+|\d+(?:\.\d+)?|\/|:(?=\s)/gu) ?? [];
}

type Found<T> = readonly [phrase: Words, meaning: T];

/** Few words of a text begin any phrase: the others cost one look-up each. */
function byFirst<T>(all: readonly Found<T>[]): ReadonlyMap<string, readonly Found<T>[]> {
  const firsts = new Map<string, Found<T>[]>();
  for (const one of all) {
    const first = one[0][0] ?? '';
    firsts.set(first, [...(firsts.get(first) ?? []), one]);
  }
  for (const found of firsts.values()) found.sort(([one], [other]) => other.length - one.length);
  return firsts;
}

function longestAt<T>(
  firsts: ReadonlyMap<string, readonly Found<T>[]>,
  words: Words,
  at: number,
): Found<T> | undefined {
  return firsts.get(words[at] ?? '')?.find(([phrase]) => startsWith(words, at, phrase));
}

function phrases(...lists: readonly string[]): readonly Words[] {
  return flatMap(lists, (list) => list.split(', ').map(split));
}

function setOf(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(flatMap(lists, (list) => list.split(' ').filter((word) => word !== '')));
}
