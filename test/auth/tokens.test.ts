/** Tokens that are not what they must be: one and the same 401, nothing fetched for them, and the next call is answered. */

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  AUDIENCE,
  ISSUER,
  jwk,
  keys,
  legalClaims,
  legalHeader,
  type Making,
  NOW,
  OTHER_ISSUER,
  PUBLIC_URL,
  REFUSAL,
  type Service,
  SERVICE,
  service,
  signature,
  token,
} from './support.js';

/** Sends headers, then a legal call: what came of both, and what the service wrote and fetched meanwhile. */
async function attempt(started: Service, ...headers: readonly string[]) {
  const { status, text, headers: got } = await started.send({ headers });
  const reached = started.arrivals.length;
  const logged = JSON.stringify(started.lines);
  const secrets = headers.flatMap((value) => value.split(/[ .]/)).filter((part) => part.length > 40);
  const next = await started.call(token());
  return {
    status,
    text,
    challenge: got['www-authenticate'],
    reached,
    inLog: secrets.filter((secret) => logged.includes(secret)),
    reasons: started.lines.filter(({ facts }) => typeof facts['reason'] === 'string').length,
    next: next.status,
    isKeySetFetchedOnce: started.keyServer.asked.length === 1,
  };
}

const REFUSED = {
  status: 401,
  text: REFUSAL,
  challenge: 'Bearer',
  reached: 0,
  inLog: [],
  reasons: 1,
  next: 200,
  isKeySetFetchedOnce: true,
};

const bearer = (text: string) => ['Authorization', `Bearer ${text}`] as const;
const rsaPem = keys.rs384.publicKey.export({ format: 'pem', type: 'spki' }).toString();
const rsaDer = keys.rs384.publicKey.export({ format: 'der', type: 'spki' });
const rsaN = String(jwk(keys.rs384, {})['n']);
const attackerJwk = jwk(keys.attacker, {});
const legal = () => token().split('.') as [string, string, string];
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const bytes = (part: string) => Buffer.from(part, 'base64url');

type Rows = readonly (readonly [string, Making])[];

const algorithms: Rows = [
  ...['none', 'None', 'nOnE', '', null, ['RS384'], undefined].map(
    (alg) => [`J1 alg ${JSON.stringify(alg)}`, { header: { alg }, signedAs: 'ES384' }] as const,
  ),
  ...['HS256', 'HS384', 'HS512'].flatMap((alg) =>
    [rsaPem, rsaDer, rsaN, JSON.stringify({ keys: [jwk(keys.rs384, {})] }), ''].map(
      (key, index) =>
        [
          `J2 ${alg} keyed with form ${index} of a public key`,
          { header: { alg, kid: 'rs384' }, key },
        ] as const,
    ),
  ),
  ['J2 HS256 with the symmetric key of the key set', { header: { alg: 'HS256', kid: 'oct' }, key: 'secret' }],
  [
    'J11 ES256 by a registered key the client does not use',
    { header: { alg: 'ES256', kid: 'es256' }, key: keys.es256.privateKey },
  ],
  ['J11 RS256 by a key for RS384', { header: { alg: 'RS256', kid: 'rs384' }, key: keys.rs384.privateKey }],
  [
    'J11 RS384 signed as RS256',
    { header: { alg: 'RS384', kid: 'rs384' }, signedAs: 'RS256', key: keys.rs384.privateKey },
  ],
  ['J11 PS384', { header: { alg: 'PS384', kid: 'rs384' }, key: keys.rs384.privateKey }],
  ['J11 EdDSA', { header: { alg: 'EdDSA', kid: 'ed' }, key: keys.ed.privateKey }],
  [
    'J11 RS384 said of a key for ES384',
    { header: { alg: 'RS384', kid: 'es384' }, key: keys.rs384.privateKey },
  ],
  ['J11 ES384 said of a key for RS384', { header: { kid: 'rs384' } }],
  ['J11 an RSA key of 1024 bits', { header: { alg: 'RS384', kid: 'weak' }, key: keys.weak.privateKey }],
];

