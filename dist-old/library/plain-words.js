/** What the parser of forms finds wrong, in words that a clinician can follow; input is never repeated. */
import { didYouMean } from './fault.js';
const kinds = new Map([
    ['string', 'words'],
    ['number', 'a number'],
    ['boolean', 'true or false'],
    ['array', 'a list'],
    ['tuple', 'a list'],
    ['object', 'names with values'],
    ['record', 'names with values'],
]);
/** For issues whose form says nothing of its own. */
export function inPlainWords(issue) {
    switch (issue.code) {
        case 'invalid_type':
            return `${gapOf(issue.input)}expected ${kinds.get(issue.expected) ?? issue.expected}`;
        case 'invalid_value':
            return `expected ${orList(issue.values.map(String))}${nearest([issue.input], issue.values.map(String))}`;
        case 'too_small':
            return `expected at least ${issue.minimum === 1 ? 'one' : issue.minimum}`;
        case 'too_big':
            return `expected at most ${issue.maximum}`;
        case 'invalid_union':
            return issue.input === null ? 'is empty' : 'is not written in a way known here';
        default:
            return undefined;
    }
}
function gapOf(input) {
    if (input === undefined)
        return 'is missing; ';
    return input === null || input === '' ? 'is empty; ' : '';
}
/** "a", "a or b", "a, b or c". */
export function orList(words) {
    const last = words.at(-1) ?? '';
    return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
/** The end of a message about words of which one is misspelt: the nearest known one, or nothing. */
export function nearest(words, known) {
    const hints = words
        .filter((word) => typeof word === 'string' && !known.includes(word))
        .map((word) => didYouMean(String(word), known));
    return hints.find((hint) => hint !== '') ?? '';
}
//# sourceMappingURL=plain-words.js.map