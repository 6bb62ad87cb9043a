/** What closures work on: collections of plain values, elements with their place in FHIR, and days. */

import type { Place } from './places.js';

/** An element or resource that has parts, or a value whose type matters (dates, and what an `[x]` element holds). */
export class Node {
  constructor(
    readonly place: Place,
    readonly value: unknown,
  ) {}
}

/** A whole day of the calendar, `YYYY-MM-DD`: what `toDate()` makes. */
export class Day {
  constructor(readonly text: string) {}
}

export type Item = string | number | boolean | Node | Day;

export type Items = readonly Item[];

export const nothing: Items = [];
export const yes: Items = [true];
export const no: Items = [false];

export function truth(value: boolean): Items {
  return value ? yes : no;
}

/** Thrown where a closure does not know for certain what FHIRPath says: the interpreter is asked then. */
export class Unsure extends Error {}

/** One for all: where it was thrown does not matter, and a stack costs more than asking. */
const unsureOnce = new Unsure('not certain: ask the interpreter');

export function unsure(): never {
  throw unsureOnce;
}

/** The only item of a collection; FHIRPath refuses more than one in most places. */
export function only(items: Items): Item {
  return items.length === 1 ? (items[0] as Item) : unsure();
}

/** A value whose meaning does not hang on its type in FHIR. */
export function valueOf(item: Item): string | number | boolean {
  if (typeof item !== 'object') return item;
  if (item instanceof Day || item.place.isDate) return unsure();
  const { value } = item;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : unsure();
}

/** As written in the record, dates included. */
export function textOf(item: Item): string {
  const text = item instanceof Node ? item.value : item;
  return typeof text === 'string' ? text : unsure();
}

const wholeDay = /^[1-9]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Only what is a day beyond doubt: parts of dates, times and days that do not exist are for the interpreter. */
export function dayIn(text: string): string {
  if (!wholeDay.test(text)) return unsure();
  const day = Number(text.slice(8));
  if (day > 28 && day > daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)))) return unsure();
  return text;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
