/** When a card shows, in sentences: its keys and questions with the names they bind, said as a reader would. */

import { asksInWords, fillName, inWords } from '../library/argument.js';
import type { Card, Conditions, FactCall, Key, Way } from '../library/card.js';
import type { Library } from '../library/library.js';
import { orList } from '../library/plain-words.js';
import type { Vocabulary } from '../library/vocabulary.js';
import { capitalised } from './words.js';

/** A name of the vocabulary in a reader's words. */
export function phraseOf(name: string, { says }: Vocabulary): string {
  return says.get(name) ?? name;
}

/** One way of a card; of a pair the first of its two directions, for both. */
export function wayInWords(way: Way, library: Library): string {
  const { key, indicator } = way;
  return [
    keyInWords(key, library.vocabulary),
    ...conditionsInWords(way, library, [key]),
    ...(indicator === undefined ? [] : [`Then: ${indicator}.`]),
  ].join(' ');
}

export function keyInWords(key: Key, vocabulary: Vocabulary): string {
  const drug = phraseOf(key.drug, vocabulary);
  switch (key.kind) {
    case 'ordering':
      return `${capitalised(drug)} is ordered.`;
    case 'pair':
      return `${capitalised(drug)} is ordered (likewise with the two drugs exchanged).`;
    case 'stopping':
      return `${capitalised(drug)} is stopped, replaced by another drug, or not continued at discharge.`;
    case 'taking':
      return `The chart is opened of a patient who takes ${drug}.`;
    case 'together': {
      const other = phraseOf(key.other, vocabulary);
      const ended =
        key.within === undefined
          ? ''
          : ` or within ${inWords({ kind: 'duration', duration: key.within })} after it ended`;
      const form =
        key.notAs === undefined
          ? ''
          : ` ${capitalised(other)} given as ${phraseOf(key.notAs, vocabulary)} does not count.`;
      return `${capitalised(drug)} is ordered while ${other} is taken${ended}, or ${other} is ordered while ${drug} is taken.${form}`;
    }
  }
}

/** @param keys what binds `{this}` and `{other}` in the questions; of several the first */
export function conditionsInWords(
  conditions: Conditions,
  library: Library,
  keys: readonly Key[],
): readonly string[] {
  const say = (call: FactCall): string => capitalised(callInWords(call, library, keys));
  return [
    ...conditions.all.map(say),
    ...(conditions.any.length === 0 ? [] : [`At least one: ${conditions.any.map(say).join(' ')}`]),
    ...(conditions.unless.length === 0 ? [] : [`Not when: ${conditions.unless.map(say).join(' ')}`]),
  ];
}

function callInWords({ fact, args }: FactCall, { facts, vocabulary }: Library, keys: readonly Key[]): string {
  const [key] = keys;
  const filled = (name: string): string =>
    key === undefined ? name : fillName(name, key.drug, 'other' in key ? key.other : '');
  return asksInWords(facts.get(fact)?.asks ?? fact, args, (name) => phraseOf(filled(name), vocabulary));
}

/** What a card says at an indicator, with every name that its ways can fill in there. */
export function namesAt(
  card: Card,
  at: string,
  vocabulary: Vocabulary,
): Readonly<Record<'this' | 'other' | 'order', string>> {
  const own = card.indicator.map(({ value }) => value);
  const keys = card.ways
    .filter(({ indicator }) => (indicator === undefined ? own : [indicator]).some((one) => one === at))
    .map(({ key }) => key);
  const say = (names: readonly string[]): string =>
    orList([...new Set(names.flatMap((name) => phraseOf(name, vocabulary).split(/, | or /)))]);
  const drugs = say(keys.map(({ drug }) => drug));
  return {
    this: drugs,
    other: say(keys.flatMap((key) => ('other' in key ? [key.other] : []))),
    order: drugs,
  };
}
