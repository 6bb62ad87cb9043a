/** Tells who calls: from a call's `Authorization` headers and its endpoint to a registered client, or why not. */
import { createGet } from '../record/fetch/http-client.js';
import { LEEWAY_SECONDS, verifyClaims } from './claims.js';
import { keyFor } from './key-set.js';
import { rateOf } from './rate.js';
import { RefusedError } from './refused.js';
import { remoteKeys } from './remote-keys.js';
import { memoryReplayStore } from './replay.js';
import { readToken } from './token.js';
export function createClients(options) {
    const { clients, log } = options;
    const now = () => options.clock().getTime();
    const tools = { get: createGet(), now, log };
    const known = clients.map((client) => ({
        client,
        keys: keysOf(client, tools),
        rate: rateOf(client.rate, now),
    }));
    const byIssuer = new Map(known.map((one) => [one.client.iss, one]));
    const replay = options.replay ?? memoryReplayStore(now);
    return {
        refreshKeys: () => {
            for (const { keys } of known)
                keys.refresh();
        },
        origins: new Set(clients.flatMap(({ origins }) => origins)),
        async authenticate(authorization, path) {
            try {
                const token = readToken(authorization);
                const one = byIssuer.get(token.iss);
                if (one === undefined)
                    throw new RefusedError('iss is not a registered client');
                return await admit(token, one, { endpoint: `${options.publicUrl}${path}`, now, replay });
            }
            catch (error) {
                if (!(error instanceof RefusedError))
                    throw error;
                return { is: 'refused', reason: error.reason, known: error.known };
            }
        },
    };
}
async function admit(token, { client, keys, rate }, { endpoint, now, replay }) {
    const { name } = client;
    checkHeader(token, client);
    const found = await keys.find(token.kid, token.alg);
    if (found.is === 'unavailable') {
        return { is: 'unavailable', reason: 'the keys of the client cannot be had', client: name };
    }
    if (found.is === 'unknown')
        throw new RefusedError('kid names no key of the client', { client: name });
    const { iss, jti, exp, tenant } = await verifyClaims(token, found.key, { client, endpoint, now: now() });
    const claimed = await replay.claim(iss, jti, exp + LEEWAY_SECONDS);
    if (claimed === 'seen')
        throw new RefusedError('the token was used before', { client: name, iss, jti });
    if (claimed === 'full') {
        return { is: 'unavailable', reason: 'no further token can be remembered', client: name };
    }
    const retrySeconds = rate.take();
    if (retrySeconds > 0)
        return { is: 'too many', client: name, retrySeconds };
    return { is: 'known', caller: callerOf(client, tenant), origins: client.origins };
}
/** Before any key is looked for, so that no token makes the service ask for one that could not be right. */
function checkHeader({ alg, jku }, { name, algorithms, keys }) {
    if (!algorithms.some((one) => one === alg)) {
        throw new RefusedError('header alg is not one of the client', { client: name });
    }
    if (jku !== undefined && keys.is === 'at' && jku !== keys.url) {
        throw new RefusedError('header jku is not the registered jwksUrl', { client: name });
    }
}
function keysOf({ name, keys, algorithms }, tools) {
    if (keys.is === 'at')
        return remoteKeys({ ...tools, client: name, url: keys.url, algorithms });
    return {
        refresh: () => undefined,
        find: async (kid, alg) => {
            const key = keyFor(keys.keys, kid, alg);
            return key === undefined ? { is: 'unknown' } : { is: 'key', key };
        },
    };
}
function callerOf({ name, fhirServers, selectionBehavior, repeatDays }, tenant) {
    return {
        client: name,
        fhirServers,
        selectionBehavior,
        ...(tenant === undefined ? {} : { tenant }),
        ...(repeatDays === undefined ? {} : { repeatDays }),
    };
}
//# sourceMappingURL=authenticate.js.map