/** Tells the FHIR version of a call from what its resources are like, and which of them are of another one. */
import { partOf, stringOf } from '../../untrusted.js';
import { ANY, holds, membersOf, NONE, only, versionNamed, } from './fhir-version.js';
import { versionsOf } from './marks.js';
import { changeResources } from './prefetch-resources.js';
const ORDERS = new Set(['MedicationOrder', 'MedicationRequest']);
const surveyed = new WeakMap();
/** Looks at each resource of a call, once for all who ask. */
export function survey(request) {
    const known = surveyed.get(request) ?? surveyOf(request);
    surveyed.set(request, known);
    return known;
}
function surveyOf(request) {
    const fits = setsOf(request);
    const known = [...fits.counts].filter(([versions]) => versions !== NONE);
    const common = known.reduce((left, [versions]) => left & versions, ANY);
    const named = stringOf(request.fhirVersion);
    const stated = named === undefined ? undefined : versionNamed(named);
    const unheardOf = named !== undefined && stated === undefined;
    const untold = unheardOf && membersOf(common).length > 1;
    const ofOrders = narrowed(candidatesOf(fits.orders), stated);
    const version = mostFitting(ofOrders, known);
    const contradicted = stated !== undefined && stated !== version;
    const isMixed = contradicted || known.some(([versions]) => !holds(versions, version));
    const isUnknown = unheardOf || fits.counts.has(NONE);
    return { version, unheardOf, untold, verdict: isUnknown ? 'unknown' : isMixed ? 'mixed' : 'one version' };
}
/** What the resources fit, the orders' also for themselves. */
function setsOf(request) {
    const counts = new Map();
    const orders = [];
    const look = (resource) => {
        const versions = versionsOf(resource);
        counts.set(versions, (counts.get(versions) ?? 0) + 1);
        return resource;
    };
    for (const order of request.orders) {
        const part = partOf(order);
        if (part === undefined)
            continue;
        look(part);
        if (ORDERS.has(part['resourceType']))
            orders.push(versionsOf(part));
    }
    changeResources(request.siblings, look);
    for (const value of Object.values(request.prefetch))
        changeResources(value, look);
    return { counts, orders };
}
/** The versions that all orders fit; of orders that contradict one another, those of the first. */
function candidatesOf(orders) {
    const common = orders.reduce((left, versions) => left & versions, ANY);
    return common === NONE ? (orders[0] ?? ANY) : common;
}
function narrowed(candidates, stated) {
    return stated !== undefined && holds(candidates, stated) ? only(stated) : candidates;
}
/** Of the candidates the one that most resources fit; the preferred one of several. */
function mostFitting(candidates, sets) {
    let best = 'R4';
    let most = -1;
    for (const version of membersOf(candidates)) {
        const count = sets.reduce((sum, [versions, some]) => sum + (holds(versions, version) ? some : 0), 0);
        if (count > most)
            [best, most] = [version, count];
    }
    return best;
}
/** The version a resource of a call is read as: that of the call where it fits, else its own. */
export function versionOf(resource, call) {
    const fitting = versionsOf(resource);
    return holds(fitting, call) ? call : (membersOf(fitting)[0] ?? call);
}
//# sourceMappingURL=survey.js.map