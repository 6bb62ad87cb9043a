/** All files of cases: what stands in them, which of it can be judged, and what is wrong with the rest. */

import { readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { didYouMean } from '../src/library/fault.js';
import { cardPaths } from '../src/library/card-files.js';
import { type CardCases, readCases } from './cases.js';
import type { Folders } from './folders.js';
import { misnamedIn } from './fixture-faults.js';
import { expectations } from './judge-case.js';
import { placeOf } from './place.js';

const ENDING = '.cases.yaml';

export interface CaseFiles {
  /** By path of the card: the cases as written. */
  readonly written: ReadonlyMap<string, CardCases>;
  /** Those whose fixtures can be read. */
  readonly readable: ReadonlyMap<string, CardCases>;
  readonly faults: readonly string[];
  /** A case names a fixture that cannot be read: which others are used is then not known. */
  readonly isMisnamed: boolean;
}

export function readCaseFiles(folders: Folders): CaseFiles {
  const { cardsDir, fixturesDir } = folders;
  const paths = cardPaths(cardsDir);
  const read = paths.map((path) => ({ path, ...readCases(cardsDir, path) }));
  const misnamed = read.flatMap(({ path, cases }) =>
    misnamedIn(cases, fixturesDir).map((fault) => ({ path, ...fault })),
  );
  const isReadable = (path: string, kind: string, index: number): boolean =>
    !misnamed.some((fault) => fault.path === path && fault.at[0] === kind && fault.at[1] === index);
  const readable = read.map(({ path, cases }): readonly [string, CardCases] => {
    const kept = expectations.map((kind) => [
      kind,
      cases[kind].filter((_, index) => isReadable(path, kind, index)),
    ]);
    return [path, Object.fromEntries(kept) as CardCases];
  });
  return {
    written: new Map(read.map(({ path, cases }) => [path, cases])),
    readable: new Map(readable),
    faults: [
      ...read.flatMap(({ faults }) => faults.map(({ file, line, message }) => `${file}:${line} ${message}`)),
      ...misnamed.map(({ path, at, message }) => `${placeOf(cardsDir, `${path}${ENDING}`, at)} ${message}`),
      ...orphans(cardsDir, paths),
    ],
    isMisnamed: misnamed.length > 0,
  };
}

function orphans(cardsDir: string, paths: readonly string[]): readonly string[] {
  return readdirSync(cardsDir, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => file.endsWith(ENDING) && !file.startsWith('vocabulary/'))
    .map((file) => file.slice(0, -ENDING.length))
    .filter((path) => !paths.includes(path))
    .map(
      (path) => `${path}${ENDING}:1 belongs to no card: ${path}.yaml is not there${didYouMean(path, paths)}`,
    );
}
