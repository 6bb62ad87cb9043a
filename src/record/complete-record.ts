/** Completes the record of one call from its context and prefetch. The folder's public function. */

import type { FhirResource } from 'fhir/r4.js';
import type { HookRequest } from '../cdshooks/protocol.js';
import type { RecordType } from '../cdshooks/record-type.js';
import { goesOn } from './course.js';
import { isPlan } from './courses.js';
import { type Drafts, draftsOf, isRequest, isStop } from './drafts.js';
import type { Identify } from './identify.js';
import { areOfTwoDrugs, asAllAreGiven, identityOf, withEntry } from './identity.js';
import { asItSays } from './not-taken.js';
import { isOfAnother } from './owner.js';
import { firstOfEach, type ReadPrefetch, readPrefetch } from './read-prefetch.js';
import type { DraftOrder, DrugIdentity, MedicationResource, PatientRecord, UnreadReason } from './record.js';
import { createResolve, type Targets } from './references.js';
import { onceEach } from '../once-each.js';
import { partOf, partsOf, stringOf } from '../untrusted.js';

export interface RecordOptions {
  readonly identify: Identify;
  /** Our own prefetch keys → what their templates ask for. */
  readonly prefetchKeys: ReadonlyMap<string, RecordType>;
  /** Those keys that ask for the newest few only (`_count`). */
  readonly newestOnly?: ReadonlySet<string>;
  /** Of those keys that ask for results: their codes. */
  readonly resultCodes?: ReadonlyMap<string, ReadonlySet<string>>;
  /** Why prefetch keys and references that are absent could not be fetched either. */
  readonly whyNot?: ReadonlyMap<string, UnreadReason>;
  /** Calendar date of the call, `YYYY-MM-DD`. */
  readonly today: string;
  /** Instant of the call, ISO 8601 in UTC. */
  readonly now: string;
}

/** Never throws for what is missing or malformed: a type that could not be read goes to `unread`. */
export function completeRecord(request: HookRequest, options: RecordOptions): PatientRecord {
  const prefetched = readPrefetch(request.prefetch, {
    patientId: request.patientId,
    keys: options.prefetchKeys,
    ...(options.newestOnly === undefined ? {} : { newestOnly: options.newestOnly }),
    ...(options.resultCodes === undefined ? {} : { resultCodes: options.resultCodes }),
    ...(options.whyNot === undefined ? {} : { whyNot: options.whyNot }),
  });
  const resolve = createResolve(() => targetsIn(request, prefetched));
  const identified = (resource: FhirResource): DrugIdentity =>
    identityOf(resource, options.identify, resolve);
  const listed = medicationsIn(prefetched, request.siblings, identified);
  const drafts = draftsOf(request, listed.filter(isRequest), (order, entry) =>
    areOfTwoDrugs(identified(order), identified(entry), isStop(order)),
  );
  const draftOf = withIdentity(identified, listed);
  return {
    today: options.today,
    now: options.now,
    patient: list('Patient', prefetched)[0],
    drafts: drafts.drafts.map(draftOf),
    foreign: drafts.foreign.map(draftOf),
    medications: newestOf(listed, drafts).map((resource) => ({ resource, identity: identified(resource) })),
    problems: list('Condition', prefetched),
    observations: list('Observation', prefetched),
    allergies: list('AllergyIntolerance', prefetched).map((resource) => ({
      resource,
      identity: identified(resource),
    })),
    unread: prefetched.unread,
    leftOut: prefetched.leftOut,
    namesServer: request.fhirServer !== undefined,
    unreadReferences: options.whyNot ?? new Map(),
    resolve,
    identityOf: onceEach(identified),
  };
}

type Unidentified = Drafts['drafts'][number];

