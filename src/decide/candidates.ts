/** The resources a fact is handed: only those its source and arguments index. */

import type { FhirResource, Observation } from 'fhir/r4.js';
import { drugsNamed, problemsNamed } from '../library/argument.js';
import type { Vocabulary } from '../library/vocabulary.js';
import type { Arguments, Asking, Candidate } from './asking.js';
import { newestCounting } from './variables.js';

export interface Candidates {
  /** The same for every order, in the order of the record. */
  readonly list: () => readonly Candidate[];
  /** Of the call: never the order in focus. */
  readonly drafts: readonly Candidate[];
}

export function candidatesOf(asking: Asking): Candidates {
  const list = () => listOf(asking);
  switch (asking.compiled.fact.needs) {
    case 'orders':
      return { list: () => [], drafts: drafts(asking, false, '') };
    case 'stops':
      return { list: () => [], drafts: drafts(asking, true, '') };
    case 'medications':
      return { list, drafts: draftsOnTheList(asking) };
    case 'patient':
    case 'order':
    case 'problems':
    case 'results':
    case 'allergies':
      return { list, drafts: [] };
  }
}

function listOf(asking: Asking): readonly Candidate[] {
  const { index, binding, args, compiled } = asking;
  const { record } = index;
  const plain = (resource: FhirResource): Candidate => ({ resource, identity: undefined, kind: '' });
  switch (compiled.fact.needs) {
    case 'patient':
      return record.patient === undefined ? [] : [plain(record.patient)];
    case 'order':
      return [{ ...binding.order, kind: '' }];
    case 'orders':
    case 'stops':
      return [];
    case 'medications':
      return medications(asking);
    case 'problems':
      return [
        ...new Set(
          problemNames(args, asking.vocabulary)?.flatMap((name) => index.problemsOf(name)) ?? record.problems,
        ),
      ].map(plain);
    case 'results':
      return results(asking).map(plain);
    case 'allergies':
      return record.allergies.map((allergy) => ({ ...allergy, kind: '' }));
  }
}

function drafts(
  { args, vocabulary, binding, index }: Asking,
  stops: boolean,
  kind: string,
): readonly Candidate[] {
  const wanted = drugNames(args, vocabulary);
  return index.record.drafts
    .filter((draft) => draft !== binding.order && draft.stop === stops)
    .filter((draft) => wanted === undefined || draft.identity.drugs.some((drug) => wanted.includes(drug)))
    .map((draft) => ({ resource: draft.resource, identity: draft.identity, kind }));
}

function medications(asking: Asking): readonly Candidate[] {
  const { args, vocabulary, index, compiled } = asking;
  const wanted = drugNames(args, vocabulary);
  const listed =
    wanted === undefined ? index.record.medications : wanted.flatMap((drug) => index.medicationsOf(drug));
  const entries = [...new Set(listed)].map(({ resource, identity }) => ({
    resource,
    identity,
    kind: resource.resourceType as string,
  }));
  return compiled.find.has('older') ? [...entries, ...olderStates(asking)] : entries;
}

function draftsOnTheList(asking: Asking): readonly Candidate[] {
  const { find } = asking.compiled;
  return [
    ...(find.has('order') ? drafts(asking, false, 'order') : []),
    ...(find.has('stop') ? drafts(asking, true, 'stop') : []),
  ];
}

/** The record's earlier states of the orders of the call, the one in focus included. */
function olderStates({ args, vocabulary, index }: Asking): readonly Candidate[] {
  const wanted = drugNames(args, vocabulary);
  return index.record.drafts.flatMap(({ supersedes, identity }) =>
    supersedes === undefined || !identity.drugs.some((drug) => wanted?.includes(drug) ?? true)
      ? []
      : [{ resource: supersedes, identity, kind: 'older' }],
  );
}

function results({ args, index, compiled, variables }: Asking): readonly Observation[] {
  const labs = Object.values(args).flatMap((value) => (value.kind === 'lab' ? [value.name] : []));
  return labs.flatMap((lab) =>
    compiled.fact.pick === 'newest'
      ? newestCounting(lab, compiled, index, variables())
      : index.resultsOf(lab),
  );
}

/** The single drugs of a fact's drug argument; undefined when it takes none. */
export function drugNames(args: Arguments, vocabulary: Vocabulary): readonly string[] | undefined {
  const named = Object.values(args).find((value) => value.kind === 'drug');
  return named === undefined ? undefined : drugsNamed(named.name, vocabulary);
}

function problemNames(args: Arguments, vocabulary: Vocabulary): readonly string[] | undefined {
  const named = Object.values(args).find((value) => value.kind === 'problem');
  return named === undefined ? undefined : problemsNamed(named.name, vocabulary);
}