const headers: Rows = [
  ['J6 the attacker as jwk', { header: { jwk: attackerJwk }, key: keys.attacker.privateKey }],
  ['J6 the right key as jwk', { header: { jwk: jwk(keys.es384, {}) } }],
  ['J6 x5c', { header: { x5c: ['MIIB'] } }],
  ['J6 x5u', { header: { x5u: 'https://evil.example/x5u' } }],
  ...[
    '../../../dev/null',
    "x' UNION SELECT 'k",
    '__proto__',
    'constructor',
    'toString',
    'k'.repeat(4_000),
    '',
    ' es384',
    'es384\u0000',
    384,
    null,
    undefined,
    ['es384'],
  ].map((kid) => [`J9 kid ${JSON.stringify(kid)?.slice(0, 30)}`, { header: { kid } }] as const),
  ...['at+jwt', 'id_token', 'JOSE', 'application/jwt', '', null, undefined, ['JWT']].map(
    (typ) => [`J20 typ ${JSON.stringify(typ)}`, { header: { typ } }] as const,
  ),
  ['J21 crit', { header: { crit: ['x'], x: 1 } }],
  ['J21 b64 false', { header: { b64: false, crit: ['b64'] } }],
  ['J21 b64 false without crit', { header: { b64: false } }],
  ['J21 the same kid twice', { headerText: '{"alg":"ES384","kid":"es384","typ":"JWT","kid":"es384"}' }],
  [
    'J21 alg twice, once escaped',
    { headerText: '{"\\u0061lg":"none","alg":"ES384","kid":"es384","typ":"JWT"}' },
  ],
  ['J3 a header that is a list', { headerText: '["ES384"]' }],
  ['J3 a header that is null', { headerText: 'null' }],
  ['J3 a header that is no JSON', { headerText: '{alg:"ES384"}' }],
];

const claimText = (change: object) => JSON.stringify({ ...legalClaims(), ...change });

const claims: Rows = [
  ...[
    NOW - 3_600,
    NOW - 61,
    NOW - 60,
    undefined,
    'string',
    String(NOW + 300),
    null,
    NOW + 300.5,
    -1,
    0,
    NOW + 315_360_000,
    true,
  ].map(
    (exp) =>
      [
        `J12 exp ${JSON.stringify(exp)}`,
        { claims: { exp, ...(Number(exp) < NOW ? { iat: NOW - 600 } : {}) } },
      ] as const,
  ),
  ['J12 exp 1e300', { payloadText: claimText({}).replace(String(NOW + 300), '1e300') }],
  ['J12 exp 1e400', { payloadText: claimText({}).replace(String(NOW + 300), '1e400') }],
  ['J12 exp 961 s after iat', { claims: { exp: NOW + 961 } }],
  ['J12 exp before iat', { claims: { exp: NOW, iat: NOW + 30 } }],
  ...[undefined, null, 'string', NOW + 3_600, NOW + 61, NOW - 63_072_000, NOW - 0.5, -1].map(
    (iat) =>
      [
        `J13 iat ${JSON.stringify(iat)}`,
        { claims: { iat, ...(iat === NOW + 3_600 ? { exp: NOW + 3_900 } : {}) } },
      ] as const,
  ),
  ...[NOW + 3_600, NOW + 61, 'string', null, 0.5].map(
    (nbf) => [`J13 nbf ${JSON.stringify(nbf)}`, { claims: { nbf } }] as const,
  ),
  ...[
    `https://other.example.org${SERVICE}`,
    `${PUBLIC_URL}/cds-services/rx-distinct-order-select`,
    `${PUBLIC_URL}/cds-services`,
    PUBLIC_URL,
    `${AUDIENCE}.evil`,
    `${AUDIENCE}/`,
    `${AUDIENCE}?a=b`,
    AUDIENCE.toUpperCase(),
    AUDIENCE.replace('https', 'http'),
    AUDIENCE.replace('.org', '.org:443'),
    undefined,
    null,
    '',
    {},
    { [AUDIENCE]: true },
    [],
    [AUDIENCE, AUDIENCE],
    [AUDIENCE, 'https://other.example.org'],
    ['https://other.example.org', AUDIENCE],
  ].map((aud) => [`J14 aud ${JSON.stringify(aud)}`, { claims: { aud } }] as const),
  ...[
    'https://unknown.example.org',
    undefined,
    null,
    '',
    [ISSUER],
    `${ISSUER}/`,
    ISSUER.toUpperCase(),
    'https://ehr.ex\u0430mple.org',
    '__proto__',
    'constructor',
  ].map((iss) => [`J16 iss ${JSON.stringify(iss)}`, { claims: { iss } }] as const),
  ...['south', 'North', '', undefined, null, ['north'], 'constructor'].map(
    (tenant) => [`J16 tenant ${JSON.stringify(tenant)}`, { claims: { tenant } }] as const,
  ),
  ...[undefined, null, '', 7, ['a'], {}, 'j'.repeat(256)].map(
    (jti) => [`J17 jti ${JSON.stringify(jti)?.slice(0, 20)}`, { claims: { jti } }] as const,
  ),
  ['J21 iss twice', { payloadText: claimText({}).replace('{', `{"iss":"https://evil.example",`) }],
  [
    'J21 a member twice deep inside',
    { payloadText: claimText({ more: 1 }).replace('"more":1', '"more":[{"a":1,"a":2}]') },
  ],
  ['J3 a payload that is a list', { payloadText: '[]' }],
  ['J3 a payload that is not UTF-8', { payloadText: '\uD800' }],
];

