/** The same cards, whether the client sends the record or the service fetches it: every example request, against a FHIR server. */

import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { openPrefetchValue } from '../../src/record/prefetch-value.js';
import { asking, type Call, example, fhirServer, service } from './support.js';
import { fhirSearchServer, type Stored } from './fhir-search-server.js';

const UNHURRIED = { ANSWER_MS: '10000' };
const versions = ['dstu2', 'stu3', 'r4', 'r4b', 'r5'];
const names = [
  ...readdirSync('fhir-fixtures/requests'),
  ...versions.flatMap((version) =>
    readdirSync(`fhir-fixtures/versions/${version}`).map((file) => `${version}/${file}`),
  ),
].map((file) => file.replace('.json', ''));
const sent = names.filter((name) => Object.keys(example(name).prefetch).length > 0);

/** Everything the call holds of the patient, on a server. */
const holding = (call: Call) => {
  const stored = Object.values(call.prefetch).flatMap((value) => openPrefetchValue(value).resources);
  return fhirServer(fhirSearchServer(stored as unknown as readonly Stored[]));
};

describe('a call without prefetch', () => {
  test.each(sent)('(%s) brings the very cards of the call with it', async (name) => {
    const call = example(name);
    const server = await holding(call);
    const tested = await service(UNHURRIED);
    const prefetched = await tested.call(call);
    const fetched = await tested.call(asking(server, call, ...Object.keys(call.prefetch)));
    expect(fetched.cards).toEqual(prefetched.cards);
  });

  test.each(sent)('(%s) with half of its prefetch does as well', async (name) => {
    const call = example(name);
    const server = await holding(call);
    const tested = await service(UNHURRIED);
    const half = Object.keys(call.prefetch).filter((_, position) => position % 2 === 0);
    const fetched = await tested.call(asking(server, call, ...half));
    expect(fetched.cards).toEqual((await tested.call(call)).cards);
  });

  test('of a hook without orders does as well', async () => {
    const signed = example('both-relaxants-drafted');
    const taken = example('baclofen-in-place-of-cyclobenzaprine').prefetch;
    const call = {
      ...signed,
      hook: 'patient-view',
      context: { patientId: 'patient-1', userId: 'Practitioner/1' },
      prefetch: taken,
    };
    const server = await holding(call);
    const tested = await service(UNHURRIED);
    const fetched = await tested.call(asking(server, call, ...Object.keys(taken)));
    expect(fetched.cards).toEqual((await tested.call(call)).cards);
    expect(server.asked.length).toBeGreaterThan(3);
  });

  test('of a patient the server does not know says that the patient was not found', async () => {
    const call = example('baclofen-without-prefetch');
    const server = await fhirServer(fhirSearchServer([]));
    const { topics, unread } = await (await service(UNHURRIED)).call(asking(server, call));
    expect(topics).toEqual([expect.stringMatching(/not-checked$/)]);
    expect(unread).toContain('patient details (not found in the record system)');
  });

  test('reads all pages of a long list', async () => {
    const call = example('out-of-scope-order-with-a-heavy-record');
    const heavy = await holding(call);
    const inScope = { ...call, context: example('baclofen-for-multiple-sclerosis').context };
    const tested = await service(UNHURRIED);
    const fetched = await tested.call(asking(heavy, inScope, 'medications', 'problems'));
    expect(fetched.unread).toBe((await tested.call(inScope)).unread);
    expect(heavy.asked.length).toBeGreaterThan(1);
  });
});
