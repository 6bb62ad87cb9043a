/** Where keys come from: the registered address alone, seldom, with limits, and through outages. */

import type { ServerResponse } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { jwk, keyServer, keys, keySet, type Pair, rsa, REFUSAL, sending, service, token } from './support.js';

const withoutFirst = { keys: keySet.slice(1) };
const rotated = { keys: [...keySet, jwk(keys.attacker, { kid: 'new', alg: 'ES384' })] };
/** A key server that says nothing; tells whether the service still waits for it. */
const silence = () => {
  const state = { isGivenUp: false };
  const answer = (response: ServerResponse) => {
    response.on('close', () => {
      state.isGivenUp = true;
    });
  };
  return { answer, state };
};
const byNewKey = () => token({ header: { kid: 'new' }, key: keys.attacker.privateKey });

describe('J7 a jku that is not the registered one is refused and never fetched:', () => {
  test.each([
    (trap: string) => trap,
    (trap: string) => `${trap}/../jwks.json`,
    (trap: string) => `${trap}?x=1`,
    (trap: string) => trap.replace('127.0.0.1', 'localhost'),
    (trap: string) => trap.replace('http://', 'http://ehr.example.org@'),
    (trap: string) => trap.replace('http:', 'https:'),
    () => 'https://evil.example/jwks.json',
    () => 'https://ehr.example.evil/jwks.json',
    () => 'https://ehr.example@evil/jwks.json',
    () => 'http://169.254.169.254/latest/meta-data',
    () => 'file:///etc/passwd',
    () => '',
    () => null,
    () => ['https://evil.example/jwks.json'],
  ])('row %#', async (jkuOf) => {
    const trap = await keyServer(sending({ keys: [jwk(keys.attacker, { kid: 'es384', alg: 'ES384' })] }));
    const started = await service();
    const jku = jkuOf(trap.url);
    const refused = await started.call(token({ header: { jku }, key: keys.attacker.privateKey }));
    expect([refused.status, refused.text]).toEqual([401, REFUSAL]);
    const rightKey = await started.call(token({ header: { jku } }));
    expect([rightKey.status, rightKey.text]).toEqual([401, REFUSAL]);
    expect([trap.asked, started.keyServer.asked]).toEqual([[], []]);
    expect((await started.call(token())).status).toBe(200);
  });

  test('another path of the registered host', async () => {
    const started = await service();
    const jku = started.keyServer.url.replace('jwks.json', 'other.json');
    expect((await started.call(token({ header: { jku } }))).status).toBe(401);
    expect(started.keyServer.asked).toEqual([]);
  });
});

test('J7 the registered jku is taken', async () => {
  const started = await service();
  const { status } = await started.call(token({ header: { jku: started.keyServer.url } }));
  expect(status).toBe(200);
});

test('J7 a registered address that redirects is not followed', async () => {
  const trap = await keyServer();
  const started = await service({ answer: sending('', { Location: trap.url }, 302) });
  expect((await started.call(token())).status).toBe(503);
  expect(trap.asked).toEqual([]);
});

test('J8 a thousand unknown key ids bring one fetch in 30 s, and hold up nobody', async () => {
  const started = await service();
  await started.call(token());
  started.clock.now += 31;
  const unknown = Array.from({ length: 1_000 }, (_, index) =>
    started.call(token({ header: { kid: `k${index}` }, claims: { exp: started.clock.now + 60 } })),
  );
  const legal = await started.call(token());
  expect(legal.status).toBe(200);
  expect(new Set((await Promise.all(unknown)).map(({ status }) => status))).toEqual(new Set([401]));
  expect(started.keyServer.asked).toHaveLength(2);
});

test('J8 callers do not pile up behind a slow key server', async () => {
  const started = await service();
  await started.call(token());
  started.clock.now += 31;
  const { answer, state } = silence();
  started.keyServer.answer = answer;
  const start = performance.now();
  const waiting = Array.from({ length: 40 }, () => started.call(token({ header: { kid: 'unknown' } })));
  const first = await Promise.race(waiting);
  expect([first.status, performance.now() - start < 1_000, state.isGivenUp]).toEqual([503, true, false]);
  expect((await started.call(token())).status).toBe(200);
  await Promise.all(waiting);
});

test('J23 an unknown key id is waited for a moment only, and cannot be told while the key server fails', async () => {
  const started = await service();
  await started.call(token());
  started.clock.now += 31;
  const { answer, state } = silence();
  started.keyServer.answer = answer;
  const unknown = () => started.call(token({ header: { kid: 'unknown' } }));
  const start = performance.now();
  expect((await unknown()).status).toBe(503);
  expect([performance.now() - start < 1_500, state.isGivenUp]).toEqual([true, false]);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(state.isGivenUp).toBe(true);
  expect((await unknown()).status).toBe(503);
});

