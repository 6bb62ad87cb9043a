/** What closures work on: collections of plain values, elements with their place in FHIR, and days. */
/** An element or resource that has parts, or a value whose type matters (dates, and what an `[x]` element holds). */
export class Node {
    place;
    value;
    constructor(place, value) {
        this.place = place;
        this.value = value;
    }
}
/** A whole day of the calendar, `YYYY-MM-DD`: what `toDate()` makes. */
export class Day {
    text;
    constructor(text) {
        this.text = text;
    }
}
export const nothing = [];
export const yes = [true];
export const no = [false];
export function truth(value) {
    return value ? yes : no;
}
/** Thrown where a closure does not know for certain what FHIRPath says: the interpreter is asked then. */
export class Unsure extends Error {
}
/** One for all: where it was thrown does not matter, and a stack costs more than asking. */
const unsureOnce = new Unsure('not certain: ask the interpreter');
export function unsure() {
    throw unsureOnce;
}
/** The only item of a collection; FHIRPath refuses more than one in most places. */
export function only(items) {
    return items.length === 1 ? items[0] : unsure();
}
/** A value whose meaning does not hang on its type in FHIR. */
export function valueOf(item) {
    if (typeof item !== 'object')
        return item;
    if (item instanceof Day || item.place.isDate)
        return unsure();
    const { value } = item;
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? value
        : unsure();
}
/** As written in the record, dates included. */
export function textOf(item) {
    const text = item instanceof Node ? item.value : item;
    return typeof text === 'string' ? text : unsure();
}
const wholeDay = /^[1-9]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
/** Only what is a day beyond doubt: parts of dates, times and days that do not exist are for the interpreter. */
export function dayIn(text) {
    if (!wholeDay.test(text))
        return unsure();
    const day = Number(text.slice(8));
    if (day > 28 && day > daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7))))
        return unsure();
    return text;
}
function daysIn(year, month) {
    return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
//# sourceMappingURL=items.js.map