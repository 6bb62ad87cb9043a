/** How cost grows: with the cards of the library, with the resources of a record, with the orders of a call. */

import { progressOn } from '../tools/progress.js';
import { callOf, type CallShape } from './calls.js';
import { grownLibrary } from './library.js';
import { median } from './load.js';
import { type Contender, inRounds } from './rounds.js';
import type { Measured } from './server.js';
import { floorPath, startFloor } from './start-floor.js';
import { ORDER_SIGN, type Setting, startService } from './setting.js';
import { table } from './tables.js';
import { atMost, printTargets, type Target } from './targets.js';
import { callsAsGoodAs, SETTLING, WARM_UP, warm } from './warm-up.js';

export interface Point {
  readonly size: number;
  readonly kB: number;
  readonly cpuMs: number;
  /** CPU of `JSON.parse` on the same body, in a process that does nothing else: the bench's. */
  readonly parseMs: number;
  /** Of bare Express with the same body and answer, where it was measured beside it. */
  readonly floorMs?: number;
}

export interface Growth {
  readonly cards: readonly Point[];
  readonly record: readonly Point[];
  readonly drafts: readonly Point[];
  readonly targets: readonly Target[];
}

const OWN_CARDS = 43;
const cardCounts = [OWN_CARDS, 400, 4_000, 10_000];
/** Resources: 32 at scale 1, the patient and two drafts beside them. */
const recordSizes = [20, 200, 2_000];
const draftCounts = [1, 2, 5, 10, 20];
/** Calls of a round, of 45 kB; fewer of larger ones. */
const REQUESTS = 300;

export async function measureGrowth(setting: Setting): Promise<Growth> {
  const cards = await ofCards(setting);
  printGrowth('cards', cards);
  const service = await startService(setting);
  await warm([contenderOf('', service, { scale: 1, cards: 1, drafts: 2, onlyOurs: true })], WARM_UP);
  const record = await besideFloor(setting, service, recordSizes, (size) => ({ scale: size / 32, cards: 1 }));
  printGrowth('resources', record);
  const drafts = await ofShapes(setting, service, 'drafts', draftCounts, (size) => ({ scale: 1, cards: 1, drafts: size, onlyOurs: true }));
  printGrowth('drafts', drafts);
  await service.end();
  const targets = [...cardTargets(cards), ...recordTargets(record), draftTarget(drafts)];
  printTargets(targets);
  return { cards, record, drafts, targets };
}

async function ofCards(setting: Setting): Promise<readonly Point[]> {
  const contenders: Contender[] = [];
  for (const size of cardCounts) {
    const CARDS_DIR = grownLibrary(setting.folder, size - OWN_CARDS);
    const server = await startService(setting, { CARDS_DIR });
    contenders.push(contenderOf(String(size), server, { scale: 1, cards: 1 }));
  }
  await warm(contenders, WARM_UP);
  const points = await measure(setting, contenders, 'cards');
  await Promise.all(contenders.map(({ server }) => server.end()));
  return points;
}

function ofShapes(
  setting: Setting,
  server: Measured,
  what: string,
  sizes: readonly number[],
  shapeOf: (size: number) => CallShape,
): Promise<readonly Point[]> {
  return measure(
    setting,
    sizes.map((size) => contenderOf(String(size), server, shapeOf(size))),
    what,
  );
}

/** What the way of a large body through Node.js and Express costs by itself is no matter of the service. */
async function besideFloor(
  setting: Setting,
  server: Measured,
  sizes: readonly number[],
  shapeOf: (size: number) => CallShape,
): Promise<readonly Point[]> {
  const contenders = sizes.map((size) => contenderOf(String(size), server, shapeOf(size)));
  const floor = await startFloor(
    setting,
    server,
    sizes.map((size) => ({ name: String(size), shape: shapeOf(size) })),
  );
  await warm([floorOf(contenders[0] as Contender, floor)], WARM_UP);
  const points = await measure(setting, contenders, 'resources', floor);
  await floor.end();
  return points;
}

