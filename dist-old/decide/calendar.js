/** Calendar sums on ISO dates, without a clock and without a time zone. */
/** `date` (YYYY-MM-DD) minus a duration; 29 February of a common year becomes the 28th. Hours count as part of a day: none. */
export function dateMinus(date, { value, unit }) {
    const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
    if (unit === 'day' || unit === 'week' || unit === 'hour') {
        const days = unit === 'week' ? value * 7 : unit === 'day' ? value : Math.floor(value / 24);
        return isoDate(new Date(Date.UTC(year, month - 1, day - days)));
    }
    const months = unit === 'year' ? value * 12 : value;
    const first = new Date(Date.UTC(year, month - 1 - months, 1));
    const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
    return isoDate(new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day, lastDay))));
}
/** An ISO instant minus hours, days or weeks, in UTC. */
export function instantMinus(instant, duration) {
    return new Date(Date.parse(instant) - inDays(duration) * 86_400_000).toISOString();
}
/** A duration in days; a month counts as 30, a year as 365. */
export function inDays({ value, unit }) {
    const days = { hour: 1 / 24, day: 1, week: 7, month: 30, year: 365 };
    return value * days[unit];
}
function isoDate(date) {
    return date.toISOString().slice(0, 10);
}
//# sourceMappingURL=calendar.js.map