/** Lets calls do their work one after the other, with a look at the sockets in between, so that others hear a no at once. */
import { performance } from 'node:perf_hooks';
/** Of a call, when none was measured yet. */
const firstGuessMs = 2;
/** How much the newest turn changes what a turn is expected to take, and the most it counts: one long one is no trend. */
const smoothing = { share: 0.05, mostMs: 50 };
/** Turns are given for as long as the sockets have just taken, within these bounds: neither starves the other. */
const shift = { leastMs: 4, mostMs: 50 };
/**
 * @param longMs what is a long wait
 * @param countsMs for how long there must be no other
 */
export function createTurns(longMs, countsMs) {
    const waiting = [];
    let turnMs = firstGuessMs;
    let isOpen = false;
    let closedAt = 0;
    const lateness = watchLateness(longMs, countsMs);
    const give = (until) => {
        const start = performance.now();
        const call = waiting.shift();
        lateness.note(start, start - (call?.since ?? start));
        call?.begin();
        // Comes after what the call does at once.
        queueMicrotask(() => {
            const now = performance.now();
            turnMs += (Math.min(now - start, smoothing.mostMs) - turnMs) * smoothing.share;
            if (waiting.length > 0 && now < until)
                give(until);
            else
                close(now);
        });
    };
    const close = (now) => {
        closedAt = now;
        isOpen = waiting.length > 0;
        if (isOpen)
            setImmediate(() => give(endOfShift(closedAt)));
    };
    const next = () => new Promise((resolve) => {
        const since = performance.now();
        waiting.push({ since, begin: resolve });
        if (isOpen)
            return;
        lateness.note(since, 0);
        close(since);
    });
    const expected = () => waiting.length * turnMs;
    const behind = () => lateness.lasted(waiting.length > 0);
    return { next, expected, behind };
}
/** @param closedAt since when the sockets have been read */
function endOfShift(closedAt) {
    const now = performance.now();
    return now + Math.min(Math.max(now - closedAt, shift.leastMs), shift.mostMs);
}
/** Since when all waits have been long, and until when that counts. */
function watchLateness(longMs, countsMs) {
    let shortAt = 0;
    let countsUntil = 0;
    return {
        note(now, waitedMs) {
            if (waitedMs < longMs)
                shortAt = now;
            else if (now - shortAt >= countsMs || now < countsUntil)
                countsUntil = now + countsMs;
        },
        lasted(isWaiting) {
            const now = performance.now();
            const lasted = isWaiting ? now - shortAt : 0;
            return now < countsUntil ? Math.max(lasted, countsMs) : lasted;
        },
    };
}
//# sourceMappingURL=turns.js.map