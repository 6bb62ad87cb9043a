/** What the journal's key does: hides who a patient is, chains entries, and encrypts what prescribers write. */

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Whose record, or whose hand: the same person at another client or tenant is another one. */
export interface Person {
  readonly client: string;
  readonly tenant: string;
  readonly id: string;
}

export interface JournalKeys {
  /** Tells this key from others; nothing can be learned of the key from it. */
  readonly fingerprint: string;
  readonly patient: (person: Person) => string;
  readonly prescriber: (person: Person) => string;
  /** Hash of an entry together with the one before it. */
  link(before: string, entry: { readonly at: string; readonly kind: string; readonly body: string }): string;
  /** Tells two feedbacks apart without telling what they say. */
  digest(text: string): string;
  encrypt(text: string): string;
  /** @returns undefined for what this key has not encrypted */
  decrypt(text: string): string | undefined;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** @param secret JOURNAL_KEY: a text of at least 32 characters */
export function journalKeys(secret: string): JournalKeys {
  const derived = (use: string) => Buffer.from(hkdfSync('sha256', secret, 'rx-distinct journal', use, 32));
  // Made once: of mere bytes Node.js 24 makes a key with every hash, and an error with its stack on the way.
  const keyFor = (use: string) => createSecretKey(derived(use));
  const [forPatients, forPrescribers, forChain, forDigests, forComments] = [
    keyFor('patients'),
    keyFor('prescribers'),
    keyFor('chain'),
    keyFor('digests'),
    keyFor('comments'),
  ];
  return {
    fingerprint: createHash('sha256').update(derived('fingerprint')).digest('hex').slice(0, 16),
    patient: (person) => nameless(forPatients, person),
    prescriber: (person) => nameless(forPrescribers, person),
    link: (before, { at, kind, body }) => mac(forChain, JSON.stringify([before, at, kind, body])),
    digest: (text) => mac(forDigests, text),
    encrypt: (text) => encrypt(forComments, text),
    decrypt: (text) => decrypt(forComments, text),
  };
}

function nameless(key: KeyObject, { client, tenant, id }: Person): string {
  return mac(key, JSON.stringify([client, tenant, id])).slice(0, 22);
}

function mac(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

function encrypt(key: KeyObject, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

function decrypt(key: KeyObject, text: string): string | undefined {
  const bytes = Buffer.from(text, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const opened = [decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()];
    return Buffer.concat(opened).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Where the key of a SQLite file is kept. */
export function keyFile(databasePath: string): string {
  return `${databasePath}.key`;
}

/** Fewer characters can be guessed. */
export const LEAST_SECRET = 32;

/**
 * The key kept beside a SQLite file, made when there is none yet. Readable by its owner only.
 * @throws Error when it can be neither read nor made, or is too short to be one
 */
export function keptKey(databasePath: string): string {
  const path = keyFile(databasePath);
  if (!existsSync(path)) makeKey(path);
  const kept = readFileSync(path, 'utf8').trim();
  if (kept.length >= LEAST_SECRET) return kept;
  throw new Error(`${path}: expected a key of at least ${LEAST_SECRET} characters; put the right one back`);
}

/** It appears whole or not at all; of several processes that make one at once, the first one's stays. */
function makeKey(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  writeSync(file, `${randomBytes(32).toString('base64url')}\n`);
  fsyncSync(file);
  closeSync(file);
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}
