/** Fixtures that cases name and nobody can read: told at the line of the case, with the nearest name. */

import { didYouMean } from '../src/library/fault.js';
import { readYamlFile } from '../src/library/yaml-file.js';
import type { CardCases } from './cases.js';
import type { Folders } from './check-cards.js';
import { fixtureNames, readFixture } from './fixtures.js';
import { expectations } from './judge-case.js';

export function fixtureFaults(
  card: string,
  cases: CardCases,
  { cardsDir, fixturesDir }: Folders,
): readonly string[] {
  const known = fixtureNames(fixturesDir);
  const file = `${card}.cases.yaml`;
  return expectations.flatMap((kind) =>
    cases[kind].flatMap((one, index) =>
      [...one.given, ...(one.selections ?? [])].flatMap((name) => {
        const fault = faultOf(name, known, fixturesDir);
        if (fault === undefined) return [];
        const position = one.given.indexOf(name);
        const path = position < 0 ? ['selections'] : ['given', position];
        return [`${file}:${readYamlFile(cardsDir, file).lineOf([kind, index, ...path])} ${fault}`];
      }),
    ),
  );
}

function faultOf(name: string, known: readonly string[], fixturesDir: string): string | undefined {
  if (!known.includes(name)) return `no fixture is named "${name}"${didYouMean(name, known)}`;
  try {
    readFixture(fixturesDir, name);
    return undefined;
  } catch {
    return `fixture "${name}" is not JSON`;
  }
}
