/** A server under measurement: started as a process of its own, with what the kernel says it has used. */

import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Measured {
  readonly port: number;
  readonly pid: number;
  /** From the start of the process to its word that it is ready. */
  readonly readyMs: number;
  /** CPU milliseconds used so far, user and system together, by all its threads and those of its children. */
  cpuMs(): number;
  /** Resident memory, in MB; of its own, not of its children. */
  rssMb(): number;
  end(): Promise<void>;
}

const children = new Set<ChildProcess>();
process.once('exit', killServers);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Those that a measurement has left behind. */
export function killServers(): void {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
}

export async function startServer(
  script: string,
  variables: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<Measured> {
  const started = performance.now();
  const child = spawn(process.execPath, [...flags, script], {
    env: { PATH: process.env['PATH'], PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  const processes = Number(variables['WORKERS'] ?? 1);
  const port = await new Promise<number>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (text.length > 100_000) return;
      text += chunk.toString();
      const ready = [...text.matchAll(/"port":(\d+)[^\n]*"msg":"ready"/g)];
      if (ready.length >= processes) resolve(Number(ready[0]?.[1]));
    });
    void ended.then(() => reject(new Error(`${script} ended before it was ready:\n${text}`)));
  });
  const readyMs = performance.now() - started;
  const pid = child.pid ?? 0;
  return {
    port,
    pid,
    readyMs,
    cpuMs: () => cpuMsOf(pid),
    rssMb: () => rssMbOf(pid),
    end: async () => {
      child.kill('SIGTERM');
      await ended;
      children.delete(child);
    },
  };
}

/**
 * The first number of `schedstat` is nanoseconds on a processor; `stat` counts the same in ticks of 10 ms. The threads of
 * Node.js live as long as the process.
 */
function cpuMsOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const own = threads.map((thread) => Number.parseInt(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8')) / 1e6);
  return [...own, ...childrenOf(pid).map(cpuMsOf)].reduce((sum, ms) => sum + ms, 0);
}

/** The workers of a supervisor. */
function childrenOf(pid: number): readonly number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return listed.split(' ').filter((child) => child !== '').map(Number);
}

function rssMbOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_024;
}
