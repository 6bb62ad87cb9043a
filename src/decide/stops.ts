/** What is being stopped: stops of the call, and orders of the record that a draft of another drug replaces. */

import { flatMap } from '../flat-map.js';
import type { MedicationRequest } from 'fhir/r4.js';
import { firstDayOf, lastDayOf } from '../record/calendar-date.js';
import { mayReach, until } from '../record/course.js';
import { isPlan } from '../record/courses.js';
import type { DraftOrder, MedicationEntry, MedicationResource, PatientRecord } from '../record/record.js';
import { dateMinus } from './calendar.js';

/** What the call itself stops, and what it orders, be it judged or not. */
export function inTheCall({ drafts }: Pick<PatientRecord, 'drafts'>): {
  readonly stopped: ReadonlySet<unknown>;
  readonly ordered: ReadonlySet<unknown>;
} {
  const of = (isStop: boolean) =>
    new Set(flatMap(drafts, ({ stop, resource }) => (stop === isStop ? resource : [])));
  return { stopped: of(true), ordered: of(false) };
}

/** Each once. A replaced order is judged like a stop of the call. */
export function stopsOf(record: PatientRecord): readonly DraftOrder[] {
  const judged = record.drafts.filter((draft) => draft.judged);
  const stops = judged.filter((draft) => draft.stop);
  const replaced = flatMap(
    judged.filter((draft) => !draft.stop),
    (draft) => replacedBy(draft, record),
  );
  return [...new Map([...replaced, ...stops].map((stop) => [stop.resource, stop])).values()];
}

/** What ran its course is not stopped by being followed up. */
const OVER: readonly unknown[] = ['completed', 'cancelled', 'stopped', 'draft', 'entered-in-error'];

/** The order of another drug that a draft names as its prior prescription, as the stop it then is. */
function replacedBy(draft: DraftOrder, record: PatientRecord): readonly DraftOrder[] {
  const prior = record.resolve(draft.resource.priorPrescription, draft.resource);
  if (prior?.resourceType !== 'MedicationRequest' || prior.doNotPerform === true || isPlan(prior)) return [];
  if (OVER.includes(prior.status) || isOfTheCall(prior, record)) return [];
  // An order that the draft contains is of no list.
  const entry = record.medications.find(({ resource }) => resource === prior);
  const identity = entry?.identity ?? record.identityOf(prior);
  if (identity.drugs.some((drug) => draft.identity.drugs.includes(drug))) return [];
  return [{ resource: prior, identity, judged: true, stop: true }];
}

/** What the call itself orders or stops, in its older state too, is no further stop. */
function isOfTheCall(prior: MedicationRequest, { drafts }: PatientRecord): boolean {
  return drafts.some(({ resource, supersedes }) => resource === prior || supersedes === prior);
}

/**
 * Entries of the list that discharge would end: active ones, and courses stopped in the last 14 days, as they may have been
 * stopped for the stay. Whether something goes on after discharge is asked by the key. Where nothing tells since when one
 * is stopped or on hold, that is `unsure`, unless the same drug is established by another entry.
 */
export function stopsAtDischarge(record: PatientRecord): readonly DraftOrder[] {
  const told = record.medications.map(
    (entry) => [entry, isEstablished(entry.resource, record.today)] as const,
  );
  const sure = told.filter(([, is]) => is === true).map(([entry]) => entry);
  const drugs = new Set(flatMap(sure, ({ identity }) => identity.drugs));
  const unsure = told
    .filter(([{ identity }, is]) => is === undefined && !identity.drugs.some((drug) => drugs.has(drug)))
    .map(([entry]) => entry);
  return [
    ...sure.map((entry) => ({ ...listedAsOrder(entry), stop: true })),
    ...unsure.map((entry) => ({ ...listedAsOrder(entry), stop: true, unsure: true })),
  ];
}

const DAYS_OF_A_STAY = 14;

/** Undefined when nothing tells. */
function isEstablished(resource: MedicationResource, today: string): boolean | undefined {
  const { status } = resource;
  if (status === 'active') return true;
  if (status !== 'stopped' && status !== 'on-hold') return false;
  const from = dateMinus(today, { value: DAYS_OF_A_STAY, unit: 'day' });
  const end = status === 'stopped' ? until(resource, today) : undefined;
  if (end !== undefined && firstDayOf(end) >= from) return true;
  if (end !== undefined && lastDayOf(end) < from) return false;
  return mayReach(from, resource) ? undefined : false;
}

/** An entry of the list in the place of an order; nothing is suggested for it, since nothing is drafted. */
export function listedAsOrder({ resource, identity }: MedicationEntry): DraftOrder {
  return { resource: resource as MedicationRequest, identity, judged: true, stop: false, listed: true };
}
