/** Calls before the measuring: a service runs for weeks, and V8 goes on optimising for thousands of calls. */

import { setTimeout as wait } from 'node:timers/promises';
import { progressOn } from '../tools/progress.js';
import { type Callee, load, type Load, type Times } from './load.js';
import type { Contender } from './rounds.js';

/**
 * Twice as many as it takes until the CPU of a call of 45 kB with 5 cards stops to fall, measured in windows of 500 calls of
 * one kind: calls of all kinds in turns take longer, and so does Node.js 24.
 */
export const WARM_UP = 16_000;
/** What one kind of call brings after all the others: code that they never ran is compiled for it. */
export const SETTLING = 1_000;
/** A call of 323 kB goes over its code as often as seven of 45 kB. */
const KB_OF_A_CALL = 45;

/** @returns how many calls of such a body are as much work as so many of 45 kB */
export function callsAsGoodAs(calls: number, body: string): number {
  return Math.max(20, Math.min(calls, Math.round((calls * KB_OF_A_CALL * 1_000) / body.length)));
}

/** Gives each contender as many calls as all the others. */
export async function warm(contenders: readonly Contender[], calls: number): Promise<void> {
  const report = progressOn(process.stderr);
  for (const [position, { callee, connections }] of contenders.entries()) {
    await loadPatiently(callee, { requests: callsAsGoodAs(calls, callee.body), connections });
    if (calls >= WARM_UP) report('warming up', (position + 1) / contenders.length);
  }
}

/** What a cold service that shares its machine may refuse, and be asked for again. */
const TRIES = 10;
const PAUSE_MS = 1_500;

/** As `load`, of a service that has not run long enough to be judged: it may refuse calls for a while. */
export async function loadPatiently(callee: Callee, calls: Load): Promise<Times> {
  for (let attempt = 1; attempt < TRIES; attempt += 1) {
    try {
      return await load(callee, calls);
    } catch {
      await wait(PAUSE_MS);
    }
  }
  return load(callee, calls);
}
