/** Finds known names in free text as whole words, whatever their case and script form, in time linear in its length. */

/** Medication texts are short; what stands beyond this is not read. */
export const LONGEST_TEXT = 2000;

interface Node {
  readonly next: Map<string, Node>;
  /** What the words up to here mean. */
  meanings: readonly string[];
}

/** The meanings of all names found among the words of a text, each once. */
export type FindNames = (words: readonly string[]) => readonly string[];

/** Where names stand among the words of a text: each start with its end. */
export type FindPlaces = (words: readonly string[]) => ReadonlyMap<number, number>;

/**
 * @param names name → its meanings; of two names that begin at the same word the longer one counts
 */
export function createNameFinder(names: Names): FindNames & { readonly placesOf: FindPlaces } {
  const root = treeOf(names);
  const knows = (word: string): boolean => root.next.has(word);
  const find: FindNames = (words) => (words.some(knows) ? meaningsIn(root, words) : NOTHING);
  return Object.assign(find, {
    placesOf: (words: readonly string[]) =>
      new Map(placesIn(root, words).map(([start, end]) => [start, end])),
  });
}

type Names = Iterable<readonly [string, readonly string[]]>;

function treeOf(names: Names): Node {
  const root: Node = { next: new Map(), meanings: [] };
  for (const [name, meanings] of names) {
    add(root, name, meanings);
    // "St. Johns wort": many leave the apostrophe out.
    const without = name.replace(APOSTROPHES, '');
    if (without !== name) add(root, without, meanings);
  }
  return root;
}

const APOSTROPHES = /['\u2018\u2019\u02BC]/g;

function add(root: Node, name: string, meanings: readonly string[]): void {
  let node = root;
  for (const word of wordsOf(name)) {
    const next = node.next.get(word) ?? { next: new Map<string, Node>(), meanings: [] };
    node.next.set(word, next);
    node = next;
  }
  if (node !== root) node.meanings = [...new Set([...node.meanings, ...meanings])];
}

const NOTHING: readonly string[] = [];

function meaningsIn(root: Node, words: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const [, , meanings] of placesIn(root, words)) for (const meaning of meanings) found.add(meaning);
  return [...found];
}

function placesIn(root: Node, words: readonly string[]) {
  const places: (readonly [start: number, end: number, meanings: readonly string[]])[] = [];
  let at = 0;
  while (at < words.length) {
    const { meanings, length } = longestAt(root, words, at);
    if (length > 0) places.push([at, at + length, meanings]);
    at += Math.max(length, 1);
  }
  return places;
}

function longestAt(root: Node, words: readonly string[], start: number) {
  let node: Node | undefined = root;
  let longest: { meanings: readonly string[]; length: number } = { meanings: [], length: 0 };
  for (let at = start; node !== undefined; at += 1) {
    if (node.meanings.length > 0) longest = { meanings: node.meanings, length: at - start };
    const word = words[at];
    node = word === undefined ? undefined : node.next.get(word);
  }
  return longest;
}

/**
 * Words and numbers of a text in lower case, whatever their script form; letters and digits apart ("baclofen10mg" is
 * read as "baclofen 10 mg"), soft hyphens and zero-width marks gone.
 */
export function wordsOf(text: string): readonly string[] {
  const read = text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text;
  return wordsOfAscii(read) ?? wordsOfAny(read);
}

/** Nearly all texts are ASCII and need none of what Unicode takes; undefined for one that is not. */
function wordsOfAscii(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let start = 0;
  let before = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : BLANK;
    if (code > 0x7f) return undefined;
    const kind = kindOf(code);
    if (kind === before) continue;
    if (before !== 0) words.push(text.slice(start, at).toLowerCase());
    [start, before] = [at, kind];
  }
  return words;
}

const BLANK = 0x20;

/** 1: a letter, 2: a digit, 0: neither. */
function kindOf(code: number): 0 | 1 | 2 {
  if (code >= 0x30 && code <= 0x39) return 2;
  const small = code | 0x20;
  return small >= 0x61 && small <= 0x7a ? 1 : 0;
}

function wordsOfAny(text: string): readonly string[] {
  // One letter may be eighteen in another script form.
  const plain = text
    .normalize('NFKC')
    .slice(0, LONGEST_TEXT)
    .replace(/[\u00AD\u200B-\u200D\uFEFF]/g, '')
    .replaceAll('\u02BC', "'");
  return plain.toLowerCase().match(/\p{L}+|\p{N}+/gu) ?? [];
}
