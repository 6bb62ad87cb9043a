/** The file of clients: what it may say, every fault told with its line, and the example of its documentation. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ClientsFaultsError, loadClients } from '../../src/clients/clients-file.js';
import { jwk, keys } from './support.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clients-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function load(text: string) {
  const file = join(folder, 'clients.yaml');
  writeFileSync(file, text);
  return loadClients(file);
}

/** Without the folder. */
function faultsOf(text: string): readonly string[] {
  try {
    load(text);
    return [];
  } catch (error) {
    return (error as ClientsFaultsError).faults.map((fault) => fault.replace(`${folder}/`, ''));
  }
}

const one = (...lines: readonly string[]) =>
  [
    'clients:',
    '  - name: ehr',
    '    iss: https://ehr.example.org',
    ...lines.map((line) => `    ${line}`),
  ].join('\n');
const listed = (...lines: readonly string[]) => one('jwksUrl: https://ehr.example.org/jwks', ...lines);
const inline = (...inlineKeys: readonly unknown[]) => one(`jwks: ${JSON.stringify({ keys: inlineKeys })}`);

const [, example = ''] = /```yaml\n([\s\S]+?)```/.exec(readFileSync('docs/clients.md', 'utf8')) ?? [];
const own = jwk(keys.es384, { kid: 'k', alg: 'ES384' });

test('the example of docs/clients.md is taken as it stands', () => {
  expect(load(example)).toEqual([
    {
      name: 'general-hospital',
      iss: 'https://ehr.general.example.org',
      keys: { is: 'at', url: 'https://ehr.general.example.org/.well-known/jwks.json' },
      aud: [],
      fhirServers: ['https://ehr.general.example.org/fhir/r4'],
      tenants: ['north', 'south'],
      algorithms: ['ES384', 'RS384'],
      selectionBehavior: 'at-most-one',
      origins: ['https://ehr.general.example.org'],
      rate: 600,
      repeatDays: undefined,
    },
    {
      name: 'city-clinic',
      iss: 'https://city.example.org/oauth2',
      keys: { is: 'inline', keys: expect.any(Map) },
      aud: ['rx-distinct'],
      fhirServers: ['https://city.example.org/api/FHIR/R4'],
      tenants: undefined,
      algorithms: ['ES384', 'RS384', 'RS256'],
      selectionBehavior: 'any',
      origins: [],
      rate: undefined,
      repeatDays: undefined,
    },
  ]);
});

test('every field of the file is in docs/clients.md', () => {
  const fault = faultsOf(listed('unknown: 1')).join('');
  const [, fields = ''] = /known are ([\w, ]+)/.exec(fault) ?? [];
  const page = readFileSync('docs/clients.md', 'utf8');
  expect(fields.split(', ')).toHaveLength(12);
  expect(fields.split(', ').filter((field) => !page.includes(`| \`${field}\` |`))).toEqual([]);
});

test('servers of this machine may be named with http', () => {
  const text = one(
    'jwksUrl: http://127.0.0.1:8080/jwks',
    'fhirServers: [http://localhost:8081/fhir, "http://[::1]/fhir"]',
  );
  expect(faultsOf(text)).toEqual([]);
});

test('all faults are told at once, each with its line', () => {
  const text = [
    'clients:',
    '  - name: ehr',
    '    iss: https://ehr.example.org',
    '    jwksURL: https://ehr.example.org/jwks',
    '    fhirServers:',
    '      - https://ehr.example.org/r4',
    '      - http://ehr.example.org/r4',
    '    algorithms: [ES385]',
    '    selectionBehavior: at-most-on',
    '    rate: 0',
  ].join('\n');
  expect(faultsOf(text)).toEqual([
    expect.stringMatching(
      /^clients\.yaml:4 clients\.0: has the unknown key "jwksURL".*did you mean "jwksUrl"\?/,
    ),
    expect.stringMatching(/^clients\.yaml:7 clients\.0\.fhirServers\.1: expected .*https/),
    expect.stringMatching(/^clients\.yaml:8 clients\.0\.algorithms\.0: expected .*did you mean "ES384"\?/),
    expect.stringMatching(
      /^clients\.yaml:9 clients\.0\.selectionBehavior: expected .*did you mean "at-most-one"\?/,
    ),
    expect.stringMatching(/^clients\.yaml:10 clients\.0\.rate: expected at least 1/),
  ]);
});

