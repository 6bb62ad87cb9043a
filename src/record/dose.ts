/** The daily dose of an order: of its highest step and of its first. "Cannot say" is undefined, never a guess. */

import { flatMap } from '../flat-map.js';
import { greatest, least } from '../greatest.js';
import {
  type Amount,
  amountOf,
  microgramsOf,
  type Strength,
  strengthOfMedication,
  strengthOfProduct,
  strengthOfWords,
} from './amount.js';
import { conceptWords } from './concept-words.js';
import { daysOf } from './duration.js';
import { figureOf } from './figure.js';
import { medicationWords } from './medication.js';
import { timesADay } from './frequency.js';
import type { DraftOrder, MedicationResource } from './record.js';
import { instructionWords, stepsOf } from './steps.js';
import { type Part, partOf, partsOf, stringOf } from '../untrusted.js';

export interface DailyDose {
  readonly value: number;
  readonly unit: 'mg' | 'mcg';
}

/**
 * The highest daily dose among the successive steps of an order.
 *
 * Steps: instructions with different `sequence` (or, without one, with different start of `boundsPeriod`) follow one
 * another; instructions of one step are taken together and added, unless they repeat the same timing in the same words,
 * when the larger counts; advice that says neither how much nor how often is passed over. A dose range counts with its upper end, "as needed" as taken at the stated maximum, and `maxDosePerPeriod`
 * caps the sum or stands for it. Tablets and millilitres count through the strength in the product name, else in
 * `Medication.ingredient`, else in the words of the medication. Steps that words alone tell ("week 1", "then") cannot be
 * told apart from what is taken together. One instruction that cannot be computed makes the whole dose unknown.
 */
export function dailyDose(
  order: MedicationResource,
  product: string | undefined,
  medication?: unknown,
): DailyDose | undefined {
  const doses = stepsOf(order).map((step) => doseOfStep(step, strengthOf(order, product, medication)));
  const known = doses.filter((dose) => dose !== undefined);
  if (known.length === 0 || known.length < doses.length) return undefined;
  return inUnit(known.reduce((highest, dose) => (dose.mcg > highest.mcg ? dose : highest)));
}

/** Of an order of the call; undefined also where its amounts are of the product. */
export function doseOfOrder({
  resource,
  identity: { product, amountsOfProduct },
}: Pick<DraftOrder, 'resource' | 'identity'>): DailyDose | undefined {
  return amountsOfProduct ? undefined : dailyDose(resource, product);
}

/** The daily dose of an order's first step, by the same rules. */
export function firstDailyDose(
  order: MedicationResource,
  product: string | undefined,
  medication?: unknown,
): DailyDose | undefined {
  const [first] = stepsOf(order);
  const dose = first === undefined ? undefined : doseOfStep(first, strengthOf(order, product, medication));
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
  const strength = strengthOf(order, product, medication);
  const counted = together(step, (amount) => (amount.kind === kind ? amount.value : undefined));
  if (counted !== undefined) return counted;
  const dose = doseOfStep(step, strength);
  return dose === undefined || strength?.per !== kind || strength.mcg === 0
    ? undefined
    : dose.mcg / strength.mcg;
}

/** Of what an order is for, as its product, its ingredients or its words tell it. */
export function strengthOf(
  order: MedicationResource,
  product: string | undefined,
  medication?: unknown,
): Strength | undefined {
  const apart = partOf(medication);
  return (
    strengthOfProduct(product) ??
    strengthOfMedication(apart) ??
    strengthOfWords([...medicationWords(order), ...conceptWords(apart?.['code'])])
  );
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

/** Adds what the instructions of a step give a day; of those with the same timing and words the larger counts. */
function together(
  step: readonly Part[],
  measure: (amount: Amount) => number | undefined,
): number | undefined {
  const [only, another] = step;
  // Nearly all orders have one instruction, which nothing has to be told apart from.
  if (another === undefined) return only === undefined ? undefined : ofInstruction(only, measure);
  if (step.some(tellsTurn)) return undefined;
  const told = new Map<string, number>();
  for (const instruction of step) {
    if (isAdvice(instruction)) continue;
    const dose = ofInstruction(instruction, measure);
    if (dose === undefined) return undefined;
    const telling = JSON.stringify([instruction['timing'] ?? null, instruction['text'] ?? null]);
    told.set(telling, Math.max(dose, told.get(telling) ?? 0));
  }
  if (told.size === 0) return undefined;
  return [...told.values()].reduce((sum, dose) => sum + dose, 0);
}

/** Words of one turn among several: "days 4-6", "week 2", "for the first week", "then". */
const TURN =
  /\b(?:days?|weeks?|wks?|months?)\s*(?:#\s*)?\d|\b(?:first|second|third|next|then|after that|afterwards?|followed by)\b/i;

function tellsTurn(instruction: Part): boolean {
  return instructionWords(instruction).some((words) => TURN.test(words));
}

/** What of an instruction says how much or how often. */
const AMOUNTS = [
  'timing',
  'doseAndRate',
  'doseQuantity',
  'doseRange',
  'maxDosePerPeriod',
  'asNeededBoolean',
] as const;

/** Words of an amount or of a time, in a text that may be read by people alone. */
const SAYS_AMOUNT =
  /\d|\b(one|two|three|four|five|six|half|once|twice|tablets?|tabs?|pills?|capsules?|caps?|dos(e|es|age)|daily|day|night|bedtime|morning|evening|hours?|weeks?|then|increase|titrate|taper|directed|told)\b/i;

/** "Take with food": a text that names neither an amount nor a time, and nothing else that would. */
function isAdvice(instruction: Part): boolean {
  if (AMOUNTS.some((name) => instruction[name] !== undefined)) return false;
  const text = stringOf(instruction['text']);
  return text !== undefined && !saysAmount(text);
}

/** Whether the words of an instruction tell an amount or a time: "1 tablet each time", not "with food". */
export function saysAmount(text: string): boolean {
  return SAYS_AMOUNT.test(text);
}

function ofInstruction(
  instruction: Part,
  measure: (amount: Amount) => number | undefined,
): number | undefined {
  const times = timesADay(instruction['timing']);
  const doses = flatMap(amountsOf(instruction), (amount) => measure(amount) ?? []);
  const computed = times === undefined || doses.length === 0 ? undefined : greatest(doses) * times;
  const limits = flatMap(partsOf(instruction['maxDosePerPeriod']), (ratio) => limitOf(ratio, measure) ?? []);
  const known = [...limits, ...(computed === undefined ? [] : [computed])];
  return known.length === 0 ? undefined : least(known);
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

/** Micrograms when every part of the dose was written so, else milligrams; sums of decimals are rounded clean, nothing is no dose. */
function inUnit({ mcg, inMicrograms }: Dose): DailyDose | undefined {
  const value = figureOf(Math.round((inMicrograms ? mcg : mcg / 1000) * 1e6) / 1e6);
  return value === undefined ? undefined : { value, unit: inMicrograms ? 'mcg' : 'mg' };
}
