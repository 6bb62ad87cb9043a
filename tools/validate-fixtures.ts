/** Holds every fixture against the official R4 definitions, offline. */

import type { FhirResource } from 'fhir/r4.js';
import { Fhir } from 'fhir';
import { readFixture } from './fixtures.js';

/** One sentence for each fault of a fixture: which element, and what is wrong. */
export function invalidFixtures(fixturesDir: string, names: readonly string[]): readonly string[] {
  const fhir = new Fhir();
  return names.flatMap((name) =>
    faultsOf(readFixture(fixturesDir, name), fhir).map(
      (fault) => `${fixturesDir}/${name}.json: is not FHIR R4: ${fault}`,
    ),
  );
}

function faultsOf(resource: FhirResource, fhir: Fhir): readonly string[] {
  const { messages } = fhir.validate(withTrueFlags(resource), { errorOnUnexpected: true });
  return messages
    .filter(({ severity }) => ['error', 'fatal'].includes(String(severity)))
    .map(({ location, message }) => `${location ?? ''}: ${message ?? ''}`);
}

/** The validator takes a flag that is false for a missing element. */
function withTrueFlags(resource: FhirResource): string {
  return JSON.stringify(resource, (_, value: unknown) => (value === false ? true : value));
}
