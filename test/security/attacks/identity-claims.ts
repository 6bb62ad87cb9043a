/** J12–J19: what a token claims, and how often it is used. */

import type { Attack } from './attack.js';
import { changed, refused } from './identity-form.js';
import { ORDER_SIGN, type Parts, PUBLIC_URL, seconds, tokenOf } from './tokens.js';
import type { Reply } from './wire.js';
import { callOf, type World } from './world.js';

const claim = (id: string, what: string, claims: () => Parts, expected?: number[]) =>
  changed(id, what, () => ({ claims: claims() }), expected);
const body = () => JSON.stringify(callOf());
const endpoint = `${PUBLIC_URL}${ORDER_SIGN}`;

const now = seconds;
const times: readonly Attack[] = [
  claim('J12.1', 'expired an hour ago', () => ({ iat: now() - 3_900, exp: now() - 3_600 })),
  claim('J12.2', 'expired 63 seconds ago', () => ({ iat: now() - 300, exp: now() - 63 })),
  claim(
    'J12.3',
    'expired 30 seconds ago: clocks differ',
    () => ({ iat: now() - 300, exp: now() - 30 }),
    [200],
  ),
  claim('J12.4', 'no exp', () => ({ exp: undefined })),
  claim('J12.5', 'exp as text', () => ({ exp: String(now() + 300) })),
  claim('J12.6', 'exp of 1e300', () => ({ exp: 1e300 })),
  claim('J12.7', 'exp with a fraction', () => ({ exp: now() + 300.5 })),
  claim('J12.8', 'exp of -1', () => ({ exp: -1 })),
  claim('J12.9', 'exp in ten years', () => ({ exp: now() + 315_360_000 })),
  claim('J12.10', 'a life of 961 seconds', () => ({ exp: now() + 961 })),
  claim('J12.11', 'a life of 900 seconds, as Epic has it', () => ({ exp: now() + 900 }), [200]),
  claim('J12.12', 'exp before iat', () => ({ iat: now() + 50, exp: now() + 20 })),
  claim('J12.13', 'exp of null', () => ({ exp: null })),
  claim('J13.1', 'no iat', () => ({ iat: undefined })),
  claim('J13.2', 'iat in an hour', () => ({ iat: now() + 3_600, exp: now() + 3_900 })),
  claim('J13.3', 'iat two years ago', () => ({ iat: now() - 63_072_000 })),
  claim('J13.4', 'nbf in an hour', () => ({ nbf: now() + 3_600 })),
  claim('J13.5', 'nbf as text', () => ({ nbf: 'now' })),
  claim('J13.6', 'nbf five minutes before iat, as Epic has it', () => ({ nbf: now() - 300 }), [200]),
];

const audiences: readonly (readonly [string, unknown])[] = [
  ['another host', `https://other.example${ORDER_SIGN}`],
  ['a sibling service', `${PUBLIC_URL}/cds-services/rx-distinct-order-select`],
  ['discovery', `${PUBLIC_URL}/cds-services`],
  ['ours and more', `${endpoint}.evil`],
  ['a slash more', `${endpoint}/`],
  ['upper case', endpoint.toUpperCase()],
  ['no aud', undefined],
  ['an object', { aud: endpoint }],
  ['ours and another', [endpoint, 'https://other.example']],
  ['an empty list', []],
  ['null', null],
];
const audience: readonly Attack[] = [
  ...audiences.map(([what, aud], index) => claim(`J14.${index + 1}`, `aud: ${what}`, () => ({ aud }))),
  claim('J14.12', 'aud: a list of ours alone', () => ({ aud: [endpoint] }), [200]),
  ...['Host', 'X-Forwarded-Host', 'Forwarded', 'X-Original-URL'].map(
    (name, index): Attack => ({
      id: `J15.${index + 1}`,
      what: `an aud made of what ${name} says`,
      expected: refused,
      run: (world) => {
        const token = tokenOf({ claims: { aud: `https://evil.example${ORDER_SIGN}` } });
        const value = name === 'Forwarded' ? 'host=evil.example;proto=https' : 'evil.example';
        return world.send({ headers: { Authorization: `Bearer ${token}`, [name]: value }, body: body() });
      },
    }),
  ),
];

