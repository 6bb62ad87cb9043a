/** The service with its journal, without and with tokens, beside bare Express with the same bodies and answers. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { progressOn } from '../tools/progress.js';
import { callOf, type CallShape } from './calls.js';
import { load } from './load.js';
import { type Contender, inRounds, type Result } from './rounds.js';
import { type Measured, startServer } from './server.js';
import { ORDER_SIGN, type Setting, startService } from './setting.js';
import { resultHead, resultRows, table } from './tables.js';

interface Work {
  readonly name: string;
  readonly shape: CallShape;
  readonly requests: number;
}

const works: readonly Work[] = [
  { name: '10 kB, 1 card', shape: { scale: 0.17, cards: 1 }, requests: 250 },
  { name: '45 kB, 0 cards', shape: { scale: 1, cards: 0 }, requests: 250 },
  { name: '45 kB, 1 card', shape: { scale: 1, cards: 1 }, requests: 250 },
  { name: '45 kB, 5 cards', shape: { scale: 1, cards: 5 }, requests: 250 },
  { name: '45 kB, out of scope', shape: { scale: 1, cards: 0, isOutOfScope: true }, requests: 250 },
  { name: '323 kB, 0 cards', shape: { scale: 7.55, cards: 0 }, requests: 60 },
  { name: '323 kB, 1 card', shape: { scale: 7.55, cards: 1 }, requests: 60 },
  { name: '323 kB, 5 cards', shape: { scale: 7.55, cards: 5 }, requests: 60 },
];

const WARM_UP = 1_200;

export interface AgainstFloor {
  readonly readyMs: number;
  readonly idleMb: number;
  readonly loadedMb: number;
  readonly verifyMs: number;
  readonly works: readonly { readonly name: string; readonly connections: number; readonly results: readonly Result[] }[];
}

export async function measureAgainstFloor(setting: Setting): Promise<AgainstFloor> {
  const service = await startService(setting);
  const idleMb = service.rssMb();
  const floor = await startFloor(setting, service);
  const withTokens = await startService(setting, setting.signer.variables);
  const measured: AgainstFloor['works'][number][] = [];
  const report = progressOn(process.stderr);
  const steps = works.length * 2 * setting.rounds * 3;
  let step = 0;
  for (const connections of [1, 8]) {
    for (const work of works) {
      const contenders = await contendersFor(work, { floor, service, withTokens }, setting);
      await warm(contenders, work);
      const rounds = { rounds: setting.rounds, requests: work.requests, connections };
      const results = await inRounds(contenders, rounds, () => report('against the floor', (step += 1) / steps));
      measured.push({ name: work.name, connections, results });
    }
  }
  const loadedMb = service.rssMb();
  const verifyMs = await setting.signer.verifyMs(2_000);
  await Promise.all([service.end(), floor.end(), withTokens.end()]);
  const found = { readyMs: service.readyMs, idleMb, loadedMb, verifyMs, works: measured };
  print(found);
  return found;
}

/** The answers of the floor are those of the service. */
async function startFloor({ folder }: Setting, service: Measured): Promise<Measured> {
  const answers: Record<string, unknown> = {};
  for (const { name, shape } of works) {
    const { body } = callOf(shape);
    const { answer } = await load({ port: service.port, path: ORDER_SIGN, body }, { requests: 1, connections: 1 });
    const { cards } = JSON.parse(answer) as { readonly cards: readonly unknown[] };
    if (cards.length !== shape.cards) {
      throw new Error(`${name}: expected ${shape.cards} cards, the service gave ${cards.length}; mend bench/calls.ts`);
    }
    answers[name] = { cards };
  }
  const file = join(folder, 'answers.json');
  writeFileSync(file, JSON.stringify(answers));
  return startServer('dist-tools/bench/floor.js', { FLOOR_ANSWERS: file });
}

interface Servers {
  readonly floor: Measured;
  readonly service: Measured;
  readonly withTokens: Measured;
}

async function contendersFor(
  { name, shape, requests }: Work,
  { floor, service, withTokens }: Servers,
  { rounds, signer }: Setting,
): Promise<readonly Contender[]> {
  const { body } = callOf(shape);
  const token = await signer.stock(requests * rounds + WARM_UP, ORDER_SIGN);
  const floorPath = `/answer/${encodeURIComponent(name)}`;
  return [
    { name: 'floor', server: floor, target: { port: floor.port, path: floorPath, body } },
    { name: 'service', server: service, target: { port: service.port, path: ORDER_SIGN, body } },
    { name: 'with tokens', server: withTokens, target: { port: withTokens.port, path: ORDER_SIGN, body, token } },
  ];
}

async function warm(contenders: readonly Contender[], { requests }: Work): Promise<void> {
  for (const { target } of contenders) {
    await load(target, { requests: Math.min(WARM_UP, requests * 4), connections: 1 });
  }
}

function print({ readyMs, idleMb, loadedMb, verifyMs, works: measured }: AgainstFloor): void {
  for (const { name, connections, results } of measured) {
    const title = `${name}, ${connections} connection${connections === 1 ? '' : 's'}`;
    console.log(`\n${table([title, ...resultHead.slice(1)], resultRows(results))}`);
  }
  console.log(`\nready ${readyMs.toFixed(0)} ms after the start; ${idleMb.toFixed(0)} MB idle, ${loadedMb.toFixed(0)} MB after the load`);
  console.log(`verifying one signature (ES384) takes ${verifyMs.toFixed(2)} ms of CPU by itself`);
}
