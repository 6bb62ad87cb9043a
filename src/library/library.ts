/** The card library as one value: vocabulary, facts, cards and what follows from them. The folder's public file. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Card, CaseNames } from './card.js';
import { caseNames } from './case-names.js';
import { loadEvidence, type Evidence } from './evidence.js';
import type { Fact } from './fact.js';
import { type Fault, LibraryFaultsError, noFolder } from './fault.js';
import { fileFaults, isShown } from './card-files.js';
import { loadCards } from './load-cards.js';
import { loadFacts } from './load-facts.js';
import { loadVocabulary } from './load-vocabulary.js';
import { loadPublisher, type Publisher } from './publisher.js';
import { type Discovery, loadService, type ServiceCards } from './service-cards.js';
import { type CardVersion, loadVersions } from './versions.js';
import type { Vocabulary } from './vocabulary.js';

export interface Library {
  readonly vocabulary: Vocabulary;
  readonly facts: ReadonlyMap<string, Fact>;
  readonly cards: readonly Card[];
  readonly evidence: ReadonlyMap<string, Evidence>;
  readonly publisher: Publisher;
  readonly discovery: Discovery;
  readonly serviceCards: ServiceCards;
  /** Names of the cases beside a card, read when a page asks for them. */
  readonly casesOf: (path: string) => CaseNames;
  /** Versions a card had, oldest first (`versions.lock.json`). */
  readonly historyOf: (path: string) => readonly CardVersion[];
  /** SHA-256 of every file of the library, in hex: two equal hashes say the same cards. */
  readonly hash: string;
}

/**
 * Reads the whole library below `cardsDir`.
 * @throws LibraryFaultsError with every fault of every file, and those that `check` finds in the loaded whole
 */
export function loadLibrary(
  cardsDir: string,
  check: (library: Library) => readonly Fault[] = () => [],
): Library {
  const folder = statSync(cardsDir, { throwIfNoEntry: false });
  if (folder?.isDirectory() !== true)
    throw new LibraryFaultsError([noFolder(cardsDir, folder !== undefined)]);
  const { library, faults } = readLibrary(cardsDir);
  const all = [...faults, ...check(library)];
  if (all.length > 0) throw new LibraryFaultsError(all);
  return library;
}

/** What can be read of the library below `cardsDir`, with the faults of the rest. */
export function readLibrary(cardsDir: string): { library: Library; faults: readonly Fault[] } {
  const { vocabulary, faults: vocabularyFaults } = loadVocabulary(cardsDir);
  const { facts, faults: factFaults } = loadFacts(cardsDir);
  const { cards, faults: cardFaults } = loadCards(cardsDir, { facts, vocabulary });
  const { evidence, faults: evidenceFaults } = loadEvidence(cardsDir, cards);
  const { publisher, faults: publisherFaults } = loadPublisher(cardsDir);
  const { discovery, serviceCards, faults: serviceFaults } = loadService(cardsDir);
  const { versions, faults: versionFaults } = loadVersions(cardsDir);
  const faults = [
    ...fileFaults(cardsDir),
    ...vocabularyFaults,
    ...factFaults,
    ...cardFaults,
    ...evidenceFaults,
    ...publisherFaults,
    ...serviceFaults,
    ...versionFaults,
  ];
  const library: Library = {
    vocabulary,
    facts,
    cards,
    evidence,
    publisher,
    discovery,
    serviceCards,
    casesOf: (path) => caseNames(cardsDir, path),
    historyOf: (path) => versions.get(path)?.history ?? [],
    hash: hashOf(cardsDir),
  };
  return { library, faults };
}

function hashOf(cardsDir: string): string {
  const files = readdirSync(cardsDir, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(yaml|csv)$/.test(file) && !file.endsWith('.cases.yaml') && isShown(file))
    .sort();
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(file.split(sep).join('/'))
      .update('\0')
      .update(readFileSync(join(cardsDir, file)))
      .update('\0');
  return hash.digest('hex');
}
