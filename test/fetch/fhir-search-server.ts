/**
 * A small FHIR server of the tests: reads, and searches by patient, code, order of dates and count, in pages and in any
 * FHIR version; 400 to anything else the service may not ask. The real one, for R4 alone, is `medplum-server.ts`.
 */

import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';

export interface Stored {
  readonly resourceType: string;
  readonly id: string;
  readonly [element: string]: unknown;
}

const PAGE = 3;
const known = new Set(['patient', 'code', '_sort', '_sort:desc', '_count', '_offset']);

interface Reference {
  readonly reference?: string;
}

interface Coded {
  readonly coding?: readonly { readonly system?: string; readonly code?: string }[];
}

function isOf(resource: Stored, patient: string): boolean {
  const owner = (resource['subject'] ?? resource['patient']) as Reference | undefined;
  return owner?.reference === `Patient/${patient}`;
}

function hasCode(resource: Stored, tokens: readonly string[]): boolean {
  const { coding = [] } = (resource['code'] ?? {}) as Coded;
  return coding.some(({ system, code }) => tokens.includes(`${system}|${code}`));
}

function newestFirst(one: Stored, other: Stored): number {
  return String(other['effectiveDateTime']).localeCompare(String(one['effectiveDateTime']));
}

function search(resources: readonly Stored[], type: string, asked: URLSearchParams): readonly Stored[] {
  const codes = asked.get('code')?.split(',');
  const found = resources
    .filter(({ resourceType }) => resourceType === type)
    .filter((resource) => isOf(resource, asked.get('patient') ?? ''))
    .filter((resource) => codes === undefined || hasCode(resource, codes));
  return asked.get('_sort') === '-date' || asked.get('_sort:desc') === 'date'
    ? [...found].sort(newestFirst)
    : found;
}

export function fhirSearchServer(resources: readonly Stored[]): Express {
  const app = express();
  app.get('/fhir/:type/:id', (request, response) => {
    const { type, id } = request.params;
    const found = resources.find((one) => one.resourceType === type && one.id === id);
    response.status(found === undefined ? 404 : 200);
    response
      .type('application/fhir+json')
      .send(JSON.stringify(found ?? { resourceType: 'OperationOutcome' }));
  });
  app.get('/fhir/:type', (request, response) => {
    const { port } = request.socket.address() as AddressInfo;
    const url = new URL(request.url, `http://127.0.0.1:${port}`);
    const asked = url.searchParams;
    const isKnown = [...asked.keys()].every((name) => known.has(name));
    const found = search(resources, request.params.type, asked);
    const offset = Number(asked.get('_offset') ?? 0);
    const size = Number(asked.get('_count') ?? PAGE);
    const link = [{ relation: 'self', url: url.href }];
    if (offset + size < found.length) {
      const next = new URL(url);
      next.searchParams.set('_offset', String(offset + size));
      link.push({ relation: 'next', url: next.href });
    }
    const entry = found
      .slice(offset, offset + size)
      .map((resource) => ({ resource, search: { mode: 'match' } }));
    response.status(isKnown && asked.has('patient') ? 200 : 400).type('application/fhir+json');
    response.send(
      JSON.stringify({ resourceType: 'Bundle', type: 'searchset', total: found.length, link, entry }),
    );
  });
  return app;
}
