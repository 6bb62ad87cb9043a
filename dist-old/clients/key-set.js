/** The keys of a JWKS (RFC 7517) that may verify a token; all others are left out, each with its reason. */
import { createPublicKey } from 'node:crypto';
import { isPart } from '../untrusted.js';
/** Asymmetric only; CDS Hooks 2.0 recommends the first two. */
export const algorithms = ['ES384', 'RS384', 'ES256', 'RS256'];
const MOST_KEYS = 100;
const LEAST_RSA_BITS = 2048;
const curveOf = { ES256: 'P-256', ES384: 'P-384' };
/** @returns undefined when the document is no key set, or a larger one than any client needs */
export function readKeySet(document, allowed) {
    const listed = isPart(document) ? document['keys'] : undefined;
    if (!Array.isArray(listed) || listed.length > MOST_KEYS)
        return undefined;
    const keys = new Map();
    const ignored = [];
    for (const [index, entry] of listed.entries()) {
        const read = readKey(entry, allowed);
        if ('why' in read)
            ignored.push({ index, why: read.why });
        else
            keys.set(read.kid, [...(keys.get(read.kid) ?? []), read.key]);
    }
    return { keys, ignored };
}
/** The key that has this id and may be used with this algorithm. */
export function keyFor(keys, kid, alg) {
    return keys.get(kid)?.find((key) => (key.alg === undefined ? fits(key, alg) : key.alg === alg));
}
function readKey(entry, allowed) {
    if (!isPart(entry))
        return { why: 'expected a JSON Web Key' };
    const { kid, kty, alg, use, key_ops: operations } = entry;
    if (typeof kid !== 'string' || kid === '')
        return { why: 'has no kid' };
    if (kty !== 'EC' && kty !== 'RSA')
        return { why: 'expected kty EC or RSA; no other kind is taken' };
    if ('d' in entry)
        return { why: 'holds a private key; a key that others can read speaks for nobody' };
    if (use !== undefined && use !== 'sig')
        return { why: 'its use is not sig' };
    if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) {
        return { why: 'its key_ops do not hold verify' };
    }
    const key = publicPart(entry);
    const usable = allowed.filter((one) => (alg === undefined || alg === one) && fits(key, one));
    if (usable.length === 0)
        return { why: `cannot be used with any of ${allowed.join(', ')}` };
    const fault = faultOf(key);
    return fault === undefined ? { kid, key } : { why: fault };
}
/** Only what a public key consists of is handed on. */
function publicPart({ kty, alg, crv, x, y, n, e }) {
    const parts = Object.entries({ kty, alg, crv, x, y, n, e });
    return Object.fromEntries(parts.filter(([, value]) => typeof value === 'string'));
}
function fits(key, alg) {
    return key.kty === 'RSA' ? alg.startsWith('RS') : key.crv !== undefined && key.crv === curveOf[alg];
}
function faultOf(key) {
    let made;
    try {
        made = createPublicKey({ key: key, format: 'jwk' });
    }
    catch {
        return 'is not a valid public key';
    }
    const bits = made.asymmetricKeyDetails?.modulusLength ?? LEAST_RSA_BITS;
    return bits < LEAST_RSA_BITS ? `is an RSA key of fewer than ${LEAST_RSA_BITS} bits` : undefined;
}
//# sourceMappingURL=key-set.js.map