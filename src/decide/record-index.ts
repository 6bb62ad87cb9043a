/** The record of one call, reachable by drug, problem and laboratory group, so that a fact is handed only what concerns it. */

import { flatMap } from '../flat-map.js';
import type { CodeableConcept, Condition, FhirResource, Observation } from 'fhir/r4.js';
import type { HookName } from '../cdshooks/protocol.js';
import { drugsNamed, type Duration } from '../library/argument.js';
import type { CodeIndex } from '../library/code-index.js';
import type { Vocabulary } from '../library/vocabulary.js';
import type {
  AllergyEntry,
  DraftOrder,
  DrugIdentity,
  MedicationEntry,
  MedicationResource,
  PatientRecord,
} from '../record/record.js';
import { type Courses, coursesOf, orderedCourse } from '../record/courses.js';
import { isMedication } from '../record/medication.js';
import { once, onceEach } from '../once-each.js';
import { componentsOf } from '../record/panel.js';
import { inDays, instantMinus } from './calendar.js';
import { listedAsOrder, stopsAtDischarge, stopsOf } from './stops.js';

/** What an index is made with, and is the same for every call. */
export interface Terms {
  readonly codes: CodeIndex;
  readonly vocabulary: Vocabulary;
}

export interface RecordIndex {
  readonly record: PatientRecord;
  readonly hook: HookName;
  readonly codes: CodeIndex;
  /** Judged drafts of a drug or class that start or continue it. */
  ordersOf(name: string): readonly DraftOrder[];
  /** Stops of a drug or class. */
  stopsOf(name: string): readonly DraftOrder[];
  /** Entries of the list of a drug or class as what a card of the chart can be about. */
  takenOf(name: string): readonly DraftOrder[];
  /** Entries of some drugs, each once. */
  medicationsOf(drugs: readonly string[]): readonly MedicationEntry[];
  /** Whether an entry of the list or an order of the call is of one of these drugs. */
  names(drugs: readonly string[]): boolean;
  /** Entries of the list of which nothing tells the drug. */
  nameless(): readonly MedicationEntry[];
  /** Orders of the call that are not judged, and of which nothing tells the drug. */
  namelessOrders(): readonly DraftOrder[];
  /** Stops of the call and orders replaced by another drug, the same objects at every call. */
  stops(): readonly DraftOrder[];
  /** Entries of the list as what a card of the chart can be about, the same objects at every call. */
  taken(): readonly DraftOrder[];
  /** Entries of some problems, each once. */
  problemsOf(problems: readonly string[]): readonly Condition[];
  resultsOf(lab: string): readonly Observation[];
  /** Of a medication, whether the record lists it or a reference leads to it; undefined for what names none. */
  identityOf(resource: unknown): DrugIdentity | undefined;
  /** Of all entries of some drugs, and of the earlier states of the orders of the call. */
  coursesOf(drugs: readonly string[]): Courses;
  /** The instant of the call minus a duration, ISO 8601 in UTC. */
  instantMinus(duration: Duration): string;
  /** The same record with other drafts. */
  withDrafts(drafts: readonly DraftOrder[]): RecordIndex;
}

/** What the record holds whatever is drafted. */
type Groups = ReturnType<typeof groupsOf>;

function groupsOf(record: PatientRecord, { codes }: Terms) {
  return {
    medications: once(() => groupBy(record.medications, (entry) => entry.identity.drugs)),
    nameless: once(() => record.medications.filter((entry) => entry.identity.nameless)),
    problems: once(() => groupBy(record.problems, (problem) => codes.problemsOf(problem.code))),
    results: once(() => groupBy(resultsIn(record, codes), (result) => codes.labsOf(result.code))),
  };
}

/** Those that stand for themselves, and those that a panel holds. */
function resultsIn({ observations }: PatientRecord, codes: CodeIndex): readonly Observation[] {
  const isOfALab = (code: CodeableConcept): boolean => codes.labsOf(code).size > 0;
  const held = flatMap(observations, (result) => componentsOf(result, isOfALab));
  return held.length === 0 ? observations : [...observations, ...held];
}

