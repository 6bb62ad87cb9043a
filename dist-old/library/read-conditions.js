/** Reads the questions of a card ("aged at least: 65 years") against the facts that exist. */
import { namesOf, parseArgument } from './argument.js';
import { didYouMean } from './fault.js';
export function conditionsOf(calls, path, reader) {
    // facts.yaml could not be read and says so itself: its names are not held against the card.
    if (reader.facts.size === 0)
        return [];
    return calls.flatMap((call, index) => {
        const line = reader.yaml.lineOf([...path, index]);
        const read = readCall(call, line, reader);
        if (typeof read !== 'string')
            return [read];
        reader.faults.push({ file: reader.yaml.file, line, message: read });
        return [];
    });
}
export function faultAt(reader, path, message) {
    return { file: reader.yaml.file, line: reader.yaml.lineOf(path), message };
}
/** A fault for each name at `path` that is no drug or class. */
export function drugFaults(names, path, reader) {
    const known = namesOf('drug', reader.vocabulary);
    // drugs.yaml could not be read and says so itself.
    if (known.length === 0)
        return [];
    return names
        .filter((name) => !known.includes(name))
        .map((name) => faultAt(reader, path, `no drug or class is named "${name}" in vocabulary/drugs.yaml${didYouMean(name, known)}`));
}
/** A fault when the form at `path` is none of the vocabulary. */
export function formFaults(name, path, reader) {
    const known = namesOf('form', reader.vocabulary);
    if (name === undefined || known.length === 0 || known.includes(name))
        return [];
    const message = `no form is named "${name}" in vocabulary/drugs.yaml${didYouMean(name, known)}`;
    return [faultAt(reader, path, message)];
}
function readCall(call, line, reader) {
    const [name, written] = typeof call === 'string' ? [call, undefined] : (Object.entries(call)[0] ?? ['', undefined]);
    const fact = reader.facts.get(name);
    if (fact === undefined)
        return `no fact is named "${name}" in vocabulary/facts.yaml${didYouMean(name, reader.facts.keys())}`;
    const takes = Object.keys(fact.takes);
    const given = byName(written, takes);
    const unknown = Object.keys(given).find((argument) => !takes.includes(argument));
    if (unknown !== undefined)
        return `"${name}" takes no ${unknown}; it takes ${takes.join(', ') || 'nothing'}`;
    const args = {};
    for (const [argument, kind] of Object.entries(fact.takes)) {
        if (given[argument] === undefined)
            return `"${name}" needs ${argument} (a ${kind})`;
        const value = parseArgument(kind, given[argument], reader.vocabulary);
        if (typeof value === 'string')
            return `"${name}": ${value}`;
        args[argument] = value;
    }
    return { fact: name, args, line };
}
/** One bare argument belongs to the only thing the fact takes. */
function byName(written, takes) {
    if (written === undefined)
        return {};
    if (typeof written === 'object' && written !== null && !Array.isArray(written)) {
        return written;
    }
    return { [takes[0] ?? 'argument']: written };
}
//# sourceMappingURL=read-conditions.js.map