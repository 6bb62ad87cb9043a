/** What is left when all cards are judged: milder cards taken away by graver ones, and one card for a topic. */
import { gravestOf } from './verdict.js';
/** One topic is one card, whatever number of orders it is about. */
export function mergeByCard(verdicts) {
    const byCard = new Map();
    for (const verdict of verdicts) {
        const earlier = byCard.get(verdict.card);
        if (earlier === undefined)
            byCard.set(verdict.card, [verdict]);
        else
            earlier.push(verdict);
    }
    return [...byCard.values()].map(merged);
}
/** What any found and said stands, at the gravest indicator. The drugs of a pair keep the places the first gave them. */
function merged(all) {
    const [first] = all;
    if (all.length === 1)
        return first;
    const isPair = first.card.ways.every(({ key }) => key.kind === 'pair');
    return {
        ...first,
        orders: unique(all, ({ orders }) => orders),
        indicator: gravestOf(all.map(({ indicator }) => indicator)),
        this: isPair ? first.this : unique(all, (verdict) => verdict.this),
        other: isPair ? first.other : unique(all, (verdict) => verdict.other),
        witnesses: oneForEachResource(all),
        also: unique(all, ({ also }) => also),
    };
}
function unique(all, of) {
    return [...new Set(all.flatMap(of))];
}
/** As the first verdict that has it found it. */
function oneForEachResource(all) {
    const found = new Map();
    for (const { witnesses } of all) {
        for (const witness of witnesses)
            if (!found.has(witness.resource))
                found.set(witness.resource, witness);
    }
    return [...found.values()];
}
/** Takes away, order by order, the cards that a shown card replaces; an undecided or a draft card replaces nothing. */
export function withoutReplaced({ verdicts, undecided }) {
    const replaced = new Map();
    for (const { card, orders } of verdicts.filter((verdict) => verdict.card.status === 'active')) {
        for (const order of orders)
            replaced.set(order, new Set([...(replaced.get(order) ?? []), ...card.replaces]));
    }
    const isReplaced = (path, order) => replaced.get(order)?.has(path) ?? false;
    const isSaid = ({ card, orders }) => orders.every((order) => isReplaced(card.path, order));
    return {
        verdicts: verdicts.filter((verdict) => !isSaid(verdict)),
        replaced: verdicts.filter(isSaid),
        undecided: undecided.filter(({ card, order }) => !isReplaced(card.path, order)),
    };
}
//# sourceMappingURL=settle.js.map