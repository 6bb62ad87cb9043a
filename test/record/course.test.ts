/** When a course began and ended, how long an order lasts, and which courses are one. */

import { describe, expect, test } from '@jest/globals';
import type { Dosage } from 'fhir/r4.js';
import { coveredDays, since, until } from '../../src/record/course.js';
import type { MedicationResource } from '../../src/record/record.js';
import { other, request, TODAY } from './support.js';

const TABLET = 'cyclobenzaprine hydrochloride 10 MG Oral Tablet';
const days = (value: number, unit = 'days') => ({ expectedSupplyDuration: { value, unit } });
const bounded = (start?: string, end?: string, sequence?: number) => ({
  ...(sequence === undefined ? {} : { sequence }),
  timing: {
    repeat: {
      boundsPeriod: { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) },
    },
  },
});
const threeTablets: Dosage = {
  timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd' } },
  doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }],
};

describe('days an order covers', () => {
  test.each<[string, object, number | undefined]>([
    ['supply', { dispenseRequest: days(7) }, 7],
    ['supply in weeks', { dispenseRequest: days(2, 'wk') }, 14],
    ['supply in months', { dispenseRequest: days(1, 'mo') }, 30],
    ['supply with refills', { dispenseRequest: { ...days(7), numberOfRepeatsAllowed: 2 } }, 21],
    [
      'supply before bounds',
      { dispenseRequest: days(7), dosageInstruction: [bounded('2026-11-01', '2026-11-30')] },
      7,
    ],
    ['supply without a unit', { dispenseRequest: { expectedSupplyDuration: { value: 7 } } }, undefined],
    ['a period, both days counted', { dosageInstruction: [bounded('2026-11-01', '2026-11-14')] }, 14],
    [
      'a duration',
      { dosageInstruction: [{ timing: { repeat: { boundsDuration: { value: 10, code: 'd' } } } }] },
      10,
    ],
    [
      'the upper end of a range',
      { dosageInstruction: [{ timing: { repeat: { boundsRange: { high: { value: 3, code: 'wk' } } } } }] },
      21,
    ],
    [
      'successive steps',
      { dosageInstruction: [bounded('2026-11-01', '2026-11-07', 1), bounded('2026-11-08', '2026-11-14', 2)] },
      14,
    ],
    [
      'instructions of one step',
      { dosageInstruction: [bounded('2026-11-01', '2026-11-07'), bounded('2026-11-01', '2026-11-14')] },
      14,
    ],
    ['an open period', { dosageInstruction: [bounded('2026-11-01')] }, undefined],
    ['a period run backwards', { dosageInstruction: [bounded('2026-11-14', '2026-11-01')] }, undefined],
    [
      'quantity',
      { dispenseRequest: { quantity: { value: 42, unit: 'tablet' } }, dosageInstruction: [threeTablets] },
      14,
    ],
    [
      'quantity with a part of a day',
      { dispenseRequest: { quantity: { value: 43, unit: 'tablet' } }, dosageInstruction: [threeTablets] },
      15,
    ],
    [
      'quantity with refills',
      {
        dispenseRequest: { quantity: { value: 21, unit: 'tablet' }, numberOfRepeatsAllowed: 1 },
        dosageInstruction: [threeTablets],
      },
      14,
    ],
    [
      'quantity without a unit',
      { dispenseRequest: { quantity: { value: 42 } }, dosageInstruction: [threeTablets] },
      undefined,
    ],
    ['supply in Day(s)', { dispenseRequest: { expectedSupplyDuration: { value: 7, unit: 'Day(s)' } } }, 7],
    ['supply written for ever', { dispenseRequest: days(999_999) }, 999_999],
    ['supply beyond all measure', { dispenseRequest: days(1e308, 'mo') }, undefined],
    [
      'refills beyond all measure',
      { dispenseRequest: { ...days(7), numberOfRepeatsAllowed: 1e308 } },
      undefined,
    ],
    ['supply of next to nothing', { dispenseRequest: days(1e-320, 'd') }, undefined],
    [
      'each of a quantity',
      { dispenseRequest: { quantity: { value: 42, unit: 'EA' } }, dosageInstruction: [threeTablets] },
      14,
    ],
    ['quantity without a dose', { dispenseRequest: { quantity: { value: 42, unit: 'tablet' } } }, undefined],
    ['nothing', {}, undefined],
  ])('%s', (_, more, expected) => {
    expect(coveredDays(request(more), undefined)).toBe(expected);
  });

  test('tablets last by milligrams through the strength of the product', () => {
    const dosage = { ...threeTablets, doseAndRate: [{ doseQuantity: { value: 5, unit: 'mg' } }] };
    const order = request({
      dispenseRequest: { quantity: { value: 21, unit: 'tablet' } },
      dosageInstruction: [dosage],
    });
    expect(coveredDays(order, TABLET)).toBe(14);
    expect(coveredDays(order, undefined)).toBeUndefined();
  });

  test('a bare count of a product in tablets counts these', () => {
    const order = request({
      dispenseRequest: { quantity: { value: 42 } },
      dosageInstruction: [threeTablets],
    });
    expect(coveredDays(order, TABLET)).toBe(14);
    expect(coveredDays(order, 'baclofen 1 MG/ML Oral Solution')).toBeUndefined();
  });

  test.each([
    ['Tablet, film coated', 14],
    ['Capsule extended release', 14],
    ['Tablet, film-coated', 14],
    ['tablet per day', undefined],
    ['tablets daily', undefined],
    ['tablets  a day', undefined],
    ['packets of tablets', undefined],
    ['tablet dose pack', undefined],
    ['each box', undefined],
    ['bottle of tablets', undefined],
  ])('a unit that says more: %s', (unit, expected) => {
    const dispenseRequest = { quantity: { value: 42, unit } };
    expect(coveredDays(request({ dispenseRequest, dosageInstruction: [threeTablets] }), undefined)).toBe(
      expected,
    );
  });

  test('a dispense covers its days of supply', () => {
    expect(
      coveredDays(other('MedicationDispense', { daysSupply: { value: 30, unit: 'd' } }), undefined),
    ).toBe(30);
  });
});