export function indexRecord(
  record: PatientRecord,
  terms: Terms,
  hook: HookName,
  groups: Groups = groupsOf(record, terms),
): RecordIndex {
  const entries = once(() => entriesOf(record));
  const stops = once(() => (hook === 'encounter-discharge' ? stopsAtDischarge(record) : stopsOf(record)));
  const apart = once(() => stops().filter(({ resource }) => !entries().has(resource)));
  const taken = once(() => record.medications.map(listedAsOrder));
  const orders = once(() => record.drafts.filter((draft) => draft.judged && !draft.stop));
  const named = once(() => drugsNamedIn(record, groups));
  const medicationsOf = (drugs: readonly string[]) => fromGroups(groups.medications(), drugs);
  return {
    record,
    codes: terms.codes,
    hook,
    ordersOf: ofDrugs(orders, terms),
    stopsOf: ofDrugs(stops, terms),
    takenOf: ofDrugs(taken, terms),
    medicationsOf,
    names: (drugs) => {
      const all = named();
      return drugs.some((drug) => all.has(drug));
    },
    nameless: groups.nameless,
    namelessOrders: once(() => record.drafts.filter(isUnjudgedUnknown)),
    stops,
    taken,
    problemsOf: (problems) => fromGroups(groups.problems(), problems),
    resultsOf: (lab) => groups.results().get(lab) ?? [],
    identityOf: (resource) =>
      entries().get(resource as FhirResource)?.identity ??
      (isMedication(resource) ? identityApart(resource, record) : undefined),
    coursesOf: coursesIn(record, { listedOf: medicationsOf, apart, hook }),
    instantMinus: instantsBefore(record.now),
    withDrafts: (drafts) => indexRecord({ ...record, drafts }, terms, hook, groups),
  };
}

/** Of those that are judged, each is told by itself. */
function isUnjudgedUnknown({ judged, stop, identity }: DraftOrder): boolean {
  return !judged && !stop && identity.nameless && (identity.stated || identity.unresolved);
}

/** Drugs of the list and of the orders. */
function drugsNamedIn({ drafts }: PatientRecord, { medications }: Groups): ReadonlySet<string> {
  return new Set([...medications().keys(), ...flatMap(drafts, ({ identity }) => identity.drugs)]);
}

/** The same few sums are asked for by many facts. */
function instantsBefore(now: string): RecordIndex['instantMinus'] {
  const before = onceEach((value: number) => instantMinus(now, { value, unit: 'day' }));
  return (duration) => before(inDays(duration));
}

/** Those of a drug or class, found once a call. */
function ofDrugs(
  all: () => readonly DraftOrder[],
  { vocabulary }: Terms,
): (name: string) => readonly DraftOrder[] {
  return onceEach((name) => {
    const drugs = drugsNamed(name, vocabulary);
    return all().filter(({ identity }) => identity.drugs.some((drug) => drugs.includes(drug)));
  });
}

/** Nearly all of what is asked for is in none of the groups. */
function fromGroups<T>(groups: ReadonlyMap<string, readonly T[]>, names: readonly string[]): readonly T[] {
  let found: readonly T[] | undefined;
  for (const name of names) {
    const group = groups.get(name);
    if (group !== undefined) found = found === undefined ? group : [...new Set([...found, ...group])];
  }
  return found ?? [];
}

/**
 * Many orders ask for the courses of the same few drugs.
 * `apart` are replaced orders that no list holds: they were taken all the same.
 */
function coursesIn(
  { drafts, today }: PatientRecord,
  {
    listedOf,
    apart,
    hook,
  }: {
    readonly listedOf: RecordIndex['medicationsOf'];
    readonly apart: RecordIndex['stops'];
    readonly hook: HookName;
  },
): RecordIndex['coursesOf'] {
  const ofDrugs = onceEach((key: string): Courses => {
    const drugs = key.split('|');
    const listed = listedOf(drugs);
    const isAsked = ({ identity }: DraftOrder): boolean =>
      identity.drugs.some((drug) => drugs.includes(drug));
    const asked = drafts.filter(isAsked);
    const older = flatMap(asked, ({ supersedes }) =>
      supersedes === undefined ? [] : [{ resource: supersedes }],
    );
    const orders = asked.filter(({ stop }) => !stop);
    return coursesOf(
      [...listed, ...older, ...apart().filter(isAsked)],
      today,
      // One alone joins to nothing.
      orders.length < 2 ? [] : orders.map((order) => orderedCourse(order, hook === 'medication-refill')),
    );
  });
  return (drugs) => ofDrugs(drugs.join('|'));
}

/** Of a medication that only a reference leads to. */
function identityApart(resource: MedicationResource, record: PatientRecord): DrugIdentity | undefined {
  const isForbidden = resource.resourceType === 'MedicationRequest' && resource.doNotPerform === true;
  return isForbidden ? undefined : record.identityOf(resource);
}

function entriesOf(record: PatientRecord): ReadonlyMap<FhirResource, { readonly identity: DrugIdentity }> {
  const entries: readonly (MedicationEntry | DraftOrder | AllergyEntry)[] = [
    ...record.medications,
    ...record.drafts,
    ...record.allergies,
  ];
  const older = flatMap(record.drafts, ({ supersedes, identity }) =>
    supersedes === undefined ? [] : [{ resource: supersedes, identity }],
  );
  return new Map([...older, ...entries].map((entry) => [entry.resource, entry]));
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
