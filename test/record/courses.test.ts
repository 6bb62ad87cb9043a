/** Which courses are one, how long an order makes it, and how long what is stopped was taken. */

import { describe, expect, test } from '@jest/globals';
import type { MedicationRequest } from 'fhir/r4.js';
import { dayNumber } from '../../src/record/calendar-date.js';
import { coursesOf, joinedCourseDays, joinedEntries } from '../../src/record/courses.js';
import type { MedicationResource } from '../../src/record/record.js';
import { leastTakenDays, mostTakenDays, takenDays, takenEntries } from '../../src/record/taken-courses.js';
import { other, request, TODAY } from './support.js';

const days = (value: number, numberOfRepeatsAllowed = 0) => ({
  dispenseRequest: { expectedSupplyDuration: { value, unit: 'days' }, numberOfRepeatsAllowed },
});
const bounded = (start?: string, end?: string) => ({
  timing: {
    repeat: {
      boundsPeriod: { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) },
    },
  },
});

describe('joined courses', () => {
  const week = {
    resource: request({ status: 'draft', authoredOn: TODAY, ...days(7) }),
    product: undefined,
  };
  const ended = (start: string, end: string, more: object = {}) => ({
    resource: request({ status: 'completed', dosageInstruction: [bounded(start, end)], ...more }),
  });

  const joinedDays = (
    order: Parameters<typeof joinedCourseDays>[0],
    earlier: Parameters<typeof coursesOf>[0],
  ) => joinedCourseDays(order, coursesOf(earlier, TODAY), TODAY);

  test('without an earlier one an order is its own course', () => {
    expect(joinedDays(week, [])).toBe(7);
  });

  test('a gap of 14 days joins', () => {
    expect(joinedDays(week, [ended('2026-11-01', '2026-11-08')])).toBe(28);
  });

  test('a gap of 15 days does not', () => {
    expect(joinedDays(week, [ended('2026-11-01', '2026-11-07')])).toBe(7);
  });

  test('courses join one another', () => {
    const courses = [ended('2026-10-01', '2026-10-20'), ended('2026-11-01', '2026-11-10')];
    expect(joinedDays(week, courses)).toBe(59);
  });

  test('an active course without an end runs until today', () => {
    expect(joinedDays(week, [{ resource: request({ authoredOn: '2026-01-22' }) }])).toBe(311);
  });

  test('an active course without a start is not counted', () => {
    expect(joinedDays(week, [{ resource: request({}) }])).toBe(7);
  });

  test('a course that ended on an unknown day is not counted', () => {
    const course = { resource: request({ status: 'completed', authoredOn: '2026-11-01' }) };
    expect(joinedDays(week, [course])).toBe(7);
  });

  test.each([
    { status: 'cancelled' },
    { status: 'draft' },
    { status: 'entered-in-error' },
    { intent: 'plan' },
  ])('nothing was taken of %j', (more) => {
    expect(joinedDays(week, [ended('2026-11-10', '2026-11-20', more)])).toBe(7);
  });

  test('an order that names no start begins today', () => {
    const order = { resource: request(days(7)), product: undefined };
    expect(joinedDays(order, [ended('2026-11-01', '2026-11-21')])).toBe(28);
  });

  test('of an order that says no length only the days before it count', () => {
    const order = { resource: request({}), product: undefined };
    expect(joinedDays(order, [ended('2026-11-01', '2026-11-21')])).toBe(21);
  });

  test('an order that says no length and continues nothing has no course length', () => {
    const order = { resource: request({}), product: undefined };
    expect(joinedDays(order, [])).toBeUndefined();
  });

  test('of a stopped order that ended on an unknown day its planned length is not counted', () => {
    const stopped = { resource: request({ status: 'stopped', authoredOn: '2026-06-01', ...days(30, 6) }) };
    expect(joinedDays(week, [stopped])).toBe(7);
  });

  test('a course of which the supply ran out ended when it did', () => {
    const lapsed = { resource: request({ authoredOn: '2026-09-01', ...days(30) }) };
    expect(joinedDays(week, [lapsed])).toBe(7);
  });
});

describe('an order of the call', () => {
  const first = request({ id: 'c1', authoredOn: '2026-11-05', ...days(14) });
  const daysOf = (order: object, changes?: MedicationRequest) =>
    joinedCourseDays(
      { resource: request({ ...days(14), ...order }), product: undefined, changes },
      coursesOf([{ resource: first }], TODAY),
      TODAY,
    );

  test.each([
    ['without a day', {}],
    ['written today', { authoredOn: TODAY }],
    ['that keeps the day of the order it refills', { authoredOn: '2026-11-05' }],
  ])('%s begins today', (_, order) => {
    expect(daysOf(order)).toBe(31);
  });

  test('begins on the start of its dosage, though it has passed', () => {
    expect(daysOf({ dosageInstruction: [bounded('2026-11-20')] })).toBe(29);
  });

  test('that is to be written later begins then', () => {
    expect(daysOf({ authoredOn: '2026-11-24' })).toBe(33);
  });

  test.each([
    ['keeps its day', { authoredOn: '2026-11-05' }],
    ['loses its day', {}],
  ])('that changes one and %s is the same course', (_, order) => {
    expect(daysOf({ ...order, ...days(18) }, first)).toBe(18);
  });

  test('that changes one which would be over by now is for more', () => {
    expect(daysOf({ authoredOn: '2026-11-05', ...days(17) }, first)).toBe(34);
  });

  test('that changes one and is written anew today is for more', () => {
    expect(daysOf({ authoredOn: TODAY, ...days(18) }, first)).toBe(35);
  });

  test('that changes one which was never taken begins today', () => {
    expect(daysOf({ authoredOn: '2026-11-05', ...days(18) }, request({ status: 'draft' }))).toBe(35);
  });
});

