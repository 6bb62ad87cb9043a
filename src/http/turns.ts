/** Lets calls do their work one after the other, with a look at the sockets in between, so that others hear a no at once. */

import { performance } from 'node:perf_hooks';

export interface Turns {
  /** Resolves when it is this call's turn: its work is what it does until it next waits. */
  next(): Promise<void>;
  /** Milliseconds until a call that came now would have its turn. */
  expected(): number;
}

/** Of a call, when none was measured yet. */
const firstGuessMs = 2;

/** How much the newest turn changes what a turn is expected to take, and the most it counts: one long one is no trend. */
const smoothing = { share: 0.05, mostMs: 50 } as const;

/** Turns are given for as long as the sockets have just taken, within these bounds: neither starves the other. */
const shift = { leastMs: 4, mostMs: 50 } as const;

export function createTurns(): Turns {
  const waiting: (() => void)[] = [];
  let turnMs = firstGuessMs;
  let isTaken = false;
  let left = 0;

  const give = (until: number) => {
    const start = performance.now();
    waiting.shift()?.();
    // Comes after what the call does at once.
    queueMicrotask(() => {
      const now = performance.now();
      turnMs += (Math.min(now - start, smoothing.mostMs) - turnMs) * smoothing.share;
      if (waiting.length > 0 && now < until) {
        give(until);
        return;
      }
      isTaken = waiting.length > 0;
      left = now;
      if (isTaken) setImmediate(begin);
    });
  };
  const begin = () => {
    const now = performance.now();
    give(now + Math.min(Math.max(now - left, shift.leastMs), shift.mostMs));
  };

  return {
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (isTaken) return;
        isTaken = true;
        left = performance.now();
        setImmediate(begin);
      }),
    expected: () => waiting.length * turnMs,
  };
}
