/** Of offers to change one draft only the first is made. */

import { expect, test } from '@jest/globals';
import type { Card, Suggestion } from '../../src/cdshooks/protocol.js';
import { changedOnce } from '../../src/render/changed-once.js';
import { draft } from '../decide/support.js';

const { resource } = draft('baclofen');
const update = (id: string): Suggestion => ({
  label: `Change ${id}`,
  uuid: `update-${id}`,
  actions: [{ type: 'update', description: 'Change', resource: { ...resource, id } }],
});
const removal: Suggestion = {
  label: 'Remove',
  uuid: 'removal',
  actions: [{ type: 'delete', description: 'Remove', resourceId: 'MedicationRequest/a' }],
};
const card = (uuid: string, ...suggestions: Suggestion[]): Card => ({
  uuid,
  summary: 's',
  detail: 'd',
  indicator: 'warning',
  source: { label: 'l', url: 'u', topic: { system: 's', code: uuid, display: 't' } },
  ...(suggestions.length === 0 ? {} : { suggestions, selectionBehavior: 'at-most-one' }),
});
const offered = (...cards: Card[]) =>
  changedOnce(cards).map(({ suggestions }) => suggestions?.map(({ uuid }) => uuid));

test('the first card that changes a draft keeps its offer, a later one does not', () => {
  expect(
    offered(card('1', update('a')), card('2', update('a'), update('b')), card('3', update('b'))),
  ).toEqual([['update-a'], ['update-b'], undefined]);
});

test('a card that has no offer left says nothing of how to select', () => {
  const [, second] = changedOnce([card('1', update('a')), card('2', update('a'))]);
  expect(second).toEqual(card('2'));
});

test('offers of one card, removals and cards without offers stay as they are', () => {
  const cards = [card('1', update('a'), update('a')), card('2', removal), card('3')];
  expect(changedOnce(cards)).toEqual(cards);
});

test('a new draft, which has no id, takes nothing from another', () => {
  const { id: _, ...unnamed } = resource;
  const taper: Suggestion = {
    label: 'Taper',
    uuid: 'taper',
    actions: [{ type: 'create', description: 'Add', resource: unnamed }],
  };
  expect(offered(card('1', taper), card('2', taper))).toEqual([['taper'], ['taper']]);
});
