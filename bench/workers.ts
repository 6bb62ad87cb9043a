/** One worker and two, without and with tokens, under more calls than they can take. */

import { cpus } from 'node:os';
import { progressOn } from '../tools/progress.js';
import { callOf } from './calls.js';
import { type Contender, inRounds, type Result, TURNS } from './rounds.js';
import { ORDER_SIGN, type Setting, startService } from './setting.js';
import { shown, table } from './tables.js';
import { atLeast, printTargets, type Target } from './targets.js';
import { SETTLING, WARM_UP, warm } from './warm-up.js';

/** Enough that no worker ever waits for the sending, few enough that none has to refuse calls. */
const CONNECTIONS = 8;
const REQUESTS = 1_500;

export interface Workers {
  readonly withoutTokens: readonly Result[];
  readonly withTokens: readonly Result[];
  readonly targets: readonly Target[];
}

export async function measureWorkers(setting: Setting): Promise<Workers> {
  const withoutTokens = await oneAndTwo(setting, {}, 'without tokens');
  const withTokens = await oneAndTwo(setting, setting.signer.variables, 'with tokens');
  const targets = [atLeast('two workers, of one', [timesOf(withoutTokens), '×'], 1.8)];
  printTargets(targets);
  return { withoutTokens, withTokens, targets };
}

async function oneAndTwo(
  setting: Setting,
  variables: Readonly<Record<string, string>>,
  title: string,
): Promise<readonly Result[]> {
  const { rounds } = setting;
  const contenders = [
    await workersOf('1', WARM_UP + SETTLING, variables, setting),
    await workersOf('2', 2 * (WARM_UP + SETTLING), variables, setting),
  ];
  const [one, two] = contenders;
  // Each of the two is warmed up as much as the one, by a connection of its own: cold ones take no more at a time.
  if (one !== undefined) await warm([{ ...one, connections: 1 }], WARM_UP);
  if (two !== undefined) await warm([{ ...two, connections: 2 }], 2 * WARM_UP);
  let step = 0;
  const report = progressOn(process.stderr);
  const results = await inRounds(contenders, { rounds, requests: REQUESTS }, () =>
    report(`workers ${title}`, (step += 1) / (2 * rounds * TURNS)),
  );
  await Promise.all(contenders.map(({ server }) => server.end()));
  print(title, results);
  return results;
}

async function workersOf(
  WORKERS: string,
  more: number,
  variables: Readonly<Record<string, string>>,
  setting: Setting,
): Promise<Contender> {
  const server = await startService(setting, { ...variables, WORKERS });
  const callee = { port: server.port, path: ORDER_SIGN, body: callOf({ scale: 1, cards: 5 }).body };
  const name = WORKERS === '1' ? '1 worker' : `${WORKERS} workers`;
  if (variables['CLIENTS_FILE'] === undefined) return { name, server, callee, connections: CONNECTIONS };
  const token = setting.signer.stock(REQUESTS * setting.rounds + more, ORDER_SIGN);
  return { name, server, callee: { ...callee, token }, connections: CONNECTIONS };
}

const timesOf = ([one, two]: readonly Result[]) => (two?.perSecond.median ?? 0) / (one?.perSecond.median ?? 1);

function print(title: string, results: readonly Result[]): void {
  const rows = results.map((result) => {
    const { name, perSecond, cpuMs, ownCpuMs, p99Ms } = result;
    const cores = (ms: number) => ((ms * perSecond.median) / 1_000).toFixed(2);
    const times = timesOf([results[0] ?? result, result]);
    const own = [cpuMs.median, ownCpuMs.median];
    return [name, shown(perSecond, 0), `${times.toFixed(2)} ×`, shown(p99Ms, 1), shown(cpuMs), ...own.map(cores)];
  });
  const head = [title, 'calls/s', 'of one', 'p99 ms', 'CPU ms a call', 'cores used', 'by sending'];
  console.log(`\n${table(head, rows)}\nof the ${cpus().length} cores of this machine; ${CONNECTIONS} connections`);
}
