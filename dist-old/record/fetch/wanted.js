/** What a call leaves to be fetched: lists it does not hold, pages it does not hold, resources it only refers to. */
import { medicationReferenceOf } from '../medication.js';
import { openPrefetchValue } from '../prefetch-value.js';
import { partOf, partsOf, stringOf } from '../../untrusted.js';
import { survey } from '../versions/survey.js';
import { belowBase, isFhirId } from './base.js';
import { nextPage } from './pages.js';
/** References of the list to medications nobody sent; more than this is not asked one by one. */
const MOST_LISTED = 20;
/** References of the orders themselves: two for each of the most orders a call may have. */
const MOST_OF_ORDERS = 400;
/** Reasons that are not asked for leave the reason unknown. */
const MOST_REASONS = 50;
/** Nothing for orders that no card is about; where that cannot be told yet, only what tells it. */
export function wantsOf(wanting) {
    const { request, record, templates, base, isInScope } = wanting;
    const judged = record.drafts.filter((draft) => draft.judged);
    const telling = [...judged.flatMap(unknownDrug), ...judged.flatMap((draft) => priorOf(draft, record))];
    const wants = telling.slice(0, MOST_OF_ORDERS).flatMap((pointer) => referenceWant(pointer, base));
    if (!isInScope)
        return wants;
    const others = record.drafts.filter((draft) => !draft.judged);
    const further = [
        ...[...others, ...record.medications].flatMap(unknownDrug).slice(0, MOST_LISTED),
        ...judged.flatMap((draft) => reasonsOf(draft, record)).slice(0, MOST_REASONS),
    ];
    return [
        ...wants,
        ...further.flatMap((pointer) => referenceWant(pointer, base)),
        ...templates.filter(({ key }) => record.leftOut?.includes(key)).flatMap(listWants(wanting)),
        ...Object.entries(request.prefetch).flatMap(([key, value]) => pagesWant(key, value, templates)),
    ];
}
function listWants({ request, base }) {
    if (!isFhirId(request.patientId))
        return () => [];
    const { version } = survey(request);
    return ({ key, type, query }) => {
        const asked = version === 'DSTU2' ? inDstu2(query) : query;
        const filled = asked.replace('{{context.patientId}}', encodeURIComponent(request.patientId));
        const url = belowBase(filled.replaceAll('|', '%7C'), base);
        if (url === undefined)
            return [];
        const isList = asked.includes('?');
        return [{ kind: isList ? 'list' : 'read', name: key, type: isList ? typeAsked(asked) : type, url }];
    };
}
/** http://hl7.org/fhir/DSTU2/search.html#sort; a MedicationRequest was a MedicationOrder. */
function inDstu2(query) {
    return query.replace(/^MedicationRequest\?/, 'MedicationOrder?').replace('_sort=-date', '_sort:desc=date');
}
function typeAsked(query) {
    return query.slice(0, query.indexOf('?'));
}
function pagesWant(key, value, templates) {
    if (templates.some((template) => template.key === key && template.newestOnly))
        return [];
    const wrapped = partOf(value);
    const bundle = wrapped?.['resourceType'] === undefined ? partOf(wrapped?.['resource']) : wrapped;
    if (bundle?.['resourceType'] !== 'Bundle' || nextPage(bundle) === undefined)
        return [];
    return openPrefetchValue(value).fault === undefined ? [{ kind: 'pages', name: key, bundle }] : [];
}
function unknownDrug({ resource, identity }) {
    if (!identity.unresolved)
        return [];
    return [{ written: writtenIn(medicationReferenceOf(resource)), types: ['Medication'] }];
}
/** The order that a draft replaces is stopped by it, and may concern us when the draft itself does not. */
function priorOf({ resource }, record) {
    return pointers(resource, resource.priorPrescription, ['MedicationRequest', 'MedicationOrder'], record);
}
function reasonsOf({ resource }, record) {
    return pointers(resource, resource.reasonReference, ['Condition', 'Observation'], record);
}
function pointers(from, references, types, record) {
    return partsOf(references)
        .filter((reference) => record.resolve(reference, from) === undefined)
        .map((reference) => ({ written: writtenIn(reference), types }));
}
function writtenIn(reference) {
    return stringOf(reference?.['reference']);
}
/** `Type/id` below the base, whatever version of it was named. */
function referenceWant({ written, types }, base) {
    if (written === undefined)
        return [];
    const path = belowBase(written, base)?.pathname.slice(base.path.length + 1) ?? '';
    const [type = '', id = '', ...version] = path.split('/');
    if (!types.includes(type) || !isFhirId(id) || (version.length > 0 && version[0] !== '_history'))
        return [];
    const url = belowBase(`${type}/${id}`, base);
    return url === undefined ? [] : [{ kind: 'reference', name: written, type, url }];
}
//# sourceMappingURL=wanted.js.map