/** Where a reference of the record points to: contained, drafted, sent beside the drafts, or prefetched. */

import type { FhirResource } from 'fhir/r4.js';
import { holdersAmong } from './holders.js';
import { isMedication, medicationAsWritten, type Resolve } from './medication.js';
import { once } from '../once-each.js';
import { elementsOf, type Part, partOf, partsOf, stringOf } from '../untrusted.js';

/** What the references of a call may point to. */
export interface Targets {
  /** In order of precedence: of two with the same type and id the first is found. */
  readonly resources: readonly FhirResource[];
  /** Entry `fullUrl` → resource, for `urn:uuid:` and absolute references. */
  readonly byFullUrl: ReadonlyMap<string, FhirResource>;
}

/** @param targets asked for at the first reference that needs them: many calls hold none */
export function createResolve(targets: () => Targets): Resolve {
  let find: ((written: string) => FhirResource | undefined) | undefined;
  let holders: ReadonlyMap<object, FhirResource> | undefined;
  const named = once(() => byIdentifier(targets().resources));
  const containedIn = containedById();
  return (reference, from) => {
    const part = partOf(reference);
    const written = stringOf(part?.['reference']);
    if (part === undefined) return undefined;
    if (written === undefined) {
      const key = keyOf(partOf(part['identifier']));
      return key === undefined ? undefined : named().get(key);
    }
    if (written.startsWith('#')) {
      holders ??= from === undefined ? holdersAmong(targets().resources) : undefined;
      return containedIn(from ?? holders?.get(part), written.slice(1));
    }
    find ??= finderAmong(targets());
    return find(written);
  };
}

/** Logical references: resources by an identifier that no other one has. */
function byIdentifier(resources: readonly FhirResource[]): ReadonlyMap<string, FhirResource | undefined> {
  const found = new Map<string, FhirResource | undefined>();
  for (const resource of resources) {
    for (const identifier of partsOf(elementsOf(resource)['identifier'])) {
      const key = keyOf(identifier);
      if (key === undefined) continue;
      const first = found.get(key);
      if (!found.has(key)) found.set(key, resource);
      else if (first !== undefined && !isSame(first, resource)) found.set(key, undefined);
    }
  }
  return found;
}

/** The newer and the older state of one order have the same identifiers. */
function isSame(one: FhirResource, other: FhirResource): boolean {
  const [name] = namesOf(one);
  return name !== undefined && namesOf(other)[0] === name;
}

function keyOf(identifier: Part | undefined): string | undefined {
  const value = stringOf(identifier?.['value']);
  return value === undefined ? undefined : JSON.stringify([stringOf(identifier?.['system']) ?? null, value]);
}

function finderAmong({ resources, byFullUrl }: Targets): (written: string) => FhirResource | undefined {
  const byName = new Map<string, FhirResource>();
  for (const resource of resources) {
    for (const name of namesOf(resource)) if (!byName.has(name)) byName.set(name, resource);
  }
  const kept = new Map<FhirResource, FhirResource>();
  const entryAt = (fullUrl: string): FhirResource | undefined => {
    const found = byFullUrl.get(fullUrl);
    if (found === undefined) return undefined;
    const known = kept.get(found) ?? keptOf(found, byName);
    kept.set(found, known);
    return known;
  };
  return (written) => entryAt(written) ?? byName.get(written) ?? byName.get(relative(written));
}

/**
 * Of an entry sent twice the list keeps the first. What has its id and another drug is no copy: some clients have one id
 * for all drafts.
 */
function keptOf(found: FhirResource, byName: ReadonlyMap<string, FhirResource>): FhirResource {
  const [name = ''] = isMedication(found) ? namesOf(found) : [];
  const first = byName.get(name) ?? found;
  return first === found || medicationAsWritten(first) !== medicationAsWritten(found) ? found : first;
}

function namesOf(resource: FhirResource): readonly string[] {
  const id = stringOf(resource.id);
  if (id === undefined) return [];
  return [`${resource.resourceType}/${id}`, id.startsWith('urn:') ? id : `urn:uuid:${id}`];
}

/** What each resource contains, by id, looked through once for all of its references. */
function containedById(): (from: FhirResource | undefined, id: string) => FhirResource | undefined {
  const known = new WeakMap<FhirResource, ReadonlyMap<string, Part>>();
  const containers = new WeakMap<FhirResource, FhirResource>();
  return (from, id) => {
    if (from === undefined) return undefined;
    // What is contained refers to what is contained beside it.
    const container = containers.get(from) ?? from;
    const contained = known.get(container) ?? contentsOf(container);
    known.set(container, contained);
    const found = contained.get(id);
    if (stringOf(found?.['resourceType']) === undefined) return undefined;
    const resource = found as unknown as FhirResource;
    containers.set(resource, container);
    return resource;
  };
}

function contentsOf(from: FhirResource): ReadonlyMap<string, Part> {
  const byId = new Map<string, Part>();
  for (const resource of partsOf(partOf(from)?.['contained'])) {
    const id = stringOf(resource['id']);
    if (id === undefined) continue;
    // A contained id is also seen with the "#" of its references.
    for (const name of [id, id.replace(/^#/, '')]) if (!byId.has(name)) byId.set(name, resource);
  }
  return byId;
}

/** `Type/id` of a relative, absolute or versioned reference. */
export function relative(reference: string): string {
  const version = reference.indexOf('/_history/');
  const current = version < 0 ? reference : reference.slice(0, version);
  const last = current.lastIndexOf('/');
  return last <= 0 ? current : current.slice(current.lastIndexOf('/', last - 1) + 1);
}
