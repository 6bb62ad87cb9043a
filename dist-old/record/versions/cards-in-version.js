/** Brings what cards suggest back to the FHIR version of the caller. */
import { isDeepStrictEqual } from 'node:util';
import { partOf } from '../../untrusted.js';
import { orderFromR4 } from './from-r4.js';
import { nameInDstu2 } from './order-references.js';
import { survey, versionOf } from './survey.js';
import { toR4 } from './to-r4.js';
/**
 * @param request the call as it came, before anything was brought to R4
 * @returns the same cards when nothing is suggested or the caller speaks R4
 */
export function cardsInVersion(cards, request) {
    if (cards.every((card) => card.suggestions === undefined))
        return cards;
    const { version } = survey(request);
    const orders = request.orders.map(partOf).filter((order) => order !== undefined);
    if (version === 'R4' && orders.every((order) => versionOf(order, version) === 'R4'))
        return cards;
    return cards.map((card) => card.suggestions === undefined
        ? card
        : {
            ...card,
            suggestions: card.suggestions.map((suggestion) => ({
                ...suggestion,
                actions: suggestion.actions.map((action) => actionInVersion(action, version, orders)),
            })),
        });
}
function actionInVersion(action, call, orders) {
    const id = action.resource?.id ?? action.resourceId?.slice('MedicationRequest/'.length);
    const original = id === undefined ? undefined : orders.find((order) => order['id'] === id);
    const version = original === undefined ? call : versionOf(original, call);
    return {
        ...action,
        ...(action.resource === undefined
            ? {}
            : { resource: resourceInVersion(action.resource, original, version) }),
        ...(action.resourceId === undefined || version !== 'DSTU2'
            ? {}
            : { resourceId: nameInDstu2(action.resourceId) }),
    };
}
function resourceInVersion(resource, original, version) {
    if (version === 'R4')
        return resource;
    const wanted = { ...resource };
    const back = original === undefined ? orderFromR4(wanted, version) : updated(original, wanted, version);
    return back;
}
/** The caller's own resource with only those elements replaced that the suggestion changes. */
function updated(original, wanted, version) {
    const before = toR4(original, version, '');
    const names = new Set([...Object.keys(before), ...Object.keys(wanted)]);
    const changed = new Set([...names].filter((name) => !isDeepStrictEqual(before[name], wanted[name])));
    const kept = Object.entries(original).filter(([name]) => !isSuperseded(name, original, changed, version));
    const replaced = Object.entries(wanted).filter(([name]) => changed.has(name));
    return { ...Object.fromEntries(kept), ...orderFromR4(Object.fromEntries(replaced), version) };
}
/** R5 repeats dose and length in a rendered text and a period of its own: both are stale once the order changes. */
const STALE = new Map([
    ['renderedDosageInstruction', ['dosageInstruction', 'dispenseRequest']],
    ['effectiveDosePeriod', ['dispenseRequest']],
]);
function isSuperseded(name, original, changed, version) {
    if (STALE.get(name)?.some((element) => changed.has(element)) === true)
        return true;
    const alone = toR4({ resourceType: original['resourceType'], [name]: original[name] }, version, '');
    return Object.keys(alone).some((element) => element !== 'resourceType' && changed.has(element));
}
//# sourceMappingURL=cards-in-version.js.map