/** Fixtures that cases name and nobody can read: told at the place of the name, with the nearest one. */

import { didYouMean } from '../src/library/fault.js';
import type { CardCases } from './cases.js';
import { fixtureNames, readFixture } from './fixtures.js';
import { expectations } from './judge-case.js';

/** One name that leads nowhere. */
export interface Misnamed {
  /** Path within the file of the cases, beginning with the kind and the number of the case. */
  readonly at: readonly PropertyKey[];
  readonly message: string;
}

export function misnamedIn(cases: CardCases, fixturesDir: string): readonly Misnamed[] {
  const known = fixtureNames(fixturesDir);
  const within = (names: readonly string[], at: readonly PropertyKey[]): readonly Misnamed[] =>
    names.flatMap((name, index) => {
      const message = fixtureFault(name, known, fixturesDir);
      return message === undefined ? [] : [{ at: [...at, index], message }];
    });
  return expectations.flatMap((kind) =>
    cases[kind].flatMap((one, index) => [
      ...within(one.given, [kind, index, 'given']),
      ...within(one.selections ?? [], [kind, index, 'selections']),
    ]),
  );
}

/** What is wrong with a fixture of this name, if anything. */
export function fixtureFault(
  name: string,
  known: readonly string[],
  fixturesDir: string,
): string | undefined {
  if (!known.includes(name)) return `no fixture is named "${name}"${didYouMean(name, known)}`;
  try {
    readFixture(fixturesDir, name);
    return undefined;
  } catch {
    return `fixture "${name}" is not JSON`;
  }
}
