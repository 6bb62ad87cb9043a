/** What the tests of whole calls share: the service on the frozen day, and prefetch that was read in full. */

import supertest from 'supertest';
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

/** What a call says beside what all say. */
export interface Said {
  readonly hook?: string;
  readonly context?: Json;
  readonly prefetch?: unknown;
  /** Members beside these. */
  readonly top?: Json;
}

export interface ShownCard {
  readonly indicator: string;
  readonly detail: string;
  readonly source: { readonly topic: { readonly code: string } };
  readonly suggestions?: readonly unknown[];
}

/** The cards of a call about the patient of the calls, which must be answered with 200. */
export async function cardsOfCall(
  app: ReturnType<typeof serviceOfTheFrozenDay>,
  { hook = 'order-sign', context, prefetch, top }: Said,
): Promise<readonly ShownCard[]> {
  const answer = await supertest(app)
    .post(`/cds-services/rx-distinct-${hook}`)
    .send({
      hook,
      hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
      context: { userId: 'Practitioner/p', patientId: 'patient-1', ...context },
      ...(prefetch === undefined ? {} : { prefetch }),
      ...top,
    })
    .expect(200);
  return (answer.body as { cards: readonly ShownCard[] }).cards;
}

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
