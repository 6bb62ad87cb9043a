/** What can go wrong with the store, as far as it makes a difference. */

import { LateError } from '../within.js';

/** Nothing can be stored at the moment. */
export class StoreFailingError extends Error {}

/** Codes of the drivers (`SQLITE_FULL`, `ECONNREFUSED`, `57P01`); their messages may repeat what was written. */
export function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  if (typeof code === 'string' && code !== '') return code;
  if (!(error instanceof Error)) return typeof error;
  // pg has no code for what it has given up itself, nor for a server that has no TLS.
  if (/does not support SSL/i.test(error.message)) return 'no TLS';
  return error instanceof LateError || /timeout/i.test(error.message) ? 'timeout' : error.name;
}

/** What a code does not say by itself, and the operator can mend. */
const words: Readonly<Record<string, string>> = {
  '28P01': 'authentication failed: mend user or password in DATABASE_URL',
  '28000':
    'the server does not let this user in: mend user or database in DATABASE_URL, or pg_hba.conf of the server',
  '3D000': 'no such database: make it, or mend its name in DATABASE_URL',
  'no TLS': 'the server has no TLS: switch it on there, or take sslmode out of DATABASE_URL',
  SQLITE_NOTADB: 'the file is no SQLite database, or a part of it was overwritten',
};

/** @returns facts for the log: nothing for a code that says it all */
export function inWords(code: string): { readonly means?: string } {
  const means = words[code];
  return means === undefined ? {} : { means };
}

/** Constraints and data that the store does not take (PostgreSQL: classes 22 and 23), not a store that fails. */
export function isOfTheEntry(code: string): boolean {
  return code.startsWith('SQLITE_CONSTRAINT') || /^2[23]\w{3}$/.test(code);
}
