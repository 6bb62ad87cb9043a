/** The dosage instructions of a medication resource as successive steps, first step first. */
import { dateOf } from './calendar-date.js';
import { elementsOf, numberOf, partOf, partsOf } from '../untrusted.js';
/** The dosage instructions in the order they came (`dosageInstruction`, or `dosage` of a statement or administration). */
export function instructionsOf(resource) {
    const part = elementsOf(resource);
    return partsOf(part['dosageInstruction'] ?? part['dosage']);
}
/**
 * Instructions with different `sequence` follow one another, as do those without a sequence that start on different
 * days; all others are taken together.
 */
export function stepsOf(resource) {
    const steps = new Map();
    for (const instruction of instructionsOf(resource)) {
        const key = numberOf(instruction['sequence']) ?? dateOf(boundsOf(instruction)?.['start']) ?? '';
        steps.set(key, [...(steps.get(key) ?? []), instruction]);
    }
    return [...steps].sort(([a], [b]) => compare(a, b)).map(([, step]) => step);
}
/** `boundsPeriod` of an instruction. */
export function boundsOf(instruction) {
    return partOf(repeatOf(instruction)?.['boundsPeriod']);
}
export function repeatOf(instruction) {
    return partOf(partOf(instruction['timing'])?.['repeat']);
}
function compare(a, b) {
    if (typeof a === 'number' && typeof b === 'number')
        return a - b;
    return String(a).localeCompare(String(b));
}
//# sourceMappingURL=steps.js.map