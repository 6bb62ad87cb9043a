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
