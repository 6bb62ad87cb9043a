/** A file of its own for the journal of a service that a test starts. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** @returns its address, as DATABASE_URL names it */
export function temporaryDatabase(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rx-distinct-journal-'));
  folders.push(folder);
  return `sqlite:${join(folder, 'journal.sqlite')}`;
}
