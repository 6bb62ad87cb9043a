/** J7, J8, J10, J23: whose keys vouch for a token, and where they may come from. */

import type { Attack } from './attack.js';
import { changed, refused } from './identity-form.js';
import { es384, KID, keys, rs384, tokenOf } from './tokens.js';
import type { Reply } from './wire.js';
import { callOf, type World } from './world.js';

const body = () => JSON.stringify(callOf());

const addressed = (id: string, jku: (world: World) => string): Attack => ({
  id,
  what: `a jku that is not the registered one (${id})`,
  expected: refused,
  run: (world) =>
    world.send({
      headers: { Authorization: `Bearer ${tokenOf({ header: { jku: jku(world) } })}` },
      body: body(),
    }),
});
const keyAddresses: readonly Attack[] = [
  addressed('J7.1', () => 'https://evil.example/jwks'),
  addressed('J7.2', ({ trap }) => `${trap}/jwks`),
  addressed('J7.3', () => 'file:///etc/passwd'),
  addressed('J7.4', ({ origin }) => `${origin}.evil/keys/main`),
  addressed('J7.5', ({ origin, trapPort }) => `${origin}@127.0.0.1:${trapPort}/keys/main`),
  addressed('J7.6', ({ origin }) => `${origin}/keys/other-path`),
  addressed('J7.7', ({ origin }) => `${origin}/keys/main?redirect=1`),
  addressed('J7.8', () => 'http://169.254.169.254/latest/meta-data'),
  addressed('J7.9', ({ origin }) => `${origin}/keys/../keys/main`),
  {
    id: 'J7.10',
    what: 'the registered jku',
    expected: [200],
    run: (world) =>
      world.send({
        headers: { Authorization: `Bearer ${tokenOf({ header: { jku: `${world.origin}/keys/main` } })}` },
        body: body(),
      }),
  },
  {
    id: 'J8.1',
    what: '200 unknown key ids in a row make at most one fetch',
    expected: refused,
    run: async (world) => {
      const before = world.asked.length;
      const replies: Reply[] = [];
      for (let number = 0; number < 200; number += 1) {
        const token = tokenOf({ header: { kid: `unknown-${number}` } });
        // eslint-disable-next-line no-await-in-loop -- in a row
        replies.push(await world.send({ headers: { Authorization: `Bearer ${token}` }, body: body() }));
      }
      const fetches = world.asked.length - before;
      const wrong = replies.find(({ status }) => status !== 401);
      return wrong ?? { ...replies[0]!, status: fetches <= 1 ? 401 : -2 };
    },
  },
  changed('J10.1', "the key of another client under this client's iss", () => ({
    header: { kid: KID.other },
    sign: es384(keys.other.privateKey),
  })),
  changed('J10.2', "another client's iss under this client's key", () => ({
    claims: { iss: 'https://ehr.other.example' },
  })),
];

const keySet = (id: string, name: string, what: string, expected: number[], within = 1_000): Attack => ({
  ...changed(
    id,
    `a key set that ${what}`,
    () => ({ claims: { iss: `https://ehr.keys-${name}.example` } }),
    expected,
  ),
  within,
});
const keySets: readonly Attack[] = [
  keySet('J23.1', 'huge', 'never ends', [503]),
  keySet('J23.2', 'drip', 'comes byte by byte', [503], 2_500),
  keySet('J23.3', 'many', 'holds 10,000 keys', [503]),
  keySet('J23.4', 'broken', 'is no JSON', [503]),
  keySet('J23.5', 'redirect', 'is a redirect', [503]),
  keySet('J23.6', 'symmetric', 'holds a secret', [401]),
  keySet('J23.7', 'failing', 'is 500', [503]),
  keySet('J23.8', 'html', 'is a page', [503]),
  keySet('J23.9', 'null', 'is null', [503]),
  {
    ...changed('J23.10', 'HS256 with the secret of a key set', () => ({
      header: { alg: 'HS256' },
      claims: { iss: 'https://ehr.keys-symmetric.example' },
    })),
  },
  changed('J23.11', 'RS384 under a kid of the wrong kind', () => ({
    header: { alg: 'RS384', kid: KID.es },
    claims: { iss: 'https://ehr.keys-main.example' },
    sign: rs384(keys.rs.privateKey),
  })),
];

export const identityKeys: readonly Attack[] = [...keyAddresses, ...keySets];
