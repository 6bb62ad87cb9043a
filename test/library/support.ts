/** Small card folders in the temporary directory, written anew for a test and removed after its file. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';
import { LibraryFaultsError } from '../../src/library/fault.js';
import { type Library, loadLibrary } from '../../src/library/library.js';
import { createPipeline, type Pipeline } from '../../src/pipeline.js';

/** Path below `cards/` → text; `undefined` leaves a file of the base out. */
export type Files = Readonly<Record<string, string | undefined>>;

const text = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

/** Facts that the tests of the engine ask. */
export const facts = text(
  'taking:',
  '  asks: The patient is taking {drug}.',
  '  takes: {drug: drug}',
  '  needs: medications',
  '  find:',
  "    MedicationRequest: where(status = 'active')",
  "    MedicationStatement: where(status = 'active')",
  '    order: where(true)',
  'ended within:',
  '  asks: The patient stopped taking {drug} within the last {limit}.',
  '  takes: {drug: drug, limit: duration}',
  '  needs: medications',
  '  let: {from: today minus limit}',
  "  find: where(status = 'stopped' and until().toDate() >= %from.toDate())",
  "  unclear: where(status = 'stopped' and until().empty())",
  '  doubt: the day an earlier course ended',
  'aged at least:',
  '  asks: The patient is {limit} or older today.',
  '  takes: {limit: duration}',
  '  needs: patient',
  '  let: {bornBy: today minus limit}',
  '  find: where(birthDate <= %bornBy.toDate())',
  '  unclear: where((birthDate <= %bornBy.toDate()).empty())',
  '  doubt: the date of birth',
  'has problem:',
  '  asks: The problem list holds {problem}.',
  '  takes: {problem: problem}',
  '  needs: problems',
  '  find: where(true)',
  'newest result under:',
  '  asks: The newest {lab} is under {limit}.',
  '  takes: {lab: lab, limit: number}',
  '  needs: results',
  '  pick: newest',
  "  counts: where(status = 'final')",
  '  find: where(value.ofType(Quantity).exists(unit.lower().startsWith(%limitUnit) and value < %limit))',
  '  unclear: where(value.ofType(Quantity).exists(unit.lower().startsWith(%limitUnit)).not())',
  '  doubt: the newest result',
  'continuous:',
  '  asks: The order is meant to go on without an end.',
  '  needs: order',
  "  find: where(courseOfTherapyType.coding.exists(code = 'continuous'))",
);

/** A library of one card about two drugs, without a fault. */
const base: Files = {
  'vocabulary/drugs.yaml': text(
    'drugs:',
    '  baclofen: {rxnorm: {"1292": baclofen}, atc: [M03BX01], names: [Lioresal]}',
    '  cyclobenzaprine: {rxnorm: {"21949": cyclobenzaprine}, atc: [M03BX08], names: [Flexeril]}',
    '  phenelzine: {rxnorm: {"8123": phenelzine}}',
    '  linezolid: {rxnorm: {"190376": linezolid}}',
    'classes:',
    '  relaxant: [baclofen, cyclobenzaprine]',
    '  maoi: [phenelzine, linezolid]',
    'forms:',
    '  sublingual: [sublingual]',
  ),
  'vocabulary/problems.yaml': text(
    'problems:',
    '  multiple sclerosis:',
    '    icd10cm: {G35: Multiple sclerosis}',
    '    snomed: {"24700007": Multiple sclerosis (disorder)}',
    '  stroke:',
    '    icd10cm: {I63: Cerebral infarction, I69: Sequelae of cerebrovascular disease}',
    '    except: {I69.0: Sequelae of nontraumatic subarachnoid hemorrhage}',
    '  back pain:',
    '    icd10cm: {M54.5: Low back pain}',
    '    snomed: {"279039007": Low back pain (finding)}',
    'groups:',
    '  fits baclofen: [multiple sclerosis, stroke]',
    '  fits cyclobenzaprine: [back pain]',
  ),
  'vocabulary/labs.yaml': text(
    'labs:',
    '  eGFR:',
    '    loinc:',
    '      33914-3: Glomerular filtration rate',
    '  pregnancy status:',
    '    loinc: {82810-3: Pregnancy status}',
  ),
  'vocabulary/codes.csv': text(
    'system,code,display',
    'rxnorm,1292,baclofen',
    'rxnorm,21949,cyclobenzaprine',
    'rxnorm,8123,phenelzine',
    'rxnorm,190376,linezolid',
    'atc,M03BX01,baclofen',
    'atc,M03BX08,cyclobenzaprine',
    'icd10cm,G35,Multiple sclerosis',
    'icd10cm,I63,Cerebral infarction',
    'icd10cm,I69,Sequelae of cerebrovascular disease',
    'icd10cm,I69.0,Sequelae of nontraumatic subarachnoid hemorrhage',
    'icd10cm,M54.5,Low back pain',
    'snomed,24700007,Multiple sclerosis (disorder)',
    'snomed,279039007,Low back pain (finding)',
    'loinc,33914-3,Glomerular filtration rate',
    'loinc,82810-3,Pregnancy status',
  ),
  'vocabulary/products.csv': text(
    'rxcui,name,route,drugs',
    '197391,baclofen 10 MG Oral Tablet,oral,baclofen',
    '197803,phenelzine 15 MG Oral Tablet,oral,phenelzine',
  ),
  'vocabulary/ndc.csv': text('ndc,rxcui', '00115101001,197391'),
  'vocabulary/facts.yaml': facts,
  'evidence.yaml': text('label:', '  citation: A label', '  used: all of it', '  certainty: high'),
  'publisher.yaml': text(
    'label: rx-distinct',
    'owner: an owner',
    'author: an author',
    'reviewer: pending',
    'developer: a developer',
    'funding: none',
  ),
  'service.yaml': text(
    'discovery: {title: Two relaxants, description: Tells them apart.}',
    'not-checked:',
    '  title: Checks that could not be made',
    '  why: Something was not readable.',
    "  summary: '{drugs}: not checked, because {missing} could not be read.'",
    '  detail: Check these yourself.',
    '  override: [checked by hand]',
    'not-identified:',
    '  title: A medication that could not be identified',
    '  why: Its wording resembles a drug.',
    "  summary: 'An order resembles {resembled}; nothing was checked for it.'",
    '  detail: Check which drug is meant.',
    '  override: [checked by hand]',
    'more-cards:',
    '  title: More cards for this order',
    '  why: One order brings at most five.',
    "  summary: '{count} more cards apply.'",
    "  detail: 'These apply as well:'",
    '  override: [noted]',
  ),
};

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
