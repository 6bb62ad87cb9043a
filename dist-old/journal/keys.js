/** What the journal's key does: hides who a patient is, chains entries, and encrypts what prescribers write. */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync, } from 'node:fs';
import { dirname } from 'node:path';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** @param secret JOURNAL_KEY: a text of at least 32 characters */
export function journalKeys(secret) {
    const derived = (use) => Buffer.from(hkdfSync('sha256', secret, 'rx-distinct journal', use, 32));
    const [forPatients, forPrescribers, forChain, forDigests, forComments] = [
        derived('patients'),
        derived('prescribers'),
        derived('chain'),
        derived('digests'),
        derived('comments'),
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
function nameless(key, { client, tenant, id }) {
    return mac(key, JSON.stringify([client, tenant, id])).slice(0, 22);
}
function mac(key, text) {
    return createHmac('sha256', key).update(text).digest('base64url');
}
function encrypt(key, text) {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}
function decrypt(key, text) {
    const bytes = Buffer.from(text, 'base64url');
    try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
        decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        const opened = [decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()];
        return Buffer.concat(opened).toString('utf8');
    }
    catch {
        return undefined;
    }
}
/** Where the key of a SQLite file is kept. */
export function keyFile(databasePath) {
    return `${databasePath}.key`;
}
/** Fewer characters can be guessed. */
export const LEAST_SECRET = 32;
/**
 * The key kept beside a SQLite file, made when there is none yet. Readable by its owner only.
 * @throws Error when it can be neither read nor made, or is too short to be one
 */
export function keptKey(databasePath) {
    const path = keyFile(databasePath);
    if (!existsSync(path))
        makeKey(path);
    const kept = readFileSync(path, 'utf8').trim();
    if (kept.length >= LEAST_SECRET)
        return kept;
    throw new Error(`${path}: expected a key of at least ${LEAST_SECRET} characters; put the right one back`);
}
/** It appears whole or not at all; of several processes that make one at once, the first one's stays. */
function makeKey(path) {
    mkdirSync(dirname(path), { recursive: true });
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    const file = openSync(draft, 'wx', 0o600);
    writeSync(file, `${randomBytes(32).toString('base64url')}\n`);
    fsyncSync(file);
    closeSync(file);
    try {
        linkSync(draft, path);
    }
    catch (error) {
        if (error.code !== 'EEXIST')
            throw error;
    }
    finally {
        unlinkSync(draft);
    }
}
//# sourceMappingURL=keys.js.map