/** Brings suggestions to the way a client lets prescribers take them. */
/**
 * @returns the same cards unless the client lets several be taken: each is then one action (Epic takes no other)
 */
export function selectable(cards, caller, uuid) {
    if (caller?.selectionBehavior !== 'any')
        return cards;
    return cards.map((card) => card.suggestions === undefined
        ? card
        : {
            ...card,
            selectionBehavior: 'any',
            suggestions: card.suggestions.flatMap((suggestion) => suggestion.actions.length < 2
                ? [suggestion]
                : suggestion.actions.map((action) => ({
                    label: action.description,
                    uuid: uuid(),
                    actions: [action],
                }))),
        });
}
//# sourceMappingURL=selectable.js.map