/** What all measurements share. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Measured, startServer } from './server.js';
import type { Signer } from './tokens.js';

export interface Setting {
  /** For files of the servers, gone afterwards. */
  readonly folder: string;
  readonly rounds: number;
  readonly signer: Signer;
}

export const ORDER_SIGN = '/cds-services/rx-distinct-order-sign';

/** Flags of Node.js that `npm start` starts the service with; the floor gets them too. */
export const nodeFlags = (JSON.parse(readFileSync('package.json', 'utf8')) as { readonly scripts: { readonly start: string } }).scripts.start
  .split(' ')
  .filter((word) => word.startsWith('--'));

let started = 0;

/** The built service with a journal of its own. */
export function startService(
  { folder }: Setting,
  variables: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<Measured> {
  started += 1;
  const DATABASE_URL = `sqlite:${join(folder, `journal-${started}.sqlite`)}`;
  return startServer('dist/main.js', { DATABASE_URL, MAX_BODY: '64mb', ...variables }, [...nodeFlags, ...flags]);
}
