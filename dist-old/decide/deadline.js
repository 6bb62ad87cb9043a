/** When judging a call must end, and what is said of everything that was not judged by then. */
/** Undefined when the answer is due at no time. */
export function deadlineOf(arrival, answerMs, clock = () => performance.now()) {
    if (arrival === undefined || answerMs === undefined)
        return undefined;
    return { until: arrival.arrivedAt + answerMs, clock };
}
/**
 * So many resources are looked at in any case, which is far more than an ordinary call has and takes some 50 ms: what a
 * prescriber is shown does not hang on how busy the machine was.
 */
const LEAST_RESOURCES = 2_000;
export function isOver(deadline, resources) {
    return deadline !== undefined && resources > LEAST_RESOURCES && deadline.clock() > deadline.until;
}
export const notInTime = {
    is: 'unknown',
    missing: [{ what: 'the whole of a very large record', why: 'not judged in time' }],
};
//# sourceMappingURL=deadline.js.map