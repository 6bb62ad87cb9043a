/** How the elements of a resource tell its FHIR version: each known one leaves some versions and excludes the others. */

import { partOf, partsOf } from '../../untrusted.js';
import { ANY, type VersionSet } from './fhir-version.js';

type Mark = (value: unknown) => VersionSet;
export type Marks = ReadonlyMap<string, VersionSet | Mark>;

/** The versions an object fits by its known elements; null says nothing. */
export function within(value: unknown, known: Marks): VersionSet {
  const part = partOf(value);
  let fitting = ANY;
  for (const name in part) {
    const mark = known.get(name);
    if (mark === undefined) continue;
    const element = part[name];
    if (element === null || element === undefined) continue;
    fitting &= typeof mark === 'number' ? mark : mark(element);
  }
  return fitting;
}

export function withinAll(value: unknown, known: Marks): VersionSet {
  return partsOf(value).reduce((fitting, part) => fitting & within(part, known), ANY);
}

export function marks(known: Readonly<Record<string, VersionSet | Mark>>): Marks {
  return new Map(Object.entries(known));
}

/** Codes that only some versions have. */
export function coded(codes: Readonly<Record<string, VersionSet>>): Mark {
  const known = new Map<unknown, VersionSet>(Object.entries(codes));
  return (value) => known.get(value) ?? ANY;
}

/** A plain code in some versions, a CodeableConcept in others. */
export function text(asText: VersionSet, asConcept: VersionSet): Mark {
  return (value) => {
    if (typeof value === 'string') return asText;
    return partOf(value) === undefined ? ANY : asConcept;
  };
}
