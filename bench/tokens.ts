/** A registered client of the bench and its tokens, signed before they are needed. */

import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, importJWK, jwtVerify } from 'jose';

const ISSUER = 'https://ehr.example.org';
const PUBLIC_URL = 'https://cds.example.org';
/** Tokens count for this long; a round takes less. */
const SECONDS = 900;

export interface Signer {
  /** What the service is started with. */
  readonly variables: Readonly<Record<string, string>>;
  /** The public key, as JSON Web Key. */
  readonly key: string;
  /** Signs so many tokens and hands them out one by one; those beyond are signed when they are asked for. */
  stock(count: number, path: string): () => string;
  /** CPU milliseconds that verifying one signature takes by itself. */
  verifyMs(count: number): Promise<number>;
}

export async function createSigner(folder: string): Promise<Signer> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES384', use: 'sig' };
  const file = join(folder, 'clients.yaml');
  writeFileSync(file, JSON.stringify({ clients: [{ name: 'bench', iss: ISSUER, jwks: { keys: [jwk] } }] }));
  const tokenFor = (path: string): string => {
    const iat = Math.floor(Date.now() / 1_000);
    const claims = { jti: randomUUID(), iss: ISSUER, aud: `${PUBLIC_URL}${path}`, iat, exp: iat + SECONDS };
    const signed = [{ alg: 'ES384', kid: 'bench', typ: 'JWT' }, claims].map(inBase64).join('.');
    const signature = sign('sha384', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
  };
  return {
    variables: { CLIENTS_FILE: file, PUBLIC_URL },
    key: JSON.stringify(jwk),
    stock(count, path) {
      const tokens = Array.from({ length: count }, () => tokenFor(path));
      return () => tokens.pop() ?? tokenFor(path);
    },
    async verifyMs(count) {
      const key = await importJWK(jwk, 'ES384');
      const token = tokenFor('/any');
      await jwtVerify(token, key);
      const before = process.cpuUsage();
      for (let times = 0; times < count; times += 1) await jwtVerify(token, key);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000 / count;
    },
  };
}

const inBase64 = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
