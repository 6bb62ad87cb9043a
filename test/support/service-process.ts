/** The service as a process of its own, called as an EHR would; ended after the test that started it. */

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach } from '@jest/globals';
import type { Card } from '../../src/cdshooks/protocol.js';

export interface ServiceProcess {
  readonly pid: number;
  readonly port: number;
  readonly url: string;
  readonly log: () => string;
  /** Cards of an order that always brings one. */
  readonly call: () => Promise<readonly Card[]>;
  /** Status of the answer to one item of feedback; 0 when there was no answer. */
  readonly feedback: (card: string) => Promise<number>;
  /** At once, without a chance to write anything. */
  readonly kill: () => Promise<void>;
  /** As a supervisor would; resolves to the exit code. */
  readonly stop: () => Promise<number | null>;
  readonly ended: Promise<number | null>;
}

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

const order = readFileSync('fhir-fixtures/requests/baclofen-in-place-of-cyclobenzaprine.json', 'utf8');
const service = '/cds-services/rx-distinct-order-sign';
const headers = { 'Content-Type': 'application/json' };

export interface HowToStart {
  readonly variables: Readonly<Record<string, string>>;
  /** Program and arguments to start Node.js with; absent: directly. */
  readonly by?: readonly [string, ...string[]];
  readonly uid?: number;
  /** First of a process group of its own, as under systemd: `process.kill(-pid)` reaches all of it. */
  readonly ownGroup?: boolean;
}

export async function startService({
  variables,
  by,
  uid,
  ownGroup = false,
}: HowToStart): Promise<ServiceProcess> {
  const { PATH } = process.env;
  const [program, ...rest] = [...(by ?? []), process.execPath, 'tools/start.mjs'] as [string, ...string[]];
  const child = spawn(program, rest, {
    env: { PATH, PORT: '0', ...variables },
    detached: ownGroup,
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  running.push(child);
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  let text = '';
  const port = await new Promise<number>((resolve, reject) => {
    const collect = (chunk: Buffer) => {
      text += chunk.toString();
      const [, found] = /"port":(\d+)[^\n]*"msg":"ready"/.exec(text) ?? [];
      if (found !== undefined) resolve(Number(found));
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    void ended.then(() => reject(new Error(`the service did not start:\n${text}`)));
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    pid: child.pid ?? 0,
    port,
    url,
    log: () => text,
    call: async () => {
      const answer = await fetch(`${url}${service}`, { method: 'POST', headers, body: order });
      if (answer.status !== 200) throw new Error(`the call was answered with ${answer.status}`);
      return ((await answer.json()) as { cards: Card[] }).cards;
    },
    feedback: (card) => sendFeedback(`${url}${service}/feedback`, card),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    ended,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

async function sendFeedback(url: string, card: string): Promise<number> {
  const item = { card, outcome: 'overridden', outcomeTimestamp: new Date().toISOString() };
  const body = JSON.stringify({ feedback: [item] });
  try {
    const answer = await fetch(url, { method: 'POST', headers, body });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

/** Tries until it is answered with this status. @returns milliseconds, or undefined when it never was */
export async function untilStatus(
  wanted: number,
  ask: () => Promise<number>,
  withinMs = 15_000,
): Promise<number | undefined> {
  const start = performance.now();
  while (performance.now() - start < withinMs) {
    if ((await ask()) === wanted) return performance.now() - start;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  return undefined;
}

/** Waits for a line of a log: it is written some milliseconds after what it tells. @returns whether it came */
export async function untilTold(services: readonly ServiceProcess[], text: string): Promise<boolean> {
  const isTold = () => services.some(({ log }) => log().includes(text));
  return (await untilStatus(1, async () => Number(isTold()))) !== undefined;
}
