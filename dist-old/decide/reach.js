/** Which cards some drug of a call can reach: cards are indexed by the drugs of the keys asked at a hook. */
import { hookNames } from '../cdshooks/protocol.js';
import { drugsNamed } from '../library/argument.js';
import { drugsOfKey } from '../library/card.js';
import { waysAt } from '../library/hooks-of-keys.js';
export function createReach(library) {
    const cards = library.cards.filter((card) => card.status !== 'retired');
    const byHook = new Map(hookNames.map((hook) => [hook, positionsByDrug(cards, hook, library)]));
    return (drugs, hook) => {
        const byDrug = byHook.get(hook);
        const positions = new Set([...drugs].flatMap((drug) => byDrug?.get(drug) ?? []));
        return [...positions].sort((a, b) => a - b).flatMap((position) => cards[position] ?? []);
    };
}
function positionsByDrug(cards, hook, library) {
    const byDrug = new Map();
    for (const [position, card] of cards.entries()) {
        if (!card.hooks.includes(hook))
            continue;
        for (const drug of drugsAt(card, hook, library)) {
            const positions = byDrug.get(drug);
            if (positions === undefined)
                byDrug.set(drug, [position]);
            else
                positions.push(position);
        }
    }
    return byDrug;
}
function drugsAt(card, hook, { vocabulary }) {
    const names = waysAt(card, hook).flatMap(({ key }) => drugsOfKey(key));
    return new Set(names.flatMap((name) => drugsNamed(name, vocabulary)));
}
/** Topic → the drugs whose orders can bring its card, at any hook. */
export function drugsReaching(library) {
    return new Map(library.cards.map((card) => [
        card.topic,
        [...new Set(card.hooks.flatMap((hook) => [...drugsAt(card, hook, library)]))],
    ]));
}
/** The drugs this library is about: those of its pairs. Their orders are the ones a missing check is reported for. */
export function subjectsOf(library) {
    return new Set(pairsOf(library).flat());
}
/** The interchange pairs of the library, each once. */
export function pairsOf(library) {
    const pairs = new Map();
    for (const { key } of library.cards.flatMap((card) => card.ways)) {
        if (key.kind === 'pair')
            pairs.set([key.drug, key.other].sort().join('|'), [key.drug, key.other]);
    }
    return [...pairs.values()];
}
//# sourceMappingURL=reach.js.map