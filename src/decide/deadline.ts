/** When judging a call must end, and what is said of everything that was not judged by then. */

import type { Arrival } from '../cdshooks/protocol.js';
import type { Answer } from './answer.js';

/** An instant of a clock. */
export interface Deadline {
  readonly until: number;
  readonly clock: () => number;
}

/** Undefined when the answer is due at no time. */
export function deadlineOf(
  arrival: Arrival | undefined,
  answerMs: number | undefined,
  clock: () => number = () => performance.now(),
): Deadline | undefined {
  if (arrival === undefined || answerMs === undefined) return undefined;
  return { until: arrival.arrivedAt + answerMs, clock };
}

/**
 * So many resources are looked at in any case, which is far more than an ordinary call has and takes some 50 ms: what a
 * prescriber is shown does not hang on how busy the machine was.
 */
const LEAST_RESOURCES = 2_000;

export function isOver(deadline: Deadline | undefined, resources: number): boolean {
  return deadline !== undefined && resources > LEAST_RESOURCES && deadline.clock() > deadline.until;
}

export const notInTime: Answer = {
  is: 'unknown',
  missing: [{ what: 'the whole of a very large record', why: 'not judged in time' }],
};
