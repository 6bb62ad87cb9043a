/** Completes the record of one call from its context and prefetch. The folder's public function. */
import { draftsOf, isRequest } from './drafts.js';
import { identityOf } from './identity.js';
import { readPrefetch } from './read-prefetch.js';
import { createResolve } from './references.js';
import { partOf, partsOf, stringOf } from '../untrusted.js';
/** Never throws for what is missing or malformed: a type that could not be read goes to `unread`. */
export function completeRecord(request, options) {
    const prefetched = readPrefetch(request.prefetch, {
        patientId: request.patientId,
        keys: options.prefetchKeys,
        ...(options.newestOnly === undefined ? {} : { newestOnly: options.newestOnly }),
        ...(options.whyNot === undefined ? {} : { whyNot: options.whyNot }),
    });
    const resolve = createResolve(() => ({
        resources: everythingIn(request, prefetched),
        byFullUrl: new Map([...prefetched.byFullUrl(), ...(request.byFullUrl ?? [])]),
    }));
    const listed = medicationsIn(prefetched, request.siblings);
    const drafts = draftsOf(request, listed.filter(isRequest));
    const identified = (resource) => identityOf(resource, options.identify, resolve);
    const draftOf = (draft) => ({
        ...draft,
        identity: identified(draft.resource),
    });
    return {
        today: options.today,
        now: options.now,
        patient: list('Patient', prefetched)[0],
        drafts: drafts.drafts.map(draftOf),
        foreign: drafts.foreign.map(draftOf),
        medications: newestOf(listed, drafts).map((resource) => ({ resource, identity: identified(resource) })),
        problems: list('Condition', prefetched),
        observations: list('Observation', prefetched),
        allergies: list('AllergyIntolerance', prefetched).map((resource) => ({
            resource,
            identity: identified(resource),
        })),
        unread: prefetched.unread,
        leftOut: prefetched.leftOut,
        namesServer: request.fhirServer !== undefined,
        unreadReferences: options.whyNot ?? new Map(),
        resolve,
    };
}
/** In the order in which references find them. */
function everythingIn({ orders, siblings }, { byType, others }) {
    return [...orders, ...siblings, ...[...byType.values()].flat(), ...others];
}
function medicationsIn(prefetched, siblings) {
    return [
        // An order that a draft refers to, and that was read for its sake, is of the list: first, as `resolve` finds it.
        ...list('MedicationRequest', prefetched, siblings.filter(isRequest)),
        ...list('MedicationStatement', prefetched),
        ...list('MedicationDispense', prefetched),
        ...list('MedicationAdministration', prefetched),
    ];
}
/** The resources of a type without those entered in error; one sent twice counts once. */
function list(type, { byType }, before = []) {
    const seen = new Set();
    const listed = [];
    const sent = byType.get(type) ?? [];
    for (const resource of before.length === 0 ? sent : [...before, ...sent]) {
        const id = stringOf(resource.id);
        const repeated = id !== undefined && seen.has(id);
        if (id !== undefined)
            seen.add(id);
        if (!repeated && !isEnteredInError(resource))
            listed.push(resource);
    }
    // `byType` holds nothing else under a type.
    return listed;
}
const ENTERED_IN_ERROR = 'entered-in-error';
function isEnteredInError(resource) {
    const part = partOf(resource);
    if (part?.['status'] === ENTERED_IN_ERROR)
        return true;
    const verification = partOf(part?.['verificationStatus']);
    if (verification === undefined)
        return false;
    return partsOf(verification['coding']).some(({ code }) => code === ENTERED_IN_ERROR);
}
/** The medication list, with the newer states of what is drafted again. */
function newestOf(listed, drafts) {
    const newest = [];
    for (const resource of listed) {
        const state = drafts.newestOf(resource);
        if (state !== undefined && isOfTheList(state))
            newest.push(state);
    }
    return newest;
}
/** An order not to give a drug and an order nobody has signed are no entries of the medication list. */
function isOfTheList(resource) {
    if (resource.resourceType !== 'MedicationRequest')
        return true;
    return resource.doNotPerform !== true && resource.status !== 'draft' && !isEnteredInError(resource);
}
//# sourceMappingURL=complete-record.js.map