/** J0, J9, J11, J20–J22: key ids, algorithms, types and places of tokens, and tokens broken at random. */

import { sign } from 'node:crypto';
import type { Attack } from './attack.js';
import { changed, header, refused, withToken } from './identity-form.js';
import { claimsOf, compact, es384, headerOf, KID, keys, malformed, rs384, tokenOf } from './tokens.js';
import { callOf } from './world.js';

const kids: readonly unknown[] = [
  '../../../dev/null',
  "x' UNION SELECT 'k",
  '__proto__',
  'constructor',
  'toString',
  'k'.repeat(4_096),
  '',
  undefined,
  null,
  7,
  [KID.es],
  `${KID.es}\u0000`,
  '\u202Emain',
];
const keyIds = kids.map((kid, index) =>
  header(`J9.${index + 1}`, `kid ${JSON.stringify(kid)?.slice(0, 30)}`, { kid }),
);

const algorithms: readonly Attack[] = [
  changed('J11.1', 'PS384 by the registered RSA key', () => ({
    header: { alg: 'PS384', kid: KID.rs },
    sign: (input) =>
      sign('sha384', Buffer.from(input), { key: keys.rs.privateKey, padding: 6, saltLength: 48 }),
  })),
  changed('J11.2', 'RS256 by the RSA key that is for RS384', () => ({
    header: { alg: 'RS256', kid: KID.rs },
    sign: (input) => sign('sha256', Buffer.from(input), keys.rs.privateKey),
  })),
  changed('J11.3', 'RS384 under the id of the EC key', () => ({
    header: { alg: 'RS384' },
    sign: rs384(keys.rs.privateKey),
  })),
  changed('J11.4', 'EdDSA', () => ({
    header: { alg: 'EdDSA' },
    sign: (input) => sign(null, Buffer.from(input), keys.ed.privateKey),
  })),
  changed('J11.5', 'ES384 by a key that is for ES256', () => ({
    header: { kid: KID.es256 },
    claims: { iss: 'https://ehr.pinned.example' },
    sign: es384(keys.es256.privateKey),
  })),
  changed('J11.6', 'an RSA key of 1024 bits in the key set', () => ({
    header: { alg: 'RS384', kid: KID.weak },
    claims: { iss: 'https://ehr.keys-weak.example' },
    sign: rs384(keys.weak.privateKey),
  })),
  changed(
    'J11.7',
    'the right RS384',
    () => ({ header: { alg: 'RS384', kid: KID.rs }, sign: rs384(keys.rs.privateKey) }),
    [200],
  ),
];

const types: readonly Attack[] = [
  header('J20.1', 'no typ', { typ: undefined }),
  header('J20.2', 'an access token', { typ: 'at+jwt' }),
  header('J20.3', 'an identity token', { typ: 'id_token' }),
  header('J20.4', 'typ as a list', { typ: ['JWT'] }),
  header('J20.5', 'typ in lower case', { typ: 'jwt' }, [200]),
  header('J21.1', 'an unknown extension in crit', { crit: ['x'], x: 1 }),
  header('J21.2', 'an unencoded payload', { b64: false, crit: ['b64'] }),
  withToken('J21.3', 'iss twice in the payload', () =>
    compact(headerOf(), JSON.stringify(claimsOf()).replace('{', '{"iss":"https://ehr.other.example",')),
  ),
  withToken('J21.4', 'alg twice in the header', () =>
    compact(JSON.stringify(headerOf()).replace('{', '{"alg":"none",'), claimsOf()),
  ),
  withToken('J21.5', 'iss twice, once with an escape', () =>
    compact(headerOf(), JSON.stringify(claimsOf()).replace('{', '{"\\u0069ss":"https://ehr.other.example",')),
  ),
];

const body = () => JSON.stringify(callOf());
const places: readonly Attack[] = [
  {
    id: 'J22.1',
    what: 'no token',
    expected: refused,
    run: (world) => world.send({ headers: { Authorization: undefined }, body: body() }),
  },
  withToken('J22.2', 'Basic', () => 'Basic YWRtaW46YWRtaW4='),
  {
    id: 'J22.3',
    what: 'two right tokens in two headers',
    expected: [400, 401],
    run: (world) => world.send({ lines: [`Authorization: Bearer ${tokenOf()}`], body: body() }),
  },
  {
    id: 'J22.4',
    what: 'the token in the query',
    expected: refused,
    run: (world) =>
      world.send({
        path: `/cds-services/rx-distinct-order-sign?access_token=${tokenOf()}`,
        headers: { Authorization: undefined },
        body: body(),
      }),
  },
  {
    id: 'J22.5',
    what: 'the token in the body',
    expected: refused,
    run: (world) =>
      world.send({
        headers: { Authorization: undefined },
        body: JSON.stringify({ ...callOf(), token: tokenOf() }),
      }),
  },
  changed('J22.6', 'a token of 9 kB', () => ({ claims: { filler: 'x'.repeat(6_700) } }), [401, 431]),
  changed('J22.7', 'a token of 20 kB', () => ({ claims: { filler: 'x'.repeat(15_000) } }), [401, 431]),
  withToken('J22.8', 'two tokens in one header', () => `${tokenOf()}, Bearer ${tokenOf()}`),
  {
    id: 'J22.9',
    what: 'the token in Proxy-Authorization',
    expected: refused,
    run: (world) =>
      world.send({
        headers: { Authorization: undefined, 'Proxy-Authorization': `Bearer ${tokenOf()}` },
        body: body(),
      }),
  },
  {
    id: 'J22.10',
    what: 'no token and a body of 100 MB announced',
    expected: refused,
    run: (world) =>
      world.send({ headers: { Authorization: undefined, 'Content-Length': '104857600' }, body: '{' }),
  },
];

/** Each is one call; the first that is not refused is the answer. */
const generated: Attack = {
  id: 'J0.1',
  what: '400 tokens broken at random, and then the right one they were made of',
  expected: [200],
  within: 1_000,
  run: async (world) => {
    const token = tokenOf();
    for (const broken of malformed(token, 400, 20_260_331)) {
      // eslint-disable-next-line no-await-in-loop -- one at a time, as an attacker without a botnet
      const reply = await world.send({ headers: { Authorization: `Bearer ${broken}` }, body: '{}' });
      if (reply.status !== 401 && reply.status !== 400) return { ...reply, status: -2, body: broken };
    }
    return world.send({ headers: { Authorization: `Bearer ${token}` }, body: body() });
  },
};

export const identityHeader: readonly Attack[] = [...keyIds, ...algorithms, ...types, ...places, generated];
