/** Parses a large body entry by entry: V8 gives each string above some 128 kB pages of its own, which costs more than parsing it. */

import { entryDepth, withoutMark } from '../json-scan.js';

/** From here on pieces are sooner parsed than the whole. */
const large = 96 * 1024;

/** Stands for an entry while the rest is parsed. All objects of that depth are entries, so nothing else can look like one. */
interface Stub {
  readonly entry: number;
}

/**
 * What `JSON.parse` says of the whole: an object is taken out where a value may stand, and what is left has an object there.
 * @param entries where each object of `entryDepth` begins and ends, as `faultBeforeParsing` tells
 * @param encoding of the bytes, which have been looked at
 * @throws SyntaxError when it is no JSON
 */
export function parseJson(bytes: Buffer, entries: readonly number[], encoding: 'latin1' | 'utf8'): unknown {
  if (bytes.length < large) return JSON.parse(withoutMark(bytes.toString(encoding)));
  // Brackets that do not match bring pieces that are no JSON, and the parser says so.
  const parsed: unknown[] = [];
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

/** In place: puts the entries where their stubs stand. */
function filled(value: unknown, entries: readonly unknown[], depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === entryDepth) return Array.isArray(value) ? value : entries[(value as Stub).entry];
  const members = value as Record<string, unknown>;
  for (const name of Object.keys(members)) members[name] = filled(members[name], entries, depth + 1);
  return value;
}
