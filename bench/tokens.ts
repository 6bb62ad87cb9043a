/** A registered client of the bench and its tokens, signed before they are needed. */

import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT } from 'jose';

const ISSUER = 'https://ehr.example.org';
const PUBLIC_URL = 'https://cds.example.org';
/** Tokens count for this long; a round takes less. */
const SECONDS = 900;

export interface Signer {
  /** What the service is started with. */
  readonly variables: Readonly<Record<string, string>>;
  /** Signs so many tokens and hands them out one by one. */
  stock(count: number, path: string): Promise<() => string>;
  /** CPU milliseconds that verifying one signature takes by itself. */
  verifyMs(count: number): Promise<number>;
}

export async function createSigner(folder: string): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair('ES384', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES384', use: 'sig' };
  const file = join(folder, 'clients.yaml');
  writeFileSync(file, JSON.stringify({ clients: [{ name: 'bench', iss: ISSUER, jwks: { keys: [jwk] } }] }));
  const sign = (path: string) =>
    new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: 'ES384', kid: 'bench', typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(`${PUBLIC_URL}${path}`)
      .setIssuedAt()
      .setExpirationTime(`${SECONDS}s`)
      .sign(privateKey);
  return {
    variables: { CLIENTS_FILE: file, PUBLIC_URL },
    async stock(count, path) {
      const tokens = await Promise.all(Array.from({ length: count }, () => sign(path)));
      return () => tokens.pop() ?? '';
    },
    async verifyMs(count) {
      const key = await importJWK(jwk, 'ES384');
      const token = await sign('/any');
      await jwtVerify(token, key);
      const before = process.cpuUsage();
      for (let times = 0; times < count; times += 1) await jwtVerify(token, key);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000 / count;
    },
  };
}
