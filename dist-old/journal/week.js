/** Weeks as ISO 8601 counts them: from Monday, the first one of a year being that of its first Thursday. */
const DAY_MS = 86_400_000;
/** @param at ISO 8601 in UTC; @returns `2026-W47` */
export function weekOf(at) {
    const day = new Date(`${at.slice(0, 10)}T00:00:00Z`);
    const sinceMonday = (day.getUTCDay() + 6) % 7;
    const thursday = new Date(day.getTime() + (3 - sinceMonday) * DAY_MS);
    const year = thursday.getUTCFullYear();
    const daysBefore = (thursday.getTime() - Date.UTC(year, 0, 1)) / DAY_MS;
    return `${year}-W${String(Math.floor(daysBefore / 7) + 1).padStart(2, '0')}`;
}
//# sourceMappingURL=week.js.map