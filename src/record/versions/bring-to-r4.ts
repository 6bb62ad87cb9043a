/** Brings the resources of a call to the one shape of R4 that everything else reads. The folder's public function. */

import type { FhirResource } from 'fhir/r4.js';
import type { HookRequest } from '../../cdshooks/protocol.js';
import { type RecordType, recordTypes } from '../../cdshooks/record-type.js';
import type { UnreadReason } from '../record.js';
import { partOf } from '../../untrusted.js';
import { type FhirVersion, holds, NONE } from './fhir-version.js';
import { versionsOf } from './marks.js';
import { askedInR4, nameInR4 } from './order-references.js';
import { type ChangeResource, changeResources } from './prefetch-resources.js';
import { survey, type Survey, versionOf } from './survey.js';
import { toR4 } from './to-r4.js';

export interface BroughtToR4 {
  /** The very same request when there was nothing to change. */
  readonly request: HookRequest;
  /** What the caller speaks. */
  readonly version: FhirVersion;
  /** Types of which resources were of another version than the order, or of none that is read here. */
  readonly unread: ReadonlyMap<RecordType, UnreadReason>;
}

const OF_ANOTHER: UnreadReason = 'sent in another FHIR version than the order';
const NOT_READ: UnreadReason = 'sent in a FHIR version that is not read';

/** The type of the record, under whatever name a version has it. */
export function recordTypeOf(called: unknown): RecordType | undefined {
  return CALLED.get(called);
}

/** Types that are called otherwise in other versions. */
const CALLED: ReadonlyMap<unknown, RecordType> = new Map<unknown, RecordType>([
  ...recordTypes.map((type) => [type, type] as const),
  ['MedicationOrder', 'MedicationRequest'],
  ['MedicationPrescription', 'MedicationRequest'],
]);

/**
 * Never throws: what is malformed stays as it is, for the record to pass over. Every resource is read in the version it
 * is of, so that a risk in plain sight is told. But a record of several versions is no record to conclude an absence
 * from: types with resources of another version than the order are unread. What is of no version known here is left out.
 * @param today day of the call, `YYYY-MM-DD`
 */
export function bringToR4(request: HookRequest, today: string): BroughtToR4 {
  const found = survey(request);
  const { version, verdict } = found;
  const unread = new Map<RecordType, UnreadReason>();
  if (verdict === 'one version' && version === 'R4') return { request, version, unread };
  if (found.unheardOf) for (const type of recordTypes) unread.set(type, NOT_READ);
  const brought = new Map<FhirResource, FhirResource>();
  const own = (resource: FhirResource): FhirResource => {
    const known = brought.get(resource) ?? inOwnVersion(resource, version, today);
    brought.set(resource, known);
    return known;
  };
  return {
    request: {
      ...request,
      orders: request.orders.map(own),
      siblings: request.siblings.map(own),
      ...(request.byFullUrl === undefined
        ? {}
        : { byFullUrl: new Map([...request.byFullUrl].map(([url, resource]) => [url, own(resource)])) }),
      ...(request.selections === undefined ? {} : { selections: request.selections.map(nameInR4) }),
      prefetch: prefetchInR4(request, changeWith(found, unread, today)),
    },
    version,
    unread,
  };
}

function inOwnVersion(resource: FhirResource, call: FhirVersion, today: string): FhirResource {
  const part = partOf(resource);
  if (part === undefined) return resource;
  return toR4(part, versionOf(part, call), today) as unknown as FhirResource;
}

function changeWith(
  { version, untold }: Survey,
  unread: Map<RecordType, UnreadReason>,
  today: string,
): ChangeResource {
  return (resource) => {
    const fitting = versionsOf(resource);
    const type = recordTypeOf(resource['resourceType']);
    if (type !== undefined && (untold || fitting === NONE)) {
      unread.set(type, NOT_READ);
      return undefined;
    }
    if (type !== undefined && !holds(fitting, version) && !unread.has(type)) unread.set(type, OF_ANOTHER);
    return toR4(resource, versionOf(resource, version), today);
  };
}

function prefetchInR4({ prefetch }: HookRequest, change: ChangeResource): HookRequest['prefetch'] {
  return Object.fromEntries(
    Object.entries(prefetch).map(([key, value]) => [key, askedInR4(changeResources(value, change))]),
  );
}
