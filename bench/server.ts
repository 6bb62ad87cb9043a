/** A server under measurement: started as a process of its own, with what the kernel says it has used. */

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  readonly port: number;
  readonly pid: number;
  /** From the start of the process to its word that it is ready. */
  readonly readyMs: number;
  /** CPU milliseconds used so far, user and system together; ticks of 10 ms. */
  cpuMs(): number;
  /** Resident memory, in MB. */
  rssMb(): number;
  end(): Promise<void>;
}

/** USER_HZ of Linux on every machine there is. */
const TICK_MS = 10;
const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

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
  const port = await new Promise<number>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (text.length > 100_000) return;
      text += chunk.toString();
      const [, found] = /"port":(\d+)[^\n]*"msg":"ready"/.exec(text) ?? [];
      if (found !== undefined) resolve(Number(found));
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

/** proc(5): the fields 14 and 15 of `stat`, behind the name in parentheses; of all threads. */
function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function rssMbOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_024;
}
