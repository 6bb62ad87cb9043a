/** Completes the record of one call from its context and prefetch. The folder's public function. */

import type { FhirResource } from 'fhir/r4.js';
import type { HookRequest } from '../cdshooks/protocol.js';
import type { RecordType } from '../cdshooks/record-type.js';
import { draftsOf, isRequest } from './drafts.js';
import type { Identify } from './identify.js';
import { type Resolve, statedMedication } from './medication.js';
import { type ReadPrefetch, readPrefetch } from './read-prefetch.js';
import type {
  AllergyEntry,
  DraftOrder,
  MedicationEntry,
  MedicationResource,
  PatientRecord,
  UnreadReason,
} from './record.js';
import { createResolve } from './references.js';
import { partOf, partsOf, stringOf } from '../untrusted.js';

export interface RecordOptions {
  readonly identify: Identify;
  /** Our own prefetch keys → what their templates ask for. */
  readonly prefetchKeys: ReadonlyMap<string, RecordType>;
  /** Those keys that ask for the newest few only (`_count`). */
  readonly newestOnly?: ReadonlySet<string>;
  /** Why prefetch keys and references that are absent could not be fetched either. */
  readonly whyNot?: ReadonlyMap<string, UnreadReason>;
  /** Calendar date of the call, `YYYY-MM-DD`. */
  readonly today: string;
  /** Instant of the call, ISO 8601 in UTC. */
  readonly now: string;
}

type Identified = DraftOrder | MedicationEntry | AllergyEntry;

/** Never throws for what is missing or malformed: a type that could not be read goes to `unread`. */
export function completeRecord(request: HookRequest, options: RecordOptions): PatientRecord {
  const prefetched = readPrefetch(request.prefetch, {
    patientId: request.patientId,
    keys: options.prefetchKeys,
    ...(options.newestOnly === undefined ? {} : { newestOnly: options.newestOnly }),
    ...(options.whyNot === undefined ? {} : { whyNot: options.whyNot }),
  });
  const sent = [...request.orders, ...request.siblings];
  const everything = [...sent, ...[...prefetched.byType.values()].flat(), ...prefetched.others];
  const byFullUrl = new Map([...prefetched.byFullUrl, ...(request.byFullUrl ?? [])]);
  const resolve = createResolve(everything, byFullUrl);
  const listed = medicationsOf(withSiblings(prefetched, request.siblings));
  const drafts = draftsOf(request, listed.filter(isRequest));
  const identified = <T extends Identified>(entry: Omit<T, 'identity'>) =>
    withIdentity(entry, options.identify, resolve);
  return {
    today: options.today,
    now: options.now,
    patient: list(prefetched, 'Patient')[0],
    drafts: drafts.drafts.map((draft) => identified<DraftOrder>(draft)),
    foreign: drafts.foreign.map((draft) => identified<DraftOrder>(draft)),
    medications: listed
      .flatMap((resource) => drafts.newestOf(resource))
      .filter(isOfTheList)
      .map((resource) => identified<MedicationEntry>({ resource })),
    problems: list(prefetched, 'Condition'),
    observations: list(prefetched, 'Observation'),
    allergies: list(prefetched, 'AllergyIntolerance').map((resource) =>
      identified<AllergyEntry>({ resource }),
    ),
    unread: prefetched.unread,
    leftOut: prefetched.leftOut,
    namesServer: request.fhirServer !== undefined,
    unreadReferences: options.whyNot ?? new Map(),
    resolve,
  };
}

/** An order that a draft refers to, and that was read for its sake, is of the list: first, as `resolve` finds it. */
function withSiblings(prefetched: ReadPrefetch, siblings: readonly FhirResource[]): ReadPrefetch {
  const orders = siblings.filter((resource) => resource.resourceType === 'MedicationRequest');
  if (orders.length === 0) return prefetched;
  const listed = prefetched.byType.get('MedicationRequest') ?? [];
  return {
    ...prefetched,
    byType: new Map([...prefetched.byType, ['MedicationRequest', [...orders, ...listed]]]),
  };
}

function medicationsOf(prefetched: ReadPrefetch): readonly MedicationResource[] {
  return [
    ...list(prefetched, 'MedicationRequest'),
    ...list(prefetched, 'MedicationStatement'),
    ...list(prefetched, 'MedicationDispense'),
    ...list(prefetched, 'MedicationAdministration'),
  ];
}

/** The resources of a type without those entered in error; one sent twice counts once. */
function list<T extends RecordType>(
  { byType }: ReadPrefetch,
  type: T,
): readonly Extract<FhirResource, { resourceType: T }>[] {
  const seen = new Set<string>();
  return (byType.get(type) ?? []).filter(
    (resource): resource is Extract<FhirResource, { resourceType: T }> => {
      const id = stringOf(resource.id);
      const repeated = id !== undefined && seen.has(id);
      if (id !== undefined) seen.add(id);
      return !repeated && !isEnteredInError(resource);
    },
  );
}

function isEnteredInError(resource: FhirResource): boolean {
  const part = partOf(resource);
  const verification = partsOf(partOf(part?.['verificationStatus'])?.['coding']);
  return [part?.['status'], ...verification.map(({ code }) => code)].includes('entered-in-error');
}

/** An order not to give a drug and an order nobody has signed are no entries of the medication list. */
function isOfTheList(resource: MedicationResource): boolean {
  if (resource.resourceType !== 'MedicationRequest') return true;
  return resource.doNotPerform !== true && resource.status !== 'draft' && !isEnteredInError(resource);
}

/** The identity is found at its first use: a long history costs nothing to an order outside the library's scope. */
function withIdentity<T extends Identified>(
  entry: Omit<T, 'identity'>,
  identify: Identify,
  resolve: Resolve,
): T {
  let identity: T['identity'] | undefined;
  const { resource } = entry as T;
  return Object.defineProperty({ ...entry }, 'identity', {
    enumerable: true,
    get: () => (identity ??= identify(statedMedication(resource, resolve))),
  }) as T;
}
