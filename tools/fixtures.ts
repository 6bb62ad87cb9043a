/** Reads `fhir-fixtures/`: one synthetic resource a file, named by its path without ending. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { FhirResource } from 'fhir/r4.js';

/** The day on which every fixture's dates make sense; cases are judged as if it were noon of that day. */
export const FIXTURES_NOW = '2026-11-22T12:00:00.000Z';

/** @throws Error naming the fixture when there is no such file or it is not JSON */
export function readFixture(fixturesDir: string, name: string): FhirResource {
  try {
    return JSON.parse(readFileSync(join(fixturesDir, `${name}.json`), 'utf8')) as FhirResource;
  } catch (error) {
    throw new Error(`fixture ${name}: ${error instanceof Error ? error.message : 'could not be read'}`, {
      cause: error,
    });
  }
}

/** Names of all fixtures of single resources; whole hook calls below `requests/` and `versions/` are left out. */
export function fixtureNames(fixturesDir: string): readonly string[] {
  return allNames(fixturesDir).filter((name) => !/^(requests|versions)\//.test(name));
}

/** Names of the whole hook calls in R4, and in R4B, which writes our resources alike. */
export function callNames(fixturesDir: string): readonly string[] {
  return allNames(fixturesDir).filter((name) => /^(requests|versions\/r4b?)\//.test(name));
}

function allNames(fixturesDir: string): readonly string[] {
  return readdirSync(fixturesDir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.split(sep).join('/').slice(0, -'.json'.length))
    .sort();
}
