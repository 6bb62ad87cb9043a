/** At which hooks a card's ways are asked: it follows from their keys. */
const whileOrdering = [
    'medication-prescribe',
    'order-select',
    'order-sign',
    'medication-refill',
];
const hooksByKey = {
    ordering: whileOrdering,
    together: whileOrdering,
    pair: whileOrdering,
    // Discharge stops what is not continued.
    stopping: [...whileOrdering, 'encounter-discharge'],
    taking: ['patient-view'],
};
/** Hooks of a card with these keys, each once. */
export function hooksOf(keys) {
    return [...new Set(keys.flatMap((key) => hooksByKey[key]))];
}
/** Ways of a card that are asked at a hook. */
export function waysAt(card, hook) {
    return card.ways.filter(({ key }) => isAskedAt(key.kind, hook));
}
export function isAskedAt(key, hook) {
    return hooksByKey[key].includes(hook);
}
//# sourceMappingURL=hooks-of-keys.js.map