describe('since', () => {
  test.each<[string, MedicationResource, string | undefined]>([
    [
      'the earliest bounds',
      request({
        authoredOn: '2026-01-01',
        dosageInstruction: [bounded('2026-03-02'), bounded('2026-03-01')],
      }),
      '2026-03-01',
    ],
    [
      'validity',
      request({ authoredOn: '2026-01-01', dispenseRequest: { validityPeriod: { start: '2026-02-01' } } }),
      '2026-02-01',
    ],
    [
      'the day it was written, in its own time zone',
      request({ authoredOn: '2026-03-01T23:30:00-05:00' }),
      '2026-03-01',
    ],
    ['a month, where nothing tells the day', request({ authoredOn: '2026-03' }), '2026-03'],
    [
      'a day rather than a year that is written before',
      other('MedicationStatement', { effectivePeriod: { start: '2026' }, effectiveDateTime: '2026-03-02' }),
      '2026-03-02',
    ],
    ['a month no year has', request({ authoredOn: '2026-13' }), undefined],
    ['a day no calendar has', request({ authoredOn: '2026-02-30' }), undefined],
    ['no date', request({}), undefined],
    ['a statement', other('MedicationStatement', { effectivePeriod: { start: '2026-03-01' } }), '2026-03-01'],
    [
      'a statement of one moment',
      other('MedicationStatement', { effectiveDateTime: '2026-03-01' }),
      '2026-03-01',
    ],
    [
      'a dispense',
      other('MedicationDispense', { whenPrepared: '2026-03-01', whenHandedOver: '2026-03-02' }),
      '2026-03-02',
    ],
    [
      'a dispense that was only prepared',
      other('MedicationDispense', { whenPrepared: '2026-03-01' }),
      '2026-03-01',
    ],
  ])('%s', (_, resource, date) => {
    expect(since(resource)).toBe(date);
  });
});

