/** The words by which an allergy or a statement denies what it names. No name of a drug is among them. */

import { byFirst, longestAt, phrases, setOf, type Words } from './phrases.js';

/** How one kind of entry denies a drug. */
export interface Denying {
  /** Index after the words that deny what directly follows; what must stand behind that to deny it. */
  readonly openedAt: (words: Words, at: number) => Opening | undefined;
  /** Behind a denied name these leave it denied. */
  readonly calm: ReadonlySet<string>;
  /** It takes back what was denied before it in its clause. */
  readonly isTurn: (word: string) => boolean;
  /** Said later, without another drug, any of these leaves in doubt what was denied. */
  readonly isTelling: (word: string) => boolean;
  /** The denial may stand behind the only name: "A (not taking)". */
  readonly mayFollow: boolean;
}

export interface Opening {
  readonly end: number;
  /** "No known A allergy": the noun must follow. */
  readonly noun: boolean;
}

/** Before a denial they leave in doubt whether it is one. */
export const DOUBTING = setOf(
  'not no never nor neither cannot t longer poorly barely hardly scarcely badly unsure unclear unknown uncertain if whether',
  'once initially first used rarely seldom partly partially sometimes occasionally usually mostly generally unlikely questionable possibly maybe when while unless until',
);

/** Between the denial and the name. */
export const LEADING = setOf('any generic brand oral po the both either her his their use of taking');

export const JOINING = setOf('and or nor');
export const CHOOSING = setOf('or nor');

/** They begin a clause of their own. */
export const TURNING = setOf('but however although though except until then unless besides excluding');

export const NOUNS = setOf(
  'allergy allergies reaction reactions hypersensitivity sensitivity sensitivities intolerance intolerances adr',
);

export const AMOUNTS = setOf(
  'mg mcg g ml tablet tablets tab tabs capsule capsules cap caps dose hcl hydrochloride oral po',
);
const ABSENCES = setOf('no denies denied denying without');
const OF_A_NOUN = setOf(
  'any known prior previous past history hx of a an documented reported recorded drug medication true adverse allergic',
);
const LONGEST_FILLING = 5;
const KNOWN = setOf('currently known to be');

const TOLERATING = byFirst(
  phrases(
    'tolerates, tolerated, tolerating, can tolerate, ok with, okay with, fine with, does well with, does fine with',
    'can take, ok to take, okay to take, ok to give, okay to give',
  ).map((phrase) => [phrase, true] as const),
);

const NOT_TAKING = byFirst(
  phrases(
    'not taking, not currently taking, not presently taking, not actively taking, no longer taking, no longer takes',
    'no longer on, no longer uses, no longer using, does not take, doesn t take, stopped taking, quit taking, denies taking',
  ).map((phrase) => [phrase, true] as const),
);

/** Beginnings of words that tell what happened. */
const REACTIONS = new RegExp(
  `^(${[
    'allerg|anaph|angio|hive|rash|itch|prurit|urtic|swell|swoll|wheez|breath|dyspn|react|respon|sensit|intoler|vomit|emesis',
    'nause|faint|syncop|collaps|seiz|halluc|confus|dizz|sedat|blister|sjs|dress|stevens|shock|died|death|fever|edema|caus',
    'develop|induc|trigger|avoid|contraind|sever|adverse|problem|throat|tongue|face|hypoten|drows|toxic|withdr',
  ].join('|')})`,
);
const TURNS = setOf(
  'now later since got gets get had has gave gives not never only poorly badly once initially before was were started',
  'stopped discontinued held mild moderate low small reduced premedication premedicated desensitized desensitization',
);

const CALM = new Set([
  ...AMOUNTS,
  ...NOUNS,
  ...setOf(
    'well fine ok okay good currently now today daily in the past at home previously already per patient pt family chart',
    'history hx reported noted documented known use therapy since for years year months weeks ago or any other others drug',
    'drugs medication medications medicine medicines without',
  ),
]);

export const ALLERGY: Denying = {
  openedAt: (words, at) =>
    absenceAt(words, at) ?? notAllergicAt(words, at) ?? phraseAt(TOLERATING, words, at),
  calm: CALM,
  isTurn: (word) => TURNING.has(word) || TURNS.has(word) || REACTIONS.test(word),
  // A reaction has more names than any list.
  isTelling: (word) => !CALM.has(word) && !JOINING.has(word),
  mayFollow: false,
};

export const STATEMENT: Denying = {
  openedAt: (words, at) => phraseAt(NOT_TAKING, words, at),
  calm: new Set([
    ...AMOUNTS,
    ...setOf('anymore any more currently now at this time it since per patient pt family report'),
  ]),
  isTurn: (word) => TURNING.has(word) || TAKEN.has(word),
  isTelling: (word) => TURNING.has(word) || TAKEN.has(word),
  mayFollow: true,
};

const TAKEN = setOf(
  'takes taking take took taken restarted resumed restart resume only sometimes occasionally weekly daily regularly',
  'continue continues continued started starting using uses still again as prescribed',
);

/** "No known allergy to", "denies any reaction to", "no history of … allergy", "denies". */
function absenceAt(words: Words, at: number): Opening | undefined {
  const word = words[at] ?? '';
  if (!ABSENCES.has(word)) return undefined;
  let end = at + 1;
  while (end - at <= LONGEST_FILLING && OF_A_NOUN.has(words[end] ?? '')) end += 1;
  if (!NOUNS.has(words[end] ?? '')) return { end, noun: !word.startsWith('den') || end > at + 1 };
  const to = words[end + 1];
  return to === 'to' || to === 'with' ? { end: end + 2, noun: false } : undefined;
}

function notAllergicAt(words: Words, at: number): Opening | undefined {
  if (words[at] !== 'not') return undefined;
  let end = at + 1;
  while (end - at <= LONGEST_FILLING && KNOWN.has(words[end] ?? '')) end += 1;
  return words[end] === 'allergic' && words[end + 1] === 'to' ? { end: end + 2, noun: false } : undefined;
}

function phraseAt(table: typeof TOLERATING, words: Words, at: number): Opening | undefined {
  const found = longestAt(table, words, at);
  return found === undefined ? undefined : { end: at + found[0].length, noun: false };
}
