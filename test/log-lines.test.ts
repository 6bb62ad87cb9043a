/** Lines of the log: all of them, in order, soon, also while an earlier write is on its way. */

import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { logLines } from '../src/log-lines.js';

test('lines come together, in order, none of them twice and none left behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rx-distinct-log-'));
  const file = join(folder, 'log');
  const log = logLines(openSync(file, 'a'));
  const lines = Array.from({ length: 2_000 }, (_none, n) => `${n} ${'x'.repeat(n % 300)}\n`);
  for (const [n, line] of lines.entries()) {
    log.write(line);
    if (n % 50 === 0) await wait(1);
  }
  const isWhole = () => readFileSync(file, 'utf8').length === lines.join('').length;
  for (let times = 0; times < 500 && !isWhole(); times += 1) await wait(10);
  expect(readFileSync(file, 'utf8')).toBe(lines.join(''));
  rmSync(folder, { recursive: true });
});

test('what nobody reads is bounded, and how many lines it was is told once somebody reads', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rx-distinct-log-'));
  const file = join(folder, 'log');
  const log = logLines(openSync(file, 'a'), 200);
  log.write(`${'x'.repeat(130)}\n`);
  log.write(`${'y'.repeat(130)}\n`);
  await wait(100);
  log.write('short\n');
  const lines = () => readFileSync(file, 'utf8').split('\n');
  for (let times = 0; times < 500 && lines().length < 3; times += 1) await wait(10);
  expect(lines()).toEqual([
    'short',
    expect.stringMatching(/"lines":2,"msg":"lines of the log were lost: nobody read them"/),
    '',
  ]);
  rmSync(folder, { recursive: true });
});

test('a line alone does not wait for others to come', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rx-distinct-log-'));
  const file = join(folder, 'log');
  const log = logLines(openSync(file, 'a'));
  log.write('alone\n');
  expect(readFileSync(file, 'utf8')).toBe('');
  for (let times = 0; times < 500 && readFileSync(file, 'utf8') === ''; times += 1) await wait(10);
  expect(readFileSync(file, 'utf8')).toBe('alone\n');
  rmSync(folder, { recursive: true });
});
