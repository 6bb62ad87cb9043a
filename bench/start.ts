/** How long the service takes until it is ready, and what it holds in memory while it waits for the first call. */

import { setTimeout as wait } from 'node:timers/promises';
import { type Figure, figure } from './rounds.js';
import { type Setting, startService } from './setting.js';
import { shown, table } from './tables.js';
import { atMost, printTargets, type Target } from './targets.js';

/** What is loaded once it is ready is loaded by then, and what the start left behind is given back. */
const SETTLED_MS = 2_000;

export interface Starts {
  readonly readyMs: Figure;
  readonly readyCpuMs: Figure;
  readonly idleMb: Figure;
  readonly targets: readonly Target[];
}

export async function measureStarts(setting: Setting): Promise<Starts> {
  const ready: number[] = [];
  const cpu: number[] = [];
  const idle: number[] = [];
  for (let round = 0; round < setting.rounds; round += 1) {
    const service = await startService(setting);
    ready.push(service.readyMs);
    cpu.push(service.cpuMs());
    await wait(SETTLED_MS);
    idle.push(service.rssMb());
    await service.end();
  }
  const [readyMs, readyCpuMs, idleMb] = [figure(ready), figure(cpu), figure(idle)];
  const targets = [
    atMost('ready after the start', [readyMs.median, 'ms'], 1_500),
    atMost('memory when nothing has come yet', [idleMb.median, 'MB'], 120),
  ];
  const rows = [['the service', shown(readyMs, 0), shown(readyCpuMs, 0), shown(idleMb, 0)]];
  console.log(`\n${table(['start', 'ready, ms', 'CPU ms until then', 'idle MB'], rows)}`);
  printTargets(targets);
  return { readyMs, readyCpuMs, idleMb, targets };
}