const keysOfOthers: Rows = [
  ['J5 signed by an attacker under the same kid', { key: keys.attacker.privateKey }],
  [
    "J10 another client's key in the name of the first",
    { header: { kid: 'other' }, key: keys.other.privateKey },
  ],
  ["J10 another client's key under a kid of the first", { key: keys.other.privateKey }],
  ["J10 the first client's key in the name of the other", { claims: { iss: OTHER_ISSUER } }],
];

describe('is refused:', () => {
  test.each([...algorithms, ...headers, ...claims, ...keysOfOthers])('%s', async (_name, making) => {
    const started = await service();
    expect(await attempt(started, ...bearer(token(making)))).toEqual(REFUSED);
  });

  test.each<readonly [string, () => string]>([
    ['J3 one part', () => legal()[0]],
    ['J3 two parts', () => legal().slice(0, 2).join('.')],
    ['J3 four parts', () => [...legal(), 'a'].join('.')],
    ['J3 five parts', () => [...legal(), 'a', 'b'].join('.')],
    ['J3 an empty signature', () => [...legal().slice(0, 2), ''].join('.')],
    ['J3 an empty payload', () => [legal()[0], '', legal()[2]].join('.')],
    [
      'J3 a JSON serialisation',
      () => JSON.stringify({ protected: legal()[0], payload: legal()[1], signature: legal()[2] }),
    ],
    ['J3 an empty object', () => '{}'],
    ['J3 nothing', () => ''],
    [
      'J4 a signature of zeros',
      () => [...legal().slice(0, 2), Buffer.alloc(96).toString('base64url')].join('.'),
    ],
    [
      'J4 a signature one byte short',
      () => [...legal().slice(0, 2), bytes(legal()[2]).subarray(0, 95).toString('base64url')].join('.'),
    ],
    ['J4 a signature one byte long', () => `${token()}AA`],
    [
      'J5 another tenant after signing',
      () => [legal()[0], encode({ ...legalClaims(), tenant: 'south' }), legal()[2]].join('.'),
    ],
    [
      'J5 another header after signing',
      () => [encode({ ...legalHeader, x: 1 }), ...legal().slice(1)].join('.'),
    ],
    ['J19 a blank in the signature', () => token().replace(/(.{5})$/, ' $1')],
    ['J19 a tab in the signature', () => token().replace(/(.{5})$/, '\t$1')],
    ['J19 padding after the signature', () => `${token()}=`],
    ['J22 9 kB of token', () => token({ claims: { more: 'm'.repeat(6_000) } })],
  ])('%s', async (_name, make) => {
    const started = await service();
    expect(await attempt(started, ...bearer(make()))).toEqual(REFUSED);
  });

  test('J4 an ECDSA signature in DER', async () => {
    const started = await service();
    const [head, body, raw] = legal();
    const integer = (part: Buffer) => Buffer.concat([Buffer.from([2, part.length + 1, 0]), part]);
    const [r, s] = [bytes(raw).subarray(0, 48), bytes(raw).subarray(48)];
    const content = Buffer.concat([integer(r), integer(s)]);
    const der = Buffer.concat([Buffer.from([0x30, content.length]), content]);
    expect(await attempt(started, ...bearer([head, body, der.toString('base64url')].join('.')))).toEqual(
      REFUSED,
    );
  });

  test.each<readonly [string, readonly string[]]>([
    ['J22 no header', []],
    ['J22 Basic', ['Authorization', 'Basic dXNlcjpwYXNz']],
    ['J3 Bearer alone', ['Authorization', 'Bearer']],
    ['J22 a token without Bearer', ['Authorization', token()]],
    ['J22 two tokens in one header', ['Authorization', `Bearer ${token()}, Bearer ${token()}`]],
    [
      'J15 the audience of the Host header',
      ['Host', 'evil.example', ...bearer(token({ claims: { aud: `https://evil.example${SERVICE}` } }))],
    ],
    [
      'J15 the audience of X-Forwarded-Host',
      [
        'X-Forwarded-Host',
        'evil.example',
        'X-Forwarded-Proto',
        'https',
        ...bearer(token({ claims: { aud: `https://evil.example${SERVICE}` } })),
      ],
    ],
  ])('%s', async (_name, sent) => {
    const started = await service();
    expect(await attempt(started, ...sent)).toEqual(REFUSED);
  });

  test('J22 two Authorization headers, the call being ambiguous or not authenticated', async () => {
    const started = await service();
    const { status, reached, next } = await attempt(started, ...bearer(token()), ...bearer(token()));
    expect([400, 401]).toContain(status);
    expect([reached, next]).toEqual([0, 200]);
  });

  test('J22 two equal Authorization headers', async () => {
    const started = await service();
    const { status, reached, next } = await attempt(
      started,
      'Authorization',
      'Bearer a.b.c',
      'authorization',
      'Bearer a.b.c',
    );
    expect([400, 401]).toContain(status);
    expect([reached, next]).toEqual([0, 200]);
  });

  test('J22 a token in the query or in the body', async () => {
    const started = await service();
    const body = JSON.stringify({ access_token: token() });
    const inQuery = await started.send({ path: `${SERVICE}?access_token=${token()}` });
    const inBody = await started.send({ body });
    expect([inQuery, inBody].map(({ status, text }) => [status, text])).toEqual([
      [401, REFUSAL],
      [401, REFUSAL],
    ]);
  });

  test.each([
    ['GET', '/cds-services'],
    ['HEAD', '/cds-services'],
    ['GET', '/cds-services/'],
    ['POST', '/cds-services'],
    ['POST', `${SERVICE}/`],
    ['POST', `${SERVICE}/feedback`],
    ['POST', '/cds-services/unknown'],
    ['DELETE', SERVICE],
  ])('%s %s without a token', async (method, path) => {
    const started = await service();
    const { status, text } = await started.send({ method, path });
    expect([status, text]).toEqual([401, method === 'HEAD' ? '' : REFUSAL]);
  });

  test.each([
    '/CDS-SERVICES',
    '//cds-services',
    '/cds%2Dservices',
    '/./cds-services',
    '/cds-services%2Frx-distinct-order-sign',
  ])('another way of writing the address brings nothing: %s', async (path) => {
    const started = await service();
    const { status, text } = await started.send({ path: path.replace('/./', '/%2e/') });
    expect([404, 401]).toContain(status);
    expect(text).not.toContain('services"');
  });
});

