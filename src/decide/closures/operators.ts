/** The operators of FHIRPath on collections: empty in, empty out where it says so, unsure where it compares by type. */

import {
  Day,
  dayIn,
  type Item,
  type Items,
  no,
  Node,
  nothing,
  only,
  truth,
  unsure,
  valueOf,
  yes,
} from './items.js';

export type Operator = (left: Items, right: Items) => Items;

/** Numbers nearer to each other than FHIRPath's eight decimals, or too large to tell, are for the interpreter. */
const farApart = 1e-7;
const tooLarge = 1e7;

function areSame(left: Item, right: Item): boolean {
  const [day, otherDay] = [dayOf(left), dayOf(right)];
  if (day !== undefined && otherDay !== undefined) return day === otherDay;
  const [a, b] = [valueOf(left), valueOf(right)];
  if (typeof a !== typeof b) return unsure();
  return typeof a === 'number' && typeof b === 'number' ? order(a, b) === 0 : a === b;
}

/** Negative when `a` is less than `b`. */
function order(a: number, b: number): number {
  if (Math.abs(a) < tooLarge && Math.abs(b) < tooLarge && (a === b || Math.abs(a - b) > farApart))
    return a - b;
  return unsure();
}

/** The day that an item is, undefined when it is none by its type. */
function dayOf(item: Item): string | undefined {
  if (item instanceof Day) return item.text;
  if (!(item instanceof Node) || !item.place.isDate) return undefined;
  return item.place.isDay && typeof item.value === 'string' ? dayIn(item.value) : unsure();
}

function compare(left: Items, right: Items): number {
  const [first, second] = [only(left), only(right)];
  const [day, otherDay] = [dayOf(first), dayOf(second)];
  if (day !== undefined && otherDay !== undefined) return textOrder(day, otherDay);
  const [a, b] = [valueOf(first), valueOf(second)];
  if (typeof a === 'number' && typeof b === 'number') return order(a, b);
  return typeof a === 'string' && typeof b === 'string' ? textOrder(a, b) : unsure();
}

function textOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function comparing(holds: (order: number) => boolean): Operator {
  return (left, right) =>
    left.length === 0 || right.length === 0 ? nothing : truth(holds(compare(left, right)));
}

/** In three values; both sides have been asked already, since FHIRPath asks both. */
function logical(decides: boolean): Operator {
  return (left, right) => {
    if (left[0] === decides || right[0] === decides) return truth(decides);
    return left.length === 0 || right.length === 0 ? nothing : truth(!decides);
  };
}

function isIn(left: Items, right: Items): Items {
  if (left.length === 0) return nothing;
  if (right.length === 0) return no;
  const item = only(left);
  for (const other of right) {
    if (typeof item === 'string' && typeof other === 'string' ? item === other : areSame(item, other))
      return yes;
  }
  return no;
}

export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['=', (left, right) => equality(left, right, true)],
  ['!=', (left, right) => equality(left, right, false)],
  ['<', comparing((order) => order < 0)],
  ['<=', comparing((order) => order <= 0)],
  ['>', comparing((order) => order > 0)],
  ['>=', comparing((order) => order >= 0)],
  ['and', logical(false)],
  ['or', logical(true)],
  ['in', isIn],
  ['|', union],
]);

function equality(left: Items, right: Items, wanted: boolean): Items {
  if (left.length === 0 || right.length === 0) return nothing;
  return truth(areSame(only(left), only(right)) === wanted);
}

/** Without doubles; elements are told apart by their parts, which is for the interpreter. */
function union(left: Items, right: Items): Items {
  if (left.length === 0 && right.length <= 1) return right;
  if (right.length === 0 && left.length <= 1) return left;
  const all = [...left, ...right];
  return all.every((item) => typeof item === 'string') ? [...new Set(all)] : unsure();
}
