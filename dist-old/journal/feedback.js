/** Takes the answers of prescribers to cards: only to cards that were given to the same client, and each once. */
import { setTimeout as wait } from 'node:timers/promises';
import { LateError, within } from '../within.js';
import { StoreFailingError } from './store-faults.js';
/** An answer may overtake the entry of its own card: in the queue, or at another replica. */
const OVERTAKING_MS = 1_000;
/** Nobody waits longer for an answer to feedback, whatever the store does. */
const WHOLE_MS = 2_500;
const LOOK_AGAIN_MS = 100;
/** Resolves once the items are stored for good; @throws StoreFailingError when they cannot be */
export function createTakeFeedback(options) {
    return (items, from) => within(WHOLE_MS, take(items, from, options)).catch((error) => {
        throw error instanceof LateError ? new StoreFailingError() : error;
    });
}
async function take(items, from, options) {
    const uuids = [...new Set(items.map(({ card }) => card))];
    const known = await knownCards(uuids, from, options);
    const refused = [];
    const taken = [];
    for (const [position, item] of items.entries()) {
        const card = known.get(item.card);
        const why = card === undefined ? 'unknown card' : faultOf(item, card);
        if (card === undefined || why !== undefined)
            refused.push({ position, why: why ?? 'unknown card' });
        else
            taken.push(entryOf(item, card, options));
    }
    if (taken.length > 0)
        await options.writer.feedback(taken);
    return refused;
}
function faultOf({ acceptedSuggestions }, card) {
    const offered = new Set(card.suggestions.split(','));
    return acceptedSuggestions.every((id) => offered.has(id)) ? undefined : 'unknown suggestion';
}
function entryOf(item, { topic }, { keys, reasonsOf }) {
    const { card, outcome, acceptedSuggestions, comment, outcomeAt } = item;
    const reason = reasonToKeep(item, reasonsOf(topic));
    const entry = { card, topic, outcome, outcomeAt, acceptedSuggestions, reason };
    return {
        body: comment === undefined ? entry : { ...entry, comment: keys.encrypt(comment) },
        digest: feedbackDigest(entry, comment, keys),
    };
}
/** @param comment as it was written */
export function feedbackDigest({ card, outcome, acceptedSuggestions, reason, outcomeAt }, comment, keys) {
    return keys.digest(JSON.stringify([card, outcome, acceptedSuggestions, reason, comment ?? '', outcomeAt]));
}
/** A code that the card does not offer may be any text, so only that there was one is kept. */
function reasonToKeep({ reason }, offered) {
    if (reason === undefined)
        return '';
    const isOffered = offered.some(({ code, system }) => code === reason.code && (reason.system ?? system) === system);
    return isOffered ? reason.code : 'other';
}
/** Cards of this client and service; waits a moment for those that may be on their way into the store. */
async function knownCards(uuids, from, { connection, writer }) {
    const until = performance.now() + OVERTAKING_MS;
    for (;;) {
        if (uuids.some((uuid) => writer.isWaiting(uuid)))
            await writer.flush(OVERTAKING_MS);
        const known = await lookUp(uuids, from, connection);
        if (known.size === uuids.length || performance.now() > until)
            return known;
        await wait(LOOK_AGAIN_MS);
    }
}
async function lookUp(uuids, { service, client, tenant }, connection) {
    try {
        const { db } = await connection.get();
        const rows = await db
            .selectFrom('issued')
            .select(['uuid', 'topic', 'suggestions'])
            .where('uuid', 'in', [...uuids])
            .where('client', '=', client)
            .where('tenant', '=', tenant)
            .where('service', '=', service)
            .execute();
        return new Map(rows.map((row) => [row.uuid, row]));
    }
    catch {
        throw new StoreFailingError();
    }
}
//# sourceMappingURL=feedback.js.map