describe('is answered:', () => {
  test.each<readonly [string, Making]>([
    ['the legal token', {}],
    ['RS384', { header: { alg: 'RS384', kid: 'rs384' }, key: keys.rs384.privateKey }],
    [
      'J9 a kid in base64, of a key without alg',
      { header: { alg: 'RS384', kid: 'any+rsa/key==' }, key: keys.anyRsa.privateKey },
    ],
    ['J12 exp 30 s ago', { claims: { iat: NOW - 300, exp: NOW - 30 } }],
    ['J12 exp 960 s after iat', { claims: { exp: NOW + 960 } }],
    ['J13 iat 60 s ahead', { claims: { iat: NOW + 60 } }],
    [
      'J13 nbf five minutes before iat, 15 minutes of life, sub',
      { claims: { nbf: NOW - 300, exp: NOW + 900, sub: 'client' } },
    ],
    ['J14 an audience in a list of one', { claims: { aud: [AUDIENCE] } }],
    ['J17 a jti of 255 characters', { claims: { jti: `${'j'.repeat(219)}${randomUUID()}` } }],
    ['J20 typ in lower case', { header: { typ: 'jwt' } }],
    [
      'another client',
      { claims: { iss: OTHER_ISSUER, tenant: 'any' }, header: { kid: 'other' }, key: keys.other.privateKey },
    ],
    [
      'a jku of a client with keys in the file',
      {
        claims: { iss: OTHER_ISSUER },
        header: { kid: 'other', jku: 'https://other.example.org/jwks' },
        key: keys.other.privateKey,
      },
    ],
  ])('%s', async (_name, making) => {
    const started = await service();
    const { status } = await started.call(token(making));
    expect([status, started.lines.filter(({ level }) => level !== 'info')]).toEqual([200, []]);
  });

  test('bearer in lower case (RFC 9110 11.1)', async () => {
    const started = await service();
    const { status } = await started.send({ headers: ['Authorization', `bearer ${token()}`] });
    expect(status).toBe(200);
  });

  test('ES256 of a client that has asked for it', async () => {
    const started = await service({ client: { algorithms: ['ES256'] } });
    const making = { header: { alg: 'ES256', kid: 'es256' }, key: keys.es256.privateKey };
    expect((await started.call(token(making))).status).toBe(200);
    expect((await started.call(token())).status).toBe(401);
  });

  test('an audience of its own that a client has asked for', async () => {
    const started = await service({ client: { aud: ['sand_man'] } });
    expect((await started.call(token({ claims: { aud: 'sand_man' } }))).status).toBe(200);
    expect((await started.call(token())).status).toBe(200);
  });

  test('discovery with a token for discovery, and for no service', async () => {
    const started = await service();
    const discover = (aud: string) =>
      started.send({ method: 'GET', path: '/cds-services', headers: bearer(token({ claims: { aud } })) });
    expect((await discover(`${PUBLIC_URL}/cds-services`)).status).toBe(200);
    expect((await discover(AUDIENCE)).status).toBe(401);
  });

  test('an unknown service to a client only', async () => {
    const started = await service();
    const path = '/cds-services/unknown';
    const { status } = await started.send({
      path,
      headers: bearer(token({ claims: { aud: `${PUBLIC_URL}${path}` } })),
    });
    expect(status).toBe(404);
  });
});

