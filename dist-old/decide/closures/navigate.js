/** From a resource to its parts, as FHIRPath goes, for records that are what FHIR says they are. */
import { Day, Node, nothing, unsure } from './items.js';
/** A resource; what carries the mark of another evaluation is for the interpreter. */
export function rootNode(resource, placeOf) {
    const { resourceType, __path__: mark } = resource;
    if (typeof resourceType !== 'string' || resourceType === '' || mark !== undefined)
        return unsure();
    return new Node(placeOf(resourceType), resource);
}
/** What a variable or a function of the table hands in. */
export function itemFrom(value, placeOf) {
    if (typeof value === 'object' && value !== null)
        return rootNode(value, placeOf);
    return isValue(value) ? value : unsure();
}
function isValue(value) {
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
export function member(item, name) {
    if (!(item instanceof Node) || typeof item.value !== 'object')
        return unsure();
    const part = item.place.part(name) ?? unsure();
    return partOf(item.value, part);
}
function partOf(members, { names, isChoice }) {
    for (const { name, shadow, place } of names) {
        // Ids and extensions of a primitive make it another thing.
        if (members[shadow] !== undefined)
            return unsure();
        const value = members[name];
        if (value === undefined)
            continue;
        if (value === null)
            return nothing;
        if (!Array.isArray(value))
            return [itemOf(value, place, isChoice)];
        return value.length === 0 ? nothing : value.map((one) => itemOf(one, place, isChoice));
    }
    return nothing;
}
/** Values keep no place but where their type still matters. */
function itemOf(value, place, isChoice) {
    if (place === undefined || value === null)
        return unsure();
    if (typeof value === 'object') {
        const isElement = !place.isPrimitive && !Array.isArray(value) && value['resourceType'] === undefined;
        return isElement ? new Node(place, value) : unsure();
    }
    if (!place.isPrimitive || !isValue(value))
        return unsure();
    return isChoice || place.isDate ? new Node(place, value) : value;
}
/** Back to what the record holds; numbers and days are others to the interpreter. */
export function valuesOf(items) {
    const values = [];
    for (const item of items) {
        const value = item instanceof Node ? item.value : item;
        values.push(value instanceof Day || typeof value === 'number' ? unsure() : value);
    }
    return values;
}
//# sourceMappingURL=navigate.js.map