/** Rounds in which every server gets the same work, one after the other, so that the machine's moods hit all alike. */

import { type Callee, load, median, percentile } from './load.js';
import type { Measured } from './server.js';

export interface Contender {
  readonly name: string;
  readonly server: Measured;
  readonly callee: Callee;
  /** Over how many connections its calls come at once. */
  readonly connections: number;
}

export interface Figure {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

const measures = ['cpuMs', 'ownCpuMs', 'p50Ms', 'p99Ms', 'perSecond'] as const;

/** `cpuMs` and `ownCpuMs` are CPU milliseconds a call, of the server and of the sending of its calls. */
type Sample = Readonly<Record<(typeof measures)[number], number>>;

export interface Result extends Readonly<Record<(typeof measures)[number], Figure>> {
  readonly name: string;
}

export interface Rounds {
  readonly rounds: number;
  readonly requests: number;
}

/**
 * @param done told after each round of each contender
 * @returns in the order of the contenders
 */
export async function inRounds(
  contenders: readonly Contender[],
  { rounds, requests }: Rounds,
  done: () => void = () => undefined,
): Promise<readonly Result[]> {
  const samples = new Map<Contender, Sample[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round += 1) {
    // In turns, so that nobody is always the first after a pause.
    const order = round % 2 === 0 ? contenders : [...contenders].reverse();
    for (const contender of order) {
      const { server, callee, connections } = contender;
      const before = server.cpuMs();
      const { ms, totalMs, ownCpuMs } = await load(callee, { requests, connections });
      samples.get(contender)?.push({
        cpuMs: (server.cpuMs() - before) / requests,
        ownCpuMs,
        p50Ms: percentile(ms, 0.5),
        p99Ms: percentile(ms, 0.99),
        perSecond: (requests * 1_000) / totalMs,
      });
      done();
    }
  }
  return [...samples].map(([{ name }, of]) => ({ name, ...figures(of) }));
}

function figures(samples: readonly Sample[]): Omit<Result, 'name'> {
  const of = measures.map((measure) => [measure, figure(samples.map((sample) => sample[measure]))] as const);
  return Object.fromEntries(of) as Omit<Result, 'name'>;
}

export function figure(values: readonly number[]): Figure {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}
