/** Sends one and the same call again and again over a few connections, and tells how long the answers took. */

import { type Connection, connectTo } from './connection.js';

/** Whom to call, and with what. */
export interface Callee {
  readonly port: number;
  readonly path: string;
  readonly body: string;
  /** A new token for each call, as clients make them; absent: none. */
  readonly token?: () => string;
}

export interface Load {
  readonly requests: number;
  readonly connections: number;
}

export interface Times {
  /** Milliseconds of each answer, ascending. */
  readonly ms: readonly number[];
  readonly totalMs: number;
  /** CPU milliseconds a call that the sending itself took. */
  readonly ownCpuMs: number;
  readonly answer: string;
}

/** @throws Error when an answer is not 200: what is measured must be the work that is meant */
export async function load(callee: Callee, { requests, connections }: Load): Promise<Times> {
  const nextRequest = requestsTo(callee);
  const lanes = await Promise.all(Array.from({ length: connections }, () => connectTo(callee.port)));
  const ms: number[] = [];
  let left = requests;
  let answer: Buffer = Buffer.alloc(0);
  const send = async (lane: Connection): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const request = nextRequest();
      const start = performance.now();
      answer = await lane.call(request);
      ms.push(performance.now() - start);
    }
  };
  const before = process.cpuUsage();
  const start = performance.now();
  await Promise.all(lanes.map(send)).finally(() => lanes.forEach((lane) => lane.close()));
  const totalMs = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const ownCpuMs = (user + system) / 1_000 / requests;
  return { ms: ms.sort((a, b) => a - b), totalMs, ownCpuMs, answer: answer.toString('utf8') };
}

/** The same bytes each time, but for the token. */
function requestsTo({ port, path, body, token }: Callee): () => Buffer {
  const bytes = Buffer.from(body);
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/json',
    `Content-Length: ${bytes.length}`,
  ];
  const requestWith = (lines: readonly string[]) =>
    Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]);
  if (token !== undefined) return () => requestWith([...head, `Authorization: Bearer ${token()}`]);
  const request = requestWith(head);
  return () => request;
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile([...values].sort((a, b) => a - b), 0.5);
}
