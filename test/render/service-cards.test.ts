/** The cards that say what was not checked, not identified, or not shown in full. */

import { describe, expect, test } from '@jest/globals';
import type { Undecided } from '../../src/decide/verdict.js';
import { renderMoreCards, renderNotChecked, renderNotIdentified } from '../../src/render/service-cards.js';
import { draft } from '../decide/support.js';
import { verdictOf } from './support.js';

const { verdict, context } = verdictOf();
const undecided = (parts: Partial<Undecided> & { title?: string } = {}): Undecided => ({
  order: draft('baclofen'),
  missing: [{ what: 'problem list', why: 'not sent' }],
  indicator: 'warning',
  ...parts,
  card: { ...verdict.card, title: parts.title ?? 'A card' },
});
const rendered = (...entries: Undecided[]) => renderNotChecked(entries, context);

describe('the card of checks not made', () => {
  test('is not shown when every check was made', () => {
    expect(rendered()).toEqual([]);
  });

  test('says which drugs, what was missing and why, and which checks', () => {
    expect(rendered(undecided())).toEqual([
      {
        uuid: '00000000-0000-4000-8000-000000000001',
        summary: 'Baclofen: not checked, because problem list could not be read.',
        detail:
          'Check these yourself.\n\n**Could not be read:** problem list (not sent).\n\n**Not checked:** A card.',
        indicator: 'info',
        source: {
          label: 'rx-distinct',
          url: 'http://127.0.0.1:3000/cards/not-checked',
          topic: {
            system: 'https://cards.example/topics',
            code: 'not-checked',
            display: 'Checks that could not be made',
          },
        },
        overrideReasons: [
          {
            system: 'https://cards.example/override-reasons',
            code: 'not-checked-checked-by-hand',
            display: 'Checked by hand',
          },
        ],
      },
    ]);
  });

  test('is one card for all orders and says everything once', () => {
    const cards = rendered(
      undecided(),
      undecided({ order: draft('cyclobenzaprine') }),
      undecided({ title: 'B', missing: [{ what: 'allergies', why: 'not complete' }] }),
    );
    expect(cards).toHaveLength(1);
    expect(cards[0]).toMatchObject({
      summary:
        'Baclofen and cyclobenzaprine: not checked, because problem list and allergies could not be read.',
      detail: expect.stringContaining(
        '**Could not be read:** problem list (not sent); allergies (not complete).\n\n**Not checked:** A card; B.',
      ),
    });
  });

  test('is a warning when a critical check was not made, and names that one first', () => {
    const [card] = rendered(undecided(), undecided({ title: 'Grave', indicator: 'critical' }));
    expect(card).toMatchObject({
      indicator: 'warning',
      detail: expect.stringContaining('**Not checked:** Grave; A card.'),
    });
  });

  test('names six checks at most and counts the others', () => {
    const titles = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
    const [card] = rendered(...titles.map((title) => undecided({ title })));
    expect(card?.detail).toContain('**Not checked:** A; B; C; D; E; F; 2 more.');
    const [six] = rendered(...titles.slice(0, 6).map((title) => undecided({ title })));
    expect(six?.detail).toContain('**Not checked:** A; B; C; D; E; F.');
  });

  test('names three missing parts in its summary and all of them in its detail', () => {
    const missing = ['a', 'b', 'c', 'd', 'e'].map((what) => ({ what, why: 'not sent' }));
    expect(rendered(undecided({ missing }))[0]).toMatchObject({
      summary: 'Baclofen: not checked, because a, b, c and 2 more could not be read.',
      detail: expect.stringContaining(
        'a (not sent); b (not sent); c (not sent); d (not sent); e (not sent).',
      ),
    });
  });

  test('keeps its summary under 140 characters, however long the names of what is missing', () => {
    const [card] = rendered(
      undecided({ missing: [{ what: 'part of the record '.repeat(20), why: 'not sent' }] }),
    );
    expect(card?.summary.length).toBeLessThanOrEqual(139);
    expect(card?.summary.endsWith('…')).toBe(true);
  });
});

describe('the card of orders not identified', () => {
  test('is not shown when every order was', () => {
    expect(renderNotIdentified([], context)).toEqual([]);
  });

  test('names what the words resemble, each once', () => {
    expect(renderNotIdentified(['baclofen', 'Flexeril', 'baclofen'], context)).toMatchObject([
      {
        indicator: 'info',
        summary: 'An order resembles baclofen and Flexeril; nothing was checked for it.',
        source: { topic: { code: 'not-identified' } },
      },
    ]);
  });
});

describe('the card of more cards', () => {
  test('is not shown when every card is', () => {
    expect(renderMoreCards([], context)).toEqual([]);
  });

  test('counts the cards and names each once with its page and indicator', () => {
    const other = { ...verdict, card: { ...verdict.card, title: 'B' }, indicator: 'info' as const };
    expect(renderMoreCards([verdict, verdict, other], context)).toMatchObject([
      {
        indicator: 'info',
        summary: '3 more cards apply.',
        detail: [
          'These apply as well:\n',
          '- [A card](http://127.0.0.1:3000/cards/relaxants-baclofen) (warning)',
          '- [B](http://127.0.0.1:3000/cards/relaxants-baclofen) (info)',
        ].join('\n'),
        source: { topic: { code: 'more-cards' } },
      },
    ]);
  });
});
