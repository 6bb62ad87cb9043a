/** Faults of the card library: every one is collected with its file and line, none is thrown on its own. */
import { distance } from 'fastest-levenshtein';
/** The fault of a file that is not there. */
export function missing(file) {
    return { file, line: 1, message: 'is missing; put the file back or name another cards folder' };
}
/** The library cannot be used: all faults of all files at once. */
export class LibraryFaultsError extends Error {
    /** One line each, `file:line message`, in file order. */
    faults;
    constructor(faults) {
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
export function didYouMean(word, known) {
    let best;
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
//# sourceMappingURL=fault.js.map