/** One worker and two, under as many calls as they take. */

import { callOf } from './calls.js';
import { inRounds, type Result } from './rounds.js';
import { ORDER_SIGN, type Setting, startService } from './setting.js';
import { shown, table } from './tables.js';

const CONNECTIONS = 8;

export async function measureWorkers(setting: Setting): Promise<readonly Result[]> {
  const { body } = callOf({ scale: 1, cards: 1 });
  const [one, two] = [await startService(setting, { WORKERS: '1' }), await startService(setting, { WORKERS: '2' })];
  const contenders = [
    { name: '1 worker', server: one, target: { port: one.port, path: ORDER_SIGN, body } },
    { name: '2 workers', server: two, target: { port: two.port, path: ORDER_SIGN, body } },
  ];
  await inRounds(contenders, { rounds: 2, requests: 400, connections: CONNECTIONS }, () => undefined);
  const results = await inRounds(
    contenders,
    { rounds: setting.rounds, requests: 1_000, connections: CONNECTIONS },
    () => undefined,
  );
  await Promise.all([one.end(), two.end()]);
  const [first] = results;
  console.log(
    `\n${table(
      ['', 'calls/s', 'of one', 'p99 ms'],
      results.map(({ name, perSecond, p99Ms }) => [
        name,
        shown(perSecond, 0),
        `${(perSecond.median / (first?.perSecond.median ?? 1)).toFixed(2)} ×`,
        shown(p99Ms, 1),
      ]),
    )}`,
  );
  return results;
}
