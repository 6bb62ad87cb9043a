/** Turns the elements of an object into those of another FHIR version, one rule an element; others stay as they are. */

import { flatMap } from '../../flat-map.js';
import { type Part, partOf } from '../../untrusted.js';

/** What an element becomes: none, one or several elements. `whole` is the object it stands in. */
export type Rule = (value: unknown, whole: Part) => Part;
export type Rules = ReadonlyMap<string, Rule>;

export function rules(byElement: Readonly<Record<string, Rule>>): Rules {
  return new Map(Object.entries(byElement));
}

export function reshape(whole: Part, by: Rules): Part {
  // fromEntries defines its properties: an element named `__proto__` stays an element.
  return Object.fromEntries(
    flatMap(Object.entries(whole), ([name, value]) => Object.entries(elementsOf(name, value, whole, by))),
  );
}

/** What one element of an object becomes. */
export function elementsOf(name: string, value: unknown, whole: Part, by: Rules): Part {
  const rule = by.get(name);
  return rule === undefined || value === null || value === undefined ? { [name]: value } : rule(value, whole);
}

export const dropped: Rule = () => ({});

export function renamed(name: string): Rule {
  return (value) => ({ [name]: value });
}

/** One value where the other version has a list. */
export function inList(name: string): Rule {
  return (value) => ({ [name]: listOf(value) });
}

/** The first of a list where the other version has one value. */
export function firstOf(name: string): Rule {
  return (value) => {
    const [first] = listOf(value);
    return first === undefined ? {} : { [name]: first };
  };
}

/** The same element with its inside changed; what is no object stays as it is. */
export function inside(name: string, change: (part: Part) => Part): Rule {
  return (value) => ({ [name]: changed(value, change) });
}

/** The same list with each of its objects changed; a single object counts as a list of one. */
export function insideEach(name: string, change: (part: Part) => Part): Rule {
  return (value) => ({ [name]: listOf(value).map((one) => changed(one, change)) });
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function changed(value: unknown, change: (part: Part) => Part): unknown {
  const part = partOf(value);
  return part === undefined ? value : change(part);
}

/** Brings a resource of one type to R4; `today` is the day of the call. */
export type Reader = (resource: Part, today: string) => Part;

export function readers(byType: Readonly<Record<string, Rules>>): ReadonlyMap<string, Reader> {
  return new Map(
    Object.entries(byType).map(([type, by]): [string, Reader] => [type, (resource) => reshape(resource, by)]),
  );
}
