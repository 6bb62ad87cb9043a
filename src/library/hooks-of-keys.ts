/** At which hooks a card's ways are asked: it follows from their keys. */

import type { HookName } from '../cdshooks/protocol.js';
import type { Card, Key } from './card.js';

const whileOrdering: readonly HookName[] = [
  'medication-prescribe',
  'order-select',
  'order-sign',
  'medication-refill',
];

const hooksByKey: Readonly<Record<Key['kind'], readonly HookName[]>> = {
  ordering: whileOrdering,
  together: whileOrdering,
  pair: whileOrdering,
  // Discharge stops what is not continued.
  stopping: [...whileOrdering, 'encounter-discharge'],
  taking: ['patient-view'],
};

/** Hooks of a card with these keys, each once. */
export function hooksOf(keys: readonly Key['kind'][]): readonly HookName[] {
  return [...new Set(keys.flatMap((key) => hooksByKey[key]))];
}

/** Ways of a card that are asked at a hook. */
export function waysAt(card: Card, hook: HookName): Card['ways'] {
  return card.ways.filter(({ key }) => isAskedAt(key.kind, hook));
}

export function isAskedAt(key: Key['kind'], hook: HookName): boolean {
  return hooksByKey[key].includes(hook);
}
