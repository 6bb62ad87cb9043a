/** What can go wrong with the store, as far as it makes a difference. */

import { LateError } from '../within.js';

/** Nothing can be stored at the moment. */
export class StoreFailingError extends Error {}

/** Codes of the drivers (`SQLITE_FULL`, `ECONNREFUSED`, `57P01`); their messages may repeat what was written. */
export function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  if (typeof code === 'string' && code !== '') return code;
  if (!(error instanceof Error)) return typeof error;
  // pg has no code for what it has given up itself.
  return error instanceof LateError || /timeout/i.test(error.message) ? 'timeout' : error.name;
}

/** Constraints and data that the store does not take (PostgreSQL: classes 22 and 23), not a store that fails. */
export function isOfTheEntry(code: string): boolean {
  return code.startsWith('SQLITE_CONSTRAINT') || /^2[23]\w{3}$/.test(code);
}
