/** Orders of which nothing tells what is ordered. */
import { ServiceError } from '../errors.js';
import { medicationReferenceOf } from './medication.js';
const NOT_SENT = 'not sent';
/** For each judged order whose drug nothing tells: why its medication could not be read. */
export function unknownOrders({ drafts, unreadReferences }) {
    return drafts
        .filter(({ judged, identity }) => judged && identity.unresolved)
        .map(({ resource }) => unreadReferences?.get(String(medicationReferenceOf(resource)?.['reference'])) ?? NOT_SENT);
}
/**
 * CDS Hooks 2.0 "Prefetch query": 412 when required data cannot be had. Required is only to know what is ordered, and
 * only while the call names nobody to ask: EHRs show cards, not errors.
 */
export function refuseUnknowable({ drafts, namesServer }, unknown) {
    if (namesServer === true)
        return;
    const judged = drafts.filter((draft) => draft.judged);
    const isUnknowable = unknown.length === judged.length && unknown.every((why) => why === NOT_SENT);
    if (judged.length === 0 || !isUnknowable)
        return;
    throw new ServiceError('missing-data', 'The medication of the order is a reference to a resource that was not sent.', {
        hint: 'Send the Medication in the order bundle, contained in the order, or in the prefetch; a display names it as well.',
    });
}
//# sourceMappingURL=unknown-orders.js.map