describe('of a client with all four algorithms is refused:', () => {
  const all = { algorithms: ['ES384', 'RS384', 'ES256', 'RS256'] } as const;

  test.each<readonly [string, Making]>([
    ['J11 RS256 by a key for RS384', { header: { alg: 'RS256', kid: 'rs384' }, key: keys.rs384.privateKey }],
    [
      'J11 RS384 said of a key for ES384',
      { header: { alg: 'RS384', kid: 'es384' }, key: keys.rs384.privateKey },
    ],
    ['J11 ES256 said of a key on P-384', { header: { alg: 'ES256' }, signedAs: 'ES384' }],
    ['J11 ES384 said of a key on P-256', { header: { kid: 'es256' }, key: keys.es256.privateKey }],
    ['J11 an RSA key of 1024 bits', { header: { alg: 'RS384', kid: 'weak' }, key: keys.weak.privateKey }],
    ['J2 HS256', { header: { alg: 'HS256', kid: 'oct' }, key: 'secret' }],
  ])('%s', async (_name, making) => {
    const started = await service({ client: all });
    expect(await attempt(started, ...bearer(token(making)))).toEqual(REFUSED);
  });

  test('and a key without alg works with either of its own', async () => {
    const started = await service({ client: all });
    const making = { header: { alg: 'RS256', kid: 'any+rsa/key==' }, key: keys.anyRsa.privateKey };
    expect((await started.call(token(making))).status).toBe(200);
  });
});

