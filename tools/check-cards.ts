/** `card check`: every fault of the library, its cases and its generated files at once, or the counts that prove it. */

import { type Card, factCallsOf } from '../src/library/card.js';
import { LibraryFaultsError } from '../src/library/fault.js';
import { FACTS_FILE, keyFacts } from '../src/library/load-facts.js';
import type { Pipeline } from '../src/pipeline.js';
import { type CardCases, readCases } from './cases.js';
import { fixtureFaults } from './fixture-faults.js';
import { checkCodes } from './code-cases.js';
import { checkFacts } from './fact-cases.js';
import { fixtureNames } from './fixtures.js';
import { staleFiles } from './generated.js';
import { governanceFaults } from './governance.js';
import { expectations, judgeCase, pipelineForCases, type ReadyCase, readyCases } from './judge-case.js';
import { unlockedCards } from './lock.js';
import { type MutationResult, mutate } from './mutate.js';
import { missingUnknowns } from './needed-unknowns.js';
import { invalidFixtures } from './validate-fixtures.js';
import { wordingFaults } from './wording.js';

export interface Folders {
  readonly cardsDir: string;
  readonly fixturesDir: string;
  readonly docsDir: string;
  /** The real day, YYYY-MM-DD: only reviews that are due look at it. */
  readonly today: string;
}

export interface Terminal {
  log(line: string): void;
  error(line: string): void;
}

/** A library with the cases of its cards. */
interface Loaded {
  readonly pipeline: Pipeline;
  readonly cases: ReadonlyMap<string, CardCases>;
  /** Case files that are missing or wrong. */
  readonly unreadable: readonly string[];
}

/** Exit code: 0 when nothing is wrong, else 1 with a line a fault. */
export function checkCards(folders: Folders, terminal: Terminal): number {
  const loaded = load(folders);
  if (Array.isArray(loaded)) return fail(loaded, terminal);
  const { pipeline, cases, unreadable } = loaded;
  const ready = readyByCard(loaded, folders);
  const faults = [...unreadable, ...faultsOf(pipeline, cases, folders), ...failing(pipeline, ready)];
  if (faults.length > 0) return fail(faults, terminal);
  const mutation = mutate(pipeline, pipeline.library.cards, (path) => ready.get(path) ?? []);
  if (mutation.survivors.length > 0) return fail(mutation.survivors.map(survivorFault), terminal);
  terminal.log(countsOf(pipeline, cases, mutation));
  terminal.log(
    `facts: ${checkFacts(pipeline, folders.cardsDir, folders.fixturesDir).count} cases of their own`,
  );
  const { codes, made } = checkCodes(folders.cardsDir, pipeline.library.vocabulary);
  const bySystem = Object.entries(codes).map(([system, count]) => `${count} ${system}`);
  terminal.log(`codes: ${bySystem.join(', ')}; ${made} code mutants, all killed`);
  return 0;
}

/** `card mutants [path]`: the mutants of the cards below a path that no case notices. */
export function showMutants(folders: Folders, terminal: Terminal, prefix = ''): number {
  const loaded = load(folders);
  if (Array.isArray(loaded)) return fail(loaded, terminal);
  const cards = loaded.pipeline.library.cards.filter((card) => card.path.startsWith(prefix));
  const ready = readyByCard(loaded, folders);
  const { made, survivors } = mutate(loaded.pipeline, cards, (path) => ready.get(path) ?? []);
  for (const survivor of survivors) terminal.error(survivorFault(survivor));
  terminal.log(`${cards.length} cards, ${made} mutants, ${made - survivors.length} killed`);
  return survivors.length === 0 ? 0 : 1;
}

function survivorFault(survivor: string): string {
  return `${survivor}: no case notices; add one that differs in just this`;
}

function fail(faults: readonly string[], terminal: Terminal): number {
  for (const fault of faults) terminal.error(fault);
  terminal.error(`${faults.length} fault(s); the cards do not stand`);
  return 1;
}

