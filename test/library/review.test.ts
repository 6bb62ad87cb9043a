/** Who reviewed the cards, and how many wait for it. */

import { describe, expect, test } from '@jest/globals';
import { reviewCounts, reviewerInWords } from '../../src/library/review.js';
import { cardText, libraryOf } from './support.js';

const signed = cardText().replace(
  '2027-11-22}',
  '2027-11-22, reviewer: {name: Ada Example, on: 2026-11-20}}',
);
const library = libraryOf({
  'relaxants/baclofen.yaml': cardText(),
  'relaxants/draft.yaml': cardText({ status: 'draft' }).replace('expires: 2027-11-22', 'expires: 2026-12-01'),
  'relaxants/retired.yaml': cardText({ status: 'retired' }).replace(
    'expires: 2027-11-22',
    'expires: 2026-12-01',
  ),
  'relaxants/signed.yaml': signed,
});
const { cards, publisher } = library;

describe('the review of the cards', () => {
  test('is pending while nobody has signed, retired cards left out', () => {
    expect(reviewCounts(library, '2026-11-22')).toEqual({ cards: 4, reviewPending: 2, reviewOverdue: 0 });
  });

  test('is overdue from the day it was due, retired cards left out', () => {
    expect(reviewCounts(library, '2026-11-30').reviewOverdue).toBe(0);
    expect(reviewCounts(library, '2026-12-01').reviewOverdue).toBe(1);
    expect(reviewCounts(library, '2027-11-22').reviewOverdue).toBe(3);
  });

  test('of the whole library may be signed by the publisher', () => {
    const whole = { ...library, publisher: { ...publisher, reviewer: 'Bea Example' } };
    expect(reviewCounts(whole, '2026-11-22').reviewPending).toBe(0);
  });

  test('names who signed the card, else the reviewer of the publisher', () => {
    expect(cards.map((card) => reviewerInWords(card, publisher))).toEqual([
      'pending',
      'pending',
      'pending',
      'Ada Example, 2026-11-20',
    ]);
  });
});
