/** Figures made of what clients write: sums and quotients of checked numbers may still be none that anybody can mean. */

/** No dose in milligrams and no length in days is of this size; some systems write 999999 days for "without an end". */
const beyond = 1e9;

/** @returns undefined for nothing, for less, and for what is beyond all measure */
export function figureOf(value: number): number | undefined {
  return value > 0 && value < beyond ? value : undefined;
}
