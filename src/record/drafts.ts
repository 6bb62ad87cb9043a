/** The orders and stops of a call, and which entries of the record they are the newer state of. */

import { flatMap } from '../flat-map.js';
import type { FhirResource, MedicationRequest } from 'fhir/r4.js';
import type { HookRequest } from '../cdshooks/protocol.js';
import { medicationAsWritten } from './medication.js';
import { isOfAnother } from './owner.js';
import type { DraftOrder, MedicationResource } from './record.js';
import { relative } from './references.js';
import { stringOf } from '../untrusted.js';
import { nameInR4 } from './versions/order-references.js';

export interface Drafts {
  readonly drafts: readonly Omit<DraftOrder, 'identity'>[];
  /** Orders that name another patient than the call: not judged, and said so. */
  readonly foreign: readonly Omit<DraftOrder, 'identity'>[];
  /** What stands in the medication list for an entry of the record: itself, its newer state, or nothing. */
  newestOf(resource: MedicationResource): MedicationResource | undefined;
}

/** Whether an order of the call, although it has the id of an entry of the record, is of another drug. */
export type IsOfAnotherDrug = (order: MedicationRequest, entry: MedicationRequest) => boolean;

/** @param listed the medication requests of the record */
export function draftsOf(
  request: HookRequest,
  listed: readonly MedicationRequest[],
  isOfAnotherDrug: IsOfAnotherDrug,
): Drafts {
  const isForeign = (resource: MedicationRequest): boolean => isOfAnother(resource, request.patientId);
  const all = once(request.orders.filter(isRequest));
  const sent = all.filter((resource) => !isForeign(resource));
  const { older, misnamed } = olderOf(all, listed, isOfAnotherDrug);
  const newer = new Map(flatMap(sent, (resource) => entryUnder(resource, older)));
  const shared = sharedIds(all);
  const isJudged = judgedOf(request);
  // A new order on hold is ordered for later, and a refill of one on hold is for more.
  const isHeldFrom = (status: MedicationRequest['status'], resource: MedicationRequest): boolean =>
    resource.status === 'on-hold' &&
    older.get(resource)?.status === status &&
    request.hook !== 'medication-refill';
  const draftOf = (resource: MedicationRequest): Omit<DraftOrder, 'identity'> => {
    const supersedes = older.get(resource);
    // To hold what goes on is as abrupt as a stop.
    const stop = isStop(resource) || isHeldFrom('active', resource);
    const state = { resource, judged: isJudged(resource), stop };
    const sharesId = misnamed.has(resource) || shared.has(stringOf(resource.id) ?? '');
    const told = sharesId ? { ...state, sharesId } : state;
    return supersedes === undefined ? told : { ...told, supersedes };
  };
  const isActedOn = (resource: MedicationRequest): boolean =>
    isOrderOrStop(resource) && !isHeldFrom('on-hold', resource);
  return {
    drafts: sent.filter(isActedOn).map(draftOf),
    foreign: all.filter((resource) => isForeign(resource) && isActedOn(resource)).map(draftOf),
    newestOf: (resource) => {
      const state = newer.get(resource);
      if (state === undefined) return resource;
      return isActedOn(state) ? undefined : state;
    },
  };
}

/** A blank id names nothing. */
function withId(resource: MedicationRequest): readonly (readonly [id: string, MedicationRequest])[] {
  const id = stringOf(resource.id);
  return id === undefined ? [] : [[id, resource]];
}

/** Which entry of the record an order of the call is the newer state of. */
type Older = ReadonlyMap<MedicationRequest, MedicationRequest>;

/** By id, but for those that are of another drug than the entry: it stays what it is, and its id names two things. */
function olderOf(
  orders: readonly MedicationRequest[],
  listed: readonly MedicationRequest[],
  isOfAnotherDrug: IsOfAnotherDrug,
): { readonly older: Older; readonly misnamed: ReadonlySet<MedicationRequest> } {
  const byId = new Map(flatMap(listed, withId));
  const older = new Map<MedicationRequest, MedicationRequest>();
  const misnamed = new Set<MedicationRequest>();
  for (const order of orders) {
    const entry = byId.get(stringOf(order.id) ?? '');
    if (entry === undefined) continue;
    if (isOfAnotherDrug(order, entry)) misnamed.add(order);
    else older.set(order, entry);
  }
  return { older, misnamed };
}

function entryUnder(
  order: MedicationRequest,
  older: Older,
): readonly (readonly [entry: MedicationResource, order: MedicationRequest])[] {
  const entry = older.get(order);
  return entry === undefined ? [] : [[entry, order]];
}

export function isRequest(resource: FhirResource): resource is MedicationRequest {
  return resource.resourceType === 'MedicationRequest';
}

/**
 * One order sent twice counts once, as first sent. Another drug under the same id is another order: some clients have one
 * id for all drafts.
 */
function once(orders: readonly MedicationRequest[]): readonly MedicationRequest[] {
  const first = new Map<string, MedicationRequest>();
  const said = new Map<string, Set<string>>();
  return orders.filter((order) => {
    const id = stringOf(order.id);
    const earlier = id === undefined ? undefined : first.get(id);
    if (id === undefined || earlier === undefined) {
      if (id !== undefined) first.set(id, order);
      return true;
    }
    const medications = said.get(id) ?? new Set([medicationAsWritten(earlier)]);
    said.set(id, medications);
    const known = medications.size;
    return medications.add(medicationAsWritten(order)).size > known;
  });
}

/** Ids that several orders have. */
function sharedIds(orders: readonly MedicationRequest[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const ids = flatMap(orders, withId).map(([id]) => id);
  return new Set(ids.filter((id) => seen.size === seen.add(id).size));
}

/** `ended` is R5 for an order that ran its course. */
const OVER: readonly string[] = ['completed', 'ended', 'entered-in-error'];

/** `completed` is neither an order nor a stop; an order not to give the drug orders nothing. */
function isOrderOrStop({ status, doNotPerform }: MedicationRequest): boolean {
  return doNotPerform !== true && !OVER.includes(status);
}

export function isStop({ status }: MedicationRequest): boolean {
  return status === 'stopped' || status === 'cancelled';
}

/**
 * order-select says which orders it is about; an order without an id cannot be named and is judged. A selection that names
 * nothing of the call may mean any order: then every one is judged.
 */
function judgedOf(request: HookRequest): (resource: MedicationRequest) => boolean {
  const { hook, selections, orders, siblings } = request;
  if (hook !== 'order-select' || selections === undefined) return () => true;
  const all = new Set(flatMap([...orders, ...siblings], namesOf));
  const named = selections.map((selection) => namesSelected(selection, request));
  if (named.some((names) => !names.some((name) => all.has(name)))) return () => true;
  const selected = new Set(flatMap(named, (names) => names));
  const isSelected = (resource: FhirResource) => namesOf(resource).some((name) => selected.has(name));
  if (!orders.some(isSelected)) return () => true;
  return (resource) => stringOf(resource.id) === undefined || isSelected(resource);
}

/** What a selection may mean: an id alone, a reference, or the `fullUrl` of an entry. */
function namesSelected(selection: string, { byFullUrl }: HookRequest): readonly string[] {
  const entry = byFullUrl?.get(selection);
  return [selection, nameInR4(relative(selection)), ...(entry === undefined ? [] : namesOf(entry))];
}

function namesOf({ resourceType, id }: FhirResource): readonly string[] {
  return stringOf(id) === undefined ? [] : [`${id}`, `${resourceType}/${id}`, `urn:uuid:${id}`];
}
