/** Profiles of the service under calls of several kinds. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { callOf, type CallShape } from './calls.js';
import { type Callee, load } from './load.js';
import { profileIn, type TimeSpent } from './profile.js';
import { ORDER_SIGN, type Setting, startService } from './setting.js';
import { table } from './tables.js';
import { callsAsGoodAs, loadPatiently, WARM_UP } from './warm-up.js';

interface Kind {
  readonly name: string;
  readonly shape: CallShape;
  readonly withTokens?: boolean;
}

const kinds: readonly Kind[] = [
  { name: '45 kB, 5 cards', shape: { scale: 1, cards: 5 } },
  { name: 'with tokens', shape: { scale: 1, cards: 5 }, withTokens: true },
  { name: '45 kB, out of scope', shape: { scale: 1, cards: 0, isOutOfScope: true } },
  { name: '323 kB, 5 cards', shape: { scale: 7.55, cards: 5 } },
];
/** Calls of 45 kB that are looked at; fewer of larger ones. */
const REQUESTS = 2_000;

export async function measureProfile(setting: Setting): Promise<Readonly<Record<string, readonly TimeSpent[]>>> {
  const profiles: (readonly [name: string, readonly TimeSpent[]])[] = [];
  for (const kind of kinds) profiles.push([kind.name, await profileOf(kind, setting)]);
  const percentOf = (spent: readonly TimeSpent[], part: string) =>
    `${(spent.find((one) => one.part === part)?.percent ?? 0).toFixed(1)} %`;
  const all = [...new Set(profiles.flatMap(([, spent]) => spent.map(({ part }) => part)))];
  const rows = all.map((part) => [part, ...profiles.map(([, spent]) => percentOf(spent, part))]);
  console.log(`\n${table(['part', ...profiles.map(([name]) => name)], rows)}`);
  for (const [name, spent] of profiles) {
    for (const { part, files } of spent) {
      if (files.length > 0) console.log(`${part} of ${name}: ${files.join(', ')}`);
    }
  }
  return Object.fromEntries(profiles);
}

async function profileOf({ name, shape, withTokens = false }: Kind, setting: Setting): Promise<readonly TimeSpent[]> {
  const folder = join(setting.folder, `profile-of-${name.replaceAll(/\W+/g, '-')}`);
  mkdirSync(folder);
  const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=500'];
  const { signer } = setting;
  const server = await startService(setting, withTokens ? signer.variables : {}, flags);
  const { body } = callOf(shape);
  const [first, then] = [callsAsGoodAs(WARM_UP, body), callsAsGoodAs(REQUESTS, body)];
  const called: Callee = { port: server.port, path: ORDER_SIGN, body };
  const callee = withTokens ? { ...called, token: signer.stock(first + then, ORDER_SIGN) } : called;
  process.stderr.write(`profile of ${name}\n`);
  await loadPatiently(callee, { requests: first, connections: 1 });
  const from = microseconds();
  await load(callee, { requests: then, connections: 1 });
  const to = microseconds();
  await server.end();
  return profileIn(folder, { from, to });
}

const microseconds = () => Number(process.hrtime.bigint() / 1_000n);
