/** The functions of FHIRPath that closures know; all others are for the interpreter. */

import { flatMap } from '../../flat-map.js';
import {
  Day,
  dayIn,
  type Item,
  type Items,
  Node,
  nothing,
  only,
  textOf,
  truth,
  unsure,
  valueOf,
} from './items.js';

/** A criterion or projection, asked of one item. */
export type Each = (item: Item) => Items;

/** Asked of every item: `where`, `exists`, `all`, `select`. */
export const eachFunctions: ReadonlyMap<string, (input: Items, each: Each) => Items> = new Map([
  ['where', where],
  ['exists', (input, each) => truth(where(input, each).length > 0)],
  ['all', (input, each) => truth(input.every((item) => isTrue(each(item))))],
  [
    'select',
    (input, each) => (input.length === 1 ? each(input[0] as Item) : flatMap(input, (item) => each(item))),
  ],
]);

/** Criteria are true, false or empty: anything else was refused when the expression was read. */
export function isTrue(items: Items): boolean {
  return items.length === 1 && items[0] === true;
}

function where(input: Items, each: Each): Items {
  // FHIRPath asks all of them, and so do we: one may be what nobody can tell.
  if (input.length === 1) return isTrue(each(input[0] as Item)) ? input : nothing;
  return input.filter((item) => isTrue(each(item)));
}

export const plainFunctions: ReadonlyMap<string, (input: Items) => Items> = new Map<
  string,
  (input: Items) => Items
>([
  ['exists', (input) => truth(input.length > 0)],
  ['empty', (input) => truth(input.length === 0)],
  ['not', (input) => (input.length === 0 ? nothing : truth(!booleanOf(only(input))))],
  ['first', (input) => (input.length > 1 ? input.slice(0, 1) : input)],
  ['lower', (input) => ofText(input, (text) => text.toLowerCase())],
  ['upper', (input) => ofText(input, (text) => text.toUpperCase())],
  ['trim', (input) => ofText(input, (text) => text.trim())],
  ['toDate', toDate],
  ['toString', (input) => (input.length === 0 ? nothing : [textOf(only(input))])],
]);

/** With one argument: a collection, or one value or none. */
export const argumentFunctions: ReadonlyMap<string, (input: Items, given: Items) => Items> = new Map<
  string,
  (input: Items, given: Items) => Items
>([
  ['combine', (input, other) => [...input, ...other]],
  ['startsWith', (input, prefix) => ofTexts(input, prefix, (text, start) => text.startsWith(start))],
  ['endsWith', (input, suffix) => ofTexts(input, suffix, (text, end) => text.endsWith(end))],
  ['contains', (input, part) => ofTexts(input, part, (text, inner) => text.includes(inner))],
  ['indexOf', (input, part) => ofTexts(input, part, (text, inner) => text.indexOf(inner))],
  ['substring', (input, start) => substring(input, start, nothing)],
]);

function booleanOf(item: Item): boolean {
  return typeof item === 'boolean' ? item : unsure();
}

function textIn(input: Items): string {
  const value = valueOf(only(input));
  return typeof value === 'string' ? value : unsure();
}

/** What is of another type is refused, even when what it is held against is empty. */
function textOrNone(input: Items): string | undefined {
  return input.length === 0 ? undefined : textIn(input);
}

function ofText(input: Items, make: (text: string) => string): Items {
  const text = textOrNone(input);
  return text === undefined ? nothing : [make(text)];
}

function ofTexts(
  input: Items,
  argument: Items,
  make: (text: string, other: string) => boolean | number,
): Items {
  const text = textOrNone(input);
  const other = textOrNone(argument);
  return text === undefined || other === undefined ? nothing : [make(text, other)];
}

/** To the end of the text without a length. */
export function substring(input: Items, start: Items, length: Items): Items {
  const text = textOrNone(input);
  const from = start.length === 0 ? -1 : indexIn(start);
  const count = length.length === 0 ? undefined : indexIn(length);
  if (text === undefined || from < 0 || from >= text.length) return nothing;
  return [count === undefined ? text.slice(from) : text.substring(from, from + count)];
}

function indexIn(argument: Items): number {
  const value = valueOf(only(argument));
  return Number.isInteger(value) ? (value as number) : unsure();
}

/** A text that is no whole day may be a part of one. */
function toDate(input: Items): Items {
  if (input.length === 0) return nothing;
  const item = only(input);
  return item instanceof Day ? input : [new Day(dayIn(textOf(item)))];
}

/** Those of a type; what lost its type on the way is for the interpreter. */
export function ofType(input: Items, type: string): Items {
  return input.filter((item) => (item instanceof Node ? item.place.isOfType(type) : unsure()));
}
