/** Medication resources as the tests of the record write them. */

import type { MedicationRequest } from 'fhir/r4.js';
import type { MedicationResource } from '../../src/record/record.js';

export const TODAY = '2026-11-22';

export const request = (more: object): MedicationRequest => ({
  resourceType: 'MedicationRequest',
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/1' },
  ...more,
});

export const other = (resourceType: string, more: object) =>
  ({ resourceType, ...more }) as unknown as MedicationResource;
