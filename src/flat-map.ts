/**
 * `Array.prototype.flatMap` as a function, for the path of a call: V8 writes each part of the method's result by a call into
 * its runtime, ten times as slow.
 */

/** @param partOf what an item becomes: one value, or any number of them in an array */
export function flatMap<Item, Value>(
  items: readonly Item[],
  partOf: (item: Item, position: number) => Value | readonly Value[],
): Value[] {
  const all: Value[] = [];
  for (let position = 0; position < items.length; position += 1) {
    const part = partOf(items[position] as Item, position);
    if (isList(part)) for (const value of part) all.push(value);
    else all.push(part);
  }
  return all;
}

/** `Array.isArray` takes no readonly arrays out of a type. */
function isList<Value>(part: Value | readonly Value[]): part is readonly Value[] {
  return Array.isArray(part);
}
