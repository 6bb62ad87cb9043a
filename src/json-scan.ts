/** One linear pass over the bytes of a JSON body before it is parsed: depth, number of values, names, doubled members. */

import { ServiceError } from './errors.js';

/** Deepest nesting of a request: FHIR resources stay below 20, and recursion over more can exhaust the stack. */
export const maxDepth = 64;

/**
 * Most values for each MB that a body may have. Dense FHIR JSON has 40,000 to 60,000 (test/json-scan.test.ts counts),
 * brackets alone 700,000, and each costs the parser some hundred bytes of heap.
 */
const valuesPerMb = 100_000;

const MB = 1024 * 1024;

export function mostValues(maxBody: number): number {
  return Math.ceil((maxBody / MB) * valuesPerMb);
}

/** Assigning one of these to an object changes what other objects are; no FHIR element is called so. */
const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Parsers differ in which of two members they keep: a gateway could have checked the other one. */
const envelopeParts: ReadonlySet<string> = new Set(['context', 'fhirAuthorization']);

/** Names that an answer may repeat; any other is input text. */
const knownMembers: ReadonlySet<string> = new Set(
  (
    'hook hookInstance context prefetch fhirServer fhirAuthorization extension ' +
    'patientId userId encounterId medications draftOrders selections ' +
    'access_token token_type expires_in scope subject patient'
  ).split(' '),
);

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const UNDERSCORE = 0x5f;
const LETTER_C = 0x63;
const LETTER_P = 0x70;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const FOUR_QUOTES = 0x22222222;
const FOUR_BACKSLASHES = 0x5c5c5c5c;
const HIGH_BITS = 0x80808080;

/** How deep an entry of a Bundle stands in a body: in the body, a part of it, the Bundle, its entries. */
export const entryDepth = 5;

/**
 * What is wrong with a body, whether or not it is JSON: that is for the parser to say.
 * @param entries gets, in turn, where each object of `entryDepth` begins and ends, for as long as brackets match
 */
export function faultBeforeParsing(
  bytes: Uint8Array,
  maxValues: number,
  entries: number[] = [],
): ServiceError | undefined {
  const faultOf = nameWatch();
  const end = bytes.length;
  let depth = 0;
  let values = 1;
  const view = new DataView(bytes.buffer, bytes.byteOffset, end);
  // The one look at every byte that a body gets before it is parsed.
  for (let position = 0; position < end; position += 1) {
    const byte = bytes[position];
    if (byte === QUOTE) {
      const start = position + 1;
      position = quoteOrBackslash(view, start, end);
      const isEscaped = bytes[position] === BACKSLASH;
      while (bytes[position] === BACKSLASH) position = quoteOrBackslash(view, position + 2, end);
      if (depth > 2 && !isEscaped && !mayBeForbidden(bytes[start], position - start)) continue;
      const fault = isFollowedByColon(bytes, position) && faultOf(bytes.subarray(start, position), depth);
      if (fault) return fault;
    } else if (byte === COMMA) {
      values += 1;
      if (values > maxValues) return tooManyValues(maxValues);
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth += 1;
      values += 1;
      if (depth > maxDepth) return refusal(`The body is nested more than ${maxDepth} levels deep.`);
      if (values > maxValues) return tooManyValues(maxValues);
      if (depth === entryDepth && byte === OPEN_OBJECT) entries.push(position);
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      if (depth === entryDepth && byte === CLOSE_OBJECT) entries.push(position + 1);
      depth -= 1;
    }
  }
  return values > maxValues ? tooManyValues(maxValues) : undefined;
}

/** Where the next of the two stands, or the end: strings are most of a body, and are looked through four bytes at a time. */
function quoteOrBackslash(view: DataView, from: number, end: number): number {
  let position = from;
  for (; position <= end - 4; position += 4) {
    const word = view.getInt32(position, true);
    const found = (zeros(word ^ FOUR_QUOTES) | zeros(word ^ FOUR_BACKSLASHES)) & HIGH_BITS;
    // The lowest bit stands in the first of them; those above it may be carried from it.
    if (found !== 0) return position + ((31 - Math.clz32(found & -found)) >> 3);
  }
  for (; position < end; position += 1) {
    const byte = view.getUint8(position);
    if (byte === QUOTE || byte === BACKSLASH) break;
  }
  return position;
}

/** The high bit of each byte that is zero, and others that do not count. */
function zeros(word: number): number {
  return (word - 0x01010101) & ~word;
}

/** RFC 8259 8.1: a byte order mark may be ignored. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** Whether a name without an escape can be one of the forbidden ones: most are told by their length and first letter. */
function mayBeForbidden(first: number | undefined, length: number): boolean {
  if (length === 9) return first === UNDERSCORE || first === LETTER_P;
  return length === 11 && first === LETTER_C;
}

function isFollowedByColon(bytes: Uint8Array, quote: number): boolean {
  let position = quote + 1;
  while (isBlank(bytes[position])) position += 1;
  return bytes[position] === COLON;
}

/** RFC 8259 2. */
function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Remembers the members of the envelope; of all others only what they are called is looked at. */
function nameWatch() {
  const seen = new Map<string, Set<string>>();
  let part = '';
  const isOfEnvelope = (depth: number) => depth === 1 || (depth === 2 && envelopeParts.has(part));
  /** @param depth of the object that has the member: 1 is the whole body */
  return (written: Uint8Array, depth: number): ServiceError | undefined => {
    const name = nameOf(written);
    if (forbiddenNames.has(name)) {
      return refusal('No member may be called __proto__, constructor or prototype.');
    }
    if (!isOfEnvelope(depth)) return undefined;
    const parent = depth === 1 ? '' : part;
    if (depth === 1) part = name;
    const siblings = seen.get(parent) ?? new Set();
    seen.set(parent, siblings);
    if (siblings.has(name)) return doubled(parent, name);
    siblings.add(name);
    return undefined;
  };
}

function nameOf(written: Uint8Array): string {
  const text = Buffer.from(written.buffer, written.byteOffset, written.length).toString('utf8');
  if (!text.includes('\\')) return text;
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    // No JSON: the parser will refuse the body.
    return text;
  }
}

function doubled(parent: string, name: string): ServiceError {
  const steps = [parent, knownMembers.has(name) ? name : ''].filter((step) => step !== '');
  const expression = steps.join('.');
  return new ServiceError(
    'invalid-request',
    expression === '' ? 'A member of the body stands twice.' : `${expression}: a member stands twice`,
    expression === '' ? {} : { expression },
  );
}

function tooManyValues(maxValues: number): ServiceError {
  return refusal(`The body holds more than ${maxValues} values.`);
}

function refusal(message: string): ServiceError {
  return new ServiceError('invalid-request', message);
}
