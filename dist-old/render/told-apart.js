/** Labels of suggestions that differ: two drafts of one drug are told apart by what the prescriber wrote. */
import { coveredDays } from '../record/course.js';
import { dailyDose } from '../record/dose.js';
import { doseInWords, lengthInWords, writtenDate } from './witness.js';
/** What may tell orders apart, best first. */
const marks = [
    ({ resource, identity }) => said(dailyDose(resource, identity.product), doseInWords),
    ({ identity }) => identity.product,
    ({ resource, identity }) => said(coveredDays(resource, identity.product), lengthInWords),
    ({ resource }) => said(writtenDate(resource.authoredOn), (day) => `written ${day}`),
];
function said(known, inWords) {
    return known === undefined ? undefined : inWords(known);
}
/** The suggestions, with a mark behind every label that would stand there twice. */
export function toldApart(offers) {
    return offers.map(({ order, suggestion }) => {
        const alike = offers
            .filter((other) => other.suggestion.label === suggestion.label)
            .map((other) => other.order);
        if (alike.length === 1)
            return suggestion;
        const label = `${suggestion.label} (${markOf(order, alike)})`;
        return {
            ...suggestion,
            label,
            actions: suggestion.actions.map((action) => ({ ...action, description: label })),
        };
    });
}
/** The first mark that all of them have and no two share; else their place among them. */
function markOf(order, alike) {
    const telling = marks.find((mark) => {
        const found = alike.map(mark);
        return !found.includes(undefined) && new Set(found).size === alike.length;
    });
    return telling?.(order) ?? `number ${alike.indexOf(order) + 1} of ${alike.length}`;
}
//# sourceMappingURL=told-apart.js.map