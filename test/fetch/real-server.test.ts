/** Against a real FHIR server: every example request brings the same cards by prefetch and by fetch. */

import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { openPrefetchValue } from '../../src/record/prefetch-value.js';
import type { Stored } from './fhir-search-server.js';
import { medplumServer } from './medplum-server.js';
import { asking, type Call, example, fhirServer, service } from './support.js';

const UNHURRIED = { ANSWER_MS: '10000' };
const names = [
  ...readdirSync('fhir-fixtures/requests'),
  ...readdirSync('fhir-fixtures/versions/r4').map((file) => `r4/${file}`),
].map((file) => file.replace('.json', ''));

// Its definitions take seconds to load: before the tests, none of which is about that.
await medplumServer([]);

const holding = async (call: Call) => {
  const stored = Object.values(call.prefetch).flatMap((value) => openPrefetchValue(value).resources);
  return fhirServer(await medplumServer(stored as unknown as readonly Stored[]));
};

describe('a real FHIR server', () => {
  test.each(names.filter((name) => Object.keys(example(name).prefetch).length > 0))(
    '(%s) brings by fetch the very cards that prefetch brings',
    async (name) => {
      const call = example(name);
      const server = await holding(call);
      const tested = await service(UNHURRIED);
      const fetched = await tested.call(asking(server, call, ...Object.keys(call.prefetch)));
      expect(fetched.cards).toEqual((await tested.call(call)).cards);
    },
  );

  test('is asked for what the cards need and finds it', async () => {
    const call = example('cyclobenzaprine-with-phenelzine');
    const server = await holding(call);
    const fetched = await (await service(UNHURRIED)).call(
      asking(server, call, ...Object.keys(call.prefetch)),
    );
    expect(fetched.topics).toEqual(['critical cyclobenzaprine-with-maoi']);
    expect(server.asked.length).toBeGreaterThanOrEqual(Object.keys(call.prefetch).length);
  });
});
