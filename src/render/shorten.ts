/** An order cut to fewer days, never longer or stronger than it was: steps keep their turn, and end where the days do. */

import type { MedicationRequest } from 'fhir/r4.js';
import { greatest } from '../greatest.js';
import { dateOf, plusDays } from '../record/calendar-date.js';
import { conceptWords } from '../record/concept-words.js';
import { coveredDays, daysOfBounds, quantityDays } from '../record/course.js';
import type { DraftOrder } from '../record/record.js';
import { boundsApart, boundsOf, instructionWords, stepsOf } from '../record/steps.js';
import { numberOf, type Part, partsOf, stringOf } from '../untrusted.js';

type Instruction = NonNullable<MedicationRequest['dosageInstruction']>[number];

/** An order of a few days that continues a long course is not made longer in the name of shortening it. */
export function isLongerThan(days: number): (order: DraftOrder) => boolean {
  return ({ resource, identity }) => (coveredDays(resource, identity.product) ?? Infinity) > days;
}

/**
 * Days' supply, bounds and amount all say the new length; an amount that cannot be computed is left out, not guessed.
 * @returns undefined when a step of unknown length is followed by another (nobody can tell what the days would hold), and
 * when the words of the order tell a length of their own: they would contradict it on the label
 */
export function shortened(
  { resource: order, identity: { product } }: DraftOrder,
  days: number,
): MedicationRequest | undefined {
  const steps = stepsOf(order);
  const cut = cutSteps(steps, days);
  if (cut === undefined || tellsLength(order)) return undefined;
  const {
    validityPeriod: _,
    initialFill: __,
    dispenseInterval: ___,
    quantity,
    ...dispense
  } = order.dispenseRequest ?? {};
  // What each day of several steps takes differs.
  const amount = steps.length > 1 ? undefined : amountFor(order, days, product);
  const { courseOfTherapyType: ____, ...rest } = order;
  return {
    ...rest,
    dispenseRequest: {
      ...dispense,
      numberOfRepeatsAllowed: 0,
      expectedSupplyDuration: durationOf(days),
      ...(quantity !== undefined && amount !== undefined ? { quantity: { ...quantity, value: amount } } : {}),
    },
    ...(Array.isArray(order.dosageInstruction)
      ? {
          dosageInstruction: order.dosageInstruction.flatMap((one) =>
            cut.has(one) ? (cut.get(one) ?? []) : one,
          ),
        }
      : {}),
  };
}

const LENGTH =
  /\b(?:\d+|an?|one|two|three|four|five|six|seven|ten|twelve|fourteen|thirty|sixty|ninety)[\s-]*(?:d|days?|w|wks?|weeks?|mos?|months?)\b|\buntil\b/i;

/** The old amount, refills, or that it goes on: "#90 RF 3", "chronic". */
const AMOUNT_OR_GOING_ON =
  /#\s*\d|\b(?:qty|quantity|disp|dispense|rf|refills?|long[\s-]term|chronic(?:ally)?|indefinite(?:ly)?|ongoing|continuous(?:ly)?|maintenance)\b/i;

/** Not of how often: "3 times a day", "twice a day", "every 2 days", "60 mg a day". */
const RHYTHM =
  /\b(?:times|once|twice|every|m?c?g|tablets?|capsules?|doses?|per)\s+(?:an?|one|\d+)[\s-]*(?:days?|weeks?|months?)\b/gi;

function tellsLength({ dosageInstruction, note }: MedicationRequest): boolean {
  const words = [
    ...partsOf(dosageInstruction).flatMap(wordsOfInstruction),
    ...partsOf(note).map(({ text }) => text),
  ].map((text) => stringOf(text) ?? '');
  return words.some((text) => LENGTH.test(text.replace(RHYTHM, ' ')) || AMOUNT_OR_GOING_ON.test(text));
}

function wordsOfInstruction(instruction: Part): readonly unknown[] {
  return [...instructionWords(instruction), ...conceptWords(instruction['additionalInstruction'])];
}

/** Instruction → what is left of it; undefined of one that begins after the days. */
type Cut = ReadonlyMap<unknown, Instruction | undefined>;

function cutSteps(steps: readonly (readonly Part[])[], days: number): Cut | undefined {
  const cut = new Map<unknown, Instruction | undefined>();
  let left = days;
  for (const [position, step] of steps.entries()) {
    const lengths = step.map(daysOfBounds);
    const isLast = position === steps.length - 1;
    if (lengths.includes(undefined) && !isLast) return undefined;
    for (const instruction of step)
      cut.set(instruction, left > 0 ? within(instruction, left, steps.length > 1) : undefined);
    left -= greatest(lengths.map((length) => length ?? left));
  }
  return cut;
}

/** @param always also one that says no length: as the last of several steps it would go on beyond the days */
function within(instruction: Part, days: number, always: boolean): Instruction {
  const step = instruction as unknown as Instruction;
  const length = daysOfBounds(instruction);
  if (length !== undefined && length <= days) return step;
  const apart = boundsApart(instruction);
  if (Object.keys(apart.bounds).length === 0 && !always) return step;
  const start = dateOf(boundsOf(instruction)?.['start']);
  const bounds =
    start === undefined
      ? { boundsDuration: durationOf(days) }
      : { boundsPeriod: { start, end: plusDays(start, days - 1) } };
  return { ...step, timing: { ...step.timing, repeat: { ...apart.rhythm, ...bounds } } };
}

function durationOf(days: number) {
  return { value: days, unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' } as const;
}

/**
 * The amount for the new length, whole units; the amount ordered covers one fill. Where days' supply and dose tell different
 * lengths, the smaller amount: the other would outlast the days.
 */
function amountFor(order: MedicationRequest, days: number, product: string | undefined): number | undefined {
  const { quantity, numberOfRepeatsAllowed } = order.dispenseRequest ?? {};
  const refills = Math.max(numberOf(numberOfRepeatsAllowed) ?? 0, 0);
  const covered = coveredDays(order, product);
  if (typeof quantity?.value !== 'number' || covered === undefined || covered <= 0) return undefined;
  const longest = Math.max(covered, quantityDays(order, product) ?? 0);
  return Math.ceil((quantity.value * days * (1 + refills)) / longest);
}
