/** The built service as a process of its own, with registered clients, and the ways in which attacks call it. */

import { temporaryDatabase } from '../../support/database.js';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fhirServers, keyServers, type OtherSide, startOtherSide } from './servers.js';
import { jwkOf, KID, keys, ORDER_SIGN, PUBLIC_URL, tokenOf } from './tokens.js';
import { bytesOf, type Exchange, exchange, type Reply, type Sending } from './wire.js';

export interface World extends OtherSide {
  readonly port: number;
  readonly child: ChildProcess;
  readonly log: () => string;
  /** A call of a service with the token of the main client, but for what is given. */
  readonly send: (sending: Sending, how?: Exchange) => Promise<Reply>;
  /** Bytes as they are. */
  readonly raw: (bytes: Buffer | readonly Buffer[] | string, how?: Exchange) => Promise<Reply>;
}

/** Built apart from `dist/`, which other tests run at the same time. */
export function build(): string {
  const folder = mkdtempSync(join(tmpdir(), 'attacked-'));
  cpSync('package.json', join(folder, 'package.json'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/build.mjs', join(folder, 'dist')]);
  if (status !== 0) throw new Error(`the service does not build:\n${stdout.toString()}${stderr.toString()}`);
  return folder;
}

const clientOf = (name: string, more: object) => ({
  name,
  iss: `https://ehr.${name}.example`,
  ...more,
});

/** JSON is YAML. */
function clientsFile(origin: string): string {
  const main = clientOf('main', {
    jwksUrl: `${origin}/keys/main`,
    tenants: ['north', 'south'],
    origins: ['https://ehr.main.example'],
    fhirServers: Object.keys(fhirServers).map((name) => `${origin}/fhir/${name}`),
  });
  const inline = (key: Record<string, unknown>) => ({ jwks: { keys: [key] } });
  const others = [
    clientOf('other', {
      ...inline(jwkOf(keys.other.publicKey, KID.other, 'ES384')),
      fhirServers: [`${origin}/fhir/of-other`],
      origins: ['https://ehr.other.example'],
    }),
    clientOf('slowed', { ...inline(jwkOf(keys.es.publicKey, KID.es)), rate: 3 }),
    clientOf('pinned', {
      ...inline(jwkOf(keys.es256.publicKey, KID.es256, 'ES256')),
      algorithms: ['ES256', 'ES384', 'RS256'],
    }),
    ...Object.keys(keyServers).map((name) => clientOf(`keys-${name}`, { jwksUrl: `${origin}/keys/${name}` })),
  ];
  return JSON.stringify({ clients: [main, ...others] }, null, 1);
}

export interface Started {
  readonly child: ChildProcess;
  readonly log: () => string;
  readonly port: Promise<number>;
  readonly ended: Promise<number | null>;
}

/** @param folder what `build` has made */
export function startBuilt(folder: string, variables: Readonly<Record<string, string>>): Started {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [join(folder, 'dist/main.js')], {
    env: { PATH, PORT: '0', DATABASE_URL: temporaryDatabase(), ...variables },
  });
  let text = '';
  const ended = new Promise<number | null>((done) => {
    child.once('close', done);
  });
  const port = new Promise<number>((done, fail) => {
    const collect = (chunk: Buffer) => {
      text += chunk.toString();
      const [, found] = /"port":(\d+)[^\n]*"ready"/.exec(text) ?? [];
      if (found !== undefined) done(Number(found));
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('close', () => fail(new Error(`the service did not start:\n${text}`)));
  });
  port.catch(() => undefined);
  return { child, log: () => text, port, ended };
}

export interface OpenWorld extends World {
  readonly end: () => Promise<void>;
}

export async function openWorld(folder: string): Promise<OpenWorld> {
  const side = await startOtherSide();
  const file = join(folder, 'clients.yaml');
  writeFileSync(file, clientsFile(side.origin));
  const { child, log, port: started, ended } = startBuilt(folder, { CLIENTS_FILE: file, PUBLIC_URL });
  const port = await started;
  const raw: World['raw'] = (bytes, how) =>
    exchange(port, typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes, how);
  const send: World['send'] = (sending, how) => {
    const { path = ORDER_SIGN } = sending;
    const token = { Authorization: `Bearer ${tokenOf({ path: path.split('?')[0] ?? path })}` };
    return raw(bytesOf({ ...sending, path, headers: { ...token, ...sending.headers } }), how);
  };
  const end = async () => {
    child.kill('SIGKILL');
    await ended;
    side.close();
    rmSync(folder, { recursive: true });
  };
  return { ...side, port, child, log, raw, send, end };
}

export type Json = Record<string, unknown>;

interface Call extends Json {
  context: Json;
  prefetch: Json;
}

/** Both relaxants are drafted; the example is read anew each time, so that a row may change it. */
export const callOf = (name = 'both-relaxants-drafted'): Call =>
  JSON.parse(readFileSync(`fhir-fixtures/requests/${name}.json`, 'utf8')) as Call;
