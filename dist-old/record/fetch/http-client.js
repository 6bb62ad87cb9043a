/** Reads one JSON document over HTTP, with a limit on everything: the only file that knows the network. */
import { faultBeforeParsing, mostValues } from '../../json-scan.js';
import { checkedLookup } from './lookup.js';
/** Longest wait for a connection that nobody waits for any more. */
const CONNECT_MS = 2_000;
const IDLE_MS = 5_000;
/** Most connections to one server. */
const CONNECTIONS = 64;
/** So much of an answer that is not read is still taken, to keep its connection. */
const DUMPED_BYTES = 16_384;
const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;
/** Takes a tenth of a second at its first call: not while callers wait for the start, nor when the first record is fetched. */
export function loadClient() {
    return import('undici');
}
/** undici's own dispatcher follows no redirect and inflates nothing: both are refused, not switched off. */
async function createAgent() {
    const undici = await loadClient();
    return new undici.Agent({
        connect: { lookup: checkedLookup, timeout: CONNECT_MS },
        headersTimeout: IDLE_MS,
        bodyTimeout: IDLE_MS,
        connections: CONNECTIONS,
        maxHeaderSize: 16_384,
    });
}
export function createGet() {
    let agent;
    const fetched = async (url, { token, signal, room }) => {
        try {
            agent ??= createAgent();
            const client = await agent;
            const response = await client.request({
                origin: url.origin,
                path: `${url.pathname}${url.search}`,
                method: 'GET',
                signal,
                headers: {
                    accept: 'application/fhir+json, application/json',
                    'accept-encoding': 'identity',
                    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
                },
            });
            return await read(response, room);
        }
        catch {
            // The messages of the network tell names and addresses; the reason alone is enough.
            return { is: signal.aborted ? 'late' : 'unreachable' };
        }
    };
    return (url, asking) => Promise.race([fetched(url, asking), lateWith(asking.signal)]);
}
/** An aborted request may still wait, for a name to be looked up say: its caller does not. */
function lateWith(signal) {
    return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ is: 'late' }), { once: true });
    });
}
async function read({ statusCode, headers, body }, room) {
    if (statusCode !== 200) {
        void body.dump({ limit: DUMPED_BYTES }).catch(() => undefined);
        if (statusCode < 400)
            return { is: 'unusable' };
        return { is: 'status', status: statusCode, retryAfterMs: waitOf(headers['retry-after']) };
    }
    const encoding = headers['content-encoding'] ?? 'identity';
    const isReadable = JSON_TYPE.test(String(headers['content-type'])) && encoding === 'identity';
    const bytes = isReadable && Number(headers['content-length'] ?? 0) <= room.left() ? await take(body, room) : undefined;
    if (bytes === undefined) {
        body.on('error', () => undefined).destroy();
        return { is: 'unusable' };
    }
    const document = parse(bytes);
    if (document === undefined)
        room.giveBack(bytes.length);
    return document === undefined ? { is: 'unusable' } : { is: 'document', body: document };
}
/** Small answers may be denser than calls are on the whole. */
const LEAST_VALUES = 2_000;
/** @returns undefined when it is no JSON, or such as no call may be either */
function parse(bytes) {
    const mostHere = Math.max(LEAST_VALUES, mostValues(bytes.length));
    if (faultBeforeParsing(bytes, mostHere) !== undefined)
        return undefined;
    try {
        return JSON.parse(bytes.toString('utf8'));
    }
    catch {
        return undefined;
    }
}
/** @returns undefined as soon as there is no room for it */
async function take(body, room) {
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of body) {
            if (!room.take(chunk.length)) {
                room.giveBack(size);
                return undefined;
            }
            size += chunk.length;
            chunks.push(chunk);
        }
    }
    catch (error) {
        room.giveBack(size);
        throw error;
    }
    return Buffer.concat(chunks, size);
}
/** RFC 9110 10.2.3: seconds, or a date. */
function waitOf(header) {
    if (typeof header !== 'string')
        return undefined;
    if (/^\d{1,9}$/.test(header))
        return Number(header) * 1_000;
    const date = Date.parse(header);
    return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
//# sourceMappingURL=http-client.js.map