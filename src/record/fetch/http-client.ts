/** Reads one JSON document over HTTP, with a limit on everything: the only file that knows the network. */

import { Agent, type Dispatcher } from 'undici';
import { checkedLookup } from './lookup.js';

export type Reply =
  | { readonly is: 'document'; readonly body: unknown; readonly bytes: number }
  | { readonly is: 'status'; readonly status: number; readonly retryAfterMs: number | undefined }
  /** A redirect, no JSON, compressed, or too large. */
  | { readonly is: 'unusable' }
  /** Refused, reset, an unknown name, a certificate nobody vouches for. */
  | { readonly is: 'unreachable' }
  | { readonly is: 'late' };

export interface Asking {
  readonly token: string | undefined;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
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

const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

/** undici's own dispatcher follows no redirect and inflates nothing: both are refused, not switched off. */
export function createGet(): Get {
  const agent = new Agent({
    connect: { lookup: checkedLookup, timeout: CONNECT_MS },
    headersTimeout: IDLE_MS,
    bodyTimeout: IDLE_MS,
    connections: CONNECTIONS,
    maxHeaderSize: 16_384,
  });
  const fetched = async (url: URL, { token, signal, maxBytes }: Asking): Promise<Reply> => {
    try {
      const response = await agent.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: 'GET',
        signal,
        headers: {
          accept: 'application/fhir+json, application/json',
          'accept-encoding': 'identity',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
      });
      return await read(response, maxBytes);
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

async function read(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  maxBytes: number,
): Promise<Reply> {
  if (statusCode !== 200) {
    void body.dump({ limit: DUMPED_BYTES }).catch(() => undefined);
    if (statusCode < 400) return { is: 'unusable' };
    return { is: 'status', status: statusCode, retryAfterMs: waitOf(headers['retry-after']) };
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  const isReadable = JSON_TYPE.test(String(headers['content-type'])) && encoding === 'identity';
  const bytes =
    isReadable && Number(headers['content-length'] ?? 0) <= maxBytes ? await take(body, maxBytes) : undefined;
  if (bytes === undefined) {
    body.on('error', () => undefined).destroy();
    return { is: 'unusable' };
  }
  try {
    return { is: 'document', body: JSON.parse(bytes.toString('utf8')) as unknown, bytes: bytes.length };
  } catch {
    return { is: 'unusable' };
  }
}

/** @returns undefined as soon as it is more than `maxBytes` */
async function take(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
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
