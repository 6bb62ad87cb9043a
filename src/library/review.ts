/** Who reviewed a card and until when that holds: what pages print, the card check tells and operators count. */

import type { Card } from './card.js';
import type { Library } from './library.js';
import type { Publisher } from './publisher.js';

/** What `reviewer` says while nobody has signed: no reviewer is ever invented. */
const NOBODY_YET = 'pending';

/** "Ada Example, 2026-11-22", or the publisher's reviewer for a card that nobody signed itself. */
export function reviewerInWords({ reviewer }: Card, publisher: Publisher): string {
  return reviewer === undefined ? publisher.reviewer : `${reviewer.name}, ${reviewer.on}`;
}

/** @param today YYYY-MM-DD; a card that is no longer judged need not be read again */
export function isOverdue({ status, expires }: Card, today: string): boolean {
  return status !== 'retired' && expires <= today;
}

function isPending(card: Card, publisher: Publisher): boolean {
  return card.status !== 'retired' && reviewerInWords(card, publisher) === NOBODY_YET;
}

export interface ReviewCounts {
  readonly cards: number;
  readonly reviewPending: number;
  readonly reviewOverdue: number;
}

export function reviewCounts({ cards, publisher }: Library, today: string): ReviewCounts {
  return {
    cards: cards.length,
    reviewPending: cards.filter((card) => isPending(card, publisher)).length,
    reviewOverdue: cards.filter((card) => isOverdue(card, today)).length,
  };
}
