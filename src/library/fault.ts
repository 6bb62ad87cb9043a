/** Faults of the card library: every one is collected with its file and line, none is thrown on its own. */

import { distance } from 'fastest-levenshtein';

/** One thing wrong in a file of `cards/`: where, and what was expected, what came, what to do. */
export interface Fault {
  /** Path relative to the cards folder. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

/** The fault of a file that is not there. */
export function missing(file: string): Fault {
  return { file, line: 1, message: 'is missing; put the file back or name another cards folder' };
}

/** The fault of a cards folder that is not there, or of a file in its place. */
export function noFolder(path: string, isThere: boolean): Fault {
  const found = isThere ? 'is a file' : 'is not there';
  return { file: path, line: 1, message: `${found}; expected the folder of the cards: name it in CARDS_DIR` };
}

/** The library cannot be used: all faults of all files at once. */
export class LibraryFaultsError extends Error {
  /** One line each, `file:line message`, in file order. */
  readonly faults: readonly string[];

  constructor(faults: readonly Fault[]) {
    const lines = [...faults]
      .sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
      .map((fault) => `${fault.file}:${fault.line} ${fault.message}`);
    super(`the card library has ${lines.length} fault(s)\n${lines.join('\n')}`);
    this.name = 'LibraryFaultsError';
    this.faults = lines;
  }
}

/**
 * The nearest of `known` to a misspelt `word`, as the end of a message: `; did you mean "x"?`, or nothing.
 * Near means at most a third of the letters differ.
 */
export function didYouMean(word: string, known: Iterable<string>): string {
  let best: string | undefined;
  let bestDistance = Math.floor(Math.max(word.length, 3) / 3) + 1;
  for (const candidate of known) {
    const far = distance(word.toLowerCase(), candidate.toLowerCase());
    if (far < bestDistance) {
      best = candidate;
      bestDistance = far;
    }
  }
  return best === undefined ? '' : `; did you mean "${best}"?`;
}