test('J4 the other signature that ECDSA has for a token is the same token', async () => {
  const started = await service();
  const [head, body, raw] = legal();
  const order = BigInt(
    '0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
  );
  const s = order - BigInt(`0x${bytes(raw).subarray(48).toString('hex')}`);
  const turned = Buffer.concat([
    bytes(raw).subarray(0, 48),
    Buffer.from(s.toString(16).padStart(96, '0'), 'hex'),
  ]);
  expect((await started.call([head, body, raw].join('.'))).status).toBe(200);
  expect((await started.call([head, body, turned.toString('base64url')].join('.'))).status).toBe(401);
});

test('a token of 1 MB ends at the server itself', async () => {
  const started = await service();
  expect(
    (await started.call(token({ claims: { jti: 'j'.repeat(1_000_000) } })).catch(() => ({ status: 431 })))
      .status,
  ).toBe(431);
  expect((await started.call(token())).status).toBe(200);
});

test('the token is looked at before the body is', async () => {
  const started = await service();
  const answer = await started.send({ body: '{"broken', headers: ['Content-Encoding', 'gzip'] });
  expect([answer.status, answer.text]).toEqual([401, REFUSAL]);
});

test('the reason is in the log under the request id, with what the signature vouches for', async () => {
  const started = await service();
  const forged = signature('a', 'ES384', keys.attacker.privateKey);
  await started.send({
    headers: [
      'X-Request-Id',
      '11111111-1111-4111-8111-111111111111',
      ...bearer(token({ claims: { aud: PUBLIC_URL, jti: 'j1' } })),
    ],
  });
  await started.send({
    headers: [
      'X-Request-Id',
      '22222222-2222-4222-8222-222222222222',
      ...bearer([...legal().slice(0, 2), forged].join('.')),
    ],
  });
  expect(started.lines.filter(({ level }) => level === 'warn').map(({ facts }) => facts)).toEqual([
    {
      requestId: '11111111-1111-4111-8111-111111111111',
      reason: 'aud: check_failed',
      client: 'ehr',
      iss: ISSUER,
      jti: 'j1',
    },
    {
      requestId: '22222222-2222-4222-8222-222222222222',
      reason: 'the signature does not verify',
      client: 'ehr',
    },
  ]);
});

test('the caller is known to the pipeline and to the log', async () => {
  const started = await service({ client: { fhirServers: ['https://ehr.example.org/r4'] } });
  await started.call(token());
  expect(started.arrivals[0]?.caller).toEqual({
    client: 'ehr',
    tenant: 'north',
    fhirServers: ['https://ehr.example.org/r4'],
    selectionBehavior: 'at-most-one',
  });
  expect(started.lines.at(-1)).toMatchObject({ message: 'answered', facts: { client: 'ehr', status: 200 } });
});
