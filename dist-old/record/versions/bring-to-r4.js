/** Brings the resources of a call to the one shape of R4 that everything else reads. The folder's public function. */
import { recordTypes } from '../../cdshooks/record-type.js';
import { partOf } from '../../untrusted.js';
import { holds, NONE } from './fhir-version.js';
import { versionsOf } from './marks.js';
import { askedInR4, nameInR4 } from './order-references.js';
import { changeResources } from './prefetch-resources.js';
import { survey, versionOf } from './survey.js';
import { toR4 } from './to-r4.js';
const OF_ANOTHER = 'sent in another FHIR version than the order';
const NOT_READ = 'sent in a FHIR version that is not read';
/** Types that are called otherwise in other versions. */
const CALLED = new Map([
    ...recordTypes.map((type) => [type, type]),
    ['MedicationOrder', 'MedicationRequest'],
    ['MedicationPrescription', 'MedicationRequest'],
]);
/**
 * Never throws: what is malformed stays as it is, for the record to pass over. Every resource is read in the version it
 * is of, so that a risk in plain sight is told. But a record of several versions is no record to conclude an absence
 * from: types with resources of another version than the order are unread. What is of no version known here is left out.
 * @param today day of the call, `YYYY-MM-DD`
 */
export function bringToR4(request, today) {
    const found = survey(request);
    const { version, verdict } = found;
    const unread = new Map();
    if (verdict === 'one version' && version === 'R4')
        return { request, version, unread };
    if (found.unheardOf)
        for (const type of recordTypes)
            unread.set(type, NOT_READ);
    const brought = new Map();
    const own = (resource) => {
        const known = brought.get(resource) ?? inOwnVersion(resource, version, today);
        brought.set(resource, known);
        return known;
    };
    return {
        request: {
            ...request,
            orders: request.orders.map(own),
            siblings: request.siblings.map(own),
            ...(request.byFullUrl === undefined
                ? {}
                : { byFullUrl: new Map([...request.byFullUrl].map(([url, resource]) => [url, own(resource)])) }),
            ...(request.selections === undefined ? {} : { selections: request.selections.map(nameInR4) }),
            prefetch: prefetchInR4(request, changeWith(found, unread, today)),
        },
        version,
        unread,
    };
}
function inOwnVersion(resource, call, today) {
    const part = partOf(resource);
    if (part === undefined)
        return resource;
    return toR4(part, versionOf(part, call), today);
}
function changeWith({ version, untold }, unread, today) {
    return (resource) => {
        const fitting = versionsOf(resource);
        const type = CALLED.get(resource['resourceType']);
        if (type !== undefined && (untold || fitting === NONE)) {
            unread.set(type, NOT_READ);
            return undefined;
        }
        if (type !== undefined && !holds(fitting, version) && !unread.has(type))
            unread.set(type, OF_ANOTHER);
        return toR4(resource, versionOf(resource, version), today);
    };
}
function prefetchInR4({ prefetch }, change) {
    return Object.fromEntries(Object.entries(prefetch).map(([key, value]) => [key, askedInR4(changeResources(value, change))]));
}
//# sourceMappingURL=bring-to-r4.js.map