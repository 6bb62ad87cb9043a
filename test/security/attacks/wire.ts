/** HTTP by hand over a socket of one's own: what is sent is exactly what a row says, however wrong it is. */

import { createConnection } from 'node:net';

/** Status 0: the connection was closed without an answer. */
export interface Reply {
  readonly status: number;
  /** Lower-case names; the values of a repeated header joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly ms: number;
  /** All that came, for requests that are answered more than once. */
  readonly raw: string;
}

export interface Exchange {
  /** Give up after this; the reply then has status -1. */
  readonly waitMs?: number;
  /** Read until the other side closes, not until the first answer is complete. */
  readonly untilClosed?: boolean;
  /** Sent piece by piece, this many milliseconds apart. */
  readonly pauseMs?: number;
  /** Called once the first piece is on its way, or the connection closed before. */
  readonly onSent?: () => void;
}

export interface Sending {
  readonly method?: string;
  readonly path?: string;
  /** Replace the ordinary ones of the same name; `undefined` takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Lines added to the head as they are. */
  readonly lines?: readonly string[];
  readonly body?: string | Buffer;
}

export function bytesOf(sending: Sending): Buffer {
  const { method = 'POST', path = '/', headers = {}, lines = [], body = '' } = sending;
  const content = Buffer.isBuffer(body) ? body : Buffer.from(body);
  const all = {
    Host: '127.0.0.1',
    Connection: 'close',
    ...(method === 'POST' && {
      'Content-Type': 'application/json',
      'Content-Length': String(content.length),
    }),
    ...headers,
  };
  const written = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  const head = [`${method} ${path} HTTP/1.1`, ...written, ...lines, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), content]);
}

export function exchange(
  port: number,
  bytes: Buffer | readonly Buffer[],
  how: Exchange = {},
): Promise<Reply> {
  const { waitMs = 5_000, untilClosed = false, pauseMs = 0, onSent } = how;
  const pieces = Buffer.isBuffer(bytes) ? [bytes] : [...bytes];
  return new Promise((resolve) => {
    const start = performance.now();
    const socket = createConnection(port, '127.0.0.1');
    let raw = '';
    const end = (ifNothing: number) => {
      onSent?.();
      clearTimeout(timer);
      socket.destroy();
      resolve(replyOf(raw, performance.now() - start, ifNothing));
    };
    const timer = setTimeout(() => end(-1), waitMs);
    const sendNext = () => {
      const piece = pieces.shift();
      if (piece === undefined || socket.destroyed) return;
      socket.write(piece);
      setTimeout(sendNext, pauseMs);
    };
    socket.once('connect', () => {
      sendNext();
      onSent?.();
    });
    socket.on('data', (chunk: Buffer) => {
      raw += chunk.toString('latin1');
      if (!untilClosed && isComplete(raw)) end(0);
    });
    socket.once('error', () => end(0));
    socket.once('close', () => end(0));
  });
}

/** Answers that only announce another one are passed over. */
function lastHead(raw: string): { readonly head: string; readonly rest: string } | undefined {
  const after = raw.replace(/^(HTTP\/1\.1 1\d\d [^\r]*\r\n([^\r]+\r\n)*\r\n)+/, '');
  const end = after.indexOf('\r\n\r\n');
  return end < 0 ? undefined : { head: after.slice(0, end), rest: after.slice(end + 4) };
}

function headersOf(head: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of head.split('\r\n').slice(1)) {
    const [name = '', ...value] = line.split(':');
    const key = name.toLowerCase();
    const text = value.join(':').trim();
    found[key] = found[key] === undefined ? text : `${found[key]}, ${text}`;
  }
  return found;
}

function isComplete(raw: string): boolean {
  const got = lastHead(raw);
  if (got === undefined) return false;
  const headers = headersOf(got.head);
  const length = headers['content-length'];
  if (headers['transfer-encoding'] === 'chunked') return got.rest.endsWith('0\r\n\r\n');
  return length !== undefined && got.rest.length >= Number(length);
}

function replyOf(raw: string, ms: number, ifNothing: number): Reply {
  const got = lastHead(raw);
  if (got === undefined) return { status: ifNothing, headers: {}, body: '', ms, raw };
  const [, status = '0'] = /^HTTP\/1\.1 (\d{3})/.exec(got.head) ?? [];
  const headers = headersOf(got.head);
  const length = Number(headers['content-length'] ?? got.rest.length);
  // The service itself never answers in chunks; Node.js does, with none.
  const content = got.rest === '0\r\n\r\n' ? '' : got.rest;
  const body = Buffer.from(content.slice(0, length), 'latin1').toString('utf8');
  return { status: Number(status), headers, body, ms, raw };
}
