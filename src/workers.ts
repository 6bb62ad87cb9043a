/** `WORKERS=n`: n processes on one port, each a whole service; all they share is in the store. */

import cluster, { type Worker } from 'node:cluster';
import { setTimeout as wait } from 'node:timers/promises';
import { AggregatorRegistry } from 'prom-client';
import { isMetricsMessage, type MetricsMessage } from './http/metrics-of-all.js';
import type { Log } from './log.js';

/** Pause before a worker that has ended is started again. */
const RESTART_MS = 500;

/** What a worker tells once it takes calls; that it listens may be said of the operator's port. */
const READY = 'rx-distinct ready';

/** To the supervisor, where there is one. */
export function tellReady(): void {
  process.send?.(READY);
}

/** The process that a signal must reach to stop all of them; undefined where there is one only. */
export function supervisorPid(): number | undefined {
  return cluster.isWorker ? process.ppid : undefined;
}

/** True in the process that only looks after the others. */
export function isSupervisor(workers: number): boolean {
  return workers > 1 && cluster.isPrimary;
}

/** Keeps so many workers running until a signal comes; ends with the first one when that cannot even start. */
export function supervise(workers: number, log: Log): void {
  const metrics = new AggregatorRegistry();
  let isStopping = false;
  let hasStarted = false;
  const fork = (): Worker => {
    const worker = cluster.fork();
    worker.on('message', (message) => {
      if (message === READY) started();
      if (isMetricsMessage(message)) void answer(worker, () => metrics.clusterMetrics());
    });
    worker.once('exit', (code: number | null, signal: string | null) => {
      if (isStopping) return;
      // What is wrong with the configuration or the library is told once, by the first.
      if (!hasStarted) process.exit(code ?? 1);
      tellEnd(code, signal, log);
      void wait(RESTART_MS).then(() => isStopping || fork());
    });
    return worker;
  };
  const started = () => {
    if (hasStarted || isStopping) return;
    hasStarted = true;
    for (let count = 1; count < workers; count += 1) fork();
  };
  fork();
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    process.exit((await stopAll()) ? 0 : 1);
  };
  // Once more and again: without a listener, a second signal would end the supervisor before its workers.
  for (const signal of SIGNALS) process.on(signal, () => void stop());
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** One that somebody has stopped by a signal of its own is nothing to look at. */
function tellEnd(code: number | null, signal: string | null, log: Log): void {
  const level = isInOrder(code, signal) ? 'info' : 'error';
  log[level]({ code, signal }, 'a worker ended; another one is started');
}

/** @returns whether each ended as it should, with all that it had to write */
async function stopAll(): Promise<boolean> {
  const running = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
  const ends = await Promise.all(running.map(stop));
  return !ends.includes(false);
}

function stop(worker: Worker): Promise<boolean> {
  return new Promise((ended) => {
    worker.once('exit', (code: number | null, signal: string | null) => ended(isInOrder(code, signal)));
    worker.process.kill('SIGTERM');
  });
}

/** A worker that is only starting has nothing to write, and ends by the very signal that stops it. */
function isInOrder(code: number | null, signal: string | null): boolean {
  return code === 0 || SIGNALS.some((name) => name === signal);
}

async function answer(worker: Worker, collect: () => Promise<string>): Promise<void> {
  const told = await collect().then(
    (text) => ({ text }),
    () => ({ isFailed: true }),
  );
  if (worker.isConnected()) worker.send({ about: 'rx-distinct metrics', ...told } satisfies MetricsMessage);
}
