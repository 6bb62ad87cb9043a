/** When a course of a medication began and ended, and how long it lasts. "Cannot say" is undefined, never a guess. */

import { flatMap } from '../flat-map.js';
import { amountOf } from './amount.js';
import { dateOf, dayNumber, daysBetween, plusDays } from './calendar-date.js';
import { dailyUnits } from './dose.js';
import { daysOf } from './duration.js';
import type { MedicationEntry, MedicationResource } from './record.js';
import { boundsOf, instructionsOf, repeatOf, stepsOf } from './steps.js';
import { elementsOf, numberOf, type Part, partOf, stringOf } from '../untrusted.js';

/** Courses with at most this many days between them are one course. */
const JOINING_GAP = 14;

/** Statuses of entries that were never taken, or that say nothing of it. */
const NEVER_TAKEN: readonly unknown[] =
  'draft entered-in-error cancelled not-taken intended preparation declined not-done'.split(' ');
const PLANNED: readonly unknown[] = ['proposal', 'plan', 'option'];
const GOES_ON: readonly unknown[] = ['active', 'in-progress', 'recorded'];

/**
 * Days an order covers: `expectedSupplyDuration` (of a dispense `daysSupply`) with its refills, else the bounds of the
 * dosage (successive steps added), else quantity with its refills divided by what is taken a day. A part of a day
 * counts as a day.
 */
export function coveredDays(
  order: MedicationResource,
  product: string | undefined,
  medication?: unknown,
): number | undefined {
  const days = daysSupplied(order) ?? boundedDays(order) ?? quantityDays(order, product, medication);
  return days === undefined ? undefined : Math.ceil(Math.round(days * 1e6) / 1e6);
}

/**
 * First day: start of the dosage's `boundsPeriod` (the earliest), of `effectivePeriod` or of `validityPeriod`, else
 * `effectiveDateTime`, else the day it was handed over or prepared, else `authoredOn`. A partial date is no day.
 */
export function since(resource: MedicationResource): string | undefined {
  const part = elementsOf(resource);
  const starts = flatMap(
    instructionsOf(resource),
    (instruction) => dateOf(boundsOf(instruction)?.['start']) ?? [],
  );
  return (
    starts.sort()[0] ??
    flatMap(periodsOf(part), (period) => dateOf(period['start']) ?? [])[0] ??
    dateOf(part['effectiveDateTime']) ??
    suppliedOn(part) ??
    dateOf(part['authoredOn'])
  );
}

/**
 * Last day: end of the dosage's `boundsPeriod` (the latest), of `effectivePeriod` or of `validityPeriod`; of an
 * administration at one moment its day; else the day of supply, or `authoredOn`, plus the days supplied. A partial
 * date is no day. An entry that is over although its end, so read, lies after `today` ended on an unknown day.
 */
export function until(resource: MedicationResource, today?: string): string | undefined {
  const part = elementsOf(resource);
  const changed = part['status'] === 'stopped' ? dateOf(part['statusChanged']) : undefined;
  const end = changed ?? endOfPeriods(resource, part) ?? endOfSupply(resource, part);
  if (today === undefined || end === undefined || end <= today) return end;
  // A dispense is completed when it is handed over; what it supplies goes on.
  const goesOn = part['resourceType'] === 'MedicationDispense' || GOES_ON.includes(part['status']);
  return goesOn ? end : undefined;
}

/** From its first day to its last, in days since 1970. */
export interface Course {
  readonly resource: MedicationResource;
  readonly start: number;
  readonly end: number;
}

/** The courses of a patient's entries, whatever order asks for them. */
export interface Courses {
  /** The one that ended last comes first. */
  readonly known: readonly Course[];
  /** Some entry goes on, and nothing tells since when. */
  readonly isOpen: boolean;
}

export function coursesOf(entries: readonly Pick<MedicationEntry, 'resource'>[], today: string): Courses {
  const known = flatMap(entries, ({ resource }) => courseOf(resource, today) ?? []);
  return {
    known: known.sort((a, b) => b.end - a.end),
    isOpen: entries.some(
      ({ resource }) => GOES_ON.includes(resource.status) && since(resource) === undefined,
    ),
  };
}

/**
 * Days from the first day of the first course joined to an order to the order's own last day. Courses join over a gap
 * of at most 14 days; an active course without an end runs until today, one without a start is not counted. An order
 * that names no start begins today; of one without a length only the days before it count.
 * @param earlier the order itself may be among them
 */
export function joinedCourseDays(
  order: { readonly resource: MedicationResource; readonly product: string | undefined },
  earlier: Courses,
  today: string,
): number | undefined {
  const covered = coveredDays(order.resource, order.product);
  const start = dayNumber(since(order.resource) ?? today);
  if (start === undefined) return undefined;
  const courses = earlier.known.filter(
    (course) => course.resource !== order.resource && course.start < start,
  );
  const before = start - firstDay(courses, start);
  // What was taken before counts even when nothing tells how long this order is to last.
  if (covered === undefined) return before === 0 ? undefined : before;
  return before + covered;
}

