/** A token counts once: over HTTP, and what is remembered of it, for how long and how much. */

import { describe, expect, test } from '@jest/globals';
import { type ClaimShared, memoryReplayStore, sharedReplayStore } from '../../src/clients/replay.js';
import { keptLog } from '../support/log.js';
import { keys, NOW, OTHER_ISSUER, REFUSAL, service, token } from './support.js';

describe('J17 a token', () => {
  test('is refused the second time, and the next one is taken', async () => {
    const started = await service();
    const once = token();
    expect((await started.call(once)).status).toBe(200);
    const again = await started.call(once);
    expect([again.status, again.text]).toEqual([401, REFUSAL]);
    expect((await started.call(token())).status).toBe(200);
    expect(started.lines.find(({ level }) => level === 'warn')?.facts['reason']).toBe(
      'the token was used before',
    );
  });

  test('sent twenty times at once is taken once', async () => {
    const started = await service();
    const once = token();
    const answers = await Promise.all(Array.from({ length: 20 }, () => started.call(once)));
    const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 401)]);
  });

  test('is refused again with the same jti and other times', async () => {
    const started = await service();
    expect((await started.call(token({ claims: { jti: 'same' } }))).status).toBe(200);
    expect((await started.call(token({ claims: { jti: 'same', exp: NOW + 900 } }))).status).toBe(401);
  });

  test('of another client may have the same jti', async () => {
    const started = await service();
    expect((await started.call(token({ claims: { jti: 'same' } }))).status).toBe(200);
    const other = {
      claims: { jti: 'same', iss: OTHER_ISSUER },
      header: { kid: 'other' },
      key: keys.other.privateKey,
    };
    expect((await started.call(token(other))).status).toBe(200);
  });

  test('J19 with a blank after it is the same token', async () => {
    const started = await service();
    const once = token();
    expect((await started.call(`${once} `)).status).toBe(200);
    expect((await started.call(`${once}\t`)).status).toBe(401);
    expect((await started.call(once)).status).toBe(401);
  });

  test('that is refused for another reason is not remembered', async () => {
    const started = await service();
    const claims = { jti: 'mine' };
    expect((await started.call(token({ claims, key: keys.attacker.privateKey }))).status).toBe(401);
    expect((await started.call(token({ claims }))).status).toBe(200);
  });

  test('J17 that another replica has taken is refused here, when they share a store', async () => {
    const replay = memoryReplayStore(() => NOW * 1_000);
    const [one, two] = [await service({ replay }), await service({ replay })];
    const once = token();
    expect((await one.call(once)).status).toBe(200);
    expect((await two.call(once)).status).toBe(401);
  });

  test('cannot be taken when nothing can be remembered: 503', async () => {
    const started = await service({ replay: { claim: () => Promise.resolve('full') } });
    const { status, headers } = await started.call(token());
    expect([status, headers['retry-after']]).toEqual([503, '30']);
    expect(started.arrivals).toEqual([]);
  });
});

describe('the store in memory', () => {
  const at = { ms: 0 };
  const small = (most: number) => memoryReplayStore(() => at.ms, most);

  test('tells issuer and jti apart, wherever the border between them is', () => {
    const store = small(10);
    expect(store.claim('a', 'bc', 100)).toBe('new');
    expect(store.claim('ab', 'c', 100)).toBe('new');
    expect(store.claim('a', 'bc', 100)).toBe('seen');
  });

  test('remembers until the token has expired, and forgets within half a minute after', () => {
    at.ms = 0;
    const store = small(10);
    expect(store.claim('a', 'b', 1_000)).toBe('new');
    at.ms = 1_000_000;
    expect(store.claim('a', 'b', 1_100)).toBe('seen');
    at.ms = 1_030_000;
    expect(store.claim('a', 'b', 1_100)).toBe('new');
  });

  test('J18 never drops what is still valid: it is full, until something expires', () => {
    at.ms = 0;
    const store = small(1_000);
    const claims = Array.from({ length: 1_100 }, (_, index) => store.claim('a', String(index), 100 + index));
    expect([claims.filter((one) => one === 'new').length, claims.at(-1)]).toEqual([1_000, 'full']);
    expect(store.claim('a', '0', 100)).toBe('seen');
    at.ms = 200_000;
    expect(store.claim('a', 'later', 1_500)).toBe('new');
  });

  test('J18 a million ids take bounded memory', () => {
    at.ms = 0;
    const store = memoryReplayStore(() => at.ms);
    const before = process.memoryUsage().heapUsed;
    const full = Array.from({ length: 1_000_000 }, (_, index) => store.claim('iss', `${index}`, 900)).filter(
      (one) => one === 'full',
    );
    expect(full).toHaveLength(500_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(256 * 1024 * 1024);
  });
});

describe('what several processes share', () => {
  const own = () => memoryReplayStore(() => NOW * 1_000);
  const claim = (shared: ClaimShared) => {
    const { lines, log } = keptLog();
    const store = sharedReplayStore(own(), shared, log);
    return { lines, claim: () => store.claim('iss', 'jti', NOW + 300) };
  };

  test('refuses what another process has taken, under a name that tells neither iss nor jti', async () => {
    const asked: string[] = [];
    const { claim: claimOnce } = claim(async (id) => {
      asked.push(id);
      return 'seen';
    });
    expect(await claimOnce()).toBe('seen');
    expect(asked).toEqual([expect.stringMatching(/^[\w+/]{22}$/)]);
  });

  test('is not asked for what this process has taken itself', async () => {
    let asked = 0;
    const { claim: claimOnce } = claim(async () => {
      asked += 1;
      return 'new';
    });
    expect([await claimOnce(), await claimOnce(), asked]).toEqual(['new', 'seen', 1]);
  });

  test.each<[string, ClaimShared]>([
    ['fails', () => Promise.reject(new Error('gone'))],
    ['does not answer', () => new Promise(() => undefined)],
  ])('holds nothing up when it %s: this process counts on itself, and the log says so', async (_, shared) => {
    const { lines, claim: claimOnce } = claim(shared);
    expect([await claimOnce(), await claimOnce()]).toEqual(['new', 'seen']);
    expect(lines).toEqual([
      {
        level: 'warn',
        facts: {},
        message: 'whether a token was used at another replica could not be told',
      },
    ]);
  });
});
