/** How cost grows: with the cards of the library, with the resources of a record, with the orders of a call. */

import { performance } from 'node:perf_hooks';
import { progressOn } from '../tools/progress.js';
import { callOf, type CallShape } from './calls.js';
import { grownLibrary } from './library.js';
import { load, median } from './load.js';
import { type Contender, inRounds } from './rounds.js';
import type { Measured } from './server.js';
import { ORDER_SIGN, type Setting, startService } from './setting.js';
import { table } from './tables.js';

export interface Point {
  readonly size: number;
  readonly cpuMs: number;
  /** Of `JSON.parse` on the same body, in a process of its own making: the bench's. */
  readonly parseMs?: number;
}

export interface Growth {
  readonly cards: readonly Point[];
  readonly record: readonly Point[];
  readonly drafts: readonly Point[];
}

const OWN_CARDS = 43;
const cardCounts = [OWN_CARDS, 400, 4_000, 10_000];
/** Resources: 32 at scale 1, the patient and two drafts beside them. */
const recordSizes = [20, 200, 2_000];
const draftCounts = [1, 2, 5, 10, 20];

export async function measureGrowth(setting: Setting): Promise<Growth> {
  const cards = await ofCards(setting);
  const service = await startService(setting);
  const record = await ofShapes(setting, service, 'resources', recordSizes, (size) => ({ scale: size / 32, cards: 1 }));
  const drafts = await ofShapes(setting, service, 'drafts', draftCounts, (size) => ({ scale: 1, cards: 1, drafts: size, onlyOurs: true }));
  await service.end();
  return { cards, record, drafts };
}

async function ofCards(setting: Setting): Promise<readonly Point[]> {
  const services: { size: number; server: Measured }[] = [];
  for (const size of cardCounts) {
    const CARDS_DIR = grownLibrary(setting.folder, size - OWN_CARDS);
    services.push({ size, server: await startService(setting, { CARDS_DIR }) });
  }
  const { body } = callOf({ scale: 1, cards: 1 });
  const contenders = services.map(({ size, server }) => ({
    name: String(size),
    server,
    target: { port: server.port, path: ORDER_SIGN, body },
  }));
  const points = await measure(setting, contenders, 200, 'cards');
  await Promise.all(services.map(({ server }) => server.end()));
  const [first] = points;
  console.log(
    `\n${table(
      ['cards', 'CPU ms a call', 'of the own library'],
      points.map(({ size, cpuMs }) => [String(size), cpuMs.toFixed(2), `${(cpuMs / (first?.cpuMs ?? 1)).toFixed(2)} ×`]),
    )}`,
  );
  return points;
}

async function ofShapes(
  setting: Setting,
  server: Measured,
  what: string,
  sizes: readonly number[],
  shapeOf: (size: number) => CallShape,
): Promise<readonly Point[]> {
  const bodies = new Map(sizes.map((size) => [String(size), callOf(shapeOf(size)).body]));
  const points: Point[] = [];
  for (const [name, body] of bodies) {
    const contenders = [{ name, server, target: { port: server.port, path: ORDER_SIGN, body } }];
    const requests = Math.max(10, Math.min(200, Math.round(10_000_000 / body.length)));
    const [point] = await measure(setting, contenders, requests, what);
    if (point !== undefined) points.push({ ...point, parseMs: parseMs(body) });
  }
  console.log(
    `\n${table(
      [what, 'kB', 'CPU ms a call', 'ms a piece', 'JSON.parse ms'],
      points.map(({ size, cpuMs, parseMs: parsed = 0 }) => [
        String(size),
        ((bodies.get(String(size))?.length ?? 0) / 1_000).toFixed(0),
        cpuMs.toFixed(2),
        (cpuMs / size).toFixed(3),
        parsed.toFixed(2),
      ]),
    )}`,
  );
  return points;
}

async function measure(
  { rounds }: Setting,
  contenders: readonly Contender[],
  requests: number,
  what: string,
): Promise<readonly Point[]> {
  const report = progressOn(process.stderr);
  for (const { target } of contenders) await load(target, { requests, connections: 1 });
  let step = 0;
  const steps = rounds * contenders.length;
  const results = await inRounds(contenders, { rounds, requests, connections: 1 }, () =>
    report(`growth with ${what}`, (step += 1) / steps),
  );
  return results.map(({ name, cpuMs }) => ({ size: Number(name), cpuMs: cpuMs.median }));
}

function parseMs(body: string): number {
  const times = Array.from({ length: 30 }, () => {
    const start = performance.now();
    JSON.parse(body);
    return performance.now() - start;
  });
  return median(times);
}
