/** A library grown by generated cards: other drugs and other facts, as a library for more pairs would hold them. */

import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Cards of one generated drug, as there are of ours: 43 on two. */
const CARDS_OF_A_DRUG = 20;
const DRUGS_OF_A_FACT = 4;
/** Beyond every code of RxNorm, so that no call means one. */
const FIRST_CODE = 90_000_000;

/** @returns the folder, a copy of `cards/` with so many cards more */
export function grownLibrary(folder: string, more: number): string {
  const cards = join(folder, `cards-${more}`);
  cpSync('cards', cards, { recursive: true });
  const drugs = Math.ceil(more / CARDS_OF_A_DRUG);
  const names = Array.from({ length: drugs }, (_, position) => `bench drug ${position}`);
  writeDrugs(cards, names);
  writeFacts(cards, Math.ceil(drugs / DRUGS_OF_A_FACT));
  mkdirSync(join(cards, 'bench'));
  for (let position = 0; position < more; position += 1) {
    const drug = Math.floor(position / CARDS_OF_A_DRUG);
    writeFileSync(join(cards, 'bench', `card-${position}.yaml`), cardOf(position, drug));
  }
  return cards;
}

function writeDrugs(cards: string, names: readonly string[]): void {
  const path = join(cards, 'vocabulary/drugs.yaml');
  const lines = names.map(
    (name, position) => `  ${name}: {rxnorm: {"${FIRST_CODE + position}": ${name}}, names: [Benchname${position}]}`,
  );
  writeFileSync(path, readFileSync(path, 'utf8').replace('drugs:\n', `drugs:\n${lines.join('\n')}\n`));
  const codes = names.map((name, position) => `rxnorm,${FIRST_CODE + position},${name}\n`);
  appendFileSync(join(cards, 'vocabulary/codes.csv'), codes.join(''));
}

function writeFacts(cards: string, count: number): void {
  const facts = Array.from({ length: count }, (_, position) =>
    [
      `bench problem ${position} beyond:`,
      '  asks: A generated question about {limit}.',
      '  takes: {limit: duration}',
      '  needs: patient',
      '  uses: [date of birth]',
      '  let: {bornBy: today minus limit}',
      `  find: where(birthDate <= %bornBy.toDate() and birthDate.exists() and ${position} >= 0)`,
      '  unclear: where((birthDate <= %bornBy.toDate()).empty())',
      '  doubt: the date of birth',
      '',
    ].join('\n'),
  );
  appendFileSync(join(cards, 'vocabulary/facts.yaml'), `\n${facts.join('\n')}`);
}

function cardOf(position: number, drug: number): string {
  const fact = Math.floor(drug / DRUGS_OF_A_FACT);
  return `title: Generated card ${position}
why: It makes the library larger, and says nothing.
evidence: [seed]
claims: []
when:
  - ordering: bench drug ${drug}
    all: [{bench problem ${fact} beyond: ${20 + (position % CARDS_OF_A_DRUG)} years}]
card:
  indicator: info
  summary: A generated card about bench drug ${drug}.
  detail: It says nothing.
  override: [noted]
governance: {version: 1.0.0, status: active, revised: 2026-11-22, expires: 2027-11-22}
`;
}
