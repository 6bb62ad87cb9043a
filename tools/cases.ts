/** The cases beside the cards: reads them, makes each a hook call of fixtures, and judges it by the whole pipeline. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FhirResource } from 'fhir/r4.js';
import { z } from 'zod';
import { type HookRequest, hookNames } from '../src/cdshooks/protocol.js';
import { type RecordType, recordTypes } from '../src/cdshooks/record-type.js';
import type { Fault } from '../src/library/fault.js';
import { form } from '../src/library/strict-form.js';
import { readYamlFile, shapeOf } from '../src/library/yaml-file.js';

const unreadNames = {
  patient: ['Patient'],
  medications: ['MedicationRequest', 'MedicationStatement', 'MedicationDispense', 'MedicationAdministration'],
  problems: ['Condition'],
  results: ['Observation'],
  allergies: ['AllergyIntolerance'],
} as const satisfies Readonly<Record<string, readonly RecordType[]>>;
type UnreadName = keyof typeof unreadNames;

export const caseForm = form({
  case: z.string().min(1),
  /** Fixtures by path; those below `orders/` are the drafts and stops of the call, all others its record. */
  given: z.array(z.string()).min(1),
  unread: z.array(z.enum(Object.keys(unreadNames) as [UnreadName, ...UnreadName[]])).default([]),
  hook: z.enum(hookNames).default('order-sign'),
  /** For order-select: fixtures of the orders selected. */
  selections: z.array(z.string()).optional(),
  indicator: z.enum(['info', 'warning', 'critical']).optional(),
  /** Words the summary or detail must hold, and words it must not hold. */
  says: z.array(z.string()).default([]),
  'says not': z.array(z.string()).default([]),
  /** Labels of the suggestions, all of them, in order. */
  suggests: z.array(z.string()).optional(),
});
export type CardCase = z.infer<typeof caseForm>;

const casesForm = form({
  shown: z.array(caseForm).min(1, 'expected at least one case in which the card is shown'),
  silent: z.array(caseForm).min(1, 'expected at least one case in which the card is silent'),
  unknown: z.array(caseForm).default([]),
});
export type CardCases = z.infer<typeof casesForm>;

const nothing: CardCases = { shown: [], silent: [], unknown: [] };

/** The cases of a card; faults carry their line. */
export function readCases(cardsDir: string, card: string): { cases: CardCases; faults: readonly Fault[] } {
  const file = `${card}.cases.yaml`;
  if (!existsSync(join(cardsDir, file))) {
    return {
      cases: nothing,
      faults: [
        {
          file: `${card}.yaml`,
          line: 1,
          message: `has no cases: write ${file} with shown, silent and unknown`,
        },
      ],
    };
  }
  const { value, faults } = shapeOf(readYamlFile(cardsDir, file), casesForm);
  return { cases: value ?? nothing, faults };
}

/** Types a case leaves unread. */
export function unreadTypes(one: CardCase): ReadonlySet<RecordType> {
  return new Set(one.unread.flatMap((name): readonly RecordType[] => unreadNames[name]));
}

/** Prefetch keys of the order hooks by type; a case sends a Bundle, empty or not, for every type it does not leave unread. */
export function requestOf(
  one: CardCase,
  read: (fixture: string) => FhirResource,
  keys: ReadonlyMap<string, RecordType>,
): HookRequest {
  const orders = one.given.filter((name) => name.startsWith('orders/')).map(read);
  const rest = one.given.filter((name) => !name.startsWith('orders/')).map(read);
  const unread = unreadTypes(one);
  const prefetch: Record<string, unknown> = {};
  for (const [key, type] of keys) {
    if (!unread.has(type))
      prefetch[key] = searchset(rest.filter((resource) => resource.resourceType === type));
  }
  const others = rest.filter(
    (resource) => !(recordTypes as readonly string[]).includes(resource.resourceType),
  );
  return {
    hook: one.hook,
    serviceId: `rx-distinct-${one.hook}`,
    hookInstance: '00000000-0000-4000-8000-000000000000',
    patientId: rest.find((resource) => resource.resourceType === 'Patient')?.id ?? 'patient-1',
    orders,
    siblings: others,
    ...(one.selections === undefined
      ? {}
      : { selections: one.selections.map((name) => `MedicationRequest/${read(name).id}`) }),
    prefetch,
  };
}

function searchset(resources: readonly FhirResource[]): unknown {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: resources.length,
    entry: resources.map((resource) => ({ resource })),
  };
}
