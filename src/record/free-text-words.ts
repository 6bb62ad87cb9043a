/** The words by which free text offers, refuses and doses. No name of a drug is among them. */

import { byFirst, longestAt, phrases, setOf, type Words } from './phrases.js';

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
  'be swapped for, be exchanged for, interchange, interchange of, interchange for, interchange from, interchange per protocol',
  'interchange per policy, interchanged with, interchanged for, interchanged from, therapeutic substitution',
  'therapeutic substitution of, therapeutic substitution for, therapeutic substitution from',
);

/** Words that, directly after a name, offer it. */
export const OFFERS_AFTER = phrases(
  'instead, as substitute, as a substitute, as alternative, as an alternative, is an alternative, is the same',
  'is equivalent, is interchangeable, may be substituted, can be substituted, acceptable alternative, acceptable substitute',
  'suitable alternative, suitable substitute, is an acceptable alternative, is an acceptable substitute, is a substitute',
  'is a suitable alternative, is a suitable substitute, interchanged to, interchanged with, interchanged for',
  'ok to sub, ok to substitute, okay to sub, okay to substitute',
);

/** Words that, directly after a name and with nothing but a dose behind, say that something takes its place. */
export const EQUALS = setOf('equivalent substitute substitution alternative replacement interchange');

/** Behind one of those, what they link to tells: "substitute for A", not "alternative at the next visit". */
export const LINKING = setOf('to of for with and at in on then until');

/** They offer a name only with the ordered drug between: "swap A for B". */
export const EXCHANGES = setOf(
  'interchange interchanged substitute substituted substitution sub swap exchange replace',
);

/** They offer a name only where one may: "ok to change to …". */
export const CHANGES = setOf(
  'change changed convert converted switch switched sub subbed swapped exchanged replaced',
);

/** They permit: a choice, or a change. */
export const PERMITS = setOf('may can ok okay fine acceptable permitted allowed');

/** Between a change and a name. */
export const TO = setOf('to with for by into');

/** What is changed, when the ordered drug is not named: "change this Rx to". */
export const OBJECTS = setOf('it this the rx order prescription script med medication medicine drug :');

/** What may stand beside a name in parentheses. */
export const EXPLAINING = setOf('generic brand name oral /');

export const CONDITIONS = setOf('if when case');

/** Before a drug that is lacking: "… is now out of stock". */
export const COPULAS = setOf('is was be are still currently now remains');

/** Before the reason for what is ordered. */
export const BECAUSE = phrases('because, because of, since, as, due to, while');

/** The words that negate what directly follows; "can't" and "don't" end in the last. */
export const NEGATING = setOf('not no never cannot without nor t');

/** They join what may be chosen between, but also what merely is listed. */
export const JOINING: ReadonlySet<string> = new Set(['or', '/', '=']);

/** Words that may stand between an offering word and the name. */
export const BETWEEN = setOf(
  'generic brand oral a the use give take dispense fill else equivalent her his their your my patient patients s home usual regular',
  'current : ',
);

/** Words that may stand between what is lacking and what is given in its place: "not covered by insurance, so give". */
export const UNTIL_THE_NEXT = new Set([
  ...BETWEEN,
  ...setOf(
    'by insurance insurer plan medicaid medicare formulary in at from pharmacy pharmacist currently now today then so',
    'stock available therefore hence thus please ok okay to may can could we will you just start try prescribe order change switch convert',
    'substitute sub using giving ordering prescribing gave given ordered prescribed sent',
  ),
]);

/** Words of amounts, times and ways of taking, and of asking for them: they tell nothing else than the ordered drug. */
const DOSING = setOf(
  'or and / = mg mcg g ml tablet tablets tab tabs capsule capsules cap caps dose doses po oral orally by mouth',
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
  'not be exchanged, no interchange, no therapeutic interchange, no therapeutic substitution, cannot be, can t be, not ok',
  'not okay',
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

const DENIALS = phrases(
  'no, not, nor, neither, cannot, can t, don t, won t, isn t, hasn t, unable, without, poorly, declines, declined, refuses, stop',
  'hold, held, discontinue, cancel',
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

/** Behind these may stand the drug that is lacking. */
const COVERED_BY_NONE = phrases(
  'does not cover, doesn t cover, did not cover, didn t cover, won t cover, will not cover, not cover, insurance denies',
  'insurance denied, insurance rejects',
);

/** That a drug cannot be had, or cannot be paid for. */
const LACKS = [
  ...COVERED_BY_NONE,
  ...phrases(
    'unavailable, not available, not in stock, not stocked, out of stock, not covered, not paid for, not on formulary',
    'not on the formulary, not on our formulary, not on hospital formulary, not on the hospital formulary, off formulary',
    'nonformulary, non formulary, backordered, backorder, on backorder, back ordered, back order, on back order, shortage',
    'on shortage, in short supply, denied by insurance, rejected by insurance, too expensive, unaffordable, not affordable',
    'isn t available, isn t covered, was not available, was not covered, was not in stock, wasn t available, wasn t covered',
    'no longer covered, no longer available, cannot be filled, can t be filled, cannot be obtained, can t be obtained',
  ),
];

/** They tell the lack of the drug behind them. */
export const LACKS_OF = [
  ...COVERED_BY_NONE,
  ...phrases(
    'out of, short of, cannot get, can t get, could not get, couldn t get, cannot find, can t find, cannot obtain',
    'can t obtain, cannot afford, can t afford, unable to get, unable to find, unable to obtain, unable to afford',
  ),
];

/** "If cheaper": a condition under which a choice is made, though nothing is lacking. */
export const CHEAPER = phrases(
  'cheaper, less expensive, costs less, more affordable, preferred, prefers, insurance requires, plan requires',
);

const lacksByFirst = byFirst(LACKS.map((phrase) => [phrase, true] as const));

/** The index after words that tell a lack. */
export function lackAt(words: Words, at: number): number | undefined {
  const found = longestAt(lacksByFirst, words, at);
  return found === undefined ? undefined : at + found[0].length;
}

export const REFUSALS = byFirst([
  ...OUTCOMES.map((phrase) => [phrase, 'outcome'] as const),
  ...DEEDS.map((phrase) => [phrase, 'deed'] as const),
  ...BANS.map((phrase) => [phrase, 'ban'] as const),
]);
export const NEGATIONS = byFirst(DENIALS.map((phrase) => [phrase, true] as const));

export function isDosing(word: string | undefined): boolean {
  return word !== undefined && (DOSING.has(word) || /^\d/.test(word));
}
