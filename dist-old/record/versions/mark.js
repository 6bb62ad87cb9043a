/** How the elements of a resource tell its FHIR version: each known one leaves some versions and excludes the others. */
import { partOf, partsOf } from '../../untrusted.js';
import { ANY } from './fhir-version.js';
/** The versions an object fits by its known elements; null says nothing. */
export function within(value, known) {
    const part = partOf(value);
    let fitting = ANY;
    for (const name in part) {
        const mark = known.get(name);
        const element = part[name];
        if (mark === undefined || element === null || element === undefined)
            continue;
        fitting &= typeof mark === 'number' ? mark : mark(element);
    }
    return fitting;
}
export function withinAll(value, known) {
    return partsOf(value).reduce((fitting, part) => fitting & within(part, known), ANY);
}
export function marks(known) {
    return new Map(Object.entries(known));
}
/** Codes that only some versions have. */
export function coded(codes) {
    const known = new Map(Object.entries(codes));
    return (value) => known.get(value) ?? ANY;
}
/** A plain code in some versions, a CodeableConcept in others. */
export function text(asText, asConcept) {
    return (value) => {
        if (typeof value === 'string')
            return asText;
        return partOf(value) === undefined ? ANY : asConcept;
    };
}
//# sourceMappingURL=mark.js.map