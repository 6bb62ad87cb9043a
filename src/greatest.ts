/** The greatest and least of numbers that a client may have sent by the hundred thousand: a function takes only so many arguments. */

/** @returns minus infinity of none */
export function greatest(numbers: Iterable<number>): number {
  let most = -Infinity;
  for (const number of numbers) if (number > most) most = number;
  return most;
}

/** @returns infinity of none */
export function least(numbers: Iterable<number>): number {
  let few = Infinity;
  for (const number of numbers) if (number < few) few = number;
  return few;
}
