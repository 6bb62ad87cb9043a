/** Profiles of the service under calls of three kinds. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { callOf, type CallShape } from './calls.js';
import { load } from './load.js';
import { profileIn } from './profile.js';
import { ORDER_SIGN, type Setting, startService } from './setting.js';
import { table } from './tables.js';

const kinds: Readonly<Record<string, { readonly shape: CallShape; readonly requests: number }>> = {
  '45 kB, 5 cards': { shape: { scale: 1, cards: 5 }, requests: 3_000 },
  '45 kB, out of scope': { shape: { scale: 1, cards: 0, isOutOfScope: true }, requests: 4_000 },
  '323 kB, 5 cards': { shape: { scale: 7.55, cards: 5 }, requests: 800 },
};

export async function measureProfile(setting: Setting): Promise<Record<string, Record<string, number>>> {
  const profiles = new Map<string, ReadonlyMap<string, number>>();
  for (const [name, { shape, requests }] of Object.entries(kinds)) {
    const folder = join(setting.folder, `profile-${profiles.size}`);
    mkdirSync(folder);
    const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=250'];
    const server = await startService(setting, {}, flags);
    await load({ port: server.port, path: ORDER_SIGN, body: callOf(shape).body }, { requests, connections: 1 });
    await server.end();
    profiles.set(name, new Map(profileIn(folder)));
  }
  const parts = [...new Set([...profiles.values()].flatMap((profile) => [...profile.keys()]))];
  const rows = parts.map((part) => [part, ...[...profiles.values()].map((of) => `${(of.get(part) ?? 0).toFixed(1)} %`)]);
  console.log(table(['part', ...profiles.keys()], rows));
  return Object.fromEntries([...profiles].map(([name, of]) => [name, Object.fromEntries(of)]));
}
