/** `card check`: every fault of the library, its cases and its generated files at once, or the counts that prove it. */

import { existsSync, statSync } from 'node:fs';
import { type Card, factCallsOf } from '../src/library/card.js';
import { LibraryFaultsError } from '../src/library/fault.js';
import { type Library, readLibrary } from '../src/library/library.js';
import { FACTS_FILE, keyFacts } from '../src/library/load-facts.js';
import type { Pipeline } from '../src/pipeline.js';
import { type CaseFiles, readCaseFiles } from './case-files.js';
import type { CardCases } from './cases.js';
import { checkCodes } from './code-cases.js';
import { checkFacts, type FactResult } from './fact-cases.js';
import { fixtureNames } from './fixtures.js';
import type { Folders } from './folders.js';
import { staleFiles } from './generated.js';
import { governanceFaults, sameConditions } from './governance.js';
import { expectations, judgeCase, pipelineForCases, type ReadyCase, readyCases } from './judge-case.js';
import { unlockedCards } from './lock.js';
import { type MutationResult, mutate } from './mutate.js';
import { type FactMutationResult, mutateFacts } from './mutate-facts.js';
import { missingUnknowns } from './needed-unknowns.js';
import { placeOf } from './place.js';
import { invalidFixtures } from './validate-fixtures.js';
import { wordingFaults } from './wording.js';

export interface Terminal {
  log(line: string): void;
  error(line: string): void;
}

/** What can be read of the library; judged only when all of it can. */
interface Loaded {
  readonly library: Library | undefined;
  readonly pipeline: Pipeline | undefined;
  readonly faults: readonly string[];
}

/** Cases judged by the cards as they are. */
interface Judged {
  readonly failing: readonly string[];
  /** By path of the card: the cases that hold. */
  readonly holding: ReadonlyMap<string, readonly ReadyCase[]>;
  /** Cards of which every case could be judged and holds: only their mutants tell something. */
  readonly sound: readonly Card[];
}

/** Exit code: 0 when nothing is wrong, else 1 with a line a fault. */
export function checkCards(folders: Folders, terminal: Terminal): number {
  const { library, pipeline, faults } = load(folders);
  if (library === undefined) return fail(faults, terminal);
  const files = readCaseFiles(folders);
  const read = [
    ...faults,
    ...files.faults,
    ...faultsOfCards(library, files, folders),
    ...twins(library, faults, folders),
  ];
  if (pipeline === undefined) return fail(read, terminal);
  const judged = judge(pipeline, files, folders);
  const asked = checkFacts(pipeline, folders.cardsDir, folders.fixturesDir);
  const mutation = mutantsOf(pipeline, judged, judged.sound);
  const ofFacts = mutantsOfFacts(pipeline, judged, asked);
  const all = [
    ...read,
    ...faultsOfWhole(pipeline, files, asked, folders),
    ...judged.failing,
    ...[...mutation.survivors, ...ofFacts.survivors].map(survivorFault),
    ...ofFacts.mistaken,
  ];
  if (all.length > 0) return fail(all, terminal);
  terminal.log(countsOf(pipeline, files.written, mutation));
  const { made: madeOfFacts, same } = ofFacts;
  terminal.log(
    `facts: ${asked.count} cases of their own; ${madeOfFacts} mutants, ${madeOfFacts - same} killed, ${same} the same`,
  );
  const { codes, made } = checkCodes(folders.cardsDir, pipeline.library.vocabulary);
  const bySystem = Object.entries(codes).map(([system, count]) => `${count} ${system}`);
  terminal.log(`codes: ${bySystem.join(', ')}; ${made} code mutants, all killed`);
  return 0;
}

/** What stands for the facts where a path of cards is expected. */
const FACTS = 'vocabulary/facts';

/** `card mutants [path]`: the mutants of the cards below a path, or of the facts, that no case notices. */
export function showMutants(folders: Folders, terminal: Terminal, prefix = ''): number {
  const { pipeline, faults } = load(folders);
  if (pipeline === undefined) return fail(faults, terminal);
  const judged = judge(pipeline, readCaseFiles(folders), folders);
  const tell = (what: string, { made, survivors }: MutationResult, same = 0): number => {
    for (const survivor of survivors) terminal.error(survivorFault(survivor));
    terminal.log(`${what}, ${made} mutants, ${made - same - survivors.length} killed`);
    return survivors.length === 0 ? 0 : 1;
  };
  if (prefix === FACTS) {
    const asked = checkFacts(pipeline, folders.cardsDir, folders.fixturesDir);
    const found = mutantsOfFacts(pipeline, judged, asked);
    const wrong = [...asked.faults, ...found.mistaken];
    if (wrong.length > 0) return fail(wrong, terminal);
    return tell(`${asked.ready.size} facts`, found, found.same);
  }
  const cards = pipeline.library.cards.filter((card) => card.path.startsWith(prefix));
  if (cards.length === 0) return fail([`no card is below "${prefix}"`], terminal);
  return tell(`${cards.length} cards`, mutantsOf(pipeline, judged, cards));
}

