/** Refuses calls whose headers two parties could read differently, and calls with too many of them. */
import { ServiceError } from '../errors.js';
/** Node.js drops those beyond a limit of its own without a word; browsers and proxies send thirty or so. */
const maxHeaders = 100;
/** Node.js keeps the first, others the last: who is called, who calls and what is sent must not depend on it. */
const singleHeaders = ['host', 'authorization', 'content-type'];
/** Most names are told apart by their length, without a copy of them. */
const singleLengths = new Set(singleHeaders.map((name) => name.length));
export const checkHeaders = (request, _response, next) => {
    const { rawHeaders } = request;
    if (rawHeaders.length > 2 * maxHeaders) {
        throw new ServiceError('too-many-headers', `A call has at most ${maxHeaders} headers.`);
    }
    const doubled = headerThatStandsTwice(rawHeaders);
    if (doubled !== undefined) {
        throw new ServiceError('invalid-request', `${doubled}: this header stands twice.`);
    }
    const coding = request.headers['transfer-encoding'];
    // Node.js refuses any other one as well, but may have begun to answer by then.
    if (coding !== undefined && coding.trim().toLowerCase() !== 'chunked') {
        throw new ServiceError('invalid-request', 'transfer-encoding: expected chunked or none.');
    }
    next();
};
/** @param rawHeaders names and values in turn, as they came */
function headerThatStandsTwice(rawHeaders) {
    const seen = [];
    for (let position = 0; position < rawHeaders.length; position += 2) {
        const written = rawHeaders[position] ?? '';
        if (!singleLengths.has(written.length))
            continue;
        const name = written.toLowerCase();
        if (!singleHeaders.includes(name))
            continue;
        if (seen.includes(name))
            return name;
        seen.push(name);
    }
    return undefined;
}
//# sourceMappingURL=check-headers.js.map