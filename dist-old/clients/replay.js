/** Remembers which tokens were used, so that each counts once (CDS Hooks best practices: `jti`). */
import { createHash } from 'node:crypto';
import { sparing, SparedError } from '../within.js';
/** 1,020 s of some 490 calls a second. */
const MOST_REMEMBERED = 500_000;
const BUCKET_SECONDS = 30;
/**
 * Of this process only. A token is forgotten when it has expired, never earlier.
 * @param now milliseconds
 */
export function memoryReplayStore(now, most = MOST_REMEMBERED) {
    const seen = new Set();
    /** Number of a span of time → what is forgotten at its end. Tokens live minutes, so there are few. */
    const buckets = new Map();
    const forgetExpired = () => {
        const current = Math.floor(now() / 1_000 / BUCKET_SECONDS);
        for (const [bucket, keys] of buckets) {
            if (bucket >= current)
                continue;
            for (const key of keys)
                seen.delete(key);
            buckets.delete(bucket);
        }
    };
    return {
        claim(iss, jti, exp) {
            forgetExpired();
            const key = keyOf(iss, jti);
            if (seen.has(key))
                return 'seen';
            if (seen.size >= most)
                return 'full';
            seen.add(key);
            const bucket = Math.floor(exp / BUCKET_SECONDS);
            const keys = buckets.get(bucket);
            if (keys === undefined)
                buckets.set(bucket, [key]);
            else
                keys.push(key);
            return 'new';
        },
    };
}
/** No call waits longer for the shared memory than this. */
const SHARED_MS = 200;
/** After a failure it is not asked for so long. */
const SPARED_MS = 1_000;
/**
 * Of all processes together. While what they share cannot be reached, each remembers by itself: orders are not held up
 * for it, and what that leaves open is told to the log.
 */
export function sharedReplayStore(own, shared, log) {
    const ask = sparing(SHARED_MS, SPARED_MS);
    return {
        async claim(iss, jti, exp) {
            const claimed = await own.claim(iss, jti, exp);
            if (claimed !== 'new')
                return claimed;
            try {
                return await ask(() => shared(keyOf(iss, jti), exp));
            }
            catch (error) {
                if (error instanceof SparedError)
                    return 'new';
                log.warn({}, 'whether a token was used at another replica could not be told');
                return 'new';
            }
        },
    };
}
/** 22 characters (132 bits), however long the ids are. */
function keyOf(iss, jti) {
    return createHash('sha256')
        .update(JSON.stringify([iss, jti]))
        .digest('base64')
        .slice(0, 22);
}
//# sourceMappingURL=replay.js.map