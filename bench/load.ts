/** Sends one and the same call again and again over a few connections, and tells how long the answers took. */

import { Agent, request } from 'node:http';

export interface Target {
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
  readonly answer: string;
}

/** @throws Error when an answer is not 200: what is measured must be the work that is meant */
export async function load(target: Target, { requests, connections }: Load): Promise<Times> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const ms: number[] = [];
  let left = requests;
  let answer = '';
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const start = performance.now();
      answer = await send(target, agent);
      ms.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, lane));
  const totalMs = performance.now() - start;
  agent.destroy();
  return { ms: ms.sort((a, b) => a - b), totalMs, answer };
}

function send({ port, path, body, token }: Target, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token()}` }),
    };
    const call = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${path} was answered with ${response.statusCode}: ${text.slice(0, 300)}`));
      });
    });
    call.once('error', reject);
    call.end(body);
  });
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile([...values].sort((a, b) => a - b), 0.5);
}
