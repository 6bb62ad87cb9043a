/** A card of the library: one YAML form in plain words, read into values. */
/** Calls of facts in a card, wherever they stand. */
export function factCallsOf(card) {
    const parts = [...card.ways, ...card.indicator, ...card.also];
    return parts.flatMap((part) => [...part.all, ...part.any, ...part.unless]);
}
/** Code of a reason for not following a card, within its topic: stable as long as the reason says the same. */
export function reasonCode(reason) {
    return reason
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '');
}
/** The drugs or classes a key names. */
export function drugsOfKey(key) {
    return 'other' in key ? [key.drug, key.other] : [key.drug];
}
/** Drugs, classes, problems, groups, laboratory groups and forms that a card names, each once. */
export function namesIn(card) {
    const keys = card.ways.flatMap(({ key }) => drugsOfKey(key));
    const args = factCallsOf(card).flatMap((call) => Object.values(call.args));
    return [...new Set([...keys, ...args.flatMap((value) => ('name' in value ? [value.name] : []))])];
}
//# sourceMappingURL=card.js.map