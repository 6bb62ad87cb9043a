/** What is installed to run the service: how many packages, and how much of the disk. */

import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Packages {
  readonly count: number;
  readonly mb: number;
}

interface Locked {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

export function packagesAtRunTime(): Packages {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  const installed = Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
    .map(([path]) => path)
    .filter((path) => isThere(path));
  const bytes = installed.reduce((sum, path) => sum + sizeOf(path), 0);
  const found = { count: installed.length, mb: bytes / 1024 / 1024 };
  console.log(`\n${found.count} packages at run time, ${found.mb.toFixed(0)} MB`);
  return found;
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Without the packages below it, which are counted for themselves. */
function sizeOf(path: string): number {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .map((entry) => (entry.isDirectory() ? sizeOf(join(path, entry.name)) : lstatSync(join(path, entry.name)).size))
    .reduce((sum, size) => sum + size, 0);
}
