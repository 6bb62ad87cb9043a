/** The daily dose of an order: what is computed, and what is left unsaid. */

import { describe, expect, test } from '@jest/globals';
import type { Dosage, MedicationRequest, Timing } from 'fhir/r4.js';
import { dailyDose, firstDailyDose } from '../../src/record/dose.js';

const TABLET = 'baclofen 10 MG Oral Tablet';
const mg = (value: number) => ({ value, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' });
const times = (frequency: number, period = 1, periodUnit: 'h' | 'd' | 'wk' = 'd'): Timing => ({
  repeat: { frequency, period, periodUnit },
});
const order = (...dosageInstruction: Dosage[]): MedicationRequest => ({
  resourceType: 'MedicationRequest',
  status: 'draft',
  intent: 'order',
  subject: { reference: 'Patient/1' },
  dosageInstruction,
});
const dose = (value: number, timing: Timing, more: Dosage = {}): Dosage => ({
  timing,
  doseAndRate: [{ doseQuantity: mg(value) }],
  ...more,
});

describe('how often', () => {
  test.each<[string, Timing, number | undefined]>([
    ['three times a day', times(3), 15],
    ['every eight hours', times(1, 8, 'h'), 15],
    ['twice a week', times(2, 7), 1.428571],
    ['every two days, as an average', times(1, 2), 2.5],
    ['up to four times a day', { repeat: { frequency: 1, frequencyMax: 4, period: 1, periodUnit: 'd' } }, 20],
    ['at meals', { repeat: { when: ['CM', 'CD', 'CV'] } }, 15],
    ['at bedtime', { repeat: { when: ['HS'], frequency: 1, period: 1, periodUnit: 'd' } }, 5],
    ['at two times of the day', { repeat: { timeOfDay: ['08:00:00', '20:00:00'] } }, 10],
    ['code BID', { code: { coding: [{ code: 'BID' }] } }, 10],
    ['text t.i.d.', { code: { text: 't.i.d.' } }, 15],
    ['text TID PRN', { code: { text: 'TID PRN' } }, 15],
    ['text 3 times per day', { code: { text: '3 times per day' } }, 15],
    ['text Three times daily with meals', { code: { text: 'Three times daily with meals' } }, 15],
    ['text 2 times a day with food PRN', { code: { text: '2 times a day with food PRN' } }, 10],
    ['text once every day', { code: { text: 'Once every day' } }, 5],
    ['text twice daily as needed', { code: { text: 'Twice daily as needed' } }, 10],
    ['text 5 times a day', { code: { text: '5 times a day' } }, 25],
    ['text 0 times daily', { code: { text: '0 times daily' } }, undefined],
    ['text 99 times daily', { code: { text: '99 times daily' } }, undefined],
    ['text with meals', { code: { text: 'with meals' } }, undefined],
    ['code Q6H', { code: { coding: [{ code: 'Q6H' }] } }, 20],
    ['text every 12 hours', { code: { text: 'every 12 hours' } }, 10],
    ['code QHS', { code: { coding: [{ code: 'QHS' }] } }, 5],
    ['code QOD', { code: { coding: [{ code: 'QOD' }] } }, 2.5],
    ['a code of the house', { code: { coding: [{ code: '3XW' }] } }, undefined],
    ['no unit of the period', { repeat: { frequency: 3, period: 1 } }, undefined],
    ['a period of nothing', { repeat: { frequency: 3, period: 0, periodUnit: 'd' } }, undefined],
    [
      'weekdays of a week',
      { repeat: { frequency: 1, period: 1, periodUnit: 'wk', dayOfWeek: ['mon'] } },
      undefined,
    ],
    ['dates', { event: ['2026-11-22'] }, undefined],
  ])('%s', (_, timing, value) => {
    expect(dailyDose(order(dose(5, timing)), undefined)?.value).toBe(value);
  });
});

describe('how much', () => {
  test.each<[string, Dosage, string | undefined, { value: number; unit: string } | undefined]>([
    ['milligrams', { doseAndRate: [{ doseQuantity: mg(10) }] }, undefined, { value: 30, unit: 'mg' }],
    [
      'grams',
      { doseAndRate: [{ doseQuantity: { value: 0.01, unit: 'g' } }] },
      undefined,
      { value: 30, unit: 'mg' },
    ],
    [
      'micrograms',
      { doseAndRate: [{ doseQuantity: { value: 50, unit: 'µg' } }] },
      undefined,
      { value: 150, unit: 'mcg' },
    ],
    [
      'the upper end of a range',
      { doseAndRate: [{ doseRange: { low: mg(5), high: mg(10) } }] },
      undefined,
      { value: 30, unit: 'mg' },
    ],
    [
      'tablets of a strength',
      { doseAndRate: [{ doseQuantity: { value: 2, unit: 'tablet(s)' } }] },
      TABLET,
      { value: 60, unit: 'mg' },
    ],
    [
      '{tbl}',
      { doseAndRate: [{ doseQuantity: { value: 1, code: '{tbl}' } }] },
      TABLET,
      { value: 30, unit: 'mg' },
    ],
    [
      '{pill}',
      { doseAndRate: [{ doseQuantity: { value: 1, unit: '{pill}' } }] },
      TABLET,
      { value: 30, unit: 'mg' },
    ],
    [
      'tablets of no known strength',
      { doseAndRate: [{ doseQuantity: { value: 2, unit: 'tablet' } }] },
      undefined,
      undefined,
    ],
    ['no unit', { doseAndRate: [{ doseQuantity: { value: 10 } }] }, TABLET, undefined],
    [
      'millilitres',
      { doseAndRate: [{ doseQuantity: { value: 5, unit: 'mL' } }] },
      'baclofen 1 MG/ML Oral Solution',
      { value: 15, unit: 'mg' },
    ],
    [
      'millilitres of a tablet',
      { doseAndRate: [{ doseQuantity: { value: 5, unit: 'mL' } }] },
      TABLET,
      undefined,
    ],
    [
      'tablets of a combination',
      { doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }] },
      'Cyclobenzaprine hydrochloride 10 MG / Magnesium Oxide 200 MG Oral Capsule',
      undefined,
    ],
    [
      'more than a number',
      { doseAndRate: [{ doseQuantity: { ...mg(10), comparator: '>' } }] },
      undefined,
      undefined,
    ],
    [
      'STU3, on the instruction itself',
      { doseQuantity: mg(10) } as Dosage,
      undefined,
      { value: 30, unit: 'mg' },
    ],
    [
      'doseAndRate as an object',
      { doseAndRate: { doseQuantity: mg(10) } } as unknown as Dosage,
      undefined,
      { value: 30, unit: 'mg' },
    ],
    ['text alone', { text: '10 mg three times a day' }, TABLET, undefined],
  ])('%s', (_, dosage, product, expected) => {
    expect(dailyDose(order({ timing: times(3), ...dosage }), product)).toEqual(expected);
  });

  test('as needed counts as taken at the stated maximum', () => {
    expect(dailyDose(order(dose(10, times(3), { asNeededBoolean: true })), undefined)?.value).toBe(30);
  });

  test('a maximum for the period caps the sum', () => {
    const maxDosePerPeriod = { numerator: mg(20), denominator: { value: 1, unit: 'day' } };
    expect(dailyDose(order(dose(10, times(4), { maxDosePerPeriod })), undefined)?.value).toBe(20);
  });

  test('a maximum for the period stands for a dose that is not said', () => {
    const maxDosePerPeriod = { numerator: mg(40), denominator: { value: 24, code: 'h' } };
    expect(dailyDose(order({ maxDosePerPeriod }), undefined)?.value).toBe(40);
  });

  test('tablets count by the strength of the medication when the product is not known', () => {
    const strength = { numerator: mg(7.5), denominator: { value: 1, unit: 'tablet' } };
    const medication = { resourceType: 'Medication', ingredient: [{ itemCodeableConcept: {}, strength }] };
    const tablets = order({
      timing: times(3),
      doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }],
    });
    expect(dailyDose(tablets, undefined, medication)).toEqual({ value: 22.5, unit: 'mg' });
  });

  const tablets = (text: string, unit = 'tablet', display?: string) =>
    dailyDose(
      {
        ...order({ timing: times(3), doseAndRate: [{ doseQuantity: { value: 2, unit } }] }),
        medicationCodeableConcept: { text, ...(display && { coding: [{ display }] }) },
      },
      undefined,
    )?.value;

  test.each([
    ['Baclofen 15 mg tablets', 'tablet', 90],
    ['BACLOFEN 15MG', 'tablet', 90],
    ['baclofen 500 mcg capsule', 'capsule', 3],
    ['baclofen 5 mg/mL suspension', 'mL', 30],
    ['baclofen 5 MG/5 ML oral solution', 'mL', 6],
    ['baclofen 15 mg tablets', 'mL', undefined],
    ['baclofen 5 mg/mL', 'tablet', undefined],
    ['baclofen 20 mg (2 x 10 mg)', 'tablet', undefined],
    ['baclofen 60 mg/day', 'tablet', undefined],
    ['baclofen 2,000 mcg/mL', 'mL', undefined],
    ['baclofen 10 mg / cyclobenzaprine 2 %', 'tablet', undefined],
    ['baclofen', 'tablet', undefined],
  ])('the strength of no known product stands in its words: %s by the %s', (text, unit, value) => {
    expect(tablets(text, unit)).toBe(value);
  });

  test('words that contradict each other tell no strength', () => {
    expect(tablets('baclofen 10 mg', 'tablet', 'Baclofen 10 MG Oral Tablet')).toBe(60);
    expect(tablets('baclofen 10 mg', 'tablet', 'Baclofen 20 MG Oral Tablet')).toBeUndefined();
  });

  test.each([
    ['beyond all measure', dose(1e308, times(3))],
    ['of nothing', dose(0, times(3))],
    ['of next to nothing', dose(1e-320, times(3))],
    ['in a period of next to nothing', dose(5, times(1, 1e-320))],
  ])('a dose %s is none', (_name, instruction) => {
    expect(dailyDose(order(instruction), undefined)).toBeUndefined();
  });

  test('sums of decimals are clean', () => {
    expect(dailyDose(order(dose(2.8, times(2))), undefined)?.value).toBe(5.6);
  });
});