describe('orders of one call', () => {
  const daysAmong = (...orders: readonly MedicationRequest[]) => {
    const ordered = orders.map((resource) => ({ resource, product: undefined }));
    const courses = coursesOf([], TODAY, ordered);
    return ordered.map((order) => joinedCourseDays(order, courses, TODAY));
  };
  const starting = (start: string, value: number) =>
    request({ ...days(value), dosageInstruction: [bounded(start)] });

  test('that follow one another are one course', () => {
    expect(daysAmong(starting('2026-11-22', 14), starting('2026-12-06', 14))).toEqual([14, 28]);
    expect(daysAmong(starting('2026-12-06', 14), starting('2026-11-22', 14))).toEqual([28, 14]);
  });

  test('that are wishes are none', () => {
    const wish = { ...starting('2026-11-22', 14), intent: 'plan' as const };
    expect(daysAmong(wish, starting('2026-12-06', 14))).toEqual([14, 14]);
  });

  test('that begin on the same day are not', () => {
    expect(daysAmong(starting('2026-11-22', 14), starting('2026-11-22', 10))).toEqual([14, 10]);
  });

  test('with more than 14 days between them are not, nor beside one of unknown length', () => {
    expect(daysAmong(starting('2026-11-22', 7), starting('2026-12-13', 7))).toEqual([7, 28]);
    expect(daysAmong(starting('2026-11-22', 7), starting('2026-12-14', 7))).toEqual([7, 7]);
    expect(daysAmong(request({}), starting('2026-12-01', 7))).toEqual([undefined, 7]);
  });
});

