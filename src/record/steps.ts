/** The dosage instructions of a medication resource as successive steps, first step first. */

import { dateOf } from './calendar-date.js';
import type { MedicationResource } from './record.js';
import { flatMap } from '../flat-map.js';
import { elementsOf, numberOf, type Part, partOf, partsOf, stringOf } from '../untrusted.js';

/** The dosage instructions in the order they came (`dosageInstruction`, or `dosage` of a statement or administration). */
export function instructionsOf(resource: MedicationResource): readonly Part[] {
  const part = elementsOf(resource);
  return partsOf(part['dosageInstruction'] ?? part['dosage']);
}

/**
 * Instructions with different `sequence` follow one another, as do those without a sequence that start on different
 * days; all others are taken together.
 */
export function stepsOf(resource: MedicationResource): readonly (readonly Part[])[] {
  const steps = new Map<number | string, Part[]>();
  for (const instruction of instructionsOf(resource)) {
    const key = numberOf(instruction['sequence']) ?? dateOf(boundsOf(instruction)?.['start']) ?? '';
    const step = steps.get(key);
    if (step === undefined) steps.set(key, [instruction]);
    else step.push(instruction);
  }
  return [...steps].sort(([a], [b]) => compare(a, b)).map(([, step]) => step);
}

/** What an instruction says to the pharmacy and to the patient. */
export function instructionWords({ text, patientInstruction }: Part): readonly string[] {
  return flatMap([text, patientInstruction], (words) => stringOf(words) ?? []);
}

/** `boundsPeriod` of an instruction. */
export function boundsOf(instruction: Part): Part | undefined {
  return partOf(repeatOf(instruction)?.['boundsPeriod']);
}

export function repeatOf(instruction: Part): Part | undefined {
  return partOf(partOf(instruction['timing'])?.['repeat']);
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b));
}

/** How long an instruction is followed, or how often in all, apart from how often a day. */
export function boundsApart(instruction: unknown): { readonly bounds: Part; readonly rhythm: Part } {
  const bounds: Record<string, unknown> = {};
  const rhythm: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(repeatOf(partOf(instruction) ?? {}) ?? {})) {
    (/^(bounds|count)/.test(name) ? bounds : rhythm)[name] = value;
  }
  return { bounds, rhythm };
}
