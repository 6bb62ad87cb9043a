/** Asks a FHIR server for one document within the time of a call: at most twice, and only while that can help. */
import { setTimeout as wait } from 'node:timers/promises';
import { partOf } from '../../untrusted.js';
import { FAIR_MS } from './guard.js';
/** With less left, a request would only be given up: the server shall not be blamed for that. */
const WORTH_ASKING_MS = 30;
/** A timer may end a millisecond before the clock says so; asking early, the guard would refuse the attempt. */
const TIMER_SLACK_MS = 5;
const LATE = 'the record system did not answer in time';
export const UNUSABLE = 'the record system answered in a form that could not be read';
/** @param url below the base of the conversation */
export async function ask(url, talk) {
    const reply = await attempt(url, talk);
    const pause = pauseBeforeRetry(reply);
    if (pause === undefined || talk.until - performance.now() - pause < FAIR_MS)
        return answerOf(reply);
    if (pause > 0) {
        await wait(pause + TIMER_SLACK_MS, undefined, { signal: talk.signal }).catch(() => undefined);
    }
    return answerOf(await attempt(url, talk));
}
async function attempt(url, talk) {
    const { base, client, token, signal, room } = talk;
    const left = talk.until - performance.now();
    if (left < WORTH_ASKING_MS)
        return { is: 'late' };
    return talk.guard(`${base.origin}${base.path} ${client ?? ''}`, left, () => talk.get(url, { token, signal, room }));
}
/** Milliseconds; undefined when a second attempt would bring the same. */
function pauseBeforeRetry(reply) {
    if (reply.is === 'unreachable')
        return 0;
    return reply.is === 'status' && reply.status >= 500 ? (reply.retryAfterMs ?? 0) : undefined;
}
function answerOf(reply) {
    switch (reply.is) {
        case 'document': {
            const body = partOf(reply.body);
            return body === undefined ? { why: UNUSABLE } : { body };
        }
        case 'status':
            return { why: reasonOf(reply.status) };
        case 'unusable':
            return { why: UNUSABLE };
        case 'unreachable':
            return { why: 'the record system could not be reached' };
        case 'late':
            return { why: LATE };
        case 'busy':
            return { why: 'the record system is busy' };
        case 'spared':
            return { why: 'the record system failed a moment ago and was not asked again' };
    }
}
function reasonOf(status) {
    if (status === 401 || status === 403)
        return 'the record system refused access';
    if (status === 404 || status === 410)
        return 'not found in the record system';
    return status === 429 ? 'the record system is busy' : 'the record system failed';
}
//# sourceMappingURL=ask.js.map