/** Which courses of a patient's entries are one, and how long that one lasts: of an order, and of what is stopped. */

import { flatMap } from '../flat-map.js';
import { dateOf, dayNumber, firstDayOf, lastDayOf, plusDays } from './calendar-date.js';
import { coveredDays, goesOn, mayReach, since, until, writtenEnd, writtenStart } from './course.js';
import type { MedicationEntry, MedicationResource } from './record.js';
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
 * From its first day to its last, in days since 1970: of a year or a month so that it is certain, the last day it may have
 * begun and the first it may have ended; what goes on by its status, as long as it may.
 */
interface Course {
  readonly resource: MedicationResource;
  readonly start: number;
  readonly end: number;
}

/** The courses of a patient's entries, whatever order asks for them; in each list the one that ended last comes first. */
export interface Courses {
  readonly known: readonly Course[];
  /** The same, but what goes on by its status runs to today although what was supplied has run out. */
  readonly going: readonly Course[];
  /** Entries that go on, and nothing tells since when. */
  readonly open: readonly MedicationResource[];
  /** Entries that are stopped, on hold or unknown, and nothing tells since when: what is taken today may join to them. */
  readonly untold: readonly MedicationResource[];
}

export function coursesOf(entries: readonly Pick<MedicationEntry, 'resource'>[], today: string): Courses {
  const taken = entries.map(({ resource }) => resource).filter(wasTaken);
  const endingOn = (lastDay: (resource: MedicationResource, today: string) => string | undefined) =>
    latestFirst(flatMap(taken, (resource) => courseOf(resource, lastDay(resource, today)) ?? []));
  return {
    known: endingOn(lastDay),
    going: endingOn((resource) => (runsOn(resource, today) ? today : lastDay(resource, today))),
    open: taken.filter((resource) => goesOn(resource) && isStartUntold(since(resource), today)),
    untold: taken.filter((resource) => isUntold(resource, today)),
  };
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

/**
 * Days from the first day of the first course joined to an order to the order's own last day. Courses join over a gap
 * of at most 14 days; an active course without an end runs until today, one without a start is not counted. Of an order
 * without a length only the days before it count.
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

function extentOf(order: OrderedCourse, earlier: Courses, today: string) {
  const covered = coveredDays(order.resource, order.product);
  return { covered, start: beginningOf(order, covered ?? 0, earlier, today) };
}

function joinedBefore(order: OrderedCourse, { known }: Courses, start: number): readonly Course[] {
  const before = known.filter((course) => course.resource !== order.resource && course.start < start);
  return joinedTo(before, start);
}

/**
 * The day an order of the call begins: as it is written, else today, since a refill keeps the day its first order was
 * written. A change of an order began when that did, unless it would be over by now: then it is for more of the drug.
 */
function beginningOf(
  { resource, changes }: OrderedCourse,
  covered: number,
  { known }: Courses,
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

/** A stop or an entry of the chart, as far as it is asked how long its drug was taken. */
export interface TakenCourse {
  /** The earlier state of the very order asked about. */
  readonly own: MedicationResource | undefined;
  /** The order itself, where it is an entry of the list: it was taken no longer than since its first day. */
  readonly listed?: MedicationResource | undefined;
  /** What is stopped today was taken until today, whatever its computed supply. */
  readonly stopped: boolean;
}

/**
 * Days from the first day of the course that is going on, with earlier ones joined to it, to today; 0 when no known course
 * runs on to today. When no course is known, nor an earlier state of the very order asked about, the days since its first
 * one. Undefined when nothing tells, or an entry that goes on has no start.
 */
export function takenDays(taken: TakenCourse, courses: Courses, today: string): number | undefined {
  const day = dayNumber(today);
  if (courses.open.length > 0 || day === undefined) return undefined;
  const begun = begunBy(day, taken, courses);
  if (begun.length > 0 || taken.own !== undefined) return day - firstDay(joinedTo(begun, day), day);
  const from = taken.listed === undefined ? undefined : since(taken.listed);
  if (from === undefined || isStartUntold(from, today)) return undefined;
  const start = dayNumber(lastDayOf(from));
  return start === undefined ? undefined : Math.max(day - start, 0);
}

/**
 * The same, had every entry that was interrupted on a day nobody knows been taken until today; undefined when nothing tells
 * since when one was.
 */
export function mostTakenDays(taken: TakenCourse, courses: Courses, today: string): number | undefined {
  if (courses.untold.some((resource) => since(resource) === undefined)) return undefined;
  const longest = flatMap(courses.untold, (resource) => courseOf(resource, today, firstDayOf) ?? []);
  const withThem = (sure: readonly Course[]) => latestFirst([...sure, ...longest]);
  return takenDays(
    taken,
    { ...courses, known: withThem(courses.known), going: withThem(courses.going) },
    today,
  );
}

/** The entries whose courses join to what is taken today, the earliest first, after those that nothing tells the start of. */
export function takenEntries(
  taken: TakenCourse,
  courses: Courses,
  today: string,
): readonly MedicationResource[] {
  const day = dayNumber(today);
  const joined = day === undefined ? [] : earliestFirst(joinedTo(begunBy(day, taken, courses), day));
  return [...courses.open.slice(0, NAMED), ...joined].filter((resource) => resource !== taken.own);
}

function begunBy(day: number, { stopped }: TakenCourse, { known, going }: Courses): readonly Course[] {
  return (stopped ? going : known).filter((course) => course.start <= day);
}

/** Those that join, one after the other, to a course that begins on `start`. */
function joinedTo(courses: readonly Course[], start: number): readonly Course[] {
  let first = start;
  const end = courses.findIndex((course) => {
    const isApart = first - course.end > JOINING_GAP;
    if (!isApart) first = Math.min(first, course.start);
    return isApart;
  });
  return end === -1 ? courses : courses.slice(0, end);
}

function firstDay(courses: readonly Course[], start: number): number {
  return courses.reduce((first, course) => Math.min(first, course.start), start);
}

/** A card has room to name fewer, and a list may hold thousands. */
const NAMED = 20;

/** The one that began first, and those that ended first. */
function earliestFirst(courses: readonly Course[]): readonly MedicationResource[] {
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
  const isInterrupted = INTERRUPTED.includes(resource.status) && until(resource, today) === undefined;
  return isInterrupted && from !== undefined && mayReach(from, resource);
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

/** Whether nothing tells that it has begun: no date, or a year or a month that is not over. */
function isStartUntold(from: string | undefined, today: string): boolean {
  return from === undefined || (firstDayOf(from) <= today && lastDayOf(from) > today);
}

function lastDay(resource: MedicationResource, today: string): string | undefined {
  const end = until(resource, today);
  if (end === undefined) return goesOn(resource) ? today : undefined;
  return goesOn(resource) ? lastDayOf(end) : firstDayOf(end);
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
