/** Whether every `{this}` and `{other}` in a card's questions names something, however its keys bind them. */
import { fillName, namesOf } from './argument.js';
import { factCallsOf } from './card.js';
/** A way is filled by its own key, the rest of the card by each of its keys. */
export function unfillable(card, file, vocabulary) {
    const ofWays = card.ways.flatMap((way) => [...way.all, ...way.any, ...way.unless].flatMap((call) => faultsOf(call, fillingsOf(way.key), file, vocabulary)));
    const ofCard = factCallsOf({ ...card, ways: [] }).flatMap((call) => faultsOf(call, card.ways.flatMap(({ key }) => fillingsOf(key)), file, vocabulary));
    return [
        ...new Map([...ofWays, ...ofCard].map((fault) => [`${fault.line} ${fault.message}`, fault])).values(),
    ];
}
function fillingsOf(key) {
    if (!('other' in key))
        return [[key.drug, '']];
    const filling = [key.drug, key.other];
    return key.kind === 'pair' ? [filling, [key.other, key.drug]] : [filling];
}
function faultsOf(call, fillings, file, vocabulary) {
    return Object.values(call.args).flatMap((value) => fillings.flatMap(([first, second]) => {
        const wrong = unnamed(value, first, second, vocabulary);
        return wrong === undefined ? [] : [{ file, line: call.line, message: `"${call.fact}": ${wrong}` }];
    }));
}
/** A kind of which nothing is named at all could not be read, and says so itself. */
function unnamed(value, first, second, vocabulary) {
    if (value.kind === 'duration' || value.kind === 'number' || value.kind === 'words' || value.kind === 'word')
        return undefined;
    const name = fillName(value.name, first, second);
    const known = namesOf(value.kind, vocabulary);
    if (known.length === 0 || known.includes(name))
        return undefined;
    return `no ${value.kind} is named "${name}" in cards/vocabulary`;
}
//# sourceMappingURL=fillings.js.map