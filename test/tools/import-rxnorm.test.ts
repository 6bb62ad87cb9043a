/** The import of an RxNorm release, on a sample of invented products (codes from 90000001 do not exist). */

import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { loadVocabulary } from '../../src/library/load-vocabulary.js';
import { importRxNorm } from '../../tools/import-rxnorm.js';
import { progressOn } from '../../tools/progress.js';

let cards: string;
let told: string[];
let steps: string[];

const terminal = { log: (line: string) => told.push(line), error: (line: string) => told.push(line) };
const progress = (step: string, part: number) => steps.push(`${step} ${part}`);
const run = (folder: string) => importRxNorm(cards, folder, terminal, progress);
const product = (rxcui: string) => loadVocabulary(cards).vocabulary.products.get(rxcui);

beforeEach(() => {
  cards = mkdtempSync(join(tmpdir(), 'rx-distinct-cards-'));
  cpSync('cards/vocabulary', join(cards, 'vocabulary'), { recursive: true });
  told = [];
  steps = [];
});

test('a product, its brand and a pack are known by the ingredients the release leads to', async () => {
  expect(await run('test/tools/rrf')).toBe(0);

  expect(product('90000001')).toMatchObject({ name: 'baclofen 15 MG Oral Tablet', drugs: ['baclofen'] });
  expect(product('90000003')?.drugs).toEqual(['baclofen']);
  expect(product('90000004')?.drugs).toEqual(['baclofen', 'cyclobenzaprine']);
  expect(product('90000005')?.drugs).toEqual(['cyclobenzaprine']);
});

test('a name with a comma is written so that the table reads it again', async () => {
  await run('test/tools/rrf');

  expect(product('90000011')?.name).toBe('baclofen 5 MG / exampline 1 MG, coated Oral Tablet');
  expect(loadVocabulary(cards).faults).toEqual([]);
});

test('obsolete names, other sources and products of drugs we do not know are left out', async () => {
  await run('test/tools/rrf');

  expect(product('90000008')).toBeUndefined();
  expect(product('90000009')).toBeUndefined();
  expect(product('90000010')).toBeUndefined();
});

test('products of the table that the release does not know are kept, and the counts are told', async () => {
  const before = loadVocabulary(cards).vocabulary.products;

  await run('test/tools/rrf');

  const after = loadVocabulary(cards).vocabulary.products;
  expect([...before.keys()].filter((rxcui) => !after.has(rxcui))).toEqual([]);
  expect(after.get('197391')).toEqual(before.get('197391'));
  expect(told).toEqual(['9 products read, 8 of them new; vocabulary/products.csv is written']);
});

test('both files report how far they are read', async () => {
  await run('test/tools/rrf');

  expect(steps).toContain('RXNCONSO.RRF 1');
  expect(steps).toContain('RXNREL.RRF 1');
});

test('a folder that is no release is refused with what was expected and what is there', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'rx-distinct-empty-'));

  expect(await run('no/such/folder')).toBe(2);
  expect(await run(empty)).toBe(2);
  expect(await run('fhir-fixtures')).toBe(2);

  expect(told[0]).toContain(
    'expected RXNCONSO.RRF and RXNREL.RRF in no/such/folder: there is no such folder',
  );
  expect(told[1]).toContain('the folder is empty');
  expect(told[2]).toContain('it holds ');
});

test('files of another shape, and a release without our drugs, leave the table as it was', async () => {
  const other = mkdtempSync(join(tmpdir(), 'rx-distinct-other-'));
  const table = () => readFileSync(join(cards, 'vocabulary/products.csv'), 'utf8');
  const before = table();
  writeFileSync(join(other, 'RXNCONSO.RRF'), 'a|b|c\n');
  writeFileSync(join(other, 'RXNREL.RRF'), '');

  expect(await run(other)).toBe(2);
  writeFileSync(join(other, 'RXNCONSO.RRF'), '');
  expect(await run(other)).toBe(2);

  expect(told[0]).toContain('RXNCONSO.RRF: expected at least 18 columns');
  expect(told[1]).toContain('holds no product of any drug');
  expect(table()).toBe(before);
});

test('a vocabulary with faults is told before anything is read', async () => {
  mkdirSync(join(cards, 'vocabulary'), { recursive: true });
  writeFileSync(join(cards, 'vocabulary/drugs.yaml'), 'drugs: [\n');

  expect(await run('test/tools/rrf')).toBe(1);

  expect(told[0]).toContain('vocabulary/drugs.yaml:');
});

test('progress redraws a bar on a terminal and writes a line every tenth elsewhere', () => {
  const bar: string[] = [];
  const lines: string[] = [];
  const onTerminal = progressOn({ isTTY: true, write: (text: string) => bar.push(text) > 0 });
  const elsewhere = progressOn({ write: (text: string) => lines.push(text) > 0 });

  onTerminal('RXNREL.RRF', 0.5);
  onTerminal('RXNREL.RRF', 1);
  elsewhere('RXNREL.RRF', 0.51);
  elsewhere('RXNREL.RRF', 0.55);

  expect(bar).toEqual([
    `\rRXNREL.RRF [${'#'.repeat(15)}${' '.repeat(15)}]  50 %`,
    `\rRXNREL.RRF [${'#'.repeat(30)}] 100 %\n`,
  ]);
  expect(lines).toEqual(['RXNREL.RRF  51 %\n']);
});
