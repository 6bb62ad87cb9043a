/** A client's key set at its registered address: fetched with limits, kept, and asked for again no more often than needed. */
import { roomFor } from '../record/fetch/room.js';
import { within } from '../within.js';
import { keyFor, readKeySet } from './key-set.js';
const FETCH_MS = 2_000;
/** A call waits no longer; the fetch goes on for those that come after it. */
const WAIT_MS = 300;
const MOST_BYTES = 64 * 1024;
/** Older than this the set is asked for again, while it still counts. */
const FRESH_MS = 5 * 60_000;
/** Older than this a call waits for the new set: a key its owner has removed shall not work any longer. */
const REMOVED_MS = 10 * 60_000;
/** So long the old set counts while its address does not answer. */
const OUTAGE_MS = 60 * 60_000;
/** An id that is not in the set is looked for again no more often than this, whoever sends it. */
const COOL_DOWN_MS = 30_000;
/** After a failure. */
const RETRY_MS = 5_000;
/** Calls that wait for one fetch; further ones are answered at once from what is known. */
const MOST_WAITING = 32;
export function remoteKeys(options) {
    const { held, isFailing, isAsking, age, ask, wait } = keptKeys(options);
    return {
        refresh: () => ask(RETRY_MS),
        async find(kid, alg) {
            if (age() > FRESH_MS)
                ask(RETRY_MS);
            // In an outage the old set counts anyway: no call waits for one more failure.
            if (age() > REMOVED_MS && !(isFailing() && age() <= OUTAGE_MS))
                await wait();
            else if (held()?.has(kid) === false) {
                ask(COOL_DOWN_MS);
                await wait();
            }
            const keys = held();
            if (keys === undefined || age() > OUTAGE_MS)
                return { is: 'unavailable' };
            // The new set is on its way, and may hold the key no longer.
            if (age() > REMOVED_MS && isAsking() && !isFailing())
                return { is: 'unavailable' };
            const key = keyFor(keys, kid, alg);
            if (key !== undefined)
                return { is: 'key', key };
            // The set that was to tell has not come: the key may be a new one.
            return { is: !keys.has(kid) && (isFailing() || isAsking()) ? 'unavailable' : 'unknown' };
        },
    };
}
/** The set last fetched, and the one fetch that may be on its way. */
function keptKeys(options) {
    const { now } = options;
    let held;
    let asking;
    let askedAt = -Infinity;
    let waiting = 0;
    let isFailing = false;
    const renew = async () => {
        const keys = await fetchKeys(options);
        isFailing = keys === undefined;
        if (keys !== undefined)
            held = { keys, at: now() };
        asking = undefined;
    };
    /** Of a clock that was set back, too: what it says of the past is then not known to be recent. */
    const since = (then) => Math.abs(now() - then);
    return {
        held: () => held?.keys,
        isFailing: () => isFailing,
        isAsking: () => asking !== undefined,
        age: () => (held === undefined ? Infinity : since(held.at)),
        /** @param pause least milliseconds since the last fetch was begun */
        ask: (pause) => {
            if (asking !== undefined || since(askedAt) < pause)
                return;
            askedAt = now();
            asking = renew();
        },
        wait: async () => {
            if (asking === undefined || waiting >= MOST_WAITING)
                return;
            waiting += 1;
            await within(WAIT_MS, asking).catch(() => undefined);
            waiting -= 1;
        },
    };
}
/** @returns undefined when the address brought no key set */
async function fetchKeys({ client, url, algorithms, get, log }) {
    const signal = AbortSignal.timeout(FETCH_MS);
    const reply = await get(new URL(url), { token: undefined, signal, room: roomFor(MOST_BYTES) });
    const read = reply.is === 'document' ? readKeySet(reply.body, algorithms) : undefined;
    if (read === undefined) {
        const status = reply.is === 'status' ? reply.status : undefined;
        log.warn({ client, reply: reply.is, status }, 'the key set of a client could not be fetched');
        return undefined;
    }
    const ignored = read.ignored.map(({ why }) => why);
    log.info({ client, keys: read.keys.size, ignored }, 'the key set of a client was fetched');
    return read.keys;
}
//# sourceMappingURL=remote-keys.js.map