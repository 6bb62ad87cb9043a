/** `npm run fuzz -- --runs N --seed S`: broken hook calls by the thousand against the built service, and what must hold of every answer. */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { answerFault } from './fuzz-answer.js';
import { brokenCall, type BrokenCall } from './fuzz-calls.js';
import { caller } from './fuzz-send.js';
import { progressOn } from './progress.js';
import { readArguments, wholeNumber } from './read-arguments.js';

const help = `npm run fuzz -- [--runs 20000] [--seed 20261122]

Sends broken hook calls to the built service, and tells the least one that is answered with 500 or above, slowly, or in
another form than an answer has.

  --runs N    calls (20000)
  --seed N    what they are made from; the same seed makes the same calls (20261122)`;

const { isHelp, runs, seed } = readArguments('fuzz', () => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      runs: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '20261122' },
    },
  });
  // A run of nothing would look like a run without a fault.
  return {
    isHelp: values.help,
    runs: wholeNumber('runs', values.runs),
    seed: wholeNumber('seed', values.seed),
  };
});
if (isHelp) {
  console.log(help);
  process.exit(0);
}

/** Calls that are under way at once; each is a property of its own, with the next seed. */
const LANES = 4;
const SLOWEST_MS = 1_000;

const journal = mkdtempSync(join(tmpdir(), 'rx-distinct-fuzz-'));
const child = spawn(process.execPath, ['dist/main.js'], {
  env: {
    PATH: process.env['PATH'],
    PORT: '0',
    LOG_LEVEL: 'info',
    DATABASE_URL: `sqlite:${journal}/journal.sqlite`,
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
process.once('exit', () => {
  child.kill('SIGKILL');
  rmSync(journal, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const port = await new Promise<number>((resolve, reject) => {
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (log.length > 10_000) return;
    log += chunk.toString();
    const [, found] = /"port":(\d+)[^\n]*"ready"/.exec(log) ?? [];
    if (found !== undefined) resolve(Number(found));
  });
  child.once('close', (code) => reject(new Error(`the service ended with ${code}\n${log}`)));
});

const send = caller(port);
const statuses = new Map<number, number>();
let slowest = 0;
let done = 0;
const report = progressOn(process.stderr);

/** A pause of the whole machine slows a call once; a call that is slow of itself is slow each time. */
const SENT_AGAIN = 2;

/** @throws Error saying what is wrong, which fast-check reports with the least call that shows it */
async function hold({ service, body }: BrokenCall): Promise<void> {
  const answer = await send(service, body);
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  slowest = Math.max(slowest, answer.ms);
  done += 1;
  if (done <= runs) report(`${runs} broken calls`, done / runs);
  const fault = answerFault(answer);
  if (fault !== undefined) throw new Error(`${fault}: ${answer.status} ${answer.text.slice(0, 300)}`);
  let least = answer.ms;
  for (let times = 0; least > SLOWEST_MS && times < SENT_AGAIN; times += 1) {
    least = Math.min(least, (await send(service, body)).ms);
  }
  if (least > SLOWEST_MS) throw new Error(`answered after ${Math.round(least)} ms, however often it is sent`);
  if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}`);
}

const lanes = Array.from({ length: LANES }, async (_, lane) => {
  const numRuns = Math.floor(runs / LANES) + (lane < runs % LANES ? 1 : 0);
  const property = fc.asyncProperty(brokenCall, hold);
  return fc.check(property, { numRuns, seed: seed + lane });
});
const results = await Promise.all(lanes);
const failed = results.find((result) => result.failed);
if (failed !== undefined) {
  console.error(
    `\nseed ${failed.seed}, path ${failed.counterexamplePath}, after ${failed.numShrinks} steps:`,
  );
  console.error(failed.errorInstance instanceof Error ? failed.errorInstance.message : 'failed');
  console.error(failed.counterexample?.[0].body.slice(0, 20_000));
}
const counted = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status} × ${count}`);
console.log(`\n${done} calls, seed ${seed}: ${counted.join(', ')}; slowest ${Math.round(slowest)} ms`);
child.removeAllListeners('close');
child.kill();
process.exit(failed === undefined ? 0 : 1);
