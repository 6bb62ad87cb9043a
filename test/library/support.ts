/** Small card folders in the temporary directory, written anew for a test and removed after its file. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';
import { LibraryFaultsError } from '../../src/library/fault.js';
import { type Library, loadLibrary } from '../../src/library/library.js';
import { createPipeline, type Pipeline } from '../../src/pipeline.js';
import { base, facts, type Files, text } from './base-library.js';

export { facts, type Files } from './base-library.js';

interface CardParts {
  readonly title?: string;
  readonly evidence?: string;
  /** Lines of `when:`, from line 5 on. */
  readonly when?: readonly string[];
  readonly indicator?: string;
  readonly summary?: string;
  readonly detail?: string;
  readonly override?: string;
  /** Further lines of `card:`. */
  readonly card?: readonly string[];
  /** Further lines of the file, before `governance`. */
  readonly more?: readonly string[];
  readonly status?: string;
}

/** A card file; line 1 title, 3 evidence, 5 the first line of `when`. */
export function cardText(parts: CardParts = {}): string {
  return text(
    `title: ${parts.title ?? 'A card'}`,
    'why: A reason.',
    `evidence: ${parts.evidence ?? '[label]'}`,
    'when:',
    ...(parts.when ?? ['- ordering: baclofen']).map((line) => `  ${line}`),
    'card:',
    `  indicator: ${parts.indicator ?? 'warning'}`,
    `  summary: ${parts.summary ?? "'{this} is ordered.'"}`,
    `  detail: ${parts.detail ?? 'Look again.'}`,
    `  override: ${parts.override ?? '[seen]'}`,
    ...(parts.card ?? []).map((line) => `  ${line}`),
    ...(parts.more ?? []),
    `governance: {version: 1.0.0, status: ${parts.status ?? 'active'}, revised: 2026-11-22, expires: 2027-11-22}`,
  );
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A new empty folder. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cards-'));
  folders.push(folder);
  return folder;
}

export function writeFiles(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    if (content === undefined) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** The base library with `files` put over it, in a folder of its own. */
export function cardsFolder(files: Files = {}): string {
  const folder = newFolder();
  writeFiles(folder, { ...base, 'relaxants/baclofen.yaml': cardText(), ...files });
  return folder;
}

export function libraryOf(files: Files = {}): Library {
  return loadLibrary(cardsFolder(files));
}

export function pipelineOf(cardsDir: string, log: string[] = []): Pipeline {
  const write = (_: unknown, message: string): void => {
    log.push(message);
  };
  return createPipeline({
    config: { cardsDir, publicUrl: 'http://127.0.0.1:3000', canonicalUrl: 'https://cards.example' },
    log: { info: write, warn: write, error: write },
    clock: () => new Date('2026-11-22T12:00:00.000Z'),
    uuid: () => '00000000-0000-4000-8000-000000000001',
  });
}

/** What the service says of a library it will not start with; empty when it starts. */
export function faultsOf(files: Files): readonly string[] {
  try {
    pipelineOf(cardsFolder(files));
    return [];
  } catch (error) {
    if (error instanceof LibraryFaultsError) return error.faults;
    throw error;
  }
}

/** The facts of the base with one more, and its first line. */
export function withFact(...lines: readonly string[]): { text: string; line: number } {
  return { text: `${facts}${text(...lines)}`, line: facts.split('\n').length };
}
