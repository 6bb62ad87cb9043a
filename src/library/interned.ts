/** Equal names of the library as one string: drugs and problems are looked up by name all through a call. */

/** Longer texts are no names. */
const LONGEST = 64;

/**
 * V8 keeps one string for each name of a property, which it compares by its address, and any other letter by letter.
 * @returns an equal text
 */
export function interned(text: string): string {
  if (text.length > LONGEST) return text;
  // Without a prototype it is a table: an object with a hidden class would leave one behind for each name.
  const table = Object.create(null) as Record<string, true>;
  table[text] = true;
  return Object.keys(table)[0] ?? text;
}
