/** Finds known names in free text as whole words, whatever their case and script form, in time linear in its length. */

/** Medication texts are short; what stands beyond this is not read. */
const LONGEST_TEXT = 2000;

interface Node {
  readonly next: Map<string, Node>;
  /** What the words up to here mean. */
  meanings: readonly string[];
}

/** The meanings of all names found in a text. */
export type FindNames = (text: string) => ReadonlySet<string>;

/**
 * @param names name → its meanings; of two names that begin at the same word the longer one counts
 */
export function createNameFinder(names: Iterable<readonly [string, readonly string[]]>): FindNames {
  const root: Node = { next: new Map(), meanings: [] };
  for (const [name, meanings] of names) {
    let node = root;
    for (const word of wordsOf(name)) {
      const next = node.next.get(word) ?? { next: new Map<string, Node>(), meanings: [] };
      node.next.set(word, next);
      node = next;
    }
    if (node !== root) node.meanings = [...new Set([...node.meanings, ...meanings])];
  }
  return (text) => find(root, wordsOf(text.slice(0, LONGEST_TEXT)));
}

function find(root: Node, words: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  let at = 0;
  while (at < words.length) {
    const { meanings, length } = longestAt(root, words, at);
    for (const meaning of meanings) found.add(meaning);
    at += Math.max(length, 1);
  }
  return found;
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
  const plain = text.normalize('NFKC').replace(/[\u00AD\u200B-\u200D\uFEFF]/g, '');
  return plain.toLowerCase().match(/\p{L}+|\p{N}+/gu) ?? [];
}
