/** Which FHIR servers may be asked at all, and which addresses belong to one: compared by origin and whole path segments. */
import { isLoopbackName, isMisreadable, mayBeAsked, parseBase } from '../../addresses.js';
/** @param listed the bases the operator has listed; without a list of clients, servers of this machine need none */
export function isRegistered(base, listed) {
    if (isLoopbackName(new URL(base.origin).hostname))
        return true;
    return (mayBeAsked(base) && listed.some((one) => one.origin === base.origin && isPathBelow(base.path, one.path)));
}
/** Whether it is exactly one of the bases that a registered client may name: not above one, not below one. */
export function isOneOf(base, servers) {
    return servers.some((server) => {
        const one = parseBase(server);
        return one?.origin === base.origin && one.path === base.path;
    });
}
/**
 * @param written relative or absolute address, as a server or a client wrote it
 * @returns the address when it is the base itself or below it
 */
export function belowBase(written, base) {
    const root = `${base.origin}${base.path}/`;
    if (isMisreadable(written.split('?')[0] ?? '') || !URL.canParse(written, root))
        return undefined;
    const url = new URL(written, root);
    const plain = url.username === '' && url.password === '' && url.hash === '';
    return plain && url.origin === base.origin && isPathBelow(url.pathname, base.path) ? url : undefined;
}
function isPathBelow(path, base) {
    return path === base || path.startsWith(`${base}/`);
}
const FHIR_ID = /^[A-Za-z0-9\-.]{1,64}$/;
/** Whether an id may stand in an address; one of dots alone would climb out of the base. */
export function isFhirId(id) {
    return FHIR_ID.test(id) && !/^\.+$/.test(id);
}
//# sourceMappingURL=base.js.map