/** Waits for something, and no longer than a given time. */

import { setTimeout as wait } from 'node:timers/promises';

export class LateError extends Error {}

/**
 * What is waited for goes on unwatched when it is late.
 * @throws LateError after `ms` milliseconds
 */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = wait(ms, undefined, { ref: false }).then((): never => {
    throw new LateError(`not within ${ms} ms`);
  });
  return Promise.race([work, late]);
}

/** Not even tried, since it failed a moment ago. */
export class SparedError extends Error {}

/**
 * Waits for something that may fail, and after a failure does not try again for a while: calls shall not all wait in turn.
 * @returns throws LateError, SparedError or what the work throws
 */
export function sparing(waitMs: number, pauseMs: number): <T>(work: () => Promise<T>) => Promise<T> {
  let notBefore = -Infinity;
  return async (work) => {
    if (performance.now() < notBefore) throw new SparedError('it failed a moment ago');
    try {
      return await within(waitMs, work());
    } catch (error) {
      notBefore = performance.now() + pauseMs;
      throw error;
    }
  };
}
