/** From a resource to its parts, as FHIRPath goes, for records that are what FHIR says they are. */

import { Day, type Item, type Items, Node, nothing, unsure } from './items.js';
import type { Part, Place, PlaceOf } from './places.js';

type Members = Readonly<Record<string, unknown>>;

/** A resource; one of no type of FHIR, and what carries the mark of another evaluation, are for the interpreter. */
export function rootNode(resource: object, placeOf: PlaceOf): Node {
  const { resourceType, __path__: mark } = resource as Members;
  if (typeof resourceType !== 'string' || resourceType === '' || mark !== undefined) return unsure();
  return new Node(placeOf(resourceType) ?? unsure(), resource);
}

/** What a variable or a function of the table hands in. */
export function itemFrom(value: unknown, placeOf: PlaceOf): Item {
  if (typeof value === 'object' && value !== null) return rootNode(value, placeOf);
  return isValue(value) ? value : unsure();
}

function isValue(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** The parts of a name: of items that stand at the same place as the last one, as nearly all do, without a look-up. */
export function memberOf(name: string): (item: Item) => Items {
  let last: Place | undefined;
  let part: Part | undefined;
  return (item) => {
    if (!(item instanceof Node) || typeof item.value !== 'object') return unsure();
    if (item.place !== last) {
      last = item.place;
      part = last.part(name);
    }
    return partOf(item.value as Members, part ?? unsure());
  };
}

function partOf(members: Members, { names, isChoice }: Part): Items {
  for (const { name, shadow, place } of names) {
    // Ids and extensions of a primitive make it another thing.
    if (members[shadow] !== undefined) return unsure();
    const value = members[name];
    if (value === undefined) continue;
    if (value === null) return nothing;
    if (!Array.isArray(value)) return [itemOf(value, place, isChoice)];
    return value.length === 0 ? nothing : value.map((one) => itemOf(one, place, isChoice));
  }
  return nothing;
}

/** Values keep no place but where their type still matters. */
function itemOf(value: unknown, place: Place | undefined, isChoice: boolean): Item {
  if (place === undefined || value === null) return unsure();
  if (typeof value === 'object') {
    const isElement =
      !place.isPrimitive && !Array.isArray(value) && (value as Members)['resourceType'] === undefined;
    return isElement ? new Node(place, value) : unsure();
  }
  if (!place.isPrimitive || !isValue(value)) return unsure();
  return isChoice || place.isDate ? new Node(place, value) : value;
}

/** Back to what the record holds; numbers and days are others to the interpreter. */
export function valuesOf(items: Items): readonly unknown[] {
  const values: unknown[] = [];
  for (const item of items) {
    const value = item instanceof Node ? item.value : item;
    values.push(value instanceof Day || typeof value === 'number' ? unsure() : value);
  }
  return values;
}
