/** Whose a resource is. */
import { relative } from './references.js';
import { partOf, stringOf } from '../untrusted.js';
/** True only when the resource names a patient and that patient is another one. */
export function isOfAnother(resource, patientId) {
    return ownerOf(resource, patientId) === 'another';
}
/** A resource that names nobody is taken for the patient's. */
export function ownerOf(resource, patientId) {
    if (resource.resourceType === 'Patient') {
        return resource.id === undefined || resource.id === patientId ? 'patient' : 'another';
    }
    const part = partOf(resource);
    const subject = partOf(part?.['subject']) ?? partOf(part?.['patient']);
    const written = stringOf(subject?.['reference']);
    if (subject === undefined || written === undefined || isPlainlyOf(written, patientId))
        return 'patient';
    return ownerNamed(written, subject, patientId);
}
const TYPE = 'Patient/';
/** `Patient/1` of patient 1, as nearly every resource of a call says it. */
function isPlainlyOf(written, patientId) {
    return (written.length === TYPE.length + patientId.length &&
        written.startsWith(TYPE) &&
        written.endsWith(patientId) &&
        !/[/?]/.test(patientId));
}
function ownerNamed(written, subject, patientId) {
    // The id of a contained resource, like a urn, is a name in its own document only.
    const local = written.replace(/^(#|urn:uuid:)/, '');
    if (local === patientId)
        return 'patient';
    if (local !== written || written.includes('?'))
        return 'untold';
    const [type, id] = relative(written).split('/');
    if (id === undefined)
        return subject['type'] === 'Patient' ? 'another' : 'untold';
    if (type !== 'Patient')
        return 'untold';
    return id === patientId ? 'patient' : 'another';
}
//# sourceMappingURL=owner.js.map