/** The daily dose of an order: of its highest step and of its first. "Cannot say" is undefined, never a guess. */

import { flatMap } from '../flat-map.js';
import {
  type Amount,
  amountOf,
  microgramsOf,
  type Strength,
  strengthOfMedication,
  strengthOfProduct,
} from './amount.js';
import { daysOf } from './duration.js';
import { timesADay } from './frequency.js';
import type { MedicationResource } from './record.js';
import { stepsOf } from './steps.js';
import { type Part, partOf, partsOf } from '../untrusted.js';

export interface DailyDose {
  readonly value: number;
  readonly unit: 'mg' | 'mcg';
}

/**
 * The highest daily dose among the successive steps of an order.
 *
 * Steps: instructions with different `sequence` (or, without one, with different start of `boundsPeriod`) follow one
 * another; instructions of one step are taken together and added, unless they repeat the same timing, when the larger
 * counts. A dose range counts with its upper end, "as needed" as taken at the stated maximum, and `maxDosePerPeriod`
 * caps the sum or stands for it. Tablets and millilitres count through the strength in the product name, else in
 * `Medication.ingredient`. One instruction that cannot be computed makes the whole dose unknown.
 */
export function dailyDose(
  order: MedicationResource,
  product: string | undefined,
  medication?: unknown,
): DailyDose | undefined {
  const doses = stepsOf(order).map((step) => doseOfStep(step, strengthOf(product, medication)));
  const known = doses.filter((dose) => dose !== undefined);
  if (known.length === 0 || known.length < doses.length) return undefined;
  return inUnit(known.reduce((highest, dose) => (dose.mcg > highest.mcg ? dose : highest)));
}

/** The daily dose of an order's first step, by the same rules. */
export function firstDailyDose(
  order: MedicationResource,
  product: string | undefined,
  medication?: unknown,
): DailyDose | undefined {
  const [first] = stepsOf(order);
  const dose = first === undefined ? undefined : doseOfStep(first, strengthOf(product, medication));
  return dose === undefined ? undefined : inUnit(dose);
}

/** Pieces or millilitres taken a day; undefined when the order has more than one step or says no number. */
export function dailyUnits(
  order: MedicationResource,
  kind: 'ml' | 'piece',
  product: string | undefined,
  medication?: unknown,
): number | undefined {
  const [step, another] = stepsOf(order);
  if (step === undefined || another !== undefined) return undefined;
  const strength = strengthOf(product, medication);
  const counted = together(step, (amount) => (amount.kind === kind ? amount.value : undefined));
  if (counted !== undefined) return counted;
  const dose = doseOfStep(step, strength);
  return dose === undefined || strength?.per !== kind || strength.mcg === 0
    ? undefined
    : dose.mcg / strength.mcg;
}

function strengthOf(product: string | undefined, medication: unknown): Strength | undefined {
  return strengthOfProduct(product) ?? strengthOfMedication(partOf(medication));
}

interface Dose {
  readonly mcg: number;
  readonly inMicrograms: boolean;
}

function doseOfStep(step: readonly Part[], strength: Strength | undefined): Dose | undefined {
  const mcg = together(step, (amount) => microgramsOf(amount, strength));
  const limits = flatMap(step, (one) => partsOf(one['maxDosePerPeriod'])).map(({ numerator }) =>
    amountOf(numerator),
  );
  const inMicrograms = [...flatMap(step, amountsOf), ...limits].every(
    (amount) => amount?.inMicrograms === true,
  );
  return mcg === undefined ? undefined : { mcg, inMicrograms };
}

/** Adds what the instructions of a step give a day; of instructions with the same timing the larger counts. */
function together(
  step: readonly Part[],
  measure: (amount: Amount) => number | undefined,
): number | undefined {
  const byTiming = new Map<string, number>();
  for (const instruction of step) {
    const dose = ofInstruction(instruction, measure);
    if (dose === undefined) return undefined;
    const timing = JSON.stringify(instruction['timing'] ?? null);
    byTiming.set(timing, Math.max(dose, byTiming.get(timing) ?? 0));
  }
  return [...byTiming.values()].reduce((sum, dose) => sum + dose, 0);
}

function ofInstruction(
  instruction: Part,
  measure: (amount: Amount) => number | undefined,
): number | undefined {
  const times = timesADay(instruction['timing']);
  const doses = flatMap(amountsOf(instruction), (amount) => measure(amount) ?? []);
  const computed = times === undefined || doses.length === 0 ? undefined : Math.max(...doses) * times;
  const limits = flatMap(partsOf(instruction['maxDosePerPeriod']), (ratio) => limitOf(ratio, measure) ?? []);
  const known = [...limits, ...(computed === undefined ? [] : [computed])];
  return known.length === 0 ? undefined : Math.min(...known);
}

/** Doses of R4 and R5 (`doseAndRate`) and of STU3 (on the instruction itself). */
function amountsOf(instruction: Part): readonly Amount[] {
  const given =
    instruction['doseAndRate'] === undefined ? [instruction] : partsOf(instruction['doseAndRate']);
  return flatMap(
    given,
    (one) => amountOf(one['doseQuantity']) ?? amountOf(partOf(one['doseRange'])?.['high']) ?? [],
  );
}

function limitOf(ratio: Part, measure: (amount: Amount) => number | undefined): number | undefined {
  const amount = amountOf(ratio['numerator']);
  const days = daysOf(ratio['denominator']);
  const measured = amount === undefined ? undefined : measure(amount);
  return measured === undefined || days === undefined ? undefined : measured / days;
}

/** Micrograms when every part of the dose was written so, else milligrams; sums of decimals are rounded clean. */
function inUnit({ mcg, inMicrograms }: Dose): DailyDose {
  const value = inMicrograms ? mcg : mcg / 1000;
  return { value: Math.round(value * 1e6) / 1e6, unit: inMicrograms ? 'mcg' : 'mg' };
}
