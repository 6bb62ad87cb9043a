/** The service with its journal and bare Express with the same bodies and answers, both without and with tokens. */

import { progressOn } from '../tools/progress.js';
import { type Contender, type Figure, figure, inRounds, type Result, TURNS } from './rounds.js';
import type { Measured } from './server.js';
import { ORDER_SIGN, type Setting, startService } from './setting.js';
import { floorPath, startFloor, verifiedFloorPath } from './start-floor.js';
import { ratio, resultHead, resultRows, shown, table } from './tables.js';
import { atMost, printTargets, type Target } from './targets.js';
import { SETTLING, WARM_UP, warm } from './warm-up.js';
import { bodyOf, type Work, works } from './works.js';

/** Signatures verified by themselves, each time between two kinds of calls. */
const VERIFIED = 300;

interface Compared {
  readonly work: Work;
  readonly connections: number;
  readonly results: readonly Result[];
}

export interface AgainstFloor {
  readonly loadedMb: number;
  /** CPU milliseconds of verifying one token in a process that does nothing else. */
  readonly verifyMs: Figure;
  readonly works: readonly Compared[];
  readonly targets: readonly Target[];
}

export async function measureAgainstFloor(setting: Setting): Promise<AgainstFloor> {
  const service = await startService(setting);
  const servers = {
    service,
    floor: await startFloor(setting, service, works),
    withTokens: await startService(setting, setting.signer.variables),
  };
  await warmUp(servers, setting);
  const { compared, verifyMs } = await compareAll(servers, setting);
  const loadedMb = service.rssMb();
  await Promise.all(Object.values(servers).map((server) => server.end()));
  const found = { loadedMb, verifyMs, works: compared, targets: targetsOf(compared, verifyMs) };
  print(found);
  return found;
}

interface Servers {
  readonly floor: Measured;
  readonly service: Measured;
  readonly withTokens: Measured;
}

/** By calls of all kinds, since no service ever sees but one. */
async function warmUp(servers: Servers, setting: Setting): Promise<void> {
  const report = progressOn(process.stderr);
  const calls = Math.ceil(WARM_UP / works.length);
  for (const [position, work] of works.entries()) {
    await warm(contendersFor(work, servers, setting, calls), calls);
    report('warming up', (position + 1) / works.length);
  }
}

async function compareAll(
  servers: Servers,
  setting: Setting,
): Promise<{ readonly compared: readonly Compared[]; readonly verifyMs: Figure }> {
  const { rounds, signer } = setting;
  const compared: Compared[] = [];
  const verified: number[] = [];
  const report = progressOn(process.stderr);
  for (const [position, work] of works.entries()) {
    verified.push(await signer.verifyMs(VERIFIED));
    // Both in turns as well: what is measured later is measured on a warmer service.
    const one = contendersFor(work, servers, setting, 2 * work.requests * rounds + SETTLING);
    const eight = one.map((contender) => ({ ...contender, connections: 8 }));
    await warm(one, SETTLING);
    let step = 0;
    const results = await inRounds([...one, ...eight], { rounds, requests: work.requests }, () =>
      report('against the floor', (position + (step += 1) / (2 * one.length * rounds * TURNS)) / works.length),
    );
    compared.push({ work, connections: 1, results: results.slice(0, one.length) });
    compared.push({ work, connections: 8, results: results.slice(one.length) });
  }
  return { compared, verifyMs: figure(verified) };
}

/** @param calls how many there will be at most: as many tokens are signed before */
function contendersFor(
  work: Work,
  { floor, service, withTokens }: Servers,
  { signer }: Setting,
  calls: number,
): readonly Contender[] {
  const body = bodyOf(work);
  const token = signer.stock(2 * calls, ORDER_SIGN);
  const { name } = work;
  return [
    { name: 'floor', server: floor, callee: { port: floor.port, path: floorPath(name), body }, connections: 1 },
    { name: 'service', server: service, callee: { port: service.port, path: ORDER_SIGN, body }, connections: 1 },
    { name: 'with tokens', server: withTokens, callee: { port: withTokens.port, path: ORDER_SIGN, body, token }, connections: 1 },
    { name: 'floor that verifies', server: floor, callee: { port: floor.port, path: verifiedFloorPath(name), body, token }, connections: 1 },
  ];
}

function targetsOf(compared: readonly Compared[], verifyMs: Figure): readonly Target[] {
  const own = compared.flatMap(({ work, connections, results: [floor, service] }) => {
    if (connections !== 1 || floor === undefined || service === undefined) return [];
    const { name, atMostOfFloor, p99AtMostMs } = work;
    return [
      ...(atMostOfFloor === undefined ? [] : [atMost(`${name}, of the floor`, [ratio(service, floor), '×'], atMostOfFloor)]),
      ...(p99AtMostMs === undefined ? [] : [atMost(`${name}, p99`, [service.p99Ms.median, 'ms'], p99AtMostMs)]),
    ];
  });
  return [...own, ...tokenTargets(compared, verifyMs.median)];
}

/** What a token adds to a call, of its signature verified again and again, and of what that adds to bare Express. */
function tokenTargets(compared: readonly Compared[], verifyMs: number): readonly Target[] {
  const alone = added(compared, 1);
  const crowded = added(compared, 8);
  return [
    atMost('a token, of its signature alone', [alone.toService / verifyMs, '×'], 1.2),
    atMost('a token, of the same in bare Express', [alone.toService / alone.toFloor, '×'], 1.2),
    atMost('the same at eight connections', [crowded.toService / crowded.toFloor, '×'], 1.2),
  ];
}

/** CPU milliseconds that a token adds: the median over all works. */
function added(compared: readonly Compared[], connections: number): { readonly toService: number; readonly toFloor: number } {
  const found = compared.filter((one) => one.connections === connections);
  const cpuOf = (results: readonly Result[], name: string) => results.find((one) => one.name === name)?.cpuMs.median ?? Number.NaN;
  const median = (without: string, by: string) =>
    figure(found.map(({ results }) => cpuOf(results, by) - cpuOf(results, without))).median;
  return { toService: median('service', 'with tokens'), toFloor: median('floor', 'floor that verifies') };
}

function print({ loadedMb, verifyMs, works: compared, targets }: AgainstFloor): void {
  console.log(`warmed up by ${WARM_UP} calls of all kinds, and by ${SETTLING} of its kind before each`);
  for (const { work, connections, results } of compared) {
    const title = `${work.name}, ${connections} connection${connections === 1 ? '' : 's'}`;
    console.log(`\n${table([title, ...resultHead.slice(1)], resultRows(results))}`);
  }
  console.log(`\n${loadedMb.toFixed(0)} MB after the load`);
  console.log(`verifying one token (ES384) takes ${shown(verifyMs)} ms of CPU by itself`);
  printTargets(targets);
}
