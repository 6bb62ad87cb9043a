/** What is installed to run the service: how many packages, and how much of the disk. */

import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atMost, printTargets, type Target } from './targets.js';

export interface Packages {
  readonly count: number;
  readonly mb: number;
  readonly targets: readonly Target[];
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
  const [count, mb] = [installed.length, bytes / 1024 / 1024];
  const targets = [
    atMost('packages at run time', [count, 'packages'], 160),
    atMost('packages at run time', [mb, 'MB'], 80),
  ];
  printTargets(targets);
  return { count, mb, targets };
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
