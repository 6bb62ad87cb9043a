/** What a fact finds in the resources it is handed: looked at once a call, however many orders ask the same. */

import { flatMap } from '../flat-map.js';
import type { FhirResource } from 'fhir/r4.js';
import type { Witness } from './answer.js';
import type { Asking, Candidate, Look, Looks, Nameless, Variables } from './asking.js';
import { candidatesDrafted, candidatesInList } from './candidates.js';

export function emptyLooks(): Looks {
  return { drafts: new Map() };
}

export function look(asking: Asking): Look {
  const { looks } = asking;
  looks.list ??= lookAt(candidatesInList(asking), asking);
  const drafts = candidatesDrafted(asking);
  if (drafts.length === 0) return looks.list;
  const each = drafts.map((draft) => {
    const known = looks.drafts.get(draft.resource) ?? lookAt([draft], asking);
    looks.drafts.set(draft.resource, known);
    return known;
  });
  return joined([looks.list, ...each]);
}

const nothing: Look = { candidates: [], witnesses: [], isDoubtful: () => false };

/** Long lists are what many orders share: only what is asked for is put together. */
function joined(looks: readonly Look[]): Look {
  return {
    get candidates() {
      return flatMap(looks, ({ candidates }) => candidates);
    },
    witnesses: flatMap(looks, ({ witnesses }) => witnesses),
    isDoubtful: () => looks.some((one) => one.isDoubtful()),
  };
}

function lookAt(handed: readonly Candidate[], asking: Asking): Look {
  if (handed.length === 0) return nothing;
  const variables = asking.variables();
  const { only, unclear } = asking.prepared.compiled;
  asking.counts.resources += handed.length;
  const candidates =
    only === undefined ? handed : handed.filter(({ resource }) => only(resource, variables).length > 0);
  let isDoubtful: boolean | undefined;
  return {
    candidates,
    witnesses: flatMap(candidates, (candidate) => witnessesOf(candidate, asking, variables)),
    isDoubtful: () =>
      (isDoubtful ??= candidates.some(
        ({ kind, resource }) => (unclear.get(kind)?.(resource, variables) ?? []).length > 0,
      )),
  };
}

/** The candidate with the elements found in it, and every other resource the fact led to as a witness of its own. */
function witnessesOf(candidate: Candidate, { prepared, index }: Asking, variables: Variables): Witness[] {
  const found = prepared.compiled.find.get(candidate.kind)?.(candidate.resource, variables) ?? [];
  if (found.length === 0) return [];
  if (found.length === 1 && found[0] === candidate.resource) {
    return [{ resource: candidate.resource, identity: candidate.identity, elements: [] }];
  }
  const others = found.filter((value) => value !== candidate.resource);
  const resources = others.filter(isResource);
  const elements = others.filter((value) => !isResource(value));
  return [
    { resource: candidate.resource, identity: candidate.identity, elements },
    ...resources.map((resource) => ({ resource, identity: index.identityOf(resource), elements: [] })),
  ];
}

function isResource(value: unknown): value is FhirResource {
  return typeof value === 'object' && value !== null && 'resourceType' in value;
}

/** Of how many medications that nobody can name the fact would hold: entries of the list, and orders that are not judged. */
export function namelessIn({ looks, prepared, index, variables }: Asking): Nameless {
  const { find } = prepared.compiled;
  const holds = (kind: string, resource: FhirResource): boolean =>
    (find.get(kind)?.(resource, variables()) ?? []).length > 0;
  looks.nameless ??= {
    listed: index.nameless().filter(({ resource }) => holds(resource.resourceType, resource)).length,
    ordered: index.namelessOrders().filter(({ resource }) => holds('order', resource)).length,
  };
  return looks.nameless;
}