describe('a new key', () => {
  test('is found at once', async () => {
    const started = await service();
    await started.call(token());
    started.clock.now += 31;
    started.keyServer.answer = sending(rotated);
    expect((await started.call(byNewKey())).status).toBe(200);
  });

  test('is found by many calls at the same time', async () => {
    const started = await service();
    await started.call(token());
    started.clock.now += 31;
    started.keyServer.answer = sending(rotated);
    const answers = await Promise.all(Array.from({ length: 10 }, () => started.call(byNewKey())));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(started.keyServer.asked).toHaveLength(2);
  });

  test('is not looked for again within 30 s', async () => {
    const started = await service();
    await started.call(token());
    started.keyServer.answer = sending(rotated);
    expect((await started.call(byNewKey())).status).toBe(401);
    started.clock.now += 29;
    expect((await started.call(byNewKey())).status).toBe(401);
    started.clock.now += 1;
    expect((await started.call(byNewKey())).status).toBe(200);
  });

  test('is found at once after the clock was set back', async () => {
    const started = await service();
    await started.call(token());
    started.keyServer.answer = sending(rotated);
    started.clock.now -= 31;
    expect((await started.call(byNewKey())).status).toBe(200);
  });
});

describe('J23 a key that its owner has removed', () => {
  const at = (now: number) => token({ claims: { iat: now, exp: now + 300 } });

  test('stops working within ten minutes, however few calls come', async () => {
    const started = await service();
    await started.call(token());
    started.keyServer.answer = sending(withoutFirst);
    started.clock.now += 601;
    expect((await started.call(at(started.clock.now))).status).toBe(401);
  });

  test('stops working when the clock was set back by more than that, too', async () => {
    const started = await service();
    await started.call(token());
    started.keyServer.answer = sending(withoutFirst);
    started.clock.now -= 601;
    expect((await started.call(at(started.clock.now))).status).toBe(401);
  });

  test('is not taken while the new set is on its way', async () => {
    const started = await service();
    await started.call(token());
    started.keyServer.answer = () => undefined;
    started.clock.now += 601;
    expect((await started.call(at(started.clock.now))).status).toBe(503);
  });

  test('is asked for behind the back of a call after five minutes', async () => {
    const started = await service();
    await started.call(token());
    started.keyServer.answer = sending(withoutFirst);
    started.clock.now += 301;
    expect((await started.call(at(started.clock.now))).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await started.call(at(started.clock.now))).status).toBe(401);
  });
});

describe('J23 while the key server is down', () => {
  const at = (now: number) => token({ claims: { iat: now, exp: now + 300 } });

  test('the keys count for an hour; then it is 503 with Retry-After, never 401; and then it is right again', async () => {
    const started = await service();
    await started.call(token());
    started.keyServer.answer = sending('down', {}, 500);
    started.clock.now += 3_590;
    expect((await started.call(at(started.clock.now))).status).toBe(200);
    started.clock.now += 20;
    const late = await started.call(at(started.clock.now));
    expect([late.status, late.headers['retry-after'], late.headers['www-authenticate']]).toEqual([
      503,
      '30',
      undefined,
    ]);
    started.keyServer.answer = sending({ keys: keySet });
    started.clock.now += 5;
    expect((await started.call(at(started.clock.now))).status).toBe(200);
  });

  test('a call is not held up each time', async () => {
    const started = await service();
    await started.call(token());
    started.keyServer.answer = sending('down', {}, 500);
    started.clock.now += 700;
    await started.call(at(started.clock.now));
    await started.call(at(started.clock.now));
    expect(started.keyServer.asked).toHaveLength(2);
  });

  test('no call waits for a key server that hangs', async () => {
    const started = await service();
    await started.call(token());
    started.keyServer.answer = sending('down', {}, 500);
    started.clock.now += 700;
    await started.call(at(started.clock.now));
    const { answer, state } = silence();
    started.keyServer.answer = answer;
    started.clock.now += 10;
    const start = performance.now();
    expect((await started.call(at(started.clock.now))).status).toBe(200);
    expect([performance.now() - start < 1_000, state.isGivenUp]).toEqual([true, false]);
    expect(started.keyServer.asked).toHaveLength(3);
  });

  test('a client with keys in the file is served', async () => {
    const started = await service({ answer: sending('down', {}, 500) });
    const other = {
      claims: { iss: 'https://other.example.org' },
      header: { kid: 'other' },
      key: keys.other.privateKey,
    };
    expect((await started.call(token(other))).status).toBe(200);
  });
});

