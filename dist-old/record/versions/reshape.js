/** Turns the elements of an object into those of another FHIR version, one rule an element; others stay as they are. */
import { partOf } from '../../untrusted.js';
export function rules(byElement) {
    return new Map(Object.entries(byElement));
}
export function reshape(whole, by) {
    // fromEntries defines its properties: an element named `__proto__` stays an element.
    return Object.fromEntries(Object.entries(whole).flatMap(([name, value]) => Object.entries(elementsOf(name, value, whole, by))));
}
/** What one element of an object becomes. */
export function elementsOf(name, value, whole, by) {
    const rule = by.get(name);
    return rule === undefined || value === null || value === undefined ? { [name]: value } : rule(value, whole);
}
export const dropped = () => ({});
export function renamed(name) {
    return (value) => ({ [name]: value });
}
/** One value where the other version has a list. */
export function inList(name) {
    return (value) => ({ [name]: listOf(value) });
}
/** The first of a list where the other version has one value. */
export function firstOf(name) {
    return (value) => {
        const [first] = listOf(value);
        return first === undefined ? {} : { [name]: first };
    };
}
/** The same element with its inside changed; what is no object stays as it is. */
export function inside(name, change) {
    return (value) => ({ [name]: changed(value, change) });
}
/** The same list with each of its objects changed; a single object counts as a list of one. */
export function insideEach(name, change) {
    return (value) => ({ [name]: listOf(value).map((one) => changed(one, change)) });
}
export function listOf(value) {
    return Array.isArray(value) ? value : [value];
}
function changed(value, change) {
    const part = partOf(value);
    return part === undefined ? value : change(part);
}
export function readers(byType) {
    return new Map(Object.entries(byType).map(([type, by]) => [type, (resource) => reshape(resource, by)]));
}
//# sourceMappingURL=reshape.js.map