/** The record of one call, reachable by drug, problem and laboratory group, so that a fact is handed only what concerns it. */

import type { Condition, FhirResource, Observation } from 'fhir/r4.js';
import type { HookName } from '../cdshooks/protocol.js';
import type { CodeIndex } from '../library/code-index.js';
import type {
  AllergyEntry,
  DraftOrder,
  DrugIdentity,
  MedicationEntry,
  PatientRecord,
} from '../record/record.js';
import { type Courses, coursesOf } from '../record/course.js';
import { listedAsOrder, stopsAtDischarge, stopsOf } from './stops.js';

export interface RecordIndex {
  readonly record: PatientRecord;
  readonly hook: HookName;
  readonly codes: CodeIndex;
  medicationsOf(drug: string): readonly MedicationEntry[];
  /** Entries of the list of which nothing tells the drug. */
  unresolved(): readonly MedicationEntry[];
  /** Stops of the call and orders replaced by another drug, the same objects at every call. */
  stops(): readonly DraftOrder[];
  /** Entries of the list as what a card of the chart can be about, the same objects at every call. */
  taken(): readonly DraftOrder[];
  problemsOf(problem: string): readonly Condition[];
  resultsOf(lab: string): readonly Observation[];
  identityOf(resource: unknown): DrugIdentity | undefined;
  /** Of all entries of some drugs, and of the earlier states of the orders of the call. */
  coursesOf(drugs: readonly string[]): Courses;
}

export function indexRecord(record: PatientRecord, codes: CodeIndex, hook: HookName): RecordIndex {
  const medications = once(() => groupBy(record.medications, (entry) => entry.identity.drugs));
  const problems = once(() => groupBy(record.problems, (problem) => codes.problemsOf(problem.code)));
  const results = once(() => groupBy(record.observations, (result) => codes.labsOf(result.code)));
  const entries = once(() => entriesOf(record));
  return {
    record,
    codes,
    medicationsOf: (drug) => medications().get(drug) ?? [],
    unresolved: once(() => record.medications.filter((entry) => entry.identity.unresolved)),
    stops: once(() => (hook === 'encounter-discharge' ? stopsAtDischarge(record) : stopsOf(record))),
    hook,
    taken: once(() => record.medications.map(listedAsOrder)),
    problemsOf: (problem) => problems().get(problem) ?? [],
    resultsOf: (lab) => results().get(lab) ?? [],
    identityOf: (resource) => entries().get(resource as FhirResource)?.identity,
    coursesOf: coursesIn(record, (drug) => medications().get(drug) ?? []),
  };
}

/** Many orders ask for the courses of the same few drugs. */
function coursesIn(
  { drafts, today }: PatientRecord,
  listedOf: RecordIndex['medicationsOf'],
): RecordIndex['coursesOf'] {
  const known = new Map<string, Courses>();
  return (drugs) => {
    const key = drugs.join('|');
    const before = known.get(key);
    if (before !== undefined) return before;
    const listed = [...new Set(drugs.flatMap((drug) => listedOf(drug)))];
    const older = drafts
      .filter(({ identity }) => identity.drugs.some((drug) => drugs.includes(drug)))
      .flatMap(({ supersedes }) => (supersedes === undefined ? [] : [{ resource: supersedes }]));
    const courses = coursesOf([...listed, ...older], today);
    known.set(key, courses);
    return courses;
  };
}

function entriesOf(record: PatientRecord): ReadonlyMap<FhirResource, { readonly identity: DrugIdentity }> {
  const entries: readonly (MedicationEntry | DraftOrder | AllergyEntry)[] = [
    ...record.medications,
    ...record.drafts,
    ...record.allergies,
  ];
  return new Map(entries.map((entry) => [entry.resource, entry]));
}

function groupBy<T>(
  items: readonly T[],
  namesOf: (item: T) => Iterable<string>,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const name of namesOf(item)) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [item]);
      else group.push(item);
    }
  }
  return groups;
}

/** Computed at the first need only: an out-of-scope order pays for nothing. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
