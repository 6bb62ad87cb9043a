/** Each draft is offered one change only: an update replaces the whole draft, so that a second would undo the first. */

import type { Card, Suggestion } from '../cdshooks/protocol.js';

/**
 * The cards in their order, without offers to change a draft that an earlier card offers to change. Once that is taken, the
 * EHR calls again, and what is left to change is offered then.
 */
export function changedOnce(cards: readonly Card[]): readonly Card[] {
  const changed = new Set<string>();
  return cards.map((card) => {
    if (card.suggestions === undefined) return card;
    const kept = card.suggestions.filter((one) => !changesOf(one).some((id) => changed.has(id)));
    for (const id of kept.flatMap(changesOf)) changed.add(id);
    return kept.length === card.suggestions.length ? card : withSuggestions(card, kept);
  });
}

/** Ids of the drafts that it changes. */
function changesOf({ actions }: Suggestion): readonly string[] {
  return actions.flatMap(({ type, resource }) =>
    type === 'update' && resource?.id !== undefined ? [resource.id] : [],
  );
}

/** CDS Hooks 2.0 "Card Attributes": how to select goes with suggestions only. */
function withSuggestions(card: Card, suggestions: readonly Suggestion[]): Card {
  if (suggestions.length > 0) return { ...card, suggestions };
  const { suggestions: _, selectionBehavior: __, ...bare } = card;
  return bare;
}
