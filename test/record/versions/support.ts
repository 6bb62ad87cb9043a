/** What the tests of FHIR versions share: small resources and calls. */

import type { FhirResource } from 'fhir/r4.js';
import type { HookRequest } from '../../../src/cdshooks/protocol.js';
import { survey } from '../../../src/record/versions/survey.js';

export type Json = Record<string, unknown>;

export const TODAY = '2026-11-22';
export const patientReference = { reference: 'Patient/patient-1' };
export const baclofen = { text: 'baclofen' };

/** One order of each version that no other version could be. */
export const orders = {
  DSTU2: { resourceType: 'MedicationOrder', id: 'o', status: 'draft', patient: patientReference },
  STU3: {
    resourceType: 'MedicationRequest',
    id: 'o',
    status: 'draft',
    intent: 'order',
    medicationCodeableConcept: baclofen,
    context: { reference: 'Encounter/1' },
  },
  R4: {
    resourceType: 'MedicationRequest',
    id: 'o',
    status: 'draft',
    intent: 'order',
    medicationCodeableConcept: baclofen,
    encounter: { reference: 'Encounter/1' },
  },
  R5: {
    resourceType: 'MedicationRequest',
    id: 'o',
    status: 'draft',
    intent: 'order',
    medication: { concept: baclofen },
  },
} as const;

/** An order of which nothing tells whether it is STU3 or R4. */
export const plainOrder = {
  resourceType: 'MedicationRequest',
  id: 'o',
  status: 'draft',
  intent: 'order',
  medicationCodeableConcept: baclofen,
};

export function callOf(parts: {
  readonly orders?: readonly unknown[];
  readonly siblings?: readonly unknown[];
  readonly prefetch?: Json;
  readonly more?: Partial<HookRequest>;
}): HookRequest {
  return {
    hook: 'order-sign',
    serviceId: 'rx-distinct-order-sign',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    patientId: 'patient-1',
    orders: (parts.orders ?? []) as FhirResource[],
    siblings: (parts.siblings ?? []) as FhirResource[],
    prefetch: parts.prefetch ?? {},
    ...parts.more,
  };
}

export const bundle = (...resources: unknown[]): Json => ({
  resourceType: 'Bundle',
  type: 'searchset',
  total: resources.length,
  entry: resources.map((resource) => ({ resource })),
});

/** The version a call is told to be, or why it is none. */
export function versionOfCall(request: HookRequest): string {
  const { verdict, version } = survey(request);
  return verdict === 'one version' ? version : verdict;
}
