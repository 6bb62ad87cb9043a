/** J1–J6: tokens without a right signature, or in a wrong form. */

import { createHmac, type KeyObject, sign } from 'node:crypto';
import type { Attack } from './attack.js';
import {
  base64url,
  claimsOf,
  compact,
  es384,
  headerOf,
  jwkOf,
  KID,
  keys,
  mirrored,
  type Parts,
  type TokenChanges,
  tokenOf,
} from './tokens.js';
import { callOf, type World } from './world.js';

export const refused = [401];

/** @param token the whole `Authorization` header, when it does not begin with `eyJ` */
export function withToken(id: string, what: string, token: () => string, expected = refused): Attack {
  const authorization = () => {
    const made = token();
    return made.startsWith('eyJ') ? `Bearer ${made}` : made;
  };
  const run = (world: World) =>
    world.send({ headers: { Authorization: authorization() }, body: JSON.stringify(callOf()) });
  return { id, what, expected, run };
}

export const changed = (
  id: string,
  what: string,
  changes: () => TokenChanges,
  expected?: readonly number[],
) => withToken(id, what, () => tokenOf(changes()), [...(expected ?? refused)]);
export const header = (id: string, what: string, parts: Parts, expected?: readonly number[]) =>
  changed(id, what, () => ({ header: parts }), expected);

const hmac = (hash: string, secret: string | Buffer) => (input: string) =>
  createHmac(hash, secret).update(input).digest();
const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' });
const der = (key: KeyObject) => key.export({ type: 'spki', format: 'der' });
const unsigned = () => Buffer.alloc(0);
const parts = () => tokenOf().split('.') as [string, string, string];
const signed = (change: (bytes: Buffer) => Buffer) => (input: string) =>
  change(es384(keys.es.privateKey)(input));

const none: readonly Attack[] = [
  'none',
  'None',
  'nOnE',
  'NONE',
  '',
  null,
  ['RS384'],
  0,
  {},
  undefined,
].flatMap((alg, index) => [
  changed(`J1.${index * 2 + 1}`, `alg ${JSON.stringify(alg)} without a signature`, () => ({
    header: { alg },
    sign: unsigned,
  })),
  header(`J1.${index * 2 + 2}`, `alg ${JSON.stringify(alg)} over a right signature`, { alg }),
]);

const secrets: readonly (readonly [string, string | Buffer])[] = [
  ['the PEM of the RSA key', pem(keys.rs.publicKey)],
  ['the DER of the RSA key', der(keys.rs.publicKey)],
  ['the modulus of the RSA key', String(jwkOf(keys.rs.publicKey, '')['n'])],
  ['the key set', JSON.stringify({ keys: [jwkOf(keys.rs.publicKey, KID.rs, 'RS384')] })],
  ['nothing', ''],
];
const symmetric: readonly Attack[] = secrets.flatMap(([name, secret], row) =>
  [256, 384, 512].map((bits, column) =>
    changed(`J2.${row * 3 + column + 1}`, `HS${bits} keyed with ${name}`, () => ({
      header: { alg: `HS${bits}`, kid: KID.rs },
      sign: hmac(`sha${bits}`, secret),
    })),
  ),
);

const shapes: readonly Attack[] = [
  withToken('J3.1', 'a token of one part', () => parts()[0]),
  withToken('J3.2', 'a token of two parts', () => parts().slice(0, 2).join('.')),
  withToken('J3.3', 'a token of four parts', () => [...parts(), 'AAAA'].join('.')),
  withToken('J3.4', 'an encrypted token of five parts', () => [...parts(), 'AAAA', 'AAAA'].join('.')),
  withToken('J3.5', 'an empty signature', () => `${parts().slice(0, 2).join('.')}.`),
  withToken('J3.6', 'a token in JSON', () => {
    const [protectedHeader, payload, signature] = parts();
    return `Bearer ${JSON.stringify({ protected: protectedHeader, payload, signature })}`;
  }),
  withToken('J3.7', 'an empty object', () => 'Bearer {}'),
  withToken('J3.8', 'Bearer alone', () => 'Bearer'),
  withToken('J3.9', 'three dots', () => 'Bearer ...'),
  withToken('J3.10', 'a header that is no JSON', () => compact('{"alg":', claimsOf())),
  withToken('J3.11', 'a payload that is an array', () => compact(headerOf(), [claimsOf()])),
  withToken('J3.12', 'a payload that is null', () => compact(headerOf(), 'null')),
];

const signatures: readonly Attack[] = [
  changed('J4.1', 'a signature of zeros', () => ({ sign: () => Buffer.alloc(96) })),
  changed('J4.2', 'a signature in DER', () => ({
    sign: (input) => sign('sha384', Buffer.from(input), keys.es.privateKey),
  })),
  changed('J4.3', 'a signature without its last byte', () => ({
    sign: signed((all) => all.subarray(0, 95)),
  })),
  changed('J4.4', 'a signature with a byte more', () => ({
    sign: signed((all) => Buffer.concat([all, Buffer.alloc(1)])),
  })),
  changed('J4.5', 'a signature of ones', () => ({ sign: () => Buffer.alloc(96, 0xff) })),
  changed('J4.6', 'r of zero', () => ({
    sign: signed((all) => Buffer.concat([Buffer.alloc(48), all.subarray(48)])),
  })),
  {
    ...withToken('J4.7', 'a used token with the other signature of the same text', tokenOf),
    run: async (world) => {
      const token = tokenOf();
      const body = JSON.stringify(callOf());
      await world.send({ headers: { Authorization: `Bearer ${token}` }, body });
      return world.send({ headers: { Authorization: `Bearer ${mirrored(token)}` }, body });
    },
  },
  withToken('J5.1', 'another tenant in a signed payload', () => {
    const [head, , signature] = parts();
    return `${head}.${base64url(claimsOf({ tenant: 'south' }))}.${signature}`;
  }),
  withToken('J5.2', 'another kid in a signed header', () => {
    const [, claims, signature] = parts();
    return `${base64url(headerOf({ kid: KID.rs }))}.${claims}.${signature}`;
  }),
  changed('J5.3', "an attacker's key under the same kid", () => ({ sign: es384(keys.attacker.privateKey) })),
];

const attackers = { sign: es384(keys.attacker.privateKey) };
const ownKeys: readonly Attack[] = [
  changed('J6.1', 'its own key in jwk', () => ({
    ...attackers,
    header: { jwk: jwkOf(keys.attacker.publicKey, KID.es) },
  })),
  changed('J6.2', 'a certificate in x5c', () => ({ ...attackers, header: { x5c: ['MIIB'] } })),
  changed('J6.3', 'an address of certificates in x5u', () => ({
    ...attackers,
    header: { x5u: 'http://127.0.0.1:9/cert.pem' },
  })),
  header('J6.4', 'a right signature and a jwk beside it', { jwk: jwkOf(keys.es.publicKey, KID.es) }),
];

export const identityForm: readonly Attack[] = [...none, ...symmetric, ...shapes, ...signatures, ...ownKeys];
