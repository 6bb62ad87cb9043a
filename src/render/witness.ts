/** The patient's own facts in words: own drug and problem names, checked numbers and dates, never the client's free text. */

import { flatMap } from '../flat-map.js';
import type { AllergyIntolerance, FhirResource, Observation, Patient, Quantity } from 'fhir/r4.js';
import type { Witness } from '../decide/answer.js';
import { timeOf } from '../decide/newest.js';
import type { CodeIndex } from '../library/code-index.js';
import { firstDayOf, lastDayOf } from '../record/calendar-date.js';
import { coveredDays, goesOn, since, until, writtenEnd, writtenStart } from '../record/course.js';
import { type DailyDose, doseOfOrder } from '../record/dose.js';
import { isMedication } from '../record/medication.js';
import type { DraftOrder, DrugIdentity, MedicationResource } from '../record/record.js';
import { stringOf } from '../untrusted.js';
import { listOf } from './words.js';

export interface WitnessContext {
  readonly codes: CodeIndex;
  readonly today: string;
  /** What the call itself stops, and what it orders. */
  readonly stopped: ReadonlySet<unknown>;
  readonly ordered: ReadonlySet<unknown>;
}

/** What a medication is told with. */
type OfTheCall = Pick<WitnessContext, 'today' | 'stopped' | 'ordered'>;

/** One witness in words ("phenelzine 15 MG Oral Tablet, active since 2026-03-01"); empty when there is nothing to print. */
export function witnessInWords(witness: Witness, context: WitnessContext): readonly string[] {
  const { resource, identity, elements } = witness;
  switch (resource.resourceType) {
    case 'Patient':
      return ageOf(resource, context.today);
    case 'Observation':
      return resultInWords(resource, context.codes);
    case 'Condition':
      return problemInWords(resource, context.codes);
    case 'MedicationRequest':
      return elements.length > 0
        ? flatMap(elements, (element) => elementInWords(element, context))
        : medicationInWords(resource, identity, context);
    case 'MedicationStatement':
    case 'MedicationDispense':
    case 'MedicationAdministration':
      return medicationInWords(resource, identity, context);
    case 'AllergyIntolerance':
      return allergyInWords(resource, identity);
    default:
      return [];
  }
}

/** Name of a medication in our own words: the coded product, else its drugs. */
export function medicationName(identity: DrugIdentity | undefined): string {
  return identity?.product ?? listOf(identity?.drugs ?? []);
}

function medicationInWords(
  resource: MedicationResource,
  identity: DrugIdentity | undefined,
  context: OfTheCall,
): readonly string[] {
  const name = medicationName(identity);
  return name === '' ? [] : [`${name}, ${stateOf(resource, context)}`];
}

function stateOf(resource: MedicationResource, { today, stopped, ordered }: OfTheCall): string {
  if (stopped.has(resource))
    return resource.status === 'on-hold' ? 'put on hold in the same call' : 'stopped in the same call';
  const from = since(resource);
  switch (resource.resourceType) {
    case 'MedicationDispense':
      return from === undefined ? 'dispensed' : `dispensed ${from}`;
    case 'MedicationAdministration':
      return from === undefined ? 'given' : `given ${from}`;
    default:
      if (ordered.has(resource) || resource.status === 'draft') return 'ordered in the same call';
      return resource.status === 'active' ? activeSince(resource, today) : endOf(resource, today);
  }
}

/** With the end that is written, when it is over and nobody has said so. */
function activeSince(resource: MedicationResource, today: string): string {
  const [from, end] = [since(resource), writtenEnd(resource)];
  const listed = from === undefined ? 'listed as active without a date' : `listed as active since ${from}`;
  return end === undefined || lastDayOf(end) >= today ? listed : `${listed}, written to end ${end}`;
}

function endOf(resource: MedicationResource, today: string): string {
  const [from, end] = [since(resource), until(resource, today)];
  const status = /^[a-z-]{1,20}$/.test(resource.status ?? '') ? resource.status : 'ended';
  if (end === undefined) return `${status}, end date unknown`;
  return from === undefined || firstDayOf(from) > lastDayOf(end)
    ? `${status}, until ${end}`
    : `${status}, from ${from} until ${end}`;
}

function elementInWords(element: unknown, { codes }: WitnessContext): readonly string[] {
  if (typeof element !== 'object' || element === null) return [];
  const reason = codes.displayOf(element) ?? [...codes.problemsOf(element)][0];
  return reason === undefined ? [] : [`reason: ${reason}`];
}

function problemInWords(problem: FhirResource, codes: CodeIndex): readonly string[] {
  if (problem.resourceType !== 'Condition') return [];
  const name = codes.displayOf(problem.code) ?? [...codes.problemsOf(problem.code)][0];
  if (name === undefined) return [];
  const began = writtenDate(problem.onsetDateTime ?? problem.onsetPeriod?.start);
  const recorded = writtenDate(problem.recordedDate);
  return [
    [
      name,
      ...(began === undefined ? [] : [`began ${began}`]),
      ...(recorded === undefined ? [] : [`recorded ${recorded}`]),
    ].join(', '),
  ];
}

function allergyInWords(allergy: AllergyIntolerance, identity: DrugIdentity | undefined): readonly string[] {
  const called = identity?.called ?? [];
  if (called.length === 0) return [];
  const kind = allergy.type === 'intolerance' ? 'intolerance' : 'allergy';
  const recorded = writtenDate(allergy.recordedDate);
  return [`${kind} to ${listOf(called)}${recorded === undefined ? '' : `, recorded ${recorded}`}`];
}

