/** Which courses of a patient's entries are one, and how long that one lasts with an order. */

import { flatMap } from '../flat-map.js';
import { dateOf, dayNumber, firstDayOf, lastDayOf, plusDays } from './calendar-date.js';
import { coveredDays, goesOn, mayReach, since, until, writtenEnd, writtenStart } from './course.js';
import { once } from '../once-each.js';
import type { DraftOrder, MedicationEntry, MedicationResource } from './record.js';
import { elementsOf } from '../untrusted.js';

/** Courses with at most this many days between them are one course. */
const JOINING_GAP = 14;

/** Statuses of entries that were never taken, or that say nothing of it. */
const NEVER_TAKEN: readonly unknown[] =
  'draft entered-in-error cancelled not-taken intended preparation declined not-done'.split(' ');
const PLANNED: readonly unknown[] = ['proposal', 'plan', 'option'];

/** A wish, and no order: nobody takes, stops or goes on with it. */
export function isPlan(resource: MedicationResource): boolean {
  return PLANNED.includes(elementsOf(resource)['intent']);
}

/**
 * From its first day to its last, in days since 1970. Of a year or a month it is the part that is certain: the last day it may
 * have begun, the first it may have ended; what goes on by its status may end as late as it says.
 */
export interface Course {
  readonly resource: MedicationResource;
  readonly start: number;
  readonly end: number;
}

/** The courses of a patient's entries, whatever order asks for them; in each list the one that ended last comes first. */
export interface Courses {
  readonly known: readonly Course[];
  /** The same, but what goes on by its status runs to today although what was supplied has run out. */
  readonly going: readonly Course[];
  /** Entries that go on, and nothing tells since which day. */
  readonly open: readonly MedicationResource[];
  /** Entries that are stopped, on hold or unknown since a day that may be near: what is taken today may join to them. */
  readonly untold: readonly MedicationResource[];
  /** `known` and `going`, had those been taken until today from the first day they may have; undefined when one has none. */
  readonly longest: () => Pick<Courses, 'known' | 'going'> | undefined;
  /** Those that several orders of the call are for. */
  readonly ordered: readonly Course[];
}

export function coursesOf(
  entries: readonly Pick<MedicationEntry, 'resource'>[],
  today: string,
  orders: readonly OrderedCourse[] = [],
): Courses {
  const taken = entries.map(({ resource }) => resource).filter(wasTaken);
  const endingOn = (lastDay: (resource: MedicationResource, today: string) => string | undefined) =>
    latestFirst(flatMap(taken, (resource) => courseOf(resource, lastDay(resource, today)) ?? []));
  const known = endingOn(lastDay);
  const going = endingOn((resource) => (runsOn(resource, today) ? today : lastDay(resource, today)));
  const untold = taken.filter((resource) => isUntold(resource, today));
  return {
    known,
    going,
    open: taken.filter((resource) => goesOn(resource) && dateOf(since(resource)) === undefined),
    untold,
    longest: once(() => {
      if (untold.some((resource) => since(resource) === undefined)) return undefined;
      const until = flatMap(untold, (resource) => courseOf(resource, today, firstDayOf) ?? []);
      return { known: latestFirst([...known, ...until]), going: latestFirst([...going, ...until]) };
    }),
    ordered: flatMap(orders, (order) => plannedCourse(order, known, today) ?? []),
  };
}

function plannedCourse(order: OrderedCourse, known: readonly Course[], today: string): Course | undefined {
  const { covered, start } = extentOf(order, { known }, today);
  if (covered === undefined || start === undefined || isPlan(order.resource)) return undefined;
  return { resource: order.resource, start, end: start + covered };
}

function latestFirst(courses: readonly Course[]): readonly Course[] {
  return [...courses].sort((one, other) => other.end - one.end);
}

/** An order of the call, as far as its length is asked for. */
export interface OrderedCourse {
  readonly resource: MedicationResource;
  readonly product: string | undefined;
  /** The record's entry that this order is a change of: the same course, not an earlier one. */
  readonly changes?: MedicationResource | undefined;
}

/** A refill of an order is no change of it: it is for more. */
export function orderedCourse(
  { resource, identity, supersedes }: Pick<DraftOrder, 'resource' | 'identity' | 'supersedes'>,
  isRefill: boolean,
): OrderedCourse {
  const isChange = supersedes !== undefined && goesOn(supersedes) && !isRefill;
  return { resource, product: identity.product, changes: isChange ? supersedes : undefined };
}

/**
 * Days from the first day of the first course joined to an order, of the record or of the same call, to the order's own last
 * day. Courses join over a gap of at most 14 days; an active course without an end runs until today, one without a start is
 * not counted. Of an order without a length only the days before it count.
 * @param earlier the order itself may be among them
 */
export function joinedCourseDays(order: OrderedCourse, earlier: Courses, today: string): number | undefined {
  const { covered, start } = extentOf(order, earlier, today);
  if (start === undefined) return undefined;
  const before = start - firstDay(joinedBefore(order, earlier, start), start);
  // What was taken before counts even when nothing tells how long this order is to last.
  if (covered === undefined) return before === 0 ? undefined : before;
  return before + covered;
}