const issuers: readonly (readonly [string, unknown])[] = [
  ['unknown', 'https://nobody.example'],
  ['missing', undefined],
  ['a list', ['https://ehr.main.example']],
  ['a slash more', 'https://ehr.main.example/'],
  ['a letter that looks alike', 'https://ehr.m\u0430in.example'],
  ['__proto__', '__proto__'],
  ['a number', 7],
  ['upper case', 'HTTPS://EHR.MAIN.EXAMPLE'],
];
const whom: readonly Attack[] = [
  ...issuers.map(([what, iss], index) => claim(`J16.${index + 1}`, `iss: ${what}`, () => ({ iss }))),
  claim('J16.9', 'a tenant that is not of the client', () => ({ tenant: 'east' })),
  claim('J16.10', 'no tenant where tenants are listed', () => ({ tenant: undefined })),
  claim('J16.11', 'tenants as a list', () => ({ tenant: ['north'] })),
];

async function twice(world: World, second: (token: string) => string): Promise<Reply> {
  const token = tokenOf();
  const first = await world.send({ headers: { Authorization: `Bearer ${token}` }, body: body() });
  if (first.status !== 200) return first;
  return world.send({ headers: { Authorization: second(token) }, body: body() });
}
const again = (id: string, what: string, second: (token: string) => string): Attack => ({
  id,
  what,
  expected: [400, ...refused],
  run: (world) => twice(world, second),
});
const uses: readonly Attack[] = [
  ...[undefined, '', 7, null, {}, 'j'.repeat(256)].map((jti, index) =>
    claim(`J17.${index + 1}`, `jti ${JSON.stringify(jti)?.slice(0, 20)}`, () => ({ jti })),
  ),
  claim('J17.7', 'jti of 1 MB', () => ({ jti: 'j'.repeat(1_048_576) }), [401, 431]),
  again('J17.8', 'the same token again', (token) => `Bearer ${token}`),
  {
    id: 'J17.9',
    what: 'the same token twenty times at once: one is taken',
    expected: refused,
    run: async (world) => {
      const headers = { Authorization: `Bearer ${tokenOf()}` };
      const replies = await Promise.all(
        Array.from({ length: 20 }, () => world.send({ headers, body: body() })),
      );
      const taken = replies.filter(({ status }) => status === 200).length;
      const other = replies.find(({ status }) => status !== 200);
      return { ...other!, status: taken === 1 ? other!.status : -2 };
    },
  },
  {
    id: 'J17.10',
    what: 'the jti of a used token in a new one',
    expected: refused,
    run: async (world) => {
      const jti = `again-${Math.random()}`;
      await world.send({
        headers: { Authorization: `Bearer ${tokenOf({ claims: { jti } })}` },
        body: body(),
      });
      return world.send({
        headers: { Authorization: `Bearer ${tokenOf({ claims: { jti } })}` },
        body: body(),
      });
    },
  },
  again('J19.1', 'a used token with a blank at its end', (token) => `Bearer ${token} `),
  again(
    'J19.2',
    'a used token with a blank in its signature',
    (token) => `Bearer ${token.slice(0, -9)} ${token.slice(-9)}`,
  ),
  again(
    'J19.3',
    'a used token with a tab in its signature',
    (token) => `Bearer ${token.slice(0, -9)}\t${token.slice(-9)}`,
  ),
  again('J19.4', 'a used token with padding', (token) => `Bearer ${token}=`),
  again('J19.5', 'a used token behind lower-case bearer', (token) => `bearer   ${token}`),
];

export const identityClaims: readonly Attack[] = [...times, ...audience, ...whom, ...uses];