describe('several instructions', () => {
  const morning = dose(5, { repeat: { when: ['MORN'] } });
  const evening = dose(10, { repeat: { when: ['EVE'] } });

  test('without a sequence are added', () => {
    expect(dailyDose(order(morning, evening), undefined)?.value).toBe(15);
  });

  test('with the same timing are one, told twice', () => {
    expect(dailyDose(order(dose(5, times(3)), dose(10, times(3))), undefined)?.value).toBe(30);
  });

  test('with the same timing and words of their own are added', () => {
    const at = (text: string) => dose(30, times(1), { text });
    expect(dailyDose(order(at('in the morning'), at('at noon'), at('at night')), undefined)?.value).toBe(90);
    expect(dailyDose(order(at('at night'), at('at night')), undefined)?.value).toBe(30);
  });

  test.each(['Take with food.', 'Do not drive.', 'May cause drowsiness'])(
    'advice says no dose: %s',
    (text) => {
      expect(dailyDose(order(dose(30, times(3)), { text }), undefined)?.value).toBe(90);
      expect(dailyDose(order({ text }), undefined)).toBeUndefined();
    },
  );

  test.each([
    [{ text: 'and 20 mg at night' }],
    [{ text: 'Two tablets more if needed' }],
    [{ text: 'Then as directed' }],
    [{ text: 'Take with food.', timing: times(1) }],
    [{ timing: times(1) }],
    [{}],
  ])('what may be a dose leaves it unknown: %j', (more) => {
    expect(dailyDose(order(dose(30, times(3)), more), undefined)).toBeUndefined();
  });

  test.each([
    ['days 1-3', 'days 4-6'],
    ['week 1', 'week 2'],
    ['for the first week', 'then'],
    ['3 times a day', 'followed by 10 mg'],
  ])('whose words tell steps are neither added nor told apart: %s, %s', (one, two) => {
    const steps = order(dose(5, times(3), { text: one }), dose(10, times(3), { text: two }));
    expect(dailyDose(steps, undefined)).toBeUndefined();
    expect(firstDailyDose(steps, undefined)).toBeUndefined();
  });

  test('with different sequences are steps: the highest counts, and the first is the first', () => {
    const steps = order(dose(20, times(3), { sequence: 2 }), dose(5, times(3), { sequence: 1 }));
    expect(dailyDose(steps, undefined)?.value).toBe(60);
    expect(firstDailyDose(steps, undefined)?.value).toBe(15);
  });

  test('of one sequence are added within their step', () => {
    const steps = order(
      { ...morning, sequence: 1 },
      { ...evening, sequence: 1 },
      dose(5, times(2), { sequence: 2 }),
    );
    expect(firstDailyDose(steps, undefined)?.value).toBe(15);
  });

  test('that begin on different days are steps', () => {
    const from = (start: string, value: number) =>
      dose(value, { repeat: { frequency: 3, period: 1, periodUnit: 'd', boundsPeriod: { start } } });
    const steps = order(from('2026-11-25', 10), from('2026-11-22', 5));
    expect(dailyDose(steps, undefined)?.value).toBe(30);
    expect(firstDailyDose(steps, undefined)?.value).toBe(15);
  });

  test('with one that cannot be computed leave the highest unknown, not the first', () => {
    const steps = order(dose(5, times(3), { sequence: 1 }), { text: 'then as told', sequence: 2 });
    expect(dailyDose(steps, undefined)).toBeUndefined();
    expect(firstDailyDose(steps, undefined)?.value).toBe(15);
  });
});

describe('an order that says no dose', () => {
  test('has none', () => {
    expect(dailyDose(order(), TABLET)).toBeUndefined();
    expect(firstDailyDose(order(), TABLET)).toBeUndefined();
  });

  test.each([['x'], [7], [null], [['x']], [{ timing: 'BID', doseAndRate: 'much' }]])(
    'nor one of shape %j',
    (shape) => {
      const broken = { ...order(), dosageInstruction: shape } as unknown as MedicationRequest;
      expect(dailyDose(broken, TABLET)).toBeUndefined();
    },
  );
});
