/** Every source a card needs has a case in which it is unread, and that case leaves the card undecided. */

import type { RecordType } from '../src/cdshooks/record-type.js';
import type { Card } from '../src/library/card.js';
import type { Library } from '../src/library/library.js';
import { factsOfKey } from '../src/library/load-facts.js';
import { placeOf } from './place.js';
import { type CardCases, unreadTypes } from './cases.js';

/** One sentence for each type of record the card's ways need and no `unknown` case leaves unread. */
export function missingUnknowns(
  card: Card,
  cases: CardCases,
  library: Library,
  cardsDir: string,
): readonly string[] {
  const covered = new Set(cases.unknown.flatMap((one) => [...unreadTypes(one)]));
  const missing = [...neededTypes(card, library)].filter((type) => !covered.has(type));
  return missing.map(
    (type) =>
      `${placeOf(cardsDir, `${card.path}.cases.yaml`, ['unknown'])} has no unknown case in which ${type} is unread, which the card needs`,
  );
}

function neededTypes(card: Card, { facts }: Library): ReadonlySet<RecordType> {
  const asked = card.ways.flatMap((way) => [
    ...[...way.all, ...way.any, ...way.unless].map((call) => call.fact),
    ...(way.key.kind === 'together' ? factsOfKey(way.key.kind) : []),
  ]);
  return new Set(asked.flatMap((name) => facts.get(name)?.reads ?? []));
}