/** The entries whose courses join to an order, the earliest first. */
export function joinedEntries(
  order: OrderedCourse,
  earlier: Courses,
  today: string,
): readonly MedicationResource[] {
  const { start } = extentOf(order, earlier, today);
  return start === undefined ? [] : earliestFirst(joinedBefore(order, earlier, start));
}

function extentOf(order: OrderedCourse, earlier: Pick<Courses, 'known'>, today: string) {
  const covered = coveredDays(order.resource, order.product);
  return { covered, start: beginningOf(order, covered ?? 0, earlier, today) };
}

function joinedBefore(order: OrderedCourse, { known, ordered }: Courses, start: number): readonly Course[] {
  const all = ordered.length === 0 ? known : latestFirst([...known, ...ordered]);
  const before = all.filter((course) => course.resource !== order.resource && course.start < start);
  return joinedTo(before, start);
}

/**
 * The day an order of the call begins: as it is written, else today, since a refill keeps the day its first order was
 * written. A change of an order began when that did, unless it would be over by now: then it is for more of the drug.
 */
function beginningOf(
  { resource, changes }: OrderedCourse,
  covered: number,
  { known }: Pick<Courses, 'known'>,
  today: string,
): number | undefined {
  const now = dayNumber(today);
  const authored = dateOf(elementsOf(resource)['authoredOn']);
  const written =
    writtenStart(resource) ?? (authored !== undefined && authored > today ? authored : undefined);
  if (written !== undefined || now === undefined || authored === today) return dayOf(written ?? today);
  const began = known.find((course) => course.resource === changes)?.start;
  return began !== undefined && began + covered > now ? began : now;
}

/** Those that join, one after the other, to a course that begins on `start`. */
export function joinedTo(courses: readonly Course[], start: number): readonly Course[] {
  let first = start;
  const end = courses.findIndex((course) => {
    const isApart = first - course.end > JOINING_GAP;
    if (!isApart) first = Math.min(first, course.start);
    return isApart;
  });
  return end === -1 ? courses : courses.slice(0, end);
}

export function firstDay(courses: readonly Course[], start: number): number {
  return courses.reduce((first, course) => Math.min(first, course.start), start);
}

/** A card has room to name fewer, and a list may hold thousands. */
export const NAMED = 20;

/** The one that began first, and those that ended first. */
export function earliestFirst(courses: readonly Course[]): readonly MedicationResource[] {
  const first = firstDay(courses, Infinity);
  const began = courses.find(({ start }) => start === first);
  const named = courses.slice(-NAMED).filter((course) => course !== began);
  return [
    ...(began === undefined ? [] : [began]),
    ...named.sort((one, other) => one.start - other.start),
  ].map(({ resource }) => resource);
}

function wasTaken(resource: MedicationResource): boolean {
  return !NEVER_TAKEN.includes(elementsOf(resource)['status']) && !isPlan(resource);
}

const INTERRUPTED: readonly unknown[] = ['stopped', 'on-hold', 'unknown'];

function isUntold(resource: MedicationResource, today: string): boolean {
  const from = plusDays(today, -JOINING_GAP);
  if (from === undefined || !INTERRUPTED.includes(resource.status)) return false;
  const end = until(resource, today);
  return end === undefined ? mayReach(from, resource) : dateOf(end) === undefined && lastDayOf(end) >= from;
}

function courseOf(
  resource: MedicationResource,
  until: string | undefined,
  begunOn = lastDayOf,
): Course | undefined {
  const from = since(resource);
  const [start, end] = [from === undefined ? undefined : dayOf(begunOn(from)), dayOf(until)];
  return start === undefined || end === undefined || end < start ? undefined : { resource, start, end };
}

function lastDay(resource: MedicationResource, today: string): string | undefined {
  const end = until(resource, today);
  if (end === undefined) return goesOn(resource) ? endOfOpen(resource, today) : undefined;
  if (goesOn(resource)) return lastDayOf(end);
  const [from, first] = [since(resource), firstDayOf(end)];
  // What began in the year or month in which it ended lasted a day at least.
  return from !== undefined && first < lastDayOf(from) && lastDayOf(from) <= lastDayOf(end)
    ? lastDayOf(from)
    : first;
}

/** A supply that began some day of a year or a month is over when it is over at the latest. */
function endOfOpen(resource: MedicationResource, today: string): string {
  const from = since(resource);
  if (from === undefined || dateOf(from) !== undefined) return today;
  const days = coveredDays(resource, undefined);
  return (days === undefined ? undefined : plusDays(lastDayOf(from), days)) ?? today;
}

/** A computed supply is only a guess, and that an entry goes on a statement; a dispense states no more than its supply. */
function runsOn(resource: MedicationResource, today: string): boolean {
  if (resource.resourceType === 'MedicationDispense' || !goesOn(resource)) return false;
  const end = writtenEnd(resource);
  return end === undefined || lastDayOf(end) >= today;
}

function dayOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : dayNumber(date);
}
