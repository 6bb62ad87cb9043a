/** Faults of a body as errors that name the field: `context.patientId`, `feedback[2].outcome`. */

import { z } from 'zod';
import { ServiceError } from '../errors.js';

/** An answer of more faults nobody reads, and writing them all would cost more than the call. */
const MOST_TOLD = 8;

/** The faults that a form has found: the first of them one by one, the others by their number. */
export function formFaults(issues: readonly z.core.$ZodIssue[]): ServiceError {
  const faults = issues.slice(0, MOST_TOLD).map((issue) => {
    const expression = pathOf(issue.path);
    return { message: expression === '' ? issue.message : `${expression}: ${issue.message}`, expression };
  });
  const [first] = faults;
  const more = issues.length - faults.length;
  if (more > 0) faults.push({ message: `${more} more faults of the same call`, expression: '' });
  return new ServiceError('invalid-request', first?.message ?? 'the request is not valid', {
    ...(first && first.expression !== '' && { expression: first.expression }),
    faults,
  });
}

/** A list whose length is looked at before what it holds: a long one costs as little as a short one. */
export function listAtMost<T extends z.ZodType>(most: number, item: T, expected: string) {
  const isShort = (value: unknown): boolean => !Array.isArray(value) || value.length <= most;
  return z
    .unknown()
    .refine(isShort, `expected at most ${most} of them`)
    .pipe(z.array(item, { error: expected }));
}

export function fieldFault(expression: string, message: string): ServiceError {
  return new ServiceError('invalid-request', `${expression}: ${message}`, { expression });
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .slice(1);
}
