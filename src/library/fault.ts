/** Faults of the card library: every one is collected with its file and line, none is thrown on its own. */

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
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best === undefined ? '' : `; did you mean "${best}"?`;
}

/** Levenshtein distance of two words, given up (returns `limit`) once it cannot be below `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1;
      const left = (current[column - 1] ?? 0) + 1;
      const above = (previous[column] ?? 0) + 1;
      current.push(Math.min(left, above, (previous[column - 1] ?? 0) + change));
    }
    if (Math.min(...current) >= limit) return limit;
    previous = current;
  }
  return Math.min(previous[b.length] ?? limit, limit);
}
