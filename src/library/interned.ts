/** Names that V8 compares by their address alone: drugs and problems are looked up by name all through a call. */

/**
 * The same text, as the name of a property: V8 keeps one string for each of those, and any other is compared with it
 * letter by letter.
 */
export function interned(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text;
}
