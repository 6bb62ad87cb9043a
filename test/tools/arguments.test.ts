/** What `npm run fuzz` and `npm run bench` do not take is told in one line, without a stack. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

/** Below the root, where the libraries are found; ignored by Git, and not what `npm run` is using at the moment. */
let built: string;

beforeAll(() => {
  built = mkdtempSync(resolve('dist-test-'));
  const compiler = resolve('node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [
    compiler,
    '-p',
    'tsconfig.tools.json',
    '--outDir',
    built,
    '--incremental',
    'false',
  ]);
});

afterAll(() => {
  rmSync(built, { recursive: true });
});

const run = (script: string, args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(built, script), ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

test.each(['tools/fuzz.js', 'bench/run.js'])('%s says with --help what it takes', (script) => {
  const answer = run(script, ['--help']);
  expect(answer).toMatchObject({ status: 0, stderr: '' });
  expect(answer.stdout).toMatch(/^npm run (fuzz|bench) -- \[/);
});

test.each([
  [
    'tools/fuzz.js',
    ['--runs', '0'],
    /^--runs: expected a whole number from 1, got "0"; see npm run fuzz -- --help\n$/,
  ],
  ['tools/fuzz.js', ['--run', '5'], /^Unknown option '--run'.*; see npm run fuzz -- --help\n$/],
  [
    'bench/run.js',
    ['--only', 'nope'],
    /^--only: expected one of start, floor.*, got "nope"; see npm run bench -- --help\n$/,
  ],
  [
    'bench/run.js',
    ['--rounds', 'many'],
    /^--rounds: expected a whole number from 1, got "many"; see [^\n]*\n$/,
  ],
])('%s %j is refused in one line', (script, args, told) => {
  expect(run(script, args)).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(told) });
});
