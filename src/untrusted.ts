/** Reads parts of client JSON whose shape nobody has checked: a part of another shape is absent, never an exception. */

export type Part = Readonly<Record<string, unknown>>;

/** Whether it is an object; an array is none. */
export function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or undefined for anything else (arrays included). */
export function partOf(value: unknown): Part | undefined {
  return isPart(value) ? value : undefined;
}

/** The objects of a list; a single object where a list belongs counts as a list of one (clients send it). */
export function partsOf(value: unknown): readonly Part[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map(partOf).filter((part) => part !== undefined);
}

/** The string, unless it is blank. */
export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The strings of a list; a single string counts as a list of one. */
export function stringsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map(stringOf).filter((text) => text !== undefined);
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
