/** `card new`: a card and its cases to begin with, filled with what only a clinician can write marked as missing. */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isCardName } from '../src/library/card-files.js';
import type { Terminal } from './check-cards.js';
import type { Folders } from './folders.js';

/** Never overwrites. The new card does not pass the check until its gaps are filled. */
export function newCard({ cardsDir, today }: Folders, terminal: Terminal, [path]: readonly string[]): number {
  const names = path?.split('/') ?? [];
  if (path === undefined || names.length !== 2 || !names.every(isCardName)) {
    terminal.error('expected a path of two words in small letters, such as cyclobenzaprine/with-something');
    return 2;
  }
  const file = join(cardsDir, `${path}.yaml`);
  if (existsSync(file)) {
    terminal.error(`${file} exists already: choose another name, or edit it`);
    return 2;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, cardText(path, today));
  writeFileSync(join(cardsDir, `${path}.cases.yaml`), CASES);
  terminal.log(`${file} and its cases are begun; fill the gaps, then run npm run card check`);
  return 0;
}

function cardText(path: string, today: string): string {
  const [drug = ''] = path.split('/');
  const nextYear = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
  return `# yaml-language-server: $schema=../card.schema.json
title: ${path}
why:
evidence: []
when:
  - ordering: ${drug}
    all: []
card:
  indicator: info
  summary:
  detail:
  override: []
governance: {version: 1.0.0, status: draft, revised: ${today}, expires: ${nextYear}}
`;
}

const CASES = `shown:
  - case:
    given: []
silent:
  - case:
    given: []
unknown: []
`;
