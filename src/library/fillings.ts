/** Whether every `{this}` and `{other}` in a card's questions names something, however its keys bind them. */

import { type ArgumentValue, fillName, isRead, namesOf } from './argument.js';
import { type Card, type FactCall, factCallsOf, type Key } from './card.js';
import type { Fault } from './fault.js';
import type { Vocabulary } from './vocabulary.js';

/** What a key puts in the place of `{this}` and `{other}`. */
type Filling = readonly [first: string, second: string];

/** A way is filled by its own key, the rest of the card by each of its keys. */
export function unfillable(card: Card, file: string, vocabulary: Vocabulary): readonly Fault[] {
  const ofWays = card.ways.flatMap((way) =>
    [...way.all, ...way.any, ...way.unless].flatMap((call) =>
      faultsOf(call, fillingsOf(way.key), file, vocabulary),
    ),
  );
  const ofCard = factCallsOf({ ...card, ways: [] }).flatMap((call) =>
    faultsOf(
      call,
      card.ways.flatMap(({ key }) => fillingsOf(key)),
      file,
      vocabulary,
    ),
  );
  return [
    ...new Map([...ofWays, ...ofCard].map((fault) => [`${fault.line} ${fault.message}`, fault])).values(),
  ];
}

function fillingsOf(key: Key): readonly Filling[] {
  if (!('other' in key)) return [[key.drug, '']];
  const filling: Filling = [key.drug, key.other];
  return key.kind === 'pair' ? [filling, [key.other, key.drug]] : [filling];
}

function faultsOf(
  call: FactCall,
  fillings: readonly Filling[],
  file: string,
  vocabulary: Vocabulary,
): readonly Fault[] {
  return Object.values(call.args).flatMap((value) =>
    fillings.flatMap(([first, second]) => {
      const wrong = unnamed(value, first, second, vocabulary);
      return wrong === undefined ? [] : [{ file, line: call.line, message: `"${call.fact}": ${wrong}` }];
    }),
  );
}

function unnamed(
  value: ArgumentValue,
  first: string,
  second: string,
  vocabulary: Vocabulary,
): string | undefined {
  if ('name' in value && value.name.includes('{other}') && second === '')
    return `names {other}, which the key does not bind: only together and pair do`;
  if (value.kind === 'duration' || value.kind === 'number' || value.kind === 'words' || value.kind === 'word')
    return undefined;
  const name = fillName(value.name, first, second);
  if (!isRead(value.kind, vocabulary) || namesOf(value.kind, vocabulary).includes(name)) return undefined;
  return `no ${value.kind} is named "${name}" in cards/vocabulary`;
}
