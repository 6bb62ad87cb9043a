/** Waits for something, and no longer than a given time. */

export class LateError extends Error {}

/**
 * What is waited for goes on unwatched when it is late.
 * @throws LateError after `ms` milliseconds
 */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    // Nearly all of what is waited for is in time: no error is made for it, and nothing is left of the wait.
    const late = setTimeout(() => reject(new LateError(`not within ${ms} ms`)), ms).unref();
    work.then(resolve, reject).finally(() => clearTimeout(late));
  });
}

/** Not even tried, since it failed a moment ago. */
export class SparedError extends Error {}

/**
 * Waits for something that may fail, and after a failure does not try again for a while: calls shall not all wait in turn.
 * @returns rejects with LateError, SparedError or what the work rejects with
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