/**
 * Days from the first day of the course that is going on, with earlier ones joined to it, to today; 0 when no known course
 * runs on to today. Undefined when nothing tells: no course is known, nor `own`, the earlier state of the very order asked
 * about; or an entry that goes on has no start.
 */
export function takenDays(
  { known, isOpen }: Courses,
  own: MedicationResource | undefined,
  today: string,
): number | undefined {
  const day = dayNumber(today);
  if (isOpen || day === undefined) return undefined;
  const courses = known.filter((course) => course.start <= day);
  if (courses.length === 0 && own === undefined) return undefined;
  return day - firstDay(courses, day);
}

/** First day of the courses that join, one after the other, to a course that begins on `start`. */
function firstDay(courses: Courses['known'], start: number): number {
  let first = start;
  for (const course of courses) {
    if (first - course.end > JOINING_GAP) break;
    if (course.start < first) first = course.start;
  }
  return first;
}

function courseOf(resource: MedicationResource, today: string): Course | undefined {
  const part = elementsOf(resource);
  if (NEVER_TAKEN.includes(part['status']) || PLANNED.includes(part['intent'])) return undefined;
  const start = dayOf(since(resource));
  const end = dayOf(until(resource)) ?? (GOES_ON.includes(part['status']) ? dayOf(today) : undefined);
  if (start === undefined || end === undefined || end < start) return undefined;
  return { resource, start, end };
}

function dayOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : dayNumber(date);
}

function daysSupplied(order: MedicationResource): number | undefined {
  const part = elementsOf(order);
  const request = partOf(part['dispenseRequest']);
  const days = daysOf(request?.['expectedSupplyDuration']) ?? daysOf(part['daysSupply']);
  return days === undefined ? undefined : withRefills(days, request);
}

function withRefills(days: number, request: Part | undefined): number {
  const refills = numberOf(request?.['numberOfRepeatsAllowed']) ?? 0;
  return days * (1 + Math.max(refills, 0));
}

function boundedDays(order: MedicationResource): number | undefined {
  const steps = stepsOf(order).map((step) => step.map(daysOfBounds));
  const days = steps.map((step) =>
    step.includes(undefined) ? undefined : Math.max(...step.map((one) => one ?? 0)),
  );
  if (days.length === 0 || days.includes(undefined)) return undefined;
  return days.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

/** Days that the bounds of an instruction say; of a range the longer end. */
export function daysOfBounds(instruction: Part): number | undefined {
  const repeat = repeatOf(instruction);
  const duration = daysOf(repeat?.['boundsDuration']) ?? daysOf(partOf(repeat?.['boundsRange'])?.['high']);
  const [start, end] = [dateOf(boundsOf(instruction)?.['start']), dateOf(boundsOf(instruction)?.['end'])];
  const between = start === undefined || end === undefined ? undefined : daysBetween(start, end);
  return duration ?? (between === undefined || between < 0 ? undefined : between + 1);
}

function quantityDays(
  order: MedicationResource,
  product: string | undefined,
  medication: unknown,
): number | undefined {
  const part = elementsOf(order);
  const request = partOf(part['dispenseRequest']);
  const quantity = amountOf(request?.['quantity'] ?? part['quantity']);
  if (quantity === undefined || quantity.kind === 'mcg') return undefined;
  const daily = dailyUnits(order, quantity.kind, product, medication);
  return daily === undefined || daily <= 0 ? undefined : withRefills(quantity.value / daily, request);
}

/** `effectivePeriod`, R5 `effectiveDosePeriod` and `validityPeriod`, in this order. */
function periodsOf(part: Part): readonly Part[] {
  const request = partOf(part['dispenseRequest']);
  const periods = [part['effectivePeriod'], part['effectiveDosePeriod'], request?.['validityPeriod']];
  return periods.map(partOf).filter((period) => period !== undefined);
}

/** Where several steps have bounds, all of them must end; an open one leaves the end unknown. */
function endOfPeriods(resource: MedicationResource, part: Part): string | undefined {
  const bounds = instructionsOf(resource)
    .map(boundsOf)
    .filter((period) => period !== undefined);
  const ends = flatMap(bounds, (period) => dateOf(period['end']) ?? []);
  const last = ends.length === bounds.length ? ends.sort().at(-1) : undefined;
  return last ?? flatMap(periodsOf(part), (period) => dateOf(period['end']) ?? [])[0];
}

function endOfSupply(resource: MedicationResource, part: Part): string | undefined {
  const moment =
    part['resourceType'] === 'MedicationAdministration' ? dateOf(part['effectiveDateTime']) : undefined;
  const start = suppliedOn(part) ?? dateOf(part['authoredOn']);
  const days = coveredDays(resource, undefined);
  return moment ?? (start === undefined || days === undefined ? undefined : plusDays(start, days));
}

function suppliedOn(part: Part): string | undefined {
  return dateOf(stringOf(part['whenHandedOver']) ?? part['whenPrepared']);
}
