/** Keys of invented clients and tokens made by hand: right ones, and ones that no library would make. */

import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';

export const PUBLIC_URL = 'https://cds.attacked.example';
export const ORDER_SIGN = '/cds-services/rx-distinct-order-sign';

export const keys = {
  es: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  rs: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  weak: generateKeyPairSync('rsa', { modulusLength: 1024 }),
  es256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  other: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  attacker: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ed: generateKeyPairSync('ed25519'),
};

/** As Epic writes them, with characters of plain base64. */
export const KID = { es: 'main/es+1=', rs: 'main/rs+1=', weak: 'weak', es256: 'pinned', other: 'other-1' };

export const jwkOf = (key: KeyObject, kid: string, alg?: string): Record<string, unknown> => ({
  ...key.export({ format: 'jwk' }),
  kid,
  use: 'sig',
  ...(alg === undefined ? {} : { alg }),
});

export type Parts = Readonly<Record<string, unknown>>;

type Signer = (input: string) => Buffer;

export interface TokenChanges {
  /** Members set to undefined are left out. */
  readonly header?: Parts;
  readonly claims?: Parts;
  readonly path?: string;
  /** Makes the signature; the default signs as ES384 does. */
  readonly sign?: Signer;
}

export const seconds = () => Math.floor(Date.now() / 1_000);

export const base64url = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

export const es384 = (key: KeyObject) => (input: string) =>
  sign('sha384', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
export const rs384 = (key: KeyObject) => (input: string) => sign('sha384', Buffer.from(input), key);

export function headerOf(changes: Parts = {}): Parts {
  return { typ: 'JWT', alg: 'ES384', kid: KID.es, ...changes };
}

export function claimsOf(changes: Parts = {}, path = ORDER_SIGN): Parts {
  const now = seconds();
  return {
    iss: 'https://ehr.main.example',
    aud: `${PUBLIC_URL}${path}`,
    iat: now,
    nbf: now - 300,
    exp: now + 300,
    jti: randomUUID(),
    tenant: 'north',
    ...changes,
  };
}

/** A token with these two parts, each given as text or as what becomes JSON. */
export function compact(
  header: unknown,
  claims: unknown,
  signer: Signer = es384(keys.es.privateKey),
): string {
  const input = `${base64url(header)}.${base64url(claims)}`;
  return `${input}.${signer(input).toString('base64url')}`;
}

/** A right token, but for the changes. */
export function tokenOf({ header, claims, path, sign: signer }: TokenChanges = {}): string {
  return compact(headerOf(header), claimsOf(claims, path), signer);
}

const order = BigInt(
  '0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
);

/** The second of the two signatures that ECDSA has for the same text: s becomes n − s. */
export function mirrored(token: string): string {
  const [header, claims, signature = ''] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  const s = order - BigInt(`0x${bytes.subarray(48).toString('hex')}`);
  const other = Buffer.concat([bytes.subarray(0, 48), Buffer.from(s.toString(16).padStart(96, '0'), 'hex')]);
  return `${header}.${claims}.${other.toString('base64url')}`;
}

/** A small generator with a seed, so that a failing token can be made again. */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Breaking = (token: string, pick: (below: number) => number) => string;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const strange = ['.', '=', '+', '/', '%', ' ', '\t', '"', ',', '~', '\u00e9', ';'];

const replaceAt = (text: string, at: number, length: number, by: string) =>
  text.slice(0, at) + by + text.slice(at + length);

/** Ways to break a right token so that it is no longer one. */
const breakings: readonly Breaking[] = [
  (token, pick) => {
    const at = pick(token.length);
    const letter = alphabet[pick(64)] ?? 'A';
    return replaceAt(token, at, 1, letter === token[at] ? '.' : letter);
  },
  (token, pick) => token.slice(0, pick(token.length)),
  (token, pick) => token.slice(1 + pick(token.length - 1)),
  (token, pick) => replaceAt(token, 1 + pick(token.length - 1), 0, strange[pick(strange.length)] ?? '.'),
  (token, pick) => replaceAt(token, pick(token.length), 1, strange[pick(strange.length)] ?? '.'),
  (token, pick) => {
    const [header = '', claims = '', signature = ''] = token.split('.');
    const orders = [
      [claims, header, signature],
      [signature, claims, header],
      [header, signature, claims],
      [header, header, signature],
      [header, claims, claims],
      [header, claims, signature, signature],
    ];
    return (orders[pick(orders.length)] ?? []).join('.');
  },
  (token, pick) => replaceAt(token, pick(token.length), 1 + pick(40), ''),
  (token, pick) => {
    const at = pick(token.length);
    return replaceAt(token, at, 0, token.slice(at, at + 1 + pick(30)) || 'A');
  },
];

export function malformed(token: string, count: number, seed: number): readonly string[] {
  const pick = numbersFrom(seed);
  return Array.from({ length: count }, (_, index) =>
    (breakings[index % breakings.length] ?? breakings[0])!(token, pick),
  );
}
