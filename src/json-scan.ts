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
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** What is wrong with a body, whether or not it is JSON: that is for the parser to say. */
export function faultBeforeParsing(bytes: Uint8Array, maxValues: number): ServiceError | undefined {
  const names = nameWatch();
  let depth = 0;
  let values = 1;
  for (let position = 0; position < bytes.length; position += 1) {
    const byte = bytes[position];
    if (byte === QUOTE) {
      const start = position + 1;
      position = endOfString(bytes, start);
      if (isFollowedByColon(bytes, position) && names.isOfInterest(bytes, start, position, depth)) {
        const fault = names.faultOf(bytes.subarray(start, position), depth);
        if (fault !== undefined) return fault;
      }
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth += 1;
      values += 1;
      if (depth > maxDepth) return refusal(`The body is nested more than ${maxDepth} levels deep.`);
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth -= 1;
    else if (byte === COMMA) values += 1;
    if (values > maxValues) return refusal(`The body holds more than ${maxValues} values.`);
  }
  return undefined;
}

/** @returns position of the closing quote, or the end of a text that has none */
function endOfString(bytes: Uint8Array, start: number): number {
  let position = start;
  while (position < bytes.length && bytes[position] !== QUOTE) {
    position += bytes[position] === BACKSLASH ? 2 : 1;
  }
  return position;
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
  return {
    /** Most names are not: they are told by their length, without a copy. */
    isOfInterest: (bytes: Uint8Array, start: number, end: number, depth: number): boolean =>
      depth <= 2 || mayBeForbidden(bytes, start, end),
    /** @param depth of the object that has the member: 1 is the whole body */
    faultOf(written: Uint8Array, depth: number): ServiceError | undefined {
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
    },
  };
}

/** Lengths of the forbidden names; any name with an escape may turn out to be one of them. */
function mayBeForbidden(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length === 9 || length === 11) return true;
  for (let position = start; position < end; position += 1) {
    if (bytes[position] === BACKSLASH) return true;
  }
  return false;
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

function refusal(message: string): ServiceError {
  return new ServiceError('invalid-request', message);
}
