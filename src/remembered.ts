/** Keeps what was made of texts for the next who asks. */

/** Longer texts of clients are hardly ever written twice. */
const LONGEST = 200;
/** With texts of that length a few MB at most. */
const MOST = 5_000;

/**
 * @param make says the same of the same text every time, and nobody changes what it says
 * @param longest characters of a text that is kept
 */
export function remembered<T>(make: (text: string) => T, longest = LONGEST): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined || kept.has(text)) return known as T;
    const made = make(text);
    if (text.length > longest) return made;
    if (kept.size >= MOST) kept.clear();
    kept.set(text, made);
    return made;
  };
}