/** The faults when the library cannot be loaded, or its cases name fixtures that are not there. */
function load(folders: Folders): Loaded | string[] {
  const { cardsDir } = folders;
  try {
    const pipeline = pipelineForCases(cardsDir);
    const read = pipeline.library.cards.map(({ path }) => [path, readCases(cardsDir, path)] as const);
    const misnamed = read.flatMap(([path, one]) => fixtureFaults(path, one.cases, folders));
    if (misnamed.length > 0) return misnamed;
    return {
      pipeline,
      cases: new Map(read.map(([path, one]) => [path, one.cases])),
      unreadable: read
        .flatMap(([, one]) => one.faults)
        .map(({ file, line, message }) => `${file}:${line} ${message}`),
    };
  } catch (error) {
    if (error instanceof LibraryFaultsError) return [...error.faults];
    throw error;
  }
}

function readyByCard(loaded: Loaded, { fixturesDir }: Folders): ReadonlyMap<string, readonly ReadyCase[]> {
  return new Map(
    [...loaded.cases].map(([path, cases]) => [path, readyCases(loaded.pipeline, fixturesDir, path, cases)]),
  );
}

function faultsOf(
  pipeline: Pipeline,
  byCard: ReadonlyMap<string, CardCases>,
  folders: Folders,
): readonly string[] {
  const { library } = pipeline;
  const asked = checkFacts(pipeline, folders.cardsDir, folders.fixturesDir);
  const used = new Set([...[...byCard.values()].flatMap(fixturesOf), ...asked.fixtures]);
  const unused = fixtureNames(folders.fixturesDir).filter((name) => !used.has(name));
  return [
    ...library.cards.flatMap((card) => missingUnknowns(card, casesOf(card, byCard), library)),
    ...unused.map((name) => `${folders.fixturesDir}/${name}.json: no case uses it: remove it or use it`),
    ...asked.faults,
    ...checkCodes(folders.cardsDir, library.vocabulary).faults,
    ...unusedFacts(library),
    ...wordingFaults(library),
    ...governanceFaults(library, folders.today),
    ...unlockedCards(folders, library),
    ...invalidFixtures(folders.fixturesDir, fixtureNames(folders.fixturesDir)),
    ...staleFiles(folders, library),
  ];
}

function casesOf(card: Card, byCard: ReadonlyMap<string, CardCases>): CardCases {
  return byCard.get(card.path) ?? { shown: [], silent: [], unknown: [] };
}

function failing(pipeline: Pipeline, ready: ReadonlyMap<string, readonly ReadyCase[]>): readonly string[] {
  return [...ready.values()]
    .flat()
    .flatMap((one) =>
      judgeCase(pipeline, one).map((wrong) => `${one.card}.cases.yaml "${one.one.case}": ${wrong}`),
    );
}

function fixturesOf(cases: CardCases): readonly string[] {
  return expectations.flatMap((kind) =>
    cases[kind].flatMap((one) => [...one.given, ...(one.selections ?? [])]),
  );
}

function unusedFacts({ cards, facts }: Pipeline['library']): readonly string[] {
  const asked = new Set([...cards.flatMap(factCallsOf).map((call) => call.fact), ...Object.values(keyFacts)]);
  return [...facts.values()]
    .filter(({ name }) => !asked.has(name))
    .map(({ name, line }) => `${FACTS_FILE}:${line} no card asks "${name}": remove it`);
}

function countsOf(
  { library }: Pipeline,
  cases: ReadonlyMap<string, CardCases>,
  { made }: MutationResult,
): string {
  const { cards, facts } = library;
  const counts = expectations.map(
    (kind) => `${[...cases.values()].flatMap((one) => one[kind]).length} ${kind}`,
  );
  return `${cards.length} cards, ${facts.size} facts, cases: ${counts.join(', ')}; ${made} mutants, all killed`;
}
