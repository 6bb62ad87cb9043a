/** What the facts' own cases are given: fixtures, and twins of fixtures that differ in a few elements. */

import type { FhirResource } from 'fhir/r4.js';
import { z } from 'zod';
import { form } from '../src/library/strict-form.js';
import { readFixture } from './fixtures.js';

/** `set: {status: unknown, authoredOn: null}` writes some elements and leaves others out. */
const twin = form({
  of: z.string(),
  /** A case for each of them. */
  statuses: z.array(z.string()).min(1).optional(),
  set: z.record(z.string(), z.unknown()).default({}),
});

export const givenForm = z.array(z.union([z.string(), twin])).min(1);

/** A resource that a case is given: where it belongs is told by its name, as of a fixture. */
export interface Given {
  readonly name: string;
  readonly fixture: string;
  readonly set: Readonly<Record<string, unknown>>;
}

/** One list for each combination of the statuses that twins are to have. */
export function spelledOut(given: z.output<typeof givenForm>): readonly (readonly Given[])[] {
  return given.reduce<readonly (readonly Given[])[]>(
    (lists, item) => lists.flatMap((list) => eachOf(item).map((one) => [...list, one])),
    [[]],
  );
}

function eachOf(item: z.output<typeof givenForm>[number]): readonly Given[] {
  if (typeof item === 'string') return [{ name: item, fixture: item, set: {} }];
  const { of, statuses, set } = item;
  const sets = statuses === undefined ? [set] : statuses.map((status) => ({ ...set, status }));
  return sets.map((one) => ({ name: `${of} ${JSON.stringify(one)}`, fixture: of, set: one }));
}

/** @throws Error naming the fixture when it cannot be read */
export function resourceOf({ fixture, set }: Given, fixturesDir: string): FhirResource {
  const merged: Record<string, unknown> = { ...readFixture(fixturesDir, fixture), ...set };
  const kept = Object.entries(merged).filter(([, value]) => value !== null);
  // Held against the definitions of R4 like any fixture.
  return Object.fromEntries(kept) as unknown as FhirResource;
}
