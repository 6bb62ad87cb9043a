/** How many calls a minute a client may make: a full minute's worth at once, refilled evenly. */
/**
 * @param perMinute undefined: no limit
 * @param now milliseconds
 */
export function rateOf(perMinute, now) {
    if (perMinute === undefined)
        return { take: () => 0 };
    let left = perMinute;
    let at = now();
    return {
        take() {
            const refill = (Math.max(0, now() - at) / 60_000) * perMinute;
            left = Math.min(perMinute, left + refill);
            at = now();
            if (left < 1)
                return Math.ceil(((1 - left) / perMinute) * 60);
            left -= 1;
            return 0;
        },
    };
}
//# sourceMappingURL=rate.js.map