/** What the tests of whole calls share: the service on the frozen day, and prefetch that was read in full. */

import { createApp } from '../../src/app.js';
import { loadConfig } from '../../src/config.js';
import { createPipeline } from '../../src/pipeline.js';
import { FIXTURES_NOW } from '../../tools/fixtures.js';

export type Json = Record<string, unknown>;

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The whole service on the frozen day of the fixtures, without a listener. */
export function serviceOfTheFrozenDay(environment: Readonly<Record<string, string>> = {}) {
  const config = loadConfig(environment);
  const clock = () => new Date(FIXTURES_NOW);
  const pipeline = createPipeline({ config, log: quiet, clock, uuid: () => crypto.randomUUID() });
  return createApp({ ...pipeline, config, log: quiet, ready: () => true });
}

export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';

/** A draft of the patient of the calls. */
export const draftOrder = (medicationCodeableConcept: Json, more: Json = {}): Json => ({
  resourceType: 'MedicationRequest',
  id: 'draft-1',
  status: 'draft',
  intent: 'order',
  medicationCodeableConcept,
  subject: { reference: 'Patient/patient-1' },
  ...more,
});

export const searchset = (...resources: object[]): Json => ({
  resourceType: 'Bundle',
  type: 'searchset',
  total: resources.length,
  entry: resources.map((resource) => ({ resource })),
});

/** Every advertised key, read and empty. */
export const emptyPrefetch: Json = {
  medications: searchset(),
  statements: searchset(),
  dispenses: searchset(),
  administrations: searchset(),
  problems: searchset(),
  allergies: searchset(),
  egfr: searchset(),
};