function floorOf({ name, callee }: Contender, server: Measured): Contender {
  return { name: 'floor', server, callee: { port: server.port, path: floorPath(name), body: callee.body }, connections: 1 };
}

function contenderOf(name: string, server: Measured, shape: CallShape): Contender {
  return { name, server, callee: { port: server.port, path: ORDER_SIGN, body: callOf(shape).body }, connections: 1 };
}

async function measure(
  { rounds }: Setting,
  contenders: readonly Contender[],
  what: string,
  floor?: Measured,
): Promise<readonly Point[]> {
  await warm([...contenders, ...(floor === undefined ? [] : contenders.map((one) => floorOf(one, floor)))], SETTLING);
  const samples = contenders.map(() => ({ cpu: [] as number[], parse: [] as number[], floor: [] as number[] }));
  const report = progressOn(process.stderr);
  for (let round = 0; round < rounds; round += 1) {
    for (const [position, contender] of contenders.entries()) {
      const { body } = contender.callee;
      const requests = callsAsGoodAs(REQUESTS, body);
      const both = floor === undefined ? [contender] : [contender, floorOf(contender, floor)];
      const [own, bare] = await inRounds(both, { rounds: 1, requests });
      const sample = samples[position];
      if (own !== undefined) sample?.cpu.push(own.cpuMs.median);
      if (bare !== undefined) sample?.floor.push(bare.cpuMs.median);
      sample?.parse.push(parseMs(body, requests));
    }
    report(`growth with ${what}`, (round + 1) / rounds);
  }
  return contenders.map(({ name, callee }, position) => {
    const { cpu = [], parse = [], floor: bare = [] } = samples[position] ?? {};
    const point = { size: Number(name), kB: Math.round(callee.body.length / 1_000), cpuMs: median(cpu), parseMs: median(parse) };
    return bare.length === 0 ? point : { ...point, floorMs: median(bare) };
  });
}

function parseMs(body: string, times: number): number {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time += 1) JSON.parse(body);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / times;
}

function printGrowth(what: string, points: readonly Point[]): void {
  const [first] = points;
  const rows = points.map(({ size, kB, cpuMs, parseMs: parse, floorMs }) => [
    String(size),
    String(kB),
    cpuMs.toFixed(2),
    `${(cpuMs / (first?.cpuMs ?? 1)).toFixed(2)} ×`,
    parse.toFixed(2),
    ...(floorMs === undefined ? [] : [floorMs.toFixed(2)]),
  ]);
  const bare = first?.floorMs === undefined ? [] : ['floor, CPU ms'];
  console.log(`\n${table([what, 'kB', 'CPU ms a call', 'of the first', 'JSON.parse ms', ...bare], rows)}`);
}

function cardTargets([own, ...grown]: readonly Point[]): readonly Target[] {
  return grown.map(({ size, cpuMs }) =>
    atMost(`${size} cards, of the ${own?.size ?? 0}`, [cpuMs / (own?.cpuMs ?? 1), '×'], 1.3),
  );
}

/** What one more costs between two points. */
const slope = (from: Point | undefined, to: Point | undefined, of: 'cpuMs' | 'parseMs' = 'cpuMs') =>
  from === undefined || to === undefined ? Number.NaN : (to[of] - from[of]) / (to.size - from.size);

function recordTargets([small, middle, large]: readonly Point[]): readonly Target[] {
  const ofParse = slope(small, large) / slope(small, large, 'parseMs');
  return [
    atMost('a resource more, of its JSON.parse', [ofParse, '×'], 2),
    atMost('a resource more beyond 200, of one below', [slope(middle, large) / slope(small, middle), '×'], 1.5),
  ];
}

function draftTarget(points: readonly Point[]): Target {
  const [first, , , ten, twenty] = points;
  return atMost('a draft more beyond 10, of one below', [slope(ten, twenty) / slope(first, ten), '×'], 1.5);
}
