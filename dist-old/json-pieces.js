/** Parses a large body entry by entry: V8 gives each string above some 128 kB pages of its own, which costs more than parsing it. */
import { entryDepth } from './json-scan.js';
/** From here on pieces are sooner parsed than the whole. */
const large = 96 * 1024;
/**
 * What `JSON.parse` says of the whole: an object is taken out where a value may stand, and what is left has an object there.
 * @param entries where each object of `entryDepth` begins and ends, as `faultBeforeParsing` tells
 * @param encoding of the bytes, which have been looked at
 * @throws SyntaxError when it is no JSON
 */
export function parseJson(bytes, entries, encoding) {
    // An odd number, or an end before its beginning, is no JSON: the parser says so of the whole.
    if (bytes.length < large || entries.length === 0 || !arePairs(entries)) {
        return JSON.parse(withoutMark(bytes.toString(encoding)));
    }
    const parsed = [];
    let rest = '';
    let from = 0;
    for (let at = 0; at < entries.length; at += 2) {
        const [start = 0, end = 0] = [entries[at], entries[at + 1]];
        rest += `${bytes.toString(encoding, from, start)}{"entry":${parsed.length}}`;
        parsed.push(JSON.parse(bytes.toString(encoding, start, end)));
        from = end;
    }
    rest += bytes.toString(encoding, from);
    return filled(JSON.parse(withoutMark(rest)), parsed, 1);
}
function arePairs(entries) {
    return entries.length % 2 === 0 && entries.every((at, n) => n === 0 || at > (entries[n - 1] ?? 0));
}
/** In place: puts the entries where their stubs stand. */
function filled(value, entries, depth) {
    if (typeof value !== 'object' || value === null)
        return value;
    if (depth === entryDepth)
        return Array.isArray(value) ? value : entries[value.entry];
    const members = value;
    for (const name of Object.keys(members))
        members[name] = filled(members[name], entries, depth + 1);
    return value;
}
/** RFC 8259 8.1: a byte order mark may be ignored. */
function withoutMark(text) {
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
//# sourceMappingURL=json-pieces.js.map