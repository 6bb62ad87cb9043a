/** Who answers for a card and until when: checked, never invented. */

import type { Card } from '../src/library/card.js';
import type { Library } from '../src/library/library.js';
import { isOverdue } from '../src/library/review.js';
import { placeOf } from './place.js';

/** @param today the real day: a review that is overdue is told, although the service goes on showing the card */
export function governanceFaults(library: Library, today: string, cardsDir: string): readonly string[] {
  return library.cards.flatMap((card) => faultsOf(card, library, today, cardsDir));
}

function faultsOf(card: Card, { publisher }: Library, today: string, cardsDir: string): readonly string[] {
  const at = (part: string): string => placeOf(cardsDir, `${card.path}.yaml`, ['governance', part]);
  const { revised, expires, reviewer } = card;
  return [
    ...(isOverdue(card, today)
      ? [`${at('expires')} its review was due by ${expires}: read it again, then set revised and expires`]
      : []),
    ...(expires <= revised
      ? [`${at('expires')} expires ${expires}, which is not after it was revised (${revised})`]
      : []),
    ...(reviewer?.name === publisher.author
      ? [`${at('reviewer')} its reviewer is its author: another person signs`]
      : []),
  ];
}

/**
 * Two cards that show in the same situations with the same gravity are one card, whatever their folders.
 * @param cards those of which every condition could be read
 */
export function sameConditions(cards: readonly Card[], cardsDir: string): readonly string[] {
  const seen = new Map<string, string>();
  return cards.flatMap((card) => {
    const key = JSON.stringify([card.ways, card.indicator], (name, value: unknown) =>
      name === 'line' ? undefined : value,
    );
    const earlier = seen.get(key);
    seen.set(key, earlier ?? card.path);
    return earlier === undefined
      ? []
      : [
          `${placeOf(cardsDir, `${card.path}.yaml`, ['when'])} shows whenever ${earlier} does: make them one card`,
        ];
  });
}
