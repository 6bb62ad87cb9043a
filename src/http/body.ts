/** Reads the JSON body of a call: right type, right size, UTF-8, passed by the scan; everything else is refused unparsed. */

import { isAscii, isUtf8 } from 'node:buffer';
import type { Request, RequestHandler, Response } from 'express';
import { ServiceError } from '../errors.js';
import { faultBeforeParsing, mostValues } from '../json-scan.js';
import { parseJson } from './json-pieces.js';

const mediaTypes = ['application/json', 'application/fhir+json'];

/** What the locals of a response may hold. */
export interface Receiving {
  /** Told of each piece of the body; answers why no more of it can be taken. */
  readonly receive?: (bytes: number) => ServiceError | undefined;
}

/** How long a body that is already refused may go on arriving, so that its sender gets to read the answer. */
const refusedBodyMs = 1_000;

/**
 * Puts the parsed body on `request.body`.
 * @param maxBody greatest size in bytes
 * @param turn resolves when the body may be parsed, which is the first work of a call that takes time
 */
export function readJsonBody(maxBody: number, turn: () => Promise<void>): RequestHandler {
  const maxValues = mostValues(maxBody);
  return async (request, response, next) => {
    cutUnreadBody(request, response);
    checkMediaType(request);
    const pieces = await readPieces(request, maxBody, response.locals as Receiving);
    await turn();
    // From here on nothing waits: the bytes may lie where those of the next call will.
    const bytes = joined(pieces);
    try {
      request.body = parse(bytes, maxValues);
    } finally {
      // Of no call more stays than its time.
      bytes.fill(0);
    }
    next();
  };
}

/** A call may be answered before its body has come; the rest is let in for a moment only. */
export function cutUnreadBody(request: Request, response: Response): void {
  response.on('finish', () => {
    if (request.complete) return;
    const { socket } = request;
    // The rest may have come in the meantime, and the connection be in use for the next call.
    setTimeout(() => request.complete || socket.destroy(), refusedBodyMs).unref();
  });
}

/** What nearly all clients send: nothing of it needs to be taken apart. */
const plainTypes: ReadonlySet<string | undefined> = new Set([
  ...mediaTypes,
  ...mediaTypes.map((type) => `${type}; charset=utf-8`),
]);

function checkMediaType(request: Request): void {
  const { 'content-type': type, 'content-encoding': encoding } = request.headers;
  if (!plainTypes.has(type)) checkType(type ?? '');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new ServiceError(
      'unsupported-media-type',
      'Content-Encoding: expected a body that is not compressed.',
    );
  }
}

function checkType(written: string): void {
  const [type = '', ...parameters] = written.toLowerCase().split(';');
  if (!mediaTypes.includes(type.trim())) {
    throw new ServiceError('unsupported-media-type', `Content-Type: expected ${mediaTypes.join(' or ')}.`);
  }
  const charsets = parameters.map((text) => text.trim()).filter((text) => text.startsWith('charset'));
  if (!charsets.every((text) => /^charset=("utf-?8"|utf-?8)$/.test(text))) {
    throw new ServiceError('unsupported-media-type', 'Content-Type: expected charset utf-8.');
  }
}

function readPieces(request: Request, maxBody: number, { receive }: Receiving): Promise<readonly Buffer[]> {
  const tooLarge = () => new ServiceError('too-large', `The body is larger than ${maxBody} bytes.`);
  return new Promise((resolve, reject) => {
    const refuse = (why: ServiceError) => {
      request.removeAllListeners('data');
      request.resume();
      reject(why);
    };
    if (Number(request.headers['content-length'] ?? 0) > maxBody) {
      refuse(tooLarge());
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    let isWhole = false;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      const why = size > maxBody ? tooLarge() : receive?.(chunk.length);
      if (why === undefined) chunks.push(chunk);
      else refuse(why);
    });
    request.once('end', () => {
      isWhole = true;
      resolve(chunks);
    });
    const broken = () => {
      if (isWhole) return;
      reject(new ServiceError('invalid-request', 'The body ended before it was complete.'));
    };
    request.once('error', broken);
    request.once('close', broken);
    if (request.destroyed) broken();
  });
}

/** Larger bodies than the default of MAX_BODY are rare, and room for one is not kept. */
const mostKept = 4 * 1024 * 1024;

/** Memory that is new for each body costs more than the copy: the kernel hands it out page by page. */
let kept = Buffer.alloc(0);

/** @returns the bytes of a body, in memory that the next call of this function may use again */
function joined(pieces: readonly Buffer[]): Buffer {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first;
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  if (size > mostKept) return Buffer.concat(pieces, size);
  if (size > kept.length) kept = Buffer.allocUnsafeSlow(size);
  let at = 0;
  for (const piece of pieces) at += piece.copy(kept, at);
  return kept.subarray(0, size);
}

function parse(bytes: Buffer, maxValues: number): unknown {
  // Most bodies are, and are told faster, and need no decoding.
  const isPlain = isAscii(bytes);
  if (!isPlain && !isUtf8(bytes)) throw new ServiceError('invalid-request', 'The body is not UTF-8.');
  const entries: number[] = [];
  const fault = faultBeforeParsing(bytes, maxValues, entries);
  if (fault !== undefined) throw fault;
  try {
    return parseJson(bytes, entries, isPlain ? 'latin1' : 'utf8');
  } catch {
    // The parser's message repeats a piece of the body.
    throw new ServiceError('invalid-request', 'The body is not valid JSON.');
  }
}
