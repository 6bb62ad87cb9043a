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

/** A resource as its elements, whatever its type says they are. */
export function elementsOf(resource: object): Part {
  return resource as Part;
}

const NONE: readonly never[] = [];

/** The objects of a list; a single object where a list belongs counts as a list of one (clients send it). */
export function partsOf(value: unknown): readonly Part[] {
  if (isPart(value)) return [value];
  if (!Array.isArray(value)) return NONE;
  // Nearly all lists hold nothing else, and need not be copied.
  return value.every(isPart) ? value : value.filter(isPart);
}

/** The string, unless it is blank. */
export function stringOf(value: unknown): string | undefined {
  return isStated(value) ? value : undefined;
}

/** Most texts begin with no blank, and need not be trimmed. */
function isStated(value: unknown): value is string {
  return typeof value === 'string' && (isGraphic(value.charCodeAt(0)) || value.trim() !== '');
}

/** Of ASCII; false for NaN, the first character of an empty text. */
function isGraphic(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}

/** The strings of a list; a single string counts as a list of one. */
export function stringsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.every(isStated) ? value : value.filter(isStated);
  return isStated(value) ? [value] : NONE;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
