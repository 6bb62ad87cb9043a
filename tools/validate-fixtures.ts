/** Holds every fixture in R4, alone or inside a hook call, against the official definitions, offline. */

import { Fhir } from 'fhir';
import { calendarFaults } from './calendar.js';
import { callNames, fixtureNames, readFixture } from './fixtures.js';

/** Calls with a draft that is begun and names no drug yet, as clients send them: elements may be missing. */
const unfinished: ReadonlySet<string> = new Set(['requests/order-without-a-medication']);

/** One sentence for each fault of a fixture: which element, and what is wrong. */
export function invalidFixtures(fixturesDir: string): readonly string[] {
  const fhir = new Fhir();
  return [...fixtureNames(fixturesDir), ...callNames(fixturesDir)].flatMap((name) =>
    faultsOf(fixturesDir, name, fhir).map((fault) => `${fixturesDir}/${name}.json: ${fault}`),
  );
}

function faultsOf(fixturesDir: string, name: string, fhir: Fhir): readonly string[] {
  let held: unknown;
  try {
    held = readFixture(fixturesDir, name);
  } catch {
    return ['is not JSON'];
  }
  return resourcesIn(held).flatMap((resource) =>
    faultsOfResource(resource, fhir).filter(
      (fault) => !(unfinished.has(name) && fault.endsWith('Missing property')),
    ),
  );
}

/** One sentence for each fault of a resource. */
export function faultsOfResource(resource: Resource, fhir: Fhir): readonly string[] {
  return [
    ...definitionFaults(resource, fhir).map((fault) => `is not FHIR R4: ${fault}`),
    ...calendarFaults(resource, String(resource.resourceType)),
  ];
}

interface Resource {
  readonly resourceType: unknown;
}

/** The outermost resources: a Bundle is judged with what it holds. */
function resourcesIn(value: unknown): readonly Resource[] {
  if (typeof value !== 'object' || value === null) return [];
  return 'resourceType' in value ? [value] : Object.values(value).flatMap(resourcesIn);
}

function definitionFaults(resource: Resource, fhir: Fhir): readonly string[] {
  const { messages } = fhir.validate(withTrueFlags(resource), { errorOnUnexpected: true });
  return messages
    .filter(({ severity }) => ['error', 'fatal'].includes(String(severity)))
    .map(({ location, message }) => `${location ?? ''}: ${message ?? ''}`);
}

/** The validator takes a flag that is false for a missing element. */
function withTrueFlags(resource: Resource): string {
  return JSON.stringify(resource, (_, value: unknown) => (value === false ? true : value));
}
