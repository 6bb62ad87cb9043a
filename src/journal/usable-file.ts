/** Refuses at the start what can never be the SQLite file of the journal, before anything is made beside it. */

import { closeSync, openSync, readSync, type Stats, statSync } from 'node:fs';

/** The first bytes of every SQLite file (https://www.sqlite.org/fileformat.html#magic_header_string). */
const MAGIC = Buffer.from('SQLite format 3\0');

/**
 * What cannot be read or reached at the moment is let through: it may come back.
 * @throws Error saying what was expected and what to do
 */
export function refuseUnusable(path: string): void {
  const kind = otherThanJournal(path);
  if (kind === undefined) return;
  throw new Error(
    `DATABASE_URL: expected the path of a SQLite file, which is made when there is none; got ${kind} (${path}); name another path`,
  );
}

function otherThanJournal(path: string): string | undefined {
  try {
    const stats: Stats | undefined = statSync(path, { throwIfNoEntry: false });
    // SQLite makes a file of one that is empty.
    if (stats === undefined || (stats.isFile() && stats.size === 0)) return undefined;
    if (stats.isDirectory()) return 'a folder';
    if (!stats.isFile()) return 'what is no file';
    return startOf(path).equals(MAGIC) ? undefined : 'a file of another kind';
  } catch {
    return undefined;
  }
}

function startOf(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(MAGIC.length);
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}
