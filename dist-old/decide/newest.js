/** The newest of several laboratory results; results that cannot be told apart in time are all returned. */
/** Newest by effective time, else by issue; same day with a time missing = a tie. Undated results only when all are. */
export function newestOf(results) {
    let newest = [];
    for (const result of results) {
        const first = newest[0];
        const order = first === undefined ? 1 : compareTimes(timeOf(result), timeOf(first));
        if (order > 0)
            newest = [result];
        else if (order === 0)
            newest.push(result);
    }
    return newest;
}
/** When a result was taken, as written in the record; `undefined` when nothing tells. */
export function timeOf(result) {
    const times = [
        result.effectiveDateTime,
        result.effectiveInstant,
        result.effectivePeriod?.end,
        result.effectivePeriod?.start,
        result.issued,
    ];
    return times.find((time) => typeof time === 'string' && /^\d{4}/.test(time));
}
function compareTimes(a, b) {
    if (a === undefined || b === undefined)
        return a === b ? 0 : a === undefined ? -1 : 1;
    if (a.length > 10 && b.length > 10)
        return Math.sign(Date.parse(a) - Date.parse(b)) || 0;
    const [dayA, dayB] = [a.slice(0, 10), b.slice(0, 10)];
    return dayA === dayB ? 0 : dayA > dayB ? 1 : -1;
}
//# sourceMappingURL=newest.js.map