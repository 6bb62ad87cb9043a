/** What leaves the service of a caller's own draft: a copy of the elements of the standard, and of nothing else. */
import { medicationReferenceOf } from '../record/medication.js';
import { partOf, partsOf, stringOf } from '../untrusted.js';
import { isSubstitutionOfR4 } from '../record/versions/from-stu3.js';
import { kindOf } from './order-elements.js';
/** @returns the same cards with the resources of their suggestions copied, and without suggestions that cannot be */
export function carried(cards) {
    return cards.map((card) => {
        if (card.suggestions === undefined)
            return card;
        const kept = card.suggestions.flatMap(carriedSuggestion);
        if (kept.length > 0)
            return { ...card, suggestions: kept };
        const { suggestions: _, selectionBehavior: __, ...rest } = card;
        return rest;
    });
}
/** FHIR ids, and what clients are seen to write in ids of drafts: a few more characters, and up to 194 of them. */
const harmlessId = /^[\w.:-]{1,194}$/;
function carriedSuggestion(suggestion) {
    const isCarried = suggestion.actions.every(({ resource, resourceId }) => (resource === undefined || isCarriable(resource)) &&
        (resourceId === undefined || harmlessId.test(resourceId.slice(resourceId.indexOf('/') + 1))));
    if (!isCarried)
        return [];
    return [
        {
            ...suggestion,
            actions: suggestion.actions.map((action) => action.resource === undefined ? action : { ...action, resource: carriedOrder(action.resource) }),
        },
    ];
}
/** A modifier extension may turn the meaning of a draft around: without it, another order would be suggested. */
function isCarriable(resource) {
    const { id } = resource;
    return (id === undefined || (typeof id === 'string' && harmlessId.test(id))) && !isModified(resource);
}
function isModified(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    if (Array.isArray(value))
        return value.some(isModified);
    return Object.hasOwn(value, 'modifierExtension') || Object.values(value).some(isModified);
}
function carriedOrder(resource) {
    const order = partOf(resource) ?? {};
    const medication = containedMedication(order);
    const name = medication === undefined ? undefined : `#${String(medication['id'])}`;
    const { contained: _, ...others } = order;
    const all = medication === undefined ? others : { ...others, contained: [medication] };
    return copyOf(all, 'order', name);
}
/** The Medication that the order itself refers to; every other contained resource stays with the caller. */
function containedMedication(order) {
    const wanted = stringOf(medicationReferenceOf(order)?.['reference']);
    return partsOf(order['contained']).find(({ resourceType, id }) => resourceType === 'Medication' && `#${String(id)}` === wanted);
}
/** @param contained the only reference into the resource itself that still leads somewhere */
function copyOf(value, kind, contained) {
    if (typeof value === 'string')
        return clean(value);
    if (typeof value === 'number')
        return Number.isFinite(value) ? value : undefined;
    if (typeof value === 'boolean')
        return value;
    if (Array.isArray(value)) {
        const kept = value.map((one) => copyOf(one, kind, contained)).filter((one) => one !== undefined);
        return kept.length === 0 ? undefined : kept;
    }
    const part = partOf(value);
    if (part === undefined || (kind === 'told' && !isSubstitutionOfR4(part)))
        return undefined;
    const kept = Object.entries(part).flatMap(([name, inside]) => {
        const inner = kindOf(kind, name);
        if (inner === undefined || (name === 'reference' && isLost(inside, contained)))
            return [];
        const copy = copyOf(inside, inner, contained);
        return copy === undefined ? [] : [[name, copy]];
    });
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
function isLost(reference, contained) {
    return typeof reference === 'string' && reference.startsWith('#') && reference !== contained;
}
/** Without what FHIR allows in no text and what is no character at all: controls, and halves of surrogate pairs. */
function clean(text) {
    // Nothing but printable ASCII, as nearly all texts are.
    if (!/[^ -~]/.test(text))
        return text;
    return text.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}]/gu, '');
}
//# sourceMappingURL=carry.js.map