describe('is a fault with its line:', () => {
  test.each<readonly [string, number, string]>([
    ['an empty file', 1, ''],
    ['no client', 1, 'clients: []'],
    ['clients that are no list', 1, 'clients: {}'],
    ['no iss', 2, 'clients:\n  - name: ehr\n    jwksUrl: https://ehr.example.org/jwks'],
    ['no name', 2, 'clients:\n  - iss: https://ehr.example.org\n    jwksUrl: https://ehr.example.org/jwks'],
    ['no keys', 2, one()],
    ['keys in two places', 2, listed(`jwks: ${JSON.stringify({ keys: [own] })}`)],
    ['a blank in iss', 3, 'clients:\n  - name: ehr\n    iss: a b\n    jwksUrl: https://ehr.example.org/jwks'],
    ['jwksUrl with http', 4, one('jwksUrl: http://ehr.example.org/jwks')],
    ['jwksUrl to the metadata of a cloud', 4, one('jwksUrl: https://169.254.169.254/jwks')],
    ['jwksUrl with a user', 4, one('jwksUrl: https://a:b@ehr.example.org/jwks')],
    ['jwksUrl that is a file', 4, one('jwksUrl: file:///etc/jwks.json')],
    ['jwksUrl that is no address', 4, one('jwksUrl: jwks.json')],
    ['a FHIR server with a query', 5, listed('fhirServers: ["https://ehr.example.org/r4?a=b"]')],
    ['a FHIR server with a fragment', 5, listed('fhirServers: ["https://ehr.example.org/r4#a"]')],
    ['a FHIR server with an encoded slash', 5, listed('fhirServers: ["https://ehr.example.org/a%2fb"]')],
    ['one FHIR server that is no list', 5, listed('fhirServers: https://ehr.example.org/r4')],
    ['no audience in a list', 5, listed('aud: []')],
    ['no tenant in a list', 5, listed('tenants: []')],
    ['a tenant that is a number', 5, listed('tenants: [7]')],
    ['no algorithm', 5, listed('algorithms: []')],
    ['a symmetric algorithm', 5, listed('algorithms: [HS256]')],
    ['no signature', 5, listed('algorithms: [none]')],
    ['an origin with a path', 5, listed('origins: ["https://ehr.example.org/"]')],
    ['any origin', 5, listed('origins: ["*"]')],
    ['the origin null', 5, listed('origins: ["null"]')],
    ['an origin in upper case', 5, listed('origins: ["https://EHR.example.org"]')],
    ['a rate with a fraction', 5, listed('rate: 1.5')],
    ['a rate in words', 5, listed('rate: many')],
    ['more than a year of repeatDays', 5, listed('repeatDays: 366')],
    ['an unknown field', 5, listed('fhirServer: https://ehr.example.org/r4')],
    ['no list of keys', 4, one('jwks: {}')],
    ['an empty list of keys', 4, inline()],
    ['a symmetric key', 4, inline({ kty: 'oct', kid: 'k', k: 'c2VjcmV0' })],
    ['a private key', 4, inline({ ...own, d: 'secret' })],
    ['a key without kid', 4, inline(jwk(keys.es384, {}))],
    ['a key for an algorithm the client does not use', 4, inline(jwk(keys.es256, { kid: 'k' }))],
    ['an RSA key of 1024 bits', 4, inline(jwk(keys.weak, { kid: 'k' }))],
    ['101 keys', 4, inline(...Array.from({ length: 101 }, () => own))],
    ['a field that stands twice', 5, listed('jwksUrl: https://evil.example/jwks')],
    ['no YAML', 1, 'clients: ['],
  ])('%s', (_name, line, text) => {
    expect(faultsOf(text)).toEqual([expect.stringMatching(`^clients\\.yaml:${line} .*`)]);
  });

  test('a second client of the same name or issuer', () => {
    const text = `${listed()}\n${listed().replace('clients:\n', '')}`;
    expect(faultsOf(text)).toEqual([
      'clients.yaml:5 clients.1.name: expected each client to have its own; line 2 has the same',
      'clients.yaml:6 clients.1.iss: expected each client to have its own; line 3 has the same',
    ]);
  });
});

test.each(['missing.yaml', '.'])('a file that cannot be read is told in one line: %s', (name) => {
  expect(() => loadClients(join(folder, name))).toThrow(
    /^CLIENTS_FILE: .* cannot be read \((ENOENT|EISDIR)\)$/,
  );
});

test('a private key is not repeated in its fault', () => {
  expect(faultsOf(inline({ ...own, d: 'secret-part' })).join('')).not.toContain('secret-part');
});