describe('J23 is no key set, and the calls are answered with 503:', () => {
  const json = { 'Content-Type': 'application/json' };

  test.each<readonly [string, Parameters<typeof sending>]>([
    ['invalid JSON', ['{"keys":[', json]],
    ['a list', [[], json]],
    ['no keys', [{}, json]],
    ['keys that are no list', [{ keys: {} }, json]],
    ['10,000 keys', [{ keys: Array.from({ length: 10_000 }, () => ({})) }, json]],
    ['101 keys', [{ keys: Array.from({ length: 101 }, () => keySet[0]) }, json]],
    ['more than 64 kB', [{ keys: keySet, more: 'm'.repeat(65_536) }, json]],
    ['HTML', ['<html></html>', { 'Content-Type': 'text/html' }]],
    ['a compressed answer', [{ keys: keySet }, { ...json, 'Content-Encoding': 'gzip' }]],
    ['a status 404', ['', json, 404]],
    ['a redirect to itself', ['', { Location: '/jwks.json' }, 301]],
  ])('%s', async (_name, answer) => {
    const started = await service({ answer: sending(...answer) });
    const { status, headers } = await started.call(token());
    expect([status, headers['retry-after']]).toEqual([503, '30']);
    started.keyServer.answer = sending({ keys: keySet });
    started.clock.now += 5;
    expect((await started.call(token())).status).toBe(200);
  });

  test('one that drips is given up after 2 s', async () => {
    const started = await service({
      answer: (response) => {
        response.writeHead(200, json);
        const drip = setInterval(() => response.write(' '), 100);
        response.on('close', () => clearInterval(drip));
      },
    });
    const start = performance.now();
    expect((await started.call(token())).status).toBe(503);
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  test('100 MB are not taken', async () => {
    let sent = 0;
    const started = await service({
      answer: (response) => {
        response.writeHead(200, json);
        const piece = Buffer.alloc(65_536, ' ');
        const pour = () => {
          while (!response.destroyed && sent < 104_857_600) {
            sent += piece.length;
            if (!response.write(piece)) break;
          }
        };
        response.on('drain', pour);
        pour();
      },
    });
    expect((await started.call(token())).status).toBe(503);
    expect(sent).toBeLessThan(20_000_000);
  });
});

describe('J23 a key of the set is left out, and the others work:', () => {
  test.each<readonly [string, object]>([
    ['a symmetric key', { kty: 'oct', kid: 'bad', k: 'c2VjcmV0' }],
    ['an RSA key of 1024 bits', jwk(rsa(1024), { kid: 'bad' })],
    ['a private key', { ...keys.es384.privateKey.export({ format: 'jwk' }), kid: 'bad' }],
    ['a key for encryption', jwk(keys.es384, { kid: 'bad', use: 'enc' })],
    ['a key that may not verify', jwk(keys.es384, { kid: 'bad', key_ops: ['sign'] })],
    ['a point that is not on the curve', { ...jwk(keys.es384, { kid: 'bad' }), y: jwk(keys.other, {})['y'] }],
    ['a key without a kid', jwk(keys.es384, {})],
    ['no key at all', { kid: 'bad' }],
  ])('%s', async (_name, bad) => {
    const started = await service({ answer: sending({ keys: [bad, ...keySet] }) });
    const header = { kid: 'bad' };
    expect((await started.call(token({ header }))).status).toBe(401);
    expect((await started.call(token())).status).toBe(200);
  });
});

test('two keys of different kinds may share a kid (RFC 7517 4.5)', async () => {
  const shared = [jwk(keys.rs384, { kid: 'one' }), jwk(keys.es384, { kid: 'one' })];
  const started = await service({ answer: sending({ keys: shared }) });
  expect((await started.call(token({ header: { kid: 'one' } }))).status).toBe(200);
  const byRsa = { header: { kid: 'one', alg: 'RS384' }, key: keys.rs384.privateKey };
  expect((await started.call(token(byRsa))).status).toBe(200);
});

describe('two RSA keys of one kid, each for an alg of its own:', () => {
  const shared = [
    jwk(keys.anyRsa, { kid: 'one', alg: 'RS256' }),
    jwk(keys.rs384, { kid: 'one', alg: 'RS384' }),
  ];

  test.each<readonly [string, string, Pair, number]>([
    ['the first by its alg', 'RS256', keys.anyRsa, 200],
    ['the second by its alg', 'RS384', keys.rs384, 200],
    ['the first by the alg of the second', 'RS384', keys.anyRsa, 401],
    ['the second by the alg of the first', 'RS256', keys.rs384, 401],
  ])('%s', async (_name, alg, { privateKey }, status) => {
    const client = { algorithms: ['RS256', 'RS384'] } as const;
    const started = await service({ client, answer: sending({ keys: shared }) });
    const making = { header: { kid: 'one', alg }, key: privateKey };
    expect((await started.call(token(making))).status).toBe(status);
  });
});

test('an RSA key that says it is for RS256 verifies no token by RS384', async () => {
  const client = { algorithms: ['RS256', 'RS384'] } as const;
  const onlyRs256 = [jwk(keys.rs384, { kid: 'one', alg: 'RS256' })];
  const started = await service({ client, answer: sending({ keys: onlyRs256 }) });
  const statusBy = async (alg: string) =>
    (await started.call(token({ header: { kid: 'one', alg }, key: keys.rs384.privateKey }))).status;
  expect([await statusBy('RS256'), await statusBy('RS384')]).toEqual([200, 401]);
});