function mutantsOf(pipeline: Pipeline, { holding }: Judged, cards: readonly Card[]): MutationResult {
  return mutate(pipeline, cards, (path) => holding.get(path) ?? []);
}

/** Of the facts whose own cases hold, by the cases of cards that hold. */
function mutantsOfFacts(
  pipeline: Pipeline,
  { holding }: Judged,
  { faults, ready }: FactResult,
): FactMutationResult {
  if (faults.length > 0) return { made: 0, survivors: [], same: 0, mistaken: [] };
  return mutateFacts(pipeline, ready, (path) => holding.get(path) ?? []);
}

function survivorFault(survivor: string): string {
  return `${survivor}: no case notices; add one that differs in just this`;
}

function fail(faults: readonly string[], terminal: Terminal): number {
  for (const fault of faults) terminal.error(fault);
  terminal.error(`${faults.length} fault(s); the cards do not stand`);
  return 1;
}

function load({ cardsDir, fixturesDir }: Folders): Loaded {
  if (statSync(fixturesDir, { throwIfNoEntry: false })?.isDirectory() !== true) {
    const fault = `${fixturesDir}: no folder is there; expected that of the fixtures: name it in FIXTURES_DIR`;
    return { library: undefined, pipeline: undefined, faults: [fault] };
  }
  try {
    const pipeline = pipelineForCases(cardsDir);
    return { library: pipeline.library, pipeline, faults: [] };
  } catch (error) {
    if (!(error instanceof LibraryFaultsError)) throw error;
    const library = existsSync(cardsDir) ? readLibrary(cardsDir).library : undefined;
    return { library, pipeline: undefined, faults: error.faults };
  }
}

function judge(pipeline: Pipeline, files: CaseFiles, { cardsDir, fixturesDir }: Folders): Judged {
  const failing: string[] = [];
  const holding = new Map<string, readonly ReadyCase[]>();
  for (const [path, cases] of files.readable) {
    const ready = readyCases(pipeline, fixturesDir, path, cases);
    const wrong = new Map(ready.map((one) => [one, judgeCase(pipeline, one)]));
    holding.set(
      path,
      ready.filter((one) => wrong.get(one)?.length === 0),
    );
    for (const [{ expected, one }, departures] of wrong) {
      const at = [expected, files.written.get(path)?.[expected].indexOf(one) ?? 0];
      const file = `${path}.cases.yaml`;
      failing.push(...departures.map((fault) => `${placeOf(cardsDir, file, at)} "${one.case}": ${fault}`));
    }
  }
  const sound = pipeline.library.cards.filter(({ path }) => {
    const written = countOf(files.written.get(path));
    return written > 0 && holding.get(path)?.length === written;
  });
  return { failing, holding, sound };
}

function countOf(cases: CardCases | undefined): number {
  return expectations.reduce((sum, kind) => sum + (cases?.[kind].length ?? 0), 0);
}

/** What can be said of each card that could be read, whatever is wrong with the others. */
function faultsOfCards(
  library: Library,
  { written }: CaseFiles,
  { cardsDir, today }: Folders,
): readonly string[] {
  return [
    ...library.cards.flatMap((card) => missingUnknowns(card, casesOf(card, written), library, cardsDir)),
    ...wordingFaults(library, cardsDir),
    ...governanceFaults(library, today, cardsDir),
  ];
}

/** Of a card with a fault, or of facts that could not be read, not all conditions are known. */
function twins(
  { cards, facts }: Library,
  faults: readonly string[],
  { cardsDir }: Folders,
): readonly string[] {
  const isWhole = ({ path }: Card): boolean => !faults.some((fault) => fault.startsWith(`${path}.yaml:`));
  return facts.size === 0 ? [] : sameConditions(cards.filter(isWhole), cardsDir);
}

/** What can be said only of a library that holds together. */
function faultsOfWhole(
  pipeline: Pipeline,
  { written, isMisnamed }: CaseFiles,
  asked: FactResult,
  folders: Folders,
): readonly string[] {
  const { library } = pipeline;
  const { cardsDir, fixturesDir } = folders;
  const used = new Set([...[...written.values()].flatMap(fixturesOf), ...asked.fixtures]);
  const unused = isMisnamed ? [] : fixtureNames(fixturesDir).filter((name) => !used.has(name));
  return [
    ...unused.map((name) => `${fixturesDir}/${name}.json: no case uses it: remove it or use it`),
    ...asked.faults,
    ...checkCodes(cardsDir, library.vocabulary).faults,
    ...unusedFacts(library),
    ...unlockedCards(folders, library),
    ...invalidFixtures(fixturesDir),
    ...staleFiles(folders, library),
  ];
}

function casesOf(card: Card, byCard: ReadonlyMap<string, CardCases>): CardCases {
  return byCard.get(card.path) ?? { shown: [], silent: [], unknown: [] };
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
  const inactive = cards.filter(({ status }) => status !== 'active').length;
  const which = inactive === 0 ? '' : ` (${inactive} not active, judged as if it were)`;
  return `${cards.length} cards${which}, ${facts.size} facts, cases: ${counts.join(', ')}; ${made} mutants, all killed`;
}