const ordersInWords = new WeakMap<DraftOrder, string>();

/** Of the courses a card found: by drug the first day, and whether nothing tells the start of one that goes on. */
export type FoundCourses = ReadonlyMap<string, { readonly first: string; readonly isOpen: boolean }>;

/** @param own the orders and stops the card is about: a stop of the call is no course */
export function coursesFound(witnesses: readonly Witness[], own: ReadonlySet<unknown>): FoundCourses {
  const found = new Map<string, { first: string; isOpen: boolean }>();
  for (const { resource, identity } of witnesses) {
    if (!isMedication(resource) || (own.has(resource) && !goesOn(resource))) continue;
    const from = since(resource);
    for (const drug of identity?.drugs ?? []) {
      const { first, isOpen } = found.get(drug) ?? { first: NEVER, isOpen: false };
      found.set(drug, {
        first: from !== undefined && from < first ? from : first,
        isOpen: isOpen || (from === undefined && goesOn(resource)),
      });
    }
  }
  return found;
}

/** Later than any day that is written. */
const NEVER = '9999-99-99';

/**
 * An order or stop a card is about: product, daily dose and length as far as they are known, and since when. An order is
 * put in words once for all cards about it; a stop is told with the courses that the card found joined to it.
 */
export function orderInWords(order: DraftOrder, context: OfTheCall, found: FoundCourses): string {
  if (order.stop) return stopInWords(order, found, context);
  const known = ordersInWords.get(order) ?? inWordsOf(order, context);
  ordersInWords.set(order, known);
  return known;
}

/** What was written last is no first day: an earlier course that joins to it began before. */
function stopInWords(
  { resource, identity, supersedes }: DraftOrder,
  found: FoundCourses,
  { stopped }: OfTheCall,
): string {
  const own = supersedes ?? resource;
  // The day on which a stop was written is no first day.
  const from = stopped.has(own) ? writtenStart(own) : since(own);
  const joined = flatMap(identity.drugs, (drug) => found.get(drug) ?? []);
  const [first = NEVER] = [from ?? NEVER, ...joined.map((course) => course.first)].sort();
  const name = `stop of ${medicationName(identity)}`;
  if (first === NEVER) return `${name}, taken since an unknown day`;
  const isOpen = (from === undefined && goesOn(own)) || joined.some((course) => course.isOpen);
  return `${name}, taken since ${first}${isOpen ? ' or before' : ''}`;
}

function inWordsOf(order: DraftOrder, context: OfTheCall): string {
  const { resource, identity, listed } = order;
  const name = medicationName(identity);
  if (listed === true) return medicationInWords(resource, identity, context).join('');
  const dose = doseOfOrder(order);
  const days = coveredDays(resource, identity.product);
  return [
    name,
    ...(dose === undefined ? [] : [doseInWords(dose)]),
    ...(days === undefined ? [] : [lengthInWords(days)]),
  ].join(', ');
}

export function doseInWords(dose: DailyDose): string {
  return `${rounded(dose.value)} ${dose.unit} a day`;
}

export function lengthInWords(days: number): string {
  return `${rounded(days)} days`;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function resultInWords(result: Observation, codes: CodeIndex): readonly string[] {
  const name = [...codes.labsOf(result.code)][0];
  const value = quantityInWords(result.valueQuantity);
  if (name === undefined || value === undefined) return [];
  const taken = writtenDate(timeOf(result));
  return [`${name} ${value}${taken === undefined ? ' without a date' : ` on ${taken}`}`];
}

const comparators: ReadonlyMap<unknown, string> = new Map([
  ['<', 'under '],
  ['<=', 'under or equal '],
  ['>', 'over '],
  ['>=', 'over or equal '],
]);

function quantityInWords(quantity: Quantity | undefined): string | undefined {
  if (typeof quantity?.value !== 'number' || !Number.isFinite(quantity.value)) return undefined;
  const comparator = comparators.get(quantity.comparator) ?? '';
  const unit = (stringOf(quantity.unit) ?? stringOf(quantity.code) ?? '').replace(/[{}_ ]/g, '');
  const safeUnit = /^[A-Za-z0-9/.²%]{1,20}$/.test(unit) ? ` ${unit}` : '';
  return `${comparator}${quantity.value}${safeUnit}`;
}

function ageOf(patient: Patient, today: string): readonly string[] {
  const birth = patient.birthDate;
  if (typeof birth !== 'string' || !/^\d{4}(-\d{2}(-\d{2})?)?$/.test(birth)) return [];
  if (birth.length < 10) return [`born ${birth}`];
  const before = today.slice(5) < birth.slice(5) ? 1 : 0;
  const age = Number(today.slice(0, 4)) - Number(birth.slice(0, 4)) - before;
  // Nobody was ever so old, or is not born yet: a slip of the pen is shown as it is.
  return [age < 0 || age > 125 ? `born ${birth}` : `age ${age}`];
}

/** The date of an ISO date or dateTime as far as it is written (`2026`, `2026-11`), or nothing when it is not one. */
export function writtenDate(text: unknown): string | undefined {
  return typeof text === 'string' ? /^\d{4}(-\d{2}(-\d{2})?)?/.exec(text)?.[0] : undefined;
}
