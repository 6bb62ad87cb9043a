/** Verifies a token's signature and claims: what jose checks, and what it leaves to its caller. */
import { errors, jwtVerify } from 'jose';
import { RefusedError } from './refused.js';
/** Clocks may differ by this. */
export const LEEWAY_SECONDS = 60;
/** Epic sends 900 s. */
const LONGEST_LIFE_SECONDS = 960;
const LONGEST_JTI = 255;
/** @throws RefusedError */
export async function verifyClaims(token, key, expected) {
    const { client, endpoint, now } = expected;
    let payload;
    try {
        ({ payload } = await jwtVerify(token.compact, key, {
            algorithms: [token.alg],
            issuer: client.iss,
            audience: [endpoint, ...client.aud],
            requiredClaims: ['iss', 'aud', 'exp', 'iat', 'jti'],
            clockTolerance: LEEWAY_SECONDS,
            currentDate: new Date(now),
        }));
    }
    catch (error) {
        throw refusalOf(error, client);
    }
    return ownPolicy(payload, client, now);
}
/** A fault of a claim is found after the signature was, so that its names may be told. */
function refusalOf(error, { name: client, iss }) {
    if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed) {
        const { jti } = error.payload;
        return new RefusedError(`${error.claim}: ${error.reason}`, {
            client,
            iss,
            ...(isJti(jti) ? { jti } : {}),
        });
    }
    return new RefusedError('the signature does not verify', { client });
}
function ownPolicy(payload, client, nowMs) {
    const { iss, aud, exp, iat, nbf, jti } = payload;
    if (!isJti(jti))
        throw refused(`jti is not a string of 1 to ${LONGEST_JTI} characters`, client);
    const check = (isRight, otherwise) => {
        if (!isRight)
            throw refused(otherwise, client, jti);
    };
    check(typeof aud === 'string' || aud?.length === 1, 'aud names more than this endpoint');
    if (!isSecond(exp) || !isSecond(iat))
        throw refused('exp or iat is not a whole number', client, jti);
    check(nbf === undefined || isSecond(nbf), 'nbf is not a whole number');
    check(iat <= nowMs / 1_000 + LEEWAY_SECONDS, 'iat is in the future');
    check(exp > iat, 'exp is not after iat');
    check(exp - iat <= LONGEST_LIFE_SECONDS, `exp is more than ${LONGEST_LIFE_SECONDS} s after iat`);
    const tenant = typeof payload['tenant'] === 'string' ? payload['tenant'] : undefined;
    const isKnown = client.tenants === undefined || (tenant !== undefined && client.tenants.includes(tenant));
    check(isKnown, 'tenant is not one of the client');
    return { iss: String(iss), jti, exp, tenant };
}
function refused(reason, { name: client, iss }, jti) {
    return new RefusedError(reason, { client, iss, ...(jti === undefined ? {} : { jti }) });
}
function isJti(value) {
    return typeof value === 'string' && value.length > 0 && value.length <= LONGEST_JTI;
}
/** RFC 7519 2 allows fractions; nobody needs them, and 1e300 is one of the numbers they let in. */
function isSecond(value) {
    return Number.isSafeInteger(value) && value > 0;
}
//# sourceMappingURL=claims.js.map