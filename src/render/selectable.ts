/** Brings suggestions to the way a client lets prescribers take them. */

import { flatMap } from '../flat-map.js';
import type { Caller, Card } from '../cdshooks/protocol.js';

/**
 * @returns the same cards unless the client lets several be taken: each is then one action (Epic takes no other)
 */
export function selectable(
  cards: readonly Card[],
  caller: Caller | undefined,
  uuid: () => string,
): readonly Card[] {
  if (caller?.selectionBehavior !== 'any') return cards;
  return cards.map((card) =>
    card.suggestions === undefined
      ? card
      : {
          ...card,
          selectionBehavior: 'any',
          suggestions: flatMap(card.suggestions, (suggestion) =>
            suggestion.actions.length < 2
              ? [suggestion]
              : suggestion.actions.map((action) => ({
                  label: action.description,
                  uuid: uuid(),
                  actions: [action],
                })),
          ),
        },
  );
}
