/** `card check`: every fault of the library, its cases and its generated files at once, or the counts that prove it. */

import { factCallsOf } from '../src/library/card.js';
import { LibraryFaultsError } from '../src/library/fault.js';
import { type Expectation, judgeCase, pipelineForCases } from './judge-case.js';
import { type CardCases, readCases } from './cases.js';
import { missingUnknowns } from './needed-unknowns.js';
import { fixtureNames } from './fixtures.js';
import { staleFiles } from './generated.js';
import { FACTS_FILE, keyFacts } from '../src/library/load-facts.js';
import type { Pipeline } from '../src/pipeline.js';

export interface Folders {
  readonly cardsDir: string;
  readonly fixturesDir: string;
  readonly docsDir: string;
}

export interface Terminal {
  log(line: string): void;
  error(line: string): void;
}

const expectations: readonly Expectation[] = ['shown', 'silent', 'unknown'];

/** Exit code: 0 when nothing is wrong, else 1 with a line a fault. */
export function checkCards(folders: Folders, terminal: Terminal): number {
  const loaded = load(folders);
  const faults = 'faults' in loaded ? loaded.faults : faultsOf(loaded.pipeline, folders);
  for (const fault of faults) terminal.error(fault);
  if ('faults' in loaded || faults.length > 0) {
    terminal.error(`${faults.length} fault(s); the cards do not stand`);
    return 1;
  }
  const { cards, facts } = loaded.pipeline.library;
  const cases = cards.map(({ path }) => readCases(folders.cardsDir, path).cases);
  const counts = expectations.map((kind) => `${cases.flatMap((one) => one[kind]).length} ${kind}`);
  terminal.log(`${cards.length} cards, ${facts.size} facts, cases: ${counts.join(', ')}`);
  return 0;
}

function load({ cardsDir }: Folders): { pipeline: Pipeline } | { faults: readonly string[] } {
  try {
    return { pipeline: pipelineForCases(cardsDir) };
  } catch (error) {
    if (error instanceof LibraryFaultsError) return { faults: error.faults };
    throw error;
  }
}

function faultsOf(pipeline: Pipeline, folders: Folders): readonly string[] {
  const { library } = pipeline;
  const byCard = new Map(library.cards.map(({ path }) => [path, readCases(folders.cardsDir, path)]));
  const faults = library.cards.flatMap((card) => {
    const { cases, faults: unreadable } = byCard.get(card.path) ?? readCases(folders.cardsDir, card.path);
    return [
      ...unreadable.map(({ file, line, message }) => `${file}:${line} ${message}`),
      ...missingUnknowns(card, cases, library),
      ...failing(pipeline, folders.fixturesDir, card.path, cases),
    ];
  });
  const used = new Set([...byCard.values()].flatMap(({ cases }) => fixturesOf(cases)));
  const unused = fixtureNames(folders.fixturesDir).filter((name) => !used.has(name));
  return [
    ...faults,
    ...unused.map((name) => `${folders.fixturesDir}/${name}.json: no case uses it: remove it or use it`),
    ...unusedFacts(library),
    ...staleFiles(folders, library),
  ];
}

function failing(pipeline: Pipeline, fixturesDir: string, path: string, cases: CardCases): readonly string[] {
  return expectations.flatMap((expected) =>
    cases[expected].flatMap((one) =>
      judgeCase(pipeline, fixturesDir, path, expected, one).map(
        (wrong) => `${path}.cases.yaml "${one.case}": ${wrong}`,
      ),
    ),
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
