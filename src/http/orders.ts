/** Reads the orders of a hook's context in every shape that clients send. */

import { flatMap } from '../flat-map.js';
import type { FhirResource } from 'fhir/r4.js';
import { isPart } from '../untrusted.js';
import { fieldFault } from './field-faults.js';

export interface ContextOrders {
  readonly orders: readonly FhirResource[];
  readonly siblings: readonly FhirResource[];
  readonly byFullUrl: ReadonlyMap<string, FhirResource>;
}

/** What a client can draft, from DSTU2 to R5; everything else in the bundle is there for the orders to refer to. */
const orderTypes: ReadonlySet<string> = new Set([
  'CommunicationRequest',
  'DeviceRequest',
  'DeviceUseRequest',
  'DiagnosticOrder',
  'ImmunizationRecommendation',
  'MedicationOrder',
  'MedicationRequest',
  'NutritionOrder',
  'ProcedureRequest',
  'ReferralRequest',
  'RequestGroup',
  'RequestOrchestration',
  'ServiceRequest',
  'SupplyRequest',
  'VisionPrescription',
]);

/** Each order of our drugs costs some 3 ms, and nobody signs this many at once: more would keep all other calls waiting. */
const mostOrders = 200;
/** Orders of anything else are not judged. */
const judgedTypes: ReadonlySet<string> = new Set(['MedicationOrder', 'MedicationRequest']);

interface Found {
  readonly resource: FhirResource;
  readonly fullUrl?: string;
}

/**
 * @param container value of `context.medications` or `context.draftOrders`: a Bundle with or without `type` and
 *   `resourceType`, a bare array of orders or of entries, or one bare order
 * @param path its path in the request, for messages
 * @throws ServiceError when it is none of these
 */
export function readOrders(container: unknown, path: string): ContextOrders {
  const found = readContainer(container, path);
  const orders: FhirResource[] = [];
  const siblings: FhirResource[] = [];
  const byFullUrl = new Map<string, FhirResource>();
  for (const { resource, fullUrl } of found) {
    (orderTypes.has(resource.resourceType) ? orders : siblings).push(resource);
    // Of an order sent twice the first counts.
    if (fullUrl !== undefined && !byFullUrl.has(fullUrl)) byFullUrl.set(fullUrl, resource);
  }
  const judged = orders.filter(({ resourceType }) => judgedTypes.has(resourceType));
  if (judged.length > mostOrders)
    throw fieldFault(path, `expected at most ${mostOrders} orders of medications`);
  return { orders, siblings, byFullUrl };
}

function readContainer(container: unknown, path: string): Found[] {
  if (Array.isArray(container)) return readEntries(container, path);
  if (!isPart(container)) throw fieldFault(path, 'expected a Bundle of draft orders');
  if (container.resourceType === undefined || container.resourceType === 'Bundle') {
    const { entry } = container;
    if (entry === undefined || entry === null) return [];
    if (!Array.isArray(entry)) throw fieldFault(`${path}.entry`, 'expected an array of entries');
    return readEntries(entry, `${path}.entry`);
  }
  if (isResource(container)) return [{ resource: container }];
  throw fieldFault(`${path}.resourceType`, 'expected the name of a resource type');
}

function readEntries(entries: readonly unknown[], path: string): Found[] {
  return flatMap(entries, (entry, position) => readEntry(entry, `${path}[${position}]`));
}

/** An entry without `resource` may be the resource itself, or carry none at all (FHIR allows that). */
function readEntry(entry: unknown, path: string): Found[] {
  if (!isPart(entry)) throw fieldFault(path, 'expected an entry with a resource');
  if (isResource(entry)) return [{ resource: entry }];
  const { resource, fullUrl } = entry;
  if (resource === undefined || resource === null) return [];
  if (!isPart(resource) || !isResource(resource)) {
    throw fieldFault(`${path}.resource`, 'expected a resource with a resourceType');
  }
  return [typeof fullUrl === 'string' ? { resource, fullUrl } : { resource }];
}

/** The profile of the resource is not looked at: a draft is incomplete by nature, and is judged by what it has. */
function isResource(value: object): value is FhirResource {
  return 'resourceType' in value && typeof value.resourceType === 'string' && value.resourceType !== '';
}
