/** The threat model tells the truth: each row names a test that exists, and each family of attacks has a row. */

import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const rows = readFileSync('docs/threat-model.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-Z]\d/.test(line));
const fileOf = (row: string) => /`([^`]+\.ts)` \|$/.exec(row)?.[1] ?? 'no test';

test.each(rows)('the test of the threat exists: %s', (row) => {
  expect(existsSync(fileOf(row))).toBe(true);
});

test('there is a row for each kind of threat', () => {
  expect(new Set(rows.map((row) => row.charAt(2)))).toEqual(new Set('JSBHMLTCDK'.split('')));
});

test('every file that the promises name exists', () => {
  const named = [...readFileSync('SECURITY.md', 'utf8').matchAll(/`((?:test|tools)\/[\w./-]+)`/g)];
  expect(named.map(([, file = '']) => file).filter((file) => !existsSync(file))).toEqual([]);
});