describe('until', () => {
  test.each<[string, MedicationResource, string | undefined]>([
    [
      'the latest bounds',
      request({
        dosageInstruction: [bounded('2026-03-01', '2026-03-05'), bounded('2026-03-01', '2026-03-09')],
      }),
      '2026-03-09',
    ],
    [
      'bounds of which one is open',
      request({ dosageInstruction: [bounded('2026-03-01', '2026-03-05'), bounded('2026-03-06')] }),
      undefined,
    ],
    [
      'effective period',
      other('MedicationStatement', { effectivePeriod: { end: '2026-03-09' } }),
      '2026-03-09',
    ],
    ['validity', request({ dispenseRequest: { validityPeriod: { end: '2026-03-09' } } }), '2026-03-09'],
    ['written, plus supply', request({ authoredOn: '2026-03-01', dispenseRequest: days(10) }), '2026-03-11'],
    [
      'handed over, plus supply',
      other('MedicationDispense', { whenHandedOver: '2026-03-01', daysSupply: { value: 10, code: 'd' } }),
      '2026-03-11',
    ],
    [
      'an administration',
      other('MedicationAdministration', { effectiveDateTime: '2026-03-01T08:00:00Z' }),
      '2026-03-01',
    ],
    [
      'a statement of one moment',
      other('MedicationStatement', { effectiveDateTime: '2026-03-01' }),
      undefined,
    ],
    [
      'a month, where nothing tells the day',
      other('MedicationStatement', { effectivePeriod: { end: '2026-03' } }),
      '2026-03',
    ],
    [
      'a day of supply rather than a year that is written',
      request({
        status: 'completed',
        authoredOn: '2026-03-01',
        dispenseRequest: { ...days(10), validityPeriod: { end: '2026' } },
      }),
      '2026-03-11',
    ],
    ['a year', other('MedicationAdministration', { effectiveDateTime: '2025' }), '2025'],
    [
      'of a month and its year the one that may have ended later',
      request({
        status: 'stopped',
        dosageInstruction: [bounded(undefined, '2026-03'), bounded(undefined, '2026')],
      }),
      '2026',
    ],
    ['written, supply unknown', request({ authoredOn: '2026-03-01' }), undefined],
    [
      'R5 day of the stop',
      request({
        status: 'stopped',
        statusChanged: '2026-03-04',
        authoredOn: '2026-03-01',
        dispenseRequest: days(10),
      }),
      '2026-03-04',
    ],
  ])('%s', (_, resource, date) => {
    expect(until(resource, TODAY)).toBe(date);
  });

  test('a stopped order whose planned end is still to come ended on an unknown day', () => {
    const stopped = request({ status: 'stopped', dosageInstruction: [bounded('2026-11-01', '2026-12-31')] });
    expect(until(stopped, TODAY)).toBeUndefined();
    expect(until(request({ dosageInstruction: [bounded('2026-11-01', '2026-12-31')] }), TODAY)).toBe(
      '2026-12-31',
    );
  });

  test('a completed dispense goes on as long as its supply', () => {
    const dispense = {
      status: 'completed',
      whenHandedOver: '2026-11-20',
      daysSupply: { value: 10, code: 'd' },
    };
    expect(until(other('MedicationDispense', dispense), TODAY)).toBe('2026-11-30');
  });
});

describe('dates and lengths of a wrong shape', () => {
  test.each([
    { authoredOn: 20261122 },
    { dispenseRequest: 'one month' },
    { dispenseRequest: { expectedSupplyDuration: { value: 'x', unit: {} } } },
    { dosageInstruction: { timing: { repeat: { boundsPeriod: 'soon' } } } },
    { effectivePeriod: ['2026'] },
  ])('%j are no dates', (more) => {
    const broken = request(more);
    expect([since(broken), until(broken, TODAY), coveredDays(broken, TABLET)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('a supply for longer than the calendar has no end', () => {
    expect(until(request({ authoredOn: '2026-01-01', dispenseRequest: days(1e12) }), TODAY)).toBeUndefined();
  });
});
