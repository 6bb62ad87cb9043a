/** What the journal keeps of an answered call: which cards and why, and of persons nothing but keyed hashes. */
/** @param now in `performance.now()` */
export function decisionOf({ request, arrival, record, judgement, cards }, { library, keys, now, }) {
    const { client = '', tenant = '' } = arrival.caller ?? {};
    const hashed = (hash, id) => id === undefined ? '' : hash({ client, tenant, id });
    return {
        requestId: arrival.requestId,
        client,
        tenant,
        hook: request.hook,
        service: request.serviceId,
        library: library.hash,
        orders: record.drafts.filter(({ judged }) => judged).map(({ identity }) => identity.drugs),
        patient: hashed(keys.patient, request.patientId),
        prescriber: hashed(keys.prescriber, request.userId),
        issued: cards.map((card) => issuedCard(card, judgement)),
        suppressed: suppressedIn(judgement),
        unread: Object.fromEntries(record.unread),
        ms: Math.round(now - arrival.arrivedAt),
    };
}
function issuedCard(card, { verdictOf }) {
    const verdict = verdictOf.get(card.uuid);
    const { uuid, indicator, suggestions = [] } = card;
    return {
        uuid,
        topic: card.source.topic.code,
        ...(verdict === undefined ? {} : { version: verdict.card.version }),
        indicator,
        drugs: verdict === undefined ? [] : drugsOf(verdict.orders),
        suggestions: suggestions.map((suggestion) => suggestion.uuid),
    };
}
/** Of the orders that a card is about, in alphabetical order. */
export function drugsOf(orders) {
    return [...new Set(orders.flatMap(({ identity }) => identity.drugs))].sort();
}
function suppressedIn({ withheld, open }) {
    const because = ({ topic, version }, why) => ({ topic, version, why });
    const undecided = new Set(open.map(({ card }) => card));
    return [
        ...withheld.map(({ verdict, why }) => because(verdict.card, why)),
        ...[...undecided].map((card) => because(card, 'not decided')),
    ];
}
//# sourceMappingURL=decision.js.map