/** Which cards some drug of a call can reach: cards are indexed by the drugs of the keys asked at a hook. */

import { flatMap } from '../flat-map.js';
import { type HookName, hookNames } from '../cdshooks/protocol.js';
import { drugsNamed } from '../library/argument.js';
import { type Card, drugsOfKey } from '../library/card.js';
import { waysAt } from '../library/hooks-of-keys.js';
import type { Library } from '../library/library.js';

/** Cards of a hook that one of `drugs` reaches, in library order, retired ones left out. */
export type Reach = (drugs: Iterable<string>, hook: HookName) => readonly Card[];

export function createReach(library: Pick<Library, 'cards' | 'vocabulary'>): Reach {
  const cards = library.cards.filter((card) => card.status !== 'retired');
  const byHook = new Map(hookNames.map((hook) => [hook, positionsByDrug(cards, hook, library)]));
  return (drugs, hook) => {
    const byDrug = byHook.get(hook);
    const positions = new Set(flatMap([...drugs], (drug) => byDrug?.get(drug) ?? []));
    return flatMap(
      [...positions].sort((a, b) => a - b),
      (position) => cards[position] ?? [],
    );
  };
}

function positionsByDrug(
  cards: readonly Card[],
  hook: HookName,
  library: Pick<Library, 'vocabulary'>,
): ReadonlyMap<string, readonly number[]> {
  const byDrug = new Map<string, number[]>();
  for (const [position, card] of cards.entries()) {
    if (!card.hooks.includes(hook)) continue;
    for (const drug of drugsAt(card, hook, library)) {
      const positions = byDrug.get(drug);
      if (positions === undefined) byDrug.set(drug, [position]);
      else positions.push(position);
    }
  }
  return byDrug;
}

function drugsAt(
  card: Card,
  hook: HookName,
  { vocabulary }: Pick<Library, 'vocabulary'>,
): ReadonlySet<string> {
  const names = waysAt(card, hook).flatMap(({ key }) => drugsOfKey(key));
  return new Set(names.flatMap((name) => drugsNamed(name, vocabulary)));
}

/** Topic → the drugs whose orders can bring its card, at any hook. */
export function drugsReaching(
  library: Pick<Library, 'cards' | 'vocabulary'>,
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    library.cards.map((card) => [
      card.topic,
      [...new Set(card.hooks.flatMap((hook) => [...drugsAt(card, hook, library)]))],
    ]),
  );
}

/** The drugs this library is about: those of its pairs. Their orders are the ones a missing check is reported for. */
export function subjectsOf(library: Pick<Library, 'cards'>): ReadonlySet<string> {
  return new Set(pairsOf(library).flat());
}

/** The interchange pairs of the library, each once. */
export function pairsOf(library: Pick<Library, 'cards'>): readonly (readonly [string, string])[] {
  const pairs = new Map<string, readonly [string, string]>();
  for (const { key } of library.cards.flatMap((card) => card.ways)) {
    if (key.kind === 'pair') pairs.set([key.drug, key.other].sort().join('|'), [key.drug, key.other]);
  }
  return [...pairs.values()];
}
