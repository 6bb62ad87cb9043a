/** Lengths of time in days, from UCUM codes and from the words clients write for them. */
import { numberOf, partOf, stringOf } from '../untrusted.js';
/** A month counts 30 days, a year 365. */
const DAYS_IN = new Map([
    ...['min', 'minute', 'minutes'].map((unit) => [unit, 1 / 1440]),
    ...['h', 'hr', 'hour', 'hours'].map((unit) => [unit, 1 / 24]),
    ...['d', 'day', 'days'].map((unit) => [unit, 1]),
    ...['wk', 'week', 'weeks'].map((unit) => [unit, 7]),
    ...['mo', 'month', 'months'].map((unit) => [unit, 30]),
    ...['a', 'year', 'years'].map((unit) => [unit, 365]),
]);
/** Days in one unit of time. */
export function daysIn(unit) {
    return DAYS_IN.get(stringOf(unit)?.trim().toLowerCase() ?? '');
}
/** A FHIR Duration (or Quantity of time) in days; undefined without a number above zero or with an unknown unit. */
export function daysOf(duration) {
    const part = partOf(duration);
    const value = numberOf(part?.['value']);
    const unit = daysIn(part?.['code']) ?? daysIn(part?.['unit']);
    return value === undefined || value <= 0 || unit === undefined ? undefined : value * unit;
}
//# sourceMappingURL=duration.js.map