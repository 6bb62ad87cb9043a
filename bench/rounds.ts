/** Rounds in which every server gets the same work, one after the other, so that the machine's moods hit all alike. */

import { setTimeout as wait } from 'node:timers/promises';
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

/** In how many turns the calls of one round come: moods of a machine last for seconds. */
export const TURNS = 4;

/** Lines of the log and decisions for the journal wait up to 50 ms for company. */
const LATER_MS = 100;

/**
 * @param done told after each turn of each contender, `TURNS` in a round
 * @returns in the order of the contenders
 */
export async function inRounds(
  contenders: readonly Contender[],
  { rounds, requests }: Rounds,
  done: () => void = () => undefined,
): Promise<readonly Result[]> {
  const samples = new Map<Contender, Sample[]>(contenders.map((contender) => [contender, []]));
  const inTurn = Math.ceil(requests / TURNS);
  for (let round = 0; round < rounds; round += 1) {
    const taken = new Map<Contender, Taken[]>(contenders.map((contender) => [contender, []]));
    for (let turn = 0; turn < TURNS; turn += 1) {
      // Forth and back, so that nobody is always the first after a pause.
      for (const contender of turn % 2 === 0 ? contenders : [...contenders].reverse()) {
        taken.get(contender)?.push(await take(contender, inTurn));
        done();
      }
    }
    for (const [contender, turns] of taken) samples.get(contender)?.push(sampleOf(turns, inTurn));
  }
  return [...samples].map(([{ name }, of]) => ({ name, ...figures(of) }));
}

/** What the calls of one turn took. */
interface Taken {
  readonly cpuMs: number;
  readonly ownCpuMs: number;
  readonly ms: readonly number[];
  readonly totalMs: number;
}

async function take({ server, callee, connections }: Contender, requests: number): Promise<Taken> {
  const before = server.cpuMs();
  const { ms, totalMs, ownCpuMs } = await load(callee, { requests, connections });
  // What the calls leave to be done belongs to them.
  await wait(LATER_MS);
  return { cpuMs: server.cpuMs() - before, ownCpuMs, ms, totalMs };
}

function sampleOf(turns: readonly Taken[], inTurn: number): Sample {
  const sum = (of: (turn: Taken) => number) => turns.reduce((total, turn) => total + of(turn), 0);
  const ms = turns.flatMap((turn) => turn.ms).sort((a, b) => a - b);
  return {
    cpuMs: sum(({ cpuMs }) => cpuMs) / (turns.length * inTurn),
    ownCpuMs: sum(({ ownCpuMs }) => ownCpuMs) / turns.length,
    p50Ms: percentile(ms, 0.5),
    p99Ms: percentile(ms, 0.99),
    perSecond: (turns.length * inTurn * 1_000) / sum(({ totalMs }) => totalMs),
  };
}

function figures(samples: readonly Sample[]): Omit<Result, 'name'> {
  const of = measures.map((measure) => [measure, figure(samples.map((sample) => sample[measure]))] as const);
  return Object.fromEntries(of) as Omit<Result, 'name'>;
}

export function figure(values: readonly number[]): Figure {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}
