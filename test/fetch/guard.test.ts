/** When a FHIR server is spared, and whose failures count against it. */

import { describe, expect, test } from '@jest/globals';
import { ask } from '../../src/record/fetch/ask.js';
import { createGuard, FAIR_MS, type Guard } from '../../src/record/fetch/guard.js';
import type { Reply } from '../../src/record/fetch/http-client.js';
import { roomFor } from '../../src/record/fetch/room.js';

const SERVER = 'https://fhir.example.org/r4 a';
const late: Reply = { is: 'late' };
const failed: Reply = { is: 'status', status: 500, retryAfterMs: undefined };
const answered: Reply = { is: 'document', body: {} };

const asked = async (guard: Guard, leftMs: number, reply: Reply, times = 1) => {
  const replies = [];
  for (let time = 0; time < times; time += 1) {
    replies.push((await guard(SERVER, leftMs, () => Promise.resolve(reply))).is);
  }
  return replies;
};

describe('a server', () => {
  test('that was late again and again with a fair time to answer is spared', async () => {
    const guard = createGuard();
    await asked(guard, FAIR_MS, late, 20);
    expect(await asked(guard, FAIR_MS, answered)).toEqual(['spared']);
  });

  test('that had little time to answer is not blamed for being late', async () => {
    const guard = createGuard();
    expect(await asked(guard, FAIR_MS - 1, late, 30)).toEqual(Array(30).fill('late'));
    expect(await asked(guard, FAIR_MS, answered)).toEqual(['document']);
  });

  test('that fails at once is spared, however little time there was', async () => {
    const guard = createGuard();
    await asked(guard, FAIR_MS - 1, failed, 20);
    expect(await asked(guard, FAIR_MS, answered)).toEqual(['spared']);
  });

  test('that wants a pause of one client is still asked for another', async () => {
    const busy: Reply = { is: 'status', status: 429, retryAfterMs: 30_000 };
    const replies = [busy, answered];
    const talk = {
      base: { origin: 'https://fhir.example.org', path: '/r4' },
      token: undefined,
      until: performance.now() + 60_000,
      signal: new AbortController().signal,
      get: () => Promise.resolve(replies.shift() ?? answered),
      guard: createGuard(),
      room: roomFor(1_000),
    };
    const asking = (client: string) => ask(new URL('https://fhir.example.org/r4/x'), { ...talk, client });
    expect(await asking('a')).toEqual({ why: 'the record system is busy' });
    expect(await asking('b')).toEqual({ body: {} });
    expect(await asking('a')).toEqual({ why: 'the record system is busy' });
  });
});
