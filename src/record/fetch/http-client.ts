/** Reads one JSON document over HTTP, with a limit on everything: the only file that knows the network. */

import { isUtf8 } from 'node:buffer';
import type { Agent, Dispatcher } from 'undici';
import { faultBeforeParsing, mostValues, withoutMark } from '../../json-scan.js';
import { checkedLookup } from './lookup.js';
import type { Room } from './room.js';

export type Reply =
  | { readonly is: 'document'; readonly body: unknown }
  | { readonly is: 'status'; readonly status: number; readonly retryAfterMs: number | undefined }
  /** A redirect, no JSON, compressed, or too large. */
  | { readonly is: 'unusable' }
  /** Refused, reset, an unknown name, a certificate nobody vouches for. */
  | { readonly is: 'unreachable' }
  | { readonly is: 'late' };

export interface Asking {
  readonly token: string | undefined;
  readonly signal: AbortSignal;
  readonly room: Room;
}

/** Answers `late` as soon as the signal is aborted. */
export type Get = (url: URL, asking: Asking) => Promise<Reply>;

/** Longest wait for a connection that nobody waits for any more. */
const CONNECT_MS = 2_000;
const IDLE_MS = 5_000;
/** Most connections to one server. */
const CONNECTIONS = 64;
/** So much of an answer that is not read is still taken, to keep its connection. */
const DUMPED_BYTES = 16_384;

/** FHIR DSTU2 has the two words the other way round (http://hl7.org/fhir/DSTU2/http.html#mime-type). */
const JSON_TYPE = /^application\/(([\w.-]+\+)?json|json\+fhir)\s*(;|$)/i;

/** Takes a tenth of a second at its first call: not while callers wait for the start, nor when the first record is fetched. */
export function loadClient(): Promise<typeof import('undici')> {
  return import('undici');
}

/** undici's own dispatcher follows no redirect and inflates nothing: both are refused, not switched off. */
async function createAgent(): Promise<Agent> {
  const undici = await loadClient();
  return new undici.Agent({
    connect: { lookup: checkedLookup, timeout: CONNECT_MS },
    headersTimeout: IDLE_MS,
    bodyTimeout: IDLE_MS,
    connections: CONNECTIONS,
    maxHeaderSize: 16_384,
  });
}

export function createGet(): Get {
  let agent: Promise<Agent> | undefined;
  const fetched = async (url: URL, { token, signal, room }: Asking): Promise<Reply> => {
    try {
      agent ??= createAgent();
      const client = await agent;
      const response = await client.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: 'GET',
        signal,
        headers: {
          accept: 'application/fhir+json, application/json+fhir, application/json',
          'accept-encoding': 'identity',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
      });
      return await read(response, room);
    } catch {
      // The messages of the network tell names and addresses; the reason alone is enough.
      return { is: signal.aborted ? 'late' : 'unreachable' };
    }
  };
  return (url, asking) => Promise.race([fetched(url, asking), lateWith(asking.signal)]);
}

/** An aborted request may still wait, for a name to be looked up say: its caller does not. */
function lateWith(signal: AbortSignal): Promise<Reply> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve({ is: 'late' }), { once: true });
  });
}

async function read({ statusCode, headers, body }: Dispatcher.ResponseData, room: Room): Promise<Reply> {
  if (statusCode !== 200) {
    void body.dump({ limit: DUMPED_BYTES }).catch(() => undefined);
    if (statusCode < 400) return { is: 'unusable' };
    return { is: 'status', status: statusCode, retryAfterMs: waitOf(headers['retry-after']) };
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  const isReadable = JSON_TYPE.test(String(headers['content-type'])) && encoding === 'identity';
  const bytes =
    isReadable && Number(headers['content-length'] ?? 0) <= room.left() ? await take(body, room) : undefined;
  if (bytes === undefined) {
    body.on('error', () => undefined).destroy();
    return { is: 'unusable' };
  }
  const document = parse(bytes);
  if (document === undefined) room.giveBack(bytes.length);
  return document === undefined ? { is: 'unusable' } : { is: 'document', body: document };
}

/** Small answers may be denser than calls are on the whole. */
const LEAST_VALUES = 2_000;

/** @returns undefined when it is no JSON, or such as no call may be either */
function parse(bytes: Buffer): unknown {
  const mostHere = Math.max(LEAST_VALUES, mostValues(bytes.length));
  if (!isUtf8(bytes) || faultBeforeParsing(bytes, mostHere) !== undefined) return undefined;
  try {
    return JSON.parse(withoutMark(bytes.toString('utf8'))) as unknown;
  } catch {
    return undefined;
  }
}

/** @returns undefined as soon as there is no room for it */
async function take(body: AsyncIterable<Buffer>, room: Room): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      if (!room.take(chunk.length)) {
        room.giveBack(size);
        return undefined;
      }
      size += chunk.length;
      chunks.push(chunk);
    }
  } catch (error) {
    room.giveBack(size);
    throw error;
  }
  return Buffer.concat(chunks, size);
}

/** RFC 9110 10.2.3: seconds, or a date. */
function waitOf(header: string | string[] | undefined): number | undefined {
  if (typeof header !== 'string') return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
