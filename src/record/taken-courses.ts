/** How long something was taken until today: what is stopped, and what stands in the chart. */

import { dayNumber } from './calendar-date.js';
import { since } from './course.js';
import { type Course, type Courses, earliestFirst, firstDay, joinedTo, NAMED } from './courses.js';
import type { MedicationResource } from './record.js';

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
  const start = from === undefined ? undefined : dayNumber(from);
  return start === undefined ? undefined : Math.max(day - start, 0);
}

/**
 * The same, although nothing may tell since which day an entry goes on: of a year or a month as many days as are certain.
 */
export function leastTakenDays(taken: TakenCourse, courses: Courses, today: string): number | undefined {
  return takenDays(taken, { ...courses, open: [] }, today);
}

/**
 * The same, had every entry that was interrupted on a day nobody knows been taken until today; undefined when nothing tells
 * since when one was.
 */
export function mostTakenDays(taken: TakenCourse, courses: Courses, today: string): number | undefined {
  const longest = courses.longest();
  return longest === undefined ? undefined : takenDays(taken, { ...courses, ...longest }, today);
}

/** The entries whose courses join to what is taken today, the earliest first, after those that nothing tells the start of. */
export function takenEntries(
  taken: TakenCourse,
  courses: Courses,
  today: string,
): readonly MedicationResource[] {
  const day = dayNumber(today);
  const joined = day === undefined ? [] : earliestFirst(joinedTo(begunBy(day, taken, courses), day));
  const open = courses.open.slice(0, NAMED);
  return [...new Set([...open, ...joined])].filter((resource) => resource !== taken.own);
}

function begunBy(day: number, { stopped }: TakenCourse, { known, going }: Courses): readonly Course[] {
  return (stopped ? going : known).filter((course) => course.start <= day);
}
