/** What can go wrong with the store, as far as it makes a difference. */

/** Nothing can be stored at the moment. */
export class StoreFailingError extends Error {}

/** Codes of the drivers (`SQLITE_FULL`, `ECONNREFUSED`, `57P01`); their messages may repeat what was written. */
export function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : error instanceof Error ? error.name : typeof error;
}

/** Constraints and data that the store does not take (PostgreSQL: classes 22 and 23), not a store that fails. */
export function isOfTheEntry(code: string): boolean {
  return code.startsWith('SQLITE_CONSTRAINT') || /^2[23]\w{3}$/.test(code);
}
