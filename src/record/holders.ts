/** Which resource of a record holds a reference into itself: `#id` means another resource in each. */

import type { FhirResource } from 'fhir/r4.js';
import { partOf, partsOf, stringOf } from '../untrusted.js';

/** By the very object of the reference; a resource that contains nothing holds none that leads anywhere. */
export function holdersAmong(resources: readonly FhirResource[]): ReadonlyMap<object, FhirResource> {
  const holders = new Map<object, FhirResource>();
  for (const resource of resources) {
    if (partsOf(partOf(resource)?.['contained']).length === 0) continue;
    for (const reference of referencesWithin(resource)) holders.set(reference, resource);
  }
  return holders;
}

function referencesWithin(resource: FhirResource): readonly object[] {
  const found: object[] = [];
  const left: unknown[] = [resource];
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    if (typeof at !== 'object' || at === null) continue;
    if (stringOf(partOf(at)?.['reference'])?.startsWith('#') === true) found.push(at);
    for (const inside of Object.values(at)) if (inside !== undefined) left.push(inside);
  }
  return found;
}
