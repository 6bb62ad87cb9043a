/** A small library with its cases, fixtures and generated files that stands every check, to be broken in one place. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkCards, type Terminal } from '../../tools/check-cards.js';
import type { Folders } from '../../tools/folders.js';
import { writeGenerated } from '../../tools/generated.js';
import { lockCards } from '../../tools/lock.js';
import { cardsFolder, cardText, type Files, newFolder, writeFiles } from '../library/support.js';

const facts = `taking:
  asks: The patient is taking {drug}.
  takes: {drug: drug}
  needs: medications
  find: {MedicationRequest: where(status = 'active')}
ended within:
  asks: The patient stopped taking {drug} within the last {limit}.
  takes: {drug: drug, limit: duration}
  needs: medications
  find: {MedicationRequest: where(status = 'stopped')}
continued after discharge:
  asks: An order of {drug} goes on after discharge.
  takes: {drug: drug}
  needs: medications
  find: {MedicationRequest: where(category.exists())}
aged at least:
  asks: The patient is {limit} or older today.
  takes: {limit: duration}
  needs: patient
  let: {bornBy: today minus limit}
  find: where(birthDate <= %bornBy.toDate())
  unclear: where((birthDate = %bornBy.toDate()).empty())
  doubt: the date of birth
`;

export const FACT_CASES = 'vocabulary/facts.cases.yaml';
export const factCases = `aged at least:
  with: {limit: 65 years}
  yes: [[patients/65-today, orders/baclofen]]
  no: [[patients/65-tomorrow, orders/baclofen]]
  unknown: [{given: [patients/65-today, orders/baclofen], unread: [patient]}, [{of: patients/65-today, set: {birthDate: null}}, orders/baclofen]]
`;

/** What the card of the standing library says beyond a card of the base. */
export const parts = {
  when: ['- ordering: baclofen', '  all: [{aged at least: 65 years}]'],
  card: ['suggest: [{remove: baclofen}]'],
};
export const card = cardText(parts);

export const cases = `shown:
  - case: 65 today
    given: [patients/65-today, orders/baclofen]
    indicator: warning
    says: [Baclofen is ordered]
    says not: [linezolid]
    suggests: [Remove the baclofen order]
silent:
  - case: 65 tomorrow
    given: [patients/65-tomorrow, orders/baclofen]
  - case: 65 today, cyclobenzaprine
    given: [patients/65-today, orders/cyclobenzaprine]
unknown:
  - case: patient not sent
    given: [patients/65-today, orders/baclofen]
    unread: [patient]
`;

export const order = (id: string, code: string): string =>
  JSON.stringify({
    resourceType: 'MedicationRequest',
    id,
    status: 'draft',
    intent: 'order',
    subject: { reference: 'Patient/p1' },
    medicationCodeableConcept: {
      coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code }],
    },
  });
/** A hook call that orders one drug. */
export const callOf = (code: string, more: object = {}) => ({
  hook: 'order-sign',
  hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
  context: {
    userId: 'Practitioner/1',
    patientId: 'p1',
    draftOrders: {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ resource: JSON.parse(order('a', code)) as unknown }],
    },
  },
  ...more,
});

/** A file of its own that holds it. */
export function fileOf(body: unknown): string {
  const file = join(newFolder(), 'call.json');
  writeFileSync(file, typeof body === 'string' ? body : JSON.stringify(body));
  return file;
}

export const patient = (birthDate: string): string =>
  JSON.stringify({ resourceType: 'Patient', id: 'p1', birthDate });

const fixtures: Files = {
  'patients/65-today.json': patient('1961-11-22'),
  'patients/65-tomorrow.json': patient('1961-11-23'),
  'orders/baclofen.json': order('a', '1292'),
  'orders/cyclobenzaprine.json': order('b', '21949'),
  'requests/whole-call.json': '{}',
};

export const CARD = 'relaxants/baclofen.yaml';
export const CASES = 'relaxants/baclofen.cases.yaml';
const standing: Files = {
  'vocabulary/facts.yaml': facts,
  [FACT_CASES]: factCases,
  [CARD]: card,
  [CASES]: cases,
};

/** Folders of which each is named. */
type NamedFolders = Folders & { readonly docsDir: string };

/** Folders of a library of `cards`, without fixtures and generated files. */
export function foldersOf(cards: Files): NamedFolders {
  return {
    cardsDir: cardsFolder(cards),
    fixturesDir: newFolder(),
    docsDir: join(newFolder(), 'cards'),
    today: '2026-11-22',
  };
}

/** The folders of the standing library, with generated files written. */
export function standingFolders(): NamedFolders {
  const folders = foldersOf(standing);
  const silent = { log: () => undefined, error: () => undefined };
  writeFiles(folders.fixturesDir, fixtures);
  lockCards(folders, silent);
  writeGenerated(folders, silent);
  return folders;
}

export interface Checked {
  readonly code: number;
  readonly said: readonly string[];
  readonly faults: readonly string[];
}

/** A terminal that keeps what is said at it. */
function keptTerminal() {
  const said: string[] = [];
  const write = (line: string): void => {
    said.push(line);
  };
  return { said, terminal: { log: write, error: write } };
}

/** What a command says at a terminal, with its exit code. */
export function said(command: (terminal: Terminal) => number): { code: number; said: readonly string[] } {
  const { terminal, said: lines } = keptTerminal();
  return { code: command(terminal), said: lines };
}

/** The same of a command that takes its time. */
export async function saidLater(
  command: (terminal: Terminal) => Promise<number>,
): Promise<{ code: number; said: readonly string[] }> {
  const { terminal, said: lines } = keptTerminal();
  return { code: await command(terminal), said: lines };
}

/** What `card check` says of folders; paths of the machine are left out. */
export function checked(folders: NamedFolders): Checked {
  const said: string[] = [];
  const faults: string[] = [];
  const short = (line: string): string =>
    line
      .replaceAll(folders.cardsDir, 'cards')
      .replaceAll(folders.fixturesDir, 'fhir-fixtures')
      .replaceAll(folders.docsDir, 'docs/cards');
  const code = checkCards(folders, {
    log: (line) => said.push(short(line)),
    error: (line) => faults.push(short(line)),
  });
  return { code, said, faults };
}

/** The check of the standing library with `cards` and `fixtures` written over it after its files were generated. */
export function checkedWith(cards: Files, more: Files = {}): Checked {
  const folders = standingFolders();
  writeFiles(folders.cardsDir, cards);
  writeFiles(folders.fixturesDir, more);
  return checked(folders);
}
