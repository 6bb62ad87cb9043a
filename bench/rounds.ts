/** Rounds in which every server gets the same work, one after the other, so that the machine's moods hit all alike. */

import { load, median, percentile, type Target } from './load.js';
import type { Measured } from './server.js';

export interface Contender {
  readonly name: string;
  readonly server: Measured;
  readonly target: Target;
}

export interface Figure {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export interface Result {
  readonly name: string;
  /** CPU milliseconds a call. */
  readonly cpuMs: Figure;
  readonly p50Ms: Figure;
  readonly p99Ms: Figure;
  readonly perSecond: Figure;
}

export interface Rounds {
  readonly rounds: number;
  readonly requests: number;
  readonly connections: number;
}

interface Sample {
  readonly cpuMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly perSecond: number;
}

/** @param done told after each round of each contender */
export async function inRounds(
  contenders: readonly Contender[],
  { rounds, requests, connections }: Rounds,
  done: () => void,
): Promise<readonly Result[]> {
  const samples = new Map<string, Sample[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    // In turns, so that nobody is always the first after a pause.
    const order = round % 2 === 0 ? contenders : [...contenders].reverse();
    for (const { name, server, target } of order) {
      const before = server.cpuMs();
      const { ms, totalMs } = await load(target, { requests, connections });
      samples.get(name)?.push({
        cpuMs: (server.cpuMs() - before) / requests,
        p50Ms: percentile(ms, 0.5),
        p99Ms: percentile(ms, 0.99),
        perSecond: (requests * 1_000) / totalMs,
      });
      done();
    }
  }
  return [...samples].map(([name, of]) => ({
    name,
    cpuMs: figure(of.map(({ cpuMs }) => cpuMs)),
    p50Ms: figure(of.map(({ p50Ms }) => p50Ms)),
    p99Ms: figure(of.map(({ p99Ms }) => p99Ms)),
    perSecond: figure(of.map(({ perSecond }) => perSecond)),
  }));
}

function figure(values: readonly number[]): Figure {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}
