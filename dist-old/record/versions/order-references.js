/** References to orders: DSTU2 calls the type MedicationOrder, later versions MedicationRequest. */
import { partOf } from '../../untrusted.js';
import { inside, insideEach } from './reshape.js';
/** `MedicationOrder/1`, `https://host/fhir/MedicationOrder/1` → the same with MedicationRequest. */
export function nameInR4(reference) {
    return replaceType(reference, 'MedicationOrder', 'MedicationRequest');
}
export function nameInDstu2(reference) {
    return replaceType(reference, 'MedicationRequest', 'MedicationOrder');
}
export function orderReferenceOfDstu2(name) {
    return inside(name, (reference) => withName(reference, nameInR4));
}
export function orderReferencesOfDstu2(name) {
    return insideEach(name, (reference) => withName(reference, nameInR4));
}
export function orderReferenceToDstu2(name) {
    return inside(name, (reference) => withName(reference, nameInDstu2));
}
/** A search Bundle that says it was asked for MedicationOrder, saying MedicationRequest instead. */
export function askedInR4(value) {
    const bundle = partOf(value);
    if (bundle?.['resourceType'] !== 'Bundle' || !Array.isArray(bundle['link']))
        return value;
    const links = bundle['link'];
    return {
        ...bundle,
        link: links.map((link) => {
            const part = partOf(link);
            const url = part?.['url'];
            return part?.['relation'] === 'self' && typeof url === 'string'
                ? { ...part, url: url.replace(/\/MedicationOrder(?=\?|$)/, '/MedicationRequest') }
                : link;
        }),
    };
}
function withName(reference, rename) {
    const written = reference['reference'];
    return typeof written === 'string' ? { ...reference, reference: rename(written) } : reference;
}
function replaceType(reference, from, to) {
    const steps = reference.split('/');
    // The type stands before the id, and before the id of a version: `Type/1/_history/2`.
    const at = steps.lastIndexOf(from);
    return at < 0 || at === steps.length - 1 ? reference : steps.with(at, to).join('/');
}
//# sourceMappingURL=order-references.js.map