/** Who answers for a card and until when: checked, never invented. */

import type { Card } from '../src/library/card.js';
import type { Library } from '../src/library/library.js';
import { isOverdue } from '../src/library/review.js';

/** @param today the real day: a review that is overdue is told, although the service goes on showing the card */
export function governanceFaults(library: Library, today: string): readonly string[] {
  return [
    ...library.cards.flatMap((card) => faultsOf(card, library, today)),
    ...sameConditions(library.cards),
  ];
}

function faultsOf(card: Card, { publisher }: Library, today: string): readonly string[] {
  const at = `${card.path}.yaml:1`;
  const { revised, expires, reviewer } = card;
  return [
    ...(isOverdue(card, today)
      ? [`${at} its review was due by ${expires}: read it again, then set revised and expires`]
      : []),
    ...(expires <= revised
      ? [`${at} expires ${expires}, which is not after it was revised (${revised})`]
      : []),
    ...(reviewer?.name === publisher.author
      ? [`${at} its reviewer is its author: another person signs`]
      : []),
  ];
}

/** Two cards of one folder that show in the same situations with the same gravity are one card. */
function sameConditions(cards: readonly Card[]): readonly string[] {
  const seen = new Map<string, string>();
  return cards.flatMap((card) => {
    const folder = card.path.slice(0, card.path.lastIndexOf('/'));
    const key = JSON.stringify([folder, card.ways, card.indicator], (name, value: unknown) =>
      name === 'line' ? undefined : value,
    );
    const earlier = seen.get(key);
    seen.set(key, earlier ?? card.path);
    return earlier === undefined
      ? []
      : [`${card.path}.yaml:1 shows whenever ${earlier} does: make them one card`];
  });
}