/** @param listed what a stop that names no entry may be of */
function withIdentity(
  identified: PatientRecord['identityOf'],
  listed: readonly MedicationResource[],
): (state: Unidentified) => DraftOrder {
  const asGiven = asAllAreGiven(() => listed.filter(goesOn).map(identified));
  const identityIn = ({ resource, stop, supersedes }: Unidentified): DrugIdentity => {
    const own = identified(resource);
    if (supersedes !== undefined) return withEntry(own, identified(supersedes), stop);
    return stop ? asGiven(own) : own;
  };
  return (state) => {
    const { resource, judged, stop, supersedes, sharesId } = state;
    // Each by name: V8 makes a new hidden class for what is added to a copy.
    const draft = { resource, judged, stop, identity: identityIn(state) };
    const told = sharesId === undefined ? draft : { ...draft, sharesId };
    return supersedes === undefined ? told : { ...told, supersedes };
  };
}

/** In the order in which references find them; what is another patient's is no part of the record. */
function targetsIn(request: HookRequest, { byType, others, byFullUrl }: ReadPrefetch): Targets {
  const { orders, siblings, patientId } = request;
  const isOurs = (resource: FhirResource): boolean => !isOfAnother(resource, patientId);
  const named = [...(request.byFullUrl ?? []), ...byFullUrl()];
  return {
    resources: [...orders, ...siblings, ...[...byType.values()].flat(), ...others].filter(isOurs),
    byFullUrl: firstOfEach(named.filter(([, resource]) => isOurs(resource))),
  };
}

function medicationsIn(
  prefetched: ReadPrefetch,
  siblings: readonly FhirResource[],
  identityOf: PatientRecord['identityOf'],
): readonly MedicationResource[] {
  return [
    // An order that a draft refers to, and that was read for its sake, is of the list: first, as `resolve` finds it.
    ...list('MedicationRequest', prefetched, siblings.filter(isRequest)).map(withStatus),
    ...list('MedicationStatement', prefetched).map((statement) =>
      asItSays(withStatus(statement), identityOf),
    ),
    ...list('MedicationDispense', prefetched).map(withStatus),
    ...list('MedicationAdministration', prefetched).map(withStatus),
  ];
}

/** An entry without the status that it must have may be taken: nobody knows. Letters of another case are read. */
function withStatus<T extends MedicationResource>(resource: T): T {
  const written: unknown = resource.status;
  const status = stringOf(written)?.trim().toLowerCase() ?? 'unknown';
  return status === written ? resource : { ...resource, status };
}

type OfType<T extends RecordType> = Extract<FhirResource, { resourceType: T }>;

/** The resources of a type without those entered in error; one sent twice counts once. */
function list<T extends RecordType>(
  type: T,
  { byType }: ReadPrefetch,
  before: readonly OfType<T>[] = [],
): readonly OfType<T>[] {
  const seen = new Set<string>();
  const listed: FhirResource[] = [];
  const sent = byType.get(type) ?? [];
  for (const resource of before.length === 0 ? sent : [...before, ...sent]) {
    const id = stringOf(resource.id);
    const repeated = id !== undefined && seen.has(id);
    if (id !== undefined) seen.add(id);
    if (!repeated && !isEnteredInError(resource)) listed.push(resource);
  }
  // `byType` holds nothing else under a type.
  return listed as OfType<T>[];
}

const ENTERED_IN_ERROR = 'entered-in-error';

function isEnteredInError(resource: FhirResource): boolean {
  const part = partOf(resource);
  if (part?.['status'] === ENTERED_IN_ERROR) return true;
  const verification = partOf(part?.['verificationStatus']);
  if (verification === undefined) return false;
  return partsOf(verification['coding']).some(({ code }) => code === ENTERED_IN_ERROR);
}

/** The medication list, with the newer states of what is drafted again. */
function newestOf(listed: readonly MedicationResource[], drafts: Drafts): readonly MedicationResource[] {
  const newest: MedicationResource[] = [];
  for (const resource of listed) {
    const state = drafts.newestOf(resource);
    if (state !== undefined && isOfTheList(state)) newest.push(state);
  }
  return newest;
}

/** A wish, an order not to give a drug and an order nobody has signed are no entries of the medication list. */
function isOfTheList(resource: MedicationResource): boolean {
  if (resource.resourceType !== 'MedicationRequest') return true;
  return (
    !isPlan(resource) &&
    resource.doNotPerform !== true &&
    resource.status !== 'draft' &&
    !isEnteredInError(resource)
  );
}
