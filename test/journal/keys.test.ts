/** The key of the journal: kept beside the file, whole or not at all; what it hides and what it opens again. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { journalKeys, keptKey } from '../../src/journal/keys.js';
import { keys, SECRET } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'rx-distinct-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the key beside a file', () => {
  test('is made once, for its owner alone, and is the same ever after', () => {
    const path = join(folder, 'made', 'journal.sqlite');
    const made = keptKey(path);
    expect(made.length).toBeGreaterThanOrEqual(32);
    expect(keptKey(path)).toBe(made);
    expect(statSync(`${path}.key`).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'made'))).toEqual(['journal.sqlite.key']);
    expect(readFileSync(`${path}.key`, 'utf8').trim()).toBe(made);
  });

  test.each(['', 'short'])('that is cut off ("%s") is refused: anybody could guess it', (text) => {
    const path = join(folder, 'cut.sqlite');
    writeFileSync(`${path}.key`, text);
    expect(() => keptKey(path)).toThrow(/cut\.sqlite\.key: expected a key of at least 32 characters/);
  });
});

describe('a key', () => {
  const person = { client: 'ehr', tenant: '', id: 'patient-1' };

  test('tells the same person by the same hash, and no one else', () => {
    const hashes = [
      keys.patient(person),
      keys.patient({ ...person, id: 'patient-2' }),
      keys.patient({ ...person, client: 'other' }),
      keys.patient({ ...person, tenant: 'north' }),
      keys.prescriber(person),
      journalKeys(`${SECRET}, another`).patient(person),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(journalKeys(SECRET).patient(person)).toBe(hashes[0]);
  });

  test('opens what it has encrypted, which is another text each time, and nothing else', () => {
    const sealed = keys.encrypt('as agreed');
    expect(keys.encrypt('as agreed')).not.toBe(sealed);
    expect(keys.decrypt(sealed)).toBe('as agreed');
    expect(journalKeys(`${SECRET}, another`).decrypt(sealed)).toBeUndefined();
    expect(keys.decrypt(`${sealed.slice(0, -2)}AA`)).toBeUndefined();
    expect(keys.decrypt('')).toBeUndefined();
  });
});
