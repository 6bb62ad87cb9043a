/** Arguments of facts as a card writes them ("65 years", a drug's name, "{other}") and as the engine binds them. */
import { didYouMean } from './fault.js';
import { orList } from './plain-words.js';
/**
 * What an argument of a fact may be; `drug` is a drug or class and chooses the resources that are looked at, `problem` a
 * problem or group, `word` plain text for FHIRPath.
 */
export const argumentKinds = [
    'duration',
    'number',
    'drug',
    'problem',
    'lab',
    'form',
    'word',
    'words',
];
const DURATION = /^(\d+) (hour|day|week|month|year)s?$/;
const NUMBER = /^(-?\d+(?:\.\d+)?)(?: (.+))?$/;
export function parseDuration(text) {
    const found = DURATION.exec(text);
    return found === null ? undefined : { value: Number(found[1]), unit: found[2] };
}
/** Reads one argument as written; a string is returned when it is wrong: what was expected and what came. */
export function parseArgument(kind, written, vocabulary) {
    if (kind === 'words') {
        const words = Array.isArray(written) ? written : [written];
        return words.every((word) => typeof word === 'string' && word !== '')
            ? { kind, words: words }
            : 'expected a word or a list of words';
    }
    const text = typeof written === 'number' ? String(written) : written;
    if (typeof text !== 'string' || text === '')
        return `expected a ${kind}, got nothing`;
    if (kind === 'duration') {
        const duration = parseDuration(text);
        return duration === undefined
            ? `expected a duration such as "14 days" or "65 years", got "${text}"`
            : { kind, duration };
    }
    if (kind === 'number') {
        const found = NUMBER.exec(text);
        return found === null
            ? `expected a number such as "30" or "80 mg", got "${text}"`
            : { kind, amount: { value: Number(found[1]), unit: found[2] } };
    }
    return kind === 'word' ? { kind, name: text } : parseName(kind, text, vocabulary);
}
function parseName(kind, name, vocabulary) {
    if (name.includes('{this}') || name.includes('{other}'))
        return { kind, name };
    if (mapsOf(kind, vocabulary).some((map) => map.has(name)))
        return { kind, name };
    const known = namesOf(kind, vocabulary);
    // A vocabulary file that could not be read says so itself.
    return known.length === 0
        ? { kind, name }
        : `no ${kind} is named "${name}" in cards/vocabulary${didYouMean(name, known)}`;
}
/** `{this}` and `{other}` of a name filled in with what a key binds. */
export function fillName(name, first, second) {
    return name.replace('{this}', first).replace('{other}', second);
}
/** Every name an argument of this kind may carry: single things first, then classes or groups. */
export function namesOf(kind, vocabulary) {
    return mapsOf(kind, vocabulary).flatMap((map) => [...map.keys()]);
}
function mapsOf(kind, { drugs, classes, problems, problemGroups, labs, forms }) {
    if (kind === 'drug')
        return [drugs, classes];
    if (kind === 'problem')
        return [problems, problemGroups];
    return kind === 'lab' ? [labs] : [forms];
}
/** The single drugs a drug or class name stands for. */
export function drugsNamed(name, vocabulary) {
    return vocabulary.classes.get(name) ?? [name];
}
/** The single problems a problem or group name stands for. */
export function problemsNamed(name, vocabulary) {
    return vocabulary.problemGroups.get(name) ?? [name];
}
/** The argument in words, as a card or its page prints it; `phrase` says a name as a reader would. */
export function inWords(value, phrase = (name) => name) {
    switch (value.kind) {
        case 'duration':
            return `${value.duration.value} ${value.duration.unit}${value.duration.value === 1 ? '' : 's'}`;
        case 'number':
            return value.amount.unit === undefined
                ? String(value.amount.value)
                : `${value.amount.value} ${value.amount.unit}`;
        case 'words':
            return orList(value.words);
        default:
            return phrase(value.name);
    }
}
/** The sentence of a fact's question with its arguments filled in. */
export function asksInWords(asks, args, phrase) {
    return asks.replace(/\{(\w+)\}/g, (placeholder, name) => {
        const value = args[name];
        return value === undefined ? placeholder : inWords(value, phrase);
    });
}
//# sourceMappingURL=argument.js.map