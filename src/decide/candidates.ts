/** The resources a fact is handed: only those its source and arguments index. */

import { flatMap } from '../flat-map.js';
import type { FhirResource, Observation } from 'fhir/r4.js';
import type { Asking, Candidate } from './asking.js';
import { newestCounting } from './variables.js';

const nobody: readonly Candidate[] = [];

/** The same for every order, in the order of the record. */
export function candidatesInList(asking: Asking): readonly Candidate[] {
  const { index, binding, prepared } = asking;
  const { record } = index;
  switch (prepared.compiled.fact.needs) {
    case 'patient':
      return record.patient === undefined ? nobody : [plain(record.patient)];
    case 'order':
      return [{ resource: binding.order.resource, identity: binding.order.identity, kind: '' }];
    case 'orders':
    case 'stops':
      return nobody;
    case 'medications':
      return medications(asking);
    case 'problems':
      return (prepared.problems === undefined ? record.problems : index.problemsOf(prepared.problems)).map(
        plain,
      );
    case 'results':
      return results(asking).map(plain);
    case 'allergies':
      return record.allergies.map(({ resource, identity }) => ({ resource, identity, kind: '' }));
  }
}

/** Of the call: never the order in focus. */
export function candidatesDrafted(asking: Asking): readonly Candidate[] {
  const { needs } = asking.prepared.compiled.fact;
  if (needs === 'orders' || needs === 'stops') return drafts(asking, needs === 'stops', '');
  return needs === 'medications' ? draftsOnTheList(asking) : nobody;
}

function plain(resource: FhirResource): Candidate {
  return { resource, identity: undefined, kind: '' };
}

function drafts({ prepared, binding, index }: Asking, stops: boolean, kind: string): readonly Candidate[] {
  const { drafts: all } = index.record;
  // Most calls have one order, and it is the one in focus.
  if (all.length === 1 && all[0] === binding.order) return nobody;
  const wanted = prepared.drugs;
  return all
    .filter((draft) => draft !== binding.order && draft.stop === stops)
    .filter((draft) => wanted === undefined || draft.identity.drugs.some((drug) => wanted.includes(drug)))
    .map((draft) => ({ resource: draft.resource, identity: draft.identity, kind }));
}

function medications(asking: Asking): readonly Candidate[] {
  const { index, prepared } = asking;
  const listed =
    prepared.drugs === undefined ? index.record.medications : index.medicationsOf(prepared.drugs);
  const entries = listed.map(({ resource, identity }) => ({
    resource,
    identity,
    kind: resource.resourceType as string,
  }));
  return prepared.compiled.find.has('older') ? [...entries, ...olderStates(asking)] : entries;
}

function draftsOnTheList(asking: Asking): readonly Candidate[] {
  const { find } = asking.prepared.compiled;
  const orders = find.has('order') ? drafts(asking, false, 'order') : nobody;
  return find.has('stop') ? [...orders, ...drafts(asking, true, 'stop')] : orders;
}

/** The record's earlier states of the orders of the call, the one in focus included. */
function olderStates({ prepared, index }: Asking): readonly Candidate[] {
  const wanted = prepared.drugs;
  return flatMap(index.record.drafts, ({ supersedes, identity }) =>
    supersedes === undefined || !identity.drugs.some((drug) => wanted?.includes(drug) ?? true)
      ? []
      : [{ resource: supersedes, identity, kind: 'older' }],
  );
}

function results({ index, prepared, variables }: Asking): readonly Observation[] {
  const { labs, compiled } = prepared;
  return flatMap(labs, (lab) =>
    compiled.fact.pick === 'newest' ? newestCounting(lab, compiled, index, variables) : index.resultsOf(lab),
  );
}
