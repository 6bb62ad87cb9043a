/** What holds for every order that is cut: fewer days, and on no day more than was ordered. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Dosage, MedicationRequest } from 'fhir/r4.js';
import { plusDays } from '../../src/record/calendar-date.js';
import { coveredDays } from '../../src/record/course.js';
import { dailyDose, firstDailyDose } from '../../src/record/dose.js';
import { shortened } from '../../src/render/shorten.js';
import { draft } from '../decide/support.js';

const step = fc.record({
  days: fc.integer({ min: 1, max: 40 }),
  milligrams: fc.integer({ min: 5, max: 30 }),
});
const steps = fc.array(step, { minLength: 1, maxLength: 4 });
type Steps = typeof steps extends fc.Arbitrary<infer T> ? T : never;

const instruction = (milligrams: number, bounds: object, more: object = {}): Dosage => ({
  timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd', ...bounds } },
  doseAndRate: [{ doseQuantity: { value: milligrams, unit: 'mg' } }],
  ...more,
});

const byTurn = (of: Steps): Dosage[] =>
  of.map(({ days, milligrams }, at) =>
    instruction(milligrams, { boundsDuration: { value: days, unit: 'd', code: 'd' } }, { sequence: at + 1 }),
  );

const byDate = (of: Steps): Dosage[] => {
  let start = '2026-11-27';
  return of.map(({ days, milligrams }) => {
    const boundsPeriod = { start, end: plusDays(start, days - 1) };
    start = plusDays(start, days) ?? '';
    return instruction(milligrams, { boundsPeriod });
  });
};

const cut = (dosageInstruction: Dosage[]) => {
  const order = draft('baclofen', { dosageInstruction });
  return { before: order.resource, after: shortened(order, 14) as MedicationRequest };
};
const doseOf = (order: MedicationRequest) => dailyDose(order, undefined)?.value ?? 0;
const daysOf = (order: MedicationRequest) =>
  coveredDays({ ...order, dispenseRequest: {} }, undefined) ?? Infinity;

describe.each([
  ['steps in turn', byTurn],
  ['steps by date', byDate],
])('%s', (_, written) => {
  test('end within the days, and never hold more a day or begin otherwise', () => {
    fc.assert(
      fc.property(steps, (of) => {
        const { before, after } = cut(written(of));
        expect(daysOf(after)).toBe(Math.min(daysOf(before), 14));
        expect(doseOf(after)).toBeLessThanOrEqual(doseOf(before));
        expect(firstDailyDose(after, undefined)).toEqual(firstDailyDose(before, undefined));
        expect(after.dosageInstruction?.length).toBeLessThanOrEqual(of.length);
      }),
    );
  });
});
