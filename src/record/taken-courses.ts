/** How long something was taken until today: what is stopped, and what stands in the chart. */

import { flatMap } from '../flat-map.js';
import { dayNumber, firstDayOf, lastDayOf } from './calendar-date.js';
import { since } from './course.js';
import {
  type Course,
  courseOf,
  type Courses,
  earliestFirst,
  firstDay,
  isStartUntold,
  joinedTo,
  latestFirst,
  NAMED,
} from './courses.js';
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