describe('days something was taken', () => {
  const lapsed = { authoredOn: '2026-01-10', ...days(30) };
  const taken = (entry: MedicationResource, stopped = true) =>
    takenDays({ own: undefined, stopped }, coursesOf([{ resource: entry }], TODAY), TODAY);

  test('run to today when it is stopped, although its supply ran out', () => {
    expect(taken(request(lapsed))).toBe(316);
    expect(taken(request({ authoredOn: '2026-01-10', ...days(30, 2) }))).toBe(316);
  });

  test('end with its supply when it is not stopped', () => {
    expect(taken(request(lapsed), false)).toBe(0);
  });

  test('run to today from a start later than the day it was written', () => {
    expect(taken(request({ ...lapsed, dosageInstruction: [bounded('2026-03-01')] }))).toBe(266);
  });

  test.each([
    ['its dosage', request({ ...lapsed, dosageInstruction: [bounded('2026-01-10', '2026-02-09')] })],
    [
      'its validity',
      request({ authoredOn: '2026-01-10', dispenseRequest: { validityPeriod: { end: '2026-02-09' } } }),
    ],
    [
      'its statement',
      other('MedicationStatement', {
        status: 'active',
        effectivePeriod: { start: '2026-01-10', end: '2026-02-09' },
      }),
    ],
  ])('end on the written end of %s', (_, entry) => {
    expect(taken(entry)).toBe(0);
  });

  test.each([
    ['completed order', request({ ...lapsed, status: 'completed' })],
    ['stopped order', request({ ...lapsed, status: 'stopped' })],
    ['proposal', request({ ...lapsed, intent: 'proposal' })],
    [
      'dispense in progress',
      other('MedicationDispense', {
        status: 'in-progress',
        whenHandedOver: '2026-01-10',
        daysSupply: { value: 30, code: 'd' },
      }),
    ],
  ])('are not counted of a %s of which the supply ran out', (_, entry) => {
    expect(
      takenDays({ own: request({}), stopped: true }, coursesOf([{ resource: entry }], TODAY), TODAY),
    ).toBe(0);
  });

  test('run to today from an administration in progress', () => {
    const infusion = { status: 'in-progress', effectiveDateTime: '2026-10-22T08:00:00Z' };
    expect(taken(other('MedicationAdministration', infusion))).toBe(31);
  });

  const told = (period: object, status = 'active') =>
    other('MedicationStatement', { status, effectivePeriod: period });

  test.each([
    // The last day that it may have begun.
    ['2025', 326],
    ['2026-10', 22],
    ['2026-11', 0],
  ])('since %s are unknown, but at least those since the end of that', (start, least) => {
    const courses = coursesOf([{ resource: told({ start }) }], TODAY);
    expect(takenDays({ own: undefined, stopped: true }, courses, TODAY)).toBeUndefined();
    expect(leastTakenDays({ own: told({}), stopped: true }, courses, TODAY)).toBe(least);
  });

  test('of a short supply that began some day of a month are over with it', () => {
    const resource = request({ authoredOn: '2026-09', ...days(10) });
    const courses = coursesOf([{ resource }], TODAY);
    expect(courses.known).toMatchObject([{ start: dayNumber('2026-09-30'), end: dayNumber('2026-10-10') }]);
  });

  test.each([
    ['2026-11', 45],
    ['2026', 45],
    ['2026-10', 4],
  ])('may join to a course that was stopped in %s', (end, most) => {
    const entries = [told({ start: '2026-10-08', end }, 'stopped'), request({ authoredOn: '2026-11-18' })];
    const courses = coursesOf(
      entries.map((resource) => ({ resource })),
      TODAY,
    );
    const own = entries[1];
    expect(takenDays({ own, stopped: true }, courses, TODAY)).toBe(4);
    expect(mostTakenDays({ own, stopped: true }, courses, TODAY)).toBe(most);
  });

  test('run to today when what goes on is written to end this month', () => {
    expect(taken(told({ start: '2026-10-01', end: '2026-11' }))).toBe(52);
    expect(taken(told({ start: '2026-10-01', end: '2026-11' }), false)).toBe(52);
    expect(taken(told({ start: '2025-10-01', end: '2025' }))).toBe(0);
  });

  test('are not counted of what ended some day of a month, perhaps its first', () => {
    expect(taken(told({ start: '2026-10-01', end: '2026-11' }, 'completed'))).toBe(0);
    expect(taken(told({ start: '2026-10-10', end: '2026-10' }, 'completed'))).toBe(0);
  });

  const heldSince = (authoredOn: string) => request({ status: 'on-hold', authoredOn });
  test.each([
    ['2026-11-17', 5],
    ['2026-01-10', 316],
    // It was to begin later.
    ['2026-11-25', 0],
  ])('of an entry on hold that was written on %s are no more than since then', (authoredOn, expected) => {
    const listed = heldSince(authoredOn);
    const courses = coursesOf([{ resource: listed }], TODAY);
    expect(takenDays({ own: undefined, listed, stopped: true }, courses, TODAY)).toBe(expected);
    expect(takenDays({ own: listed, stopped: true }, courses, TODAY)).toBe(0);
    expect(mostTakenDays({ own: listed, stopped: true }, courses, TODAY)).toBe(expected);
  });

  test('of an entry on hold without a start are unknown', () => {
    const listed = request({ status: 'on-hold' });
    const courses = coursesOf([{ resource: listed }], TODAY);
    expect(takenDays({ own: undefined, listed, stopped: true }, courses, TODAY)).toBeUndefined();
    expect(mostTakenDays({ own: listed, stopped: true }, courses, TODAY)).toBeUndefined();
  });

  test('may join to a course that was put on hold in between, nobody knows when', () => {
    const earlier = request({
      status: 'completed',
      dosageInstruction: [bounded('2026-10-01', '2026-11-01')],
    });
    const entries = [earlier, heldSince('2026-11-10'), request({ authoredOn: '2026-11-20' })];
    const courses = coursesOf(
      entries.map((resource) => ({ resource })),
      TODAY,
    );
    const taken = { own: entries[2], stopped: true };
    expect(takenDays(taken, courses, TODAY)).toBe(2);
    expect(mostTakenDays(taken, courses, TODAY)).toBe(52);
  });

  test('are unknown when an entry that goes on has no start', () => {
    expect(taken(request({}))).toBeUndefined();
  });
});

describe('the entries that days are counted from', () => {
  const dosed = (start: string, end: string) =>
    request({ status: 'completed', dosageInstruction: [bounded(start, end)] });
  const early = dosed('2026-09-20', '2026-10-20');
  const late = dosed('2026-10-25', '2026-11-19');
  const apart = dosed('2026-01-01', '2026-09-01');
  const undated = request({});
  const own = request({ authoredOn: '2026-11-20' });
  const courses = coursesOf(
    [late, early, apart, own, undated].map((resource) => ({ resource })),
    TODAY,
  );

  test('are those joined to an order, the earliest first', () => {
    const order = { resource: own, product: undefined };
    expect(joinedEntries(order, courses, TODAY)).toEqual([early, late]);
  });

  test('are those joined to what is stopped, after those without a start, and never the stopped one', () => {
    expect(takenEntries({ own, stopped: true }, courses, TODAY)).toEqual([undated, early, late]);
  });

  test('are as many as a card may name, the one that began first among them', () => {
    const many = Array.from({ length: 100 }, () => ({ resource: dosed('2026-11-01', '2026-11-10') }));
    const long = dosed('2026-06-01', '2026-11-21');
    const all = coursesOf([...many, { resource: long }], TODAY);
    const entries = takenEntries({ own: undefined, stopped: true }, all, TODAY);
    expect(entries).toHaveLength(21);
    expect(entries[0]).toBe(long);
  });
});
