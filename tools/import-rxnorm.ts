/** Builds the product table from an RxNorm release: which products hold which drugs of our vocabulary. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadVocabulary } from '../src/library/load-vocabulary.js';
import type { Product, Vocabulary } from '../src/library/vocabulary.js';
import type { Terminal } from './check-cards.js';
import type { Progress } from './progress.js';
import { rowsOf } from './rrf.js';

const CONSO = 'RXNCONSO.RRF';
const REL = 'RXNREL.RRF';

/** Columns of RXNCONSO.RRF and RXNREL.RRF (RxNorm technical documentation, sections 12.4 and 12.6 of its tables). */
const conso = { rxcui: 0, source: 11, kind: 12, name: 14, suppressed: 16, columns: 18 } as const;
const rel = { first: 0, second: 4, relation: 7, source: 10, columns: 16 } as const;

/** Term types that an order, a dispense or a list may name: drugs and packs, with and without brand, and their groups. */
const productKinds = new Set([
  'SCD',
  'SBD',
  'GPCK',
  'BPCK',
  'SCDC',
  'SBDC',
  'SCDF',
  'SBDF',
  'SCDG',
  'SBDG',
  'BN',
  'PIN',
  'MIN',
]);

/** Relations that lead from a product towards its ingredients. */
const towardsIngredient = new Set([
  'has_ingredient',
  'has_ingredients',
  'has_part',
  'consists_of',
  'contains',
  'tradename_of',
  'form_of',
  'has_precise_ingredient',
]);

interface Release {
  readonly names: ReadonlyMap<string, string>;
  /** Concept → concepts nearer to the ingredients. */
  readonly edges: ReadonlyMap<string, readonly string[]>;
}

/** Exit code. Nothing is written unless the whole release was read. */
export async function importRxNorm(
  cardsDir: string,
  folder: string,
  terminal: Terminal,
  progress: Progress,
): Promise<number> {
  const missing = [CONSO, REL].filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0) {
    terminal.error(
      `expected ${missing.join(' and ')} in ${folder}: ${contentOf(folder)}; name the "rrf" folder of an RxNorm release`,
    );
    return 2;
  }
  const { vocabulary, faults } = loadVocabulary(cardsDir);
  for (const { file, line, message } of faults) terminal.error(`${file}:${line} ${message}`);
  if (faults.length > 0) return 1;
  const release = await readRelease(folder, progress, terminal);
  if (release === undefined) return 2;
  const products = productsOf(release, vocabulary);
  if (products.size === 0) {
    terminal.error(`${folder} holds no product of any drug in vocabulary/drugs.yaml: is it a whole release?`);
    return 2;
  }
  writeTable(cardsDir, products, vocabulary);
  const added = [...products.keys()].filter((rxcui) => !vocabulary.products.has(rxcui)).length;
  terminal.log(`${products.size} products read, ${added} of them new; vocabulary/products.csv is written`);
  return 0;
}

function contentOf(folder: string): string {
  if (!existsSync(folder)) return 'there is no such folder';
  const files = readdirSync(folder).slice(0, 5);
  return files.length === 0 ? 'the folder is empty' : `it holds ${files.join(', ')}`;
}

async function readRelease(
  folder: string,
  progress: Progress,
  terminal: Terminal,
): Promise<Release | undefined> {
  const names = new Map<string, string>();
  for await (const cells of rowsOf(join(folder, CONSO), progress)) {
    if (cells.length < conso.columns) return wrongFile(CONSO, conso.columns, cells.length, terminal);
    const { rxcui, source, kind, name, suppressed } = conso;
    if (cells[source] !== 'RXNORM' || !productKinds.has(cells[kind] ?? '') || cells[suppressed] === 'O')
      continue;
    names.set(cells[rxcui] ?? '', cells[name] ?? '');
  }
  const edges = new Map<string, string[]>();
  for await (const cells of rowsOf(join(folder, REL), progress)) {
    if (cells.length < rel.columns) return wrongFile(REL, rel.columns, cells.length, terminal);
    // The relation is the one that the second concept has to the first.
    const [from, to] = [cells[rel.second] ?? '', cells[rel.first] ?? ''];
    if (
      cells[rel.source] !== 'RXNORM' ||
      !towardsIngredient.has(cells[rel.relation] ?? '') ||
      !names.has(from)
    )
      continue;
    const known = edges.get(from);
    if (known === undefined) edges.set(from, [to]);
    else known.push(to);
  }
  return { names, edges };
}

function wrongFile(file: string, expected: number, found: number, terminal: Terminal): undefined {
  terminal.error(
    `${file}: expected at least ${expected} columns separated by "|", found ${found}: is it a file of an RxNorm release?`,
  );
}

function productsOf({ names, edges }: Release, vocabulary: Vocabulary): ReadonlyMap<string, Product> {
  const byIngredient = new Map(
    [...vocabulary.drugs.values()].flatMap((drug) =>
      drug.rxnorm.map(({ code }) => [code, drug.name] as const),
    ),
  );
  const products = new Map<string, Product>();
  for (const [rxcui, name] of names) {
    const drugs = drugsBelow(rxcui, edges, byIngredient);
    const route = vocabulary.products.get(rxcui)?.route ?? '';
    if (drugs.length > 0 && !byIngredient.has(rxcui)) products.set(rxcui, { rxcui, name, route, drugs });
  }
  return products;
}

/** Drugs of our vocabulary that a concept leads to, each concept visited once. */
function drugsBelow(
  rxcui: string,
  edges: Release['edges'],
  byIngredient: ReadonlyMap<string, string>,
): readonly string[] {
  const seen = new Set([rxcui]);
  const drugs = new Set<string>();
  for (const concept of seen) {
    const drug = byIngredient.get(concept);
    if (drug !== undefined) drugs.add(drug);
    for (const next of edges.get(concept) ?? []) seen.add(next);
  }
  return [...drugs].sort();
}

function writeTable(cardsDir: string, products: ReadonlyMap<string, Product>, vocabulary: Vocabulary): void {
  const all = new Map([...vocabulary.products, ...products]);
  const rows = [...all.values()]
    .sort((a, b) => Number(a.rxcui) - Number(b.rxcui))
    .map(({ rxcui, name, route, drugs }) => [rxcui, name, route, drugs.join('|')].map(cell).join(','));
  const path = join(cardsDir, 'vocabulary', 'products.csv');
  const [header = ''] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, `${[header, ...rows].join('\n')}\n`);
}

function cell(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
