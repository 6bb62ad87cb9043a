/** The environment: defaults, faults, and no way to run open by surprise. */
import { describe, expect, test } from '@jest/globals';
import { type ConfigFaultsError, loadConfig } from '../src/config.js';

function faultsOf(variables: Record<string, string>): readonly string[] {
  try {
    loadConfig(variables);
    return [];
  } catch (error) {
    return (error as ConfigFaultsError).faults;
  }
}

const open = { HOST: '0.0.0.0', PUBLIC_URL: 'https://cds.example.org' };

describe('the configuration', () => {
  test('needs nothing to be set', () => {
    expect(loadConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      adminPort: undefined,
      adminHost: '127.0.0.1',
      trustProxyHops: 0,
      publicUrl: 'http://127.0.0.1:3000',
      canonicalUrl: 'http://127.0.0.1:3000',
      maxBody: 4_194_304,
      answerMs: 400,
      sandboxFhirServers: [],
      clientsFile: undefined,
      discoveryOpen: false,
      cardsDir: './cards',
      databaseUrl: 'sqlite:./data/rx-distinct.sqlite',
      timeZone: 'UTC',
      isLocal: true,
      journalDays: 400,
      journalKey: undefined,
      workers: 1,
      logLevel: 'info',
    });
  });

  test('takes a variable that is set to nothing as not set', () => {
    expect(loadConfig({ PORT: '', HOST: ' ', CLIENTS_FILE: '' })).toEqual(loadConfig({}));
  });

  test('cannot be changed', () => {
    expect(Object.isFrozen(loadConfig({}))).toBe(true);
  });

  test('follows PORT in the default of PUBLIC_URL', () => {
    expect(loadConfig({ PORT: '8080' }).publicUrl).toBe('http://127.0.0.1:8080');
  });

  test('takes the FHIR servers that may be asked as a list', () => {
    expect(
      loadConfig({ SANDBOX_FHIR_SERVERS: ' https://fhir.example.org/r4/ ,http://[::1]:8080/fhir' })
        .sandboxFhirServers,
    ).toEqual(['https://fhir.example.org/r4', 'http://[::1]:8080/fhir']);
  });

  test.each([
    'http://fhir.example.org/r4',
    'https://user@fhir.example.org',
    'fhir.example.org',
    'ftp://127.0.0.1',
    'https://fhir.example.org/a/%2e%2e/r4',
    'https://fhir.example.org\\r4',
    'https://169.254.169.254/fhir',
  ])('refuses the FHIR server %s', (SANDBOX_FHIR_SERVERS) => {
    expect(faultsOf({ SANDBOX_FHIR_SERVERS })).toEqual([
      expect.stringMatching(/^SANDBOX_FHIR_SERVERS: expected base addresses .*https/),
    ]);
  });

  test.each(['99', '30001', '1s', '-1'])('refuses ANSWER_MS %s', (ANSWER_MS) => {
    expect(faultsOf({ ANSWER_MS })).toEqual(['ANSWER_MS: expected milliseconds from 100 to 30000']);
  });

  test('takes PORT 0, any free port', () => {
    expect(loadConfig({ PORT: '0' }).port).toBe(0);
  });

  test('writes URLs without a slash at the end', () => {
    expect(loadConfig({ PUBLIC_URL: 'https://cds.example.org/rx/', ALLOW_ANONYMOUS: 'true' }).publicUrl).toBe(
      'https://cds.example.org/rx',
    );
  });

  test('keeps CANONICAL_URL when the service moves', () => {
    const config = loadConfig({
      PUBLIC_URL: 'https://new.example.org',
      CANONICAL_URL: 'https://old.example.org',
      ALLOW_ANONYMOUS: 'true',
    });
    expect(config).toMatchObject({
      publicUrl: 'https://new.example.org',
      canonicalUrl: 'https://old.example.org',
    });
  });

  test.each([
    ['4mb', 4_194_304],
    ['500KB', 512_000],
    ['1000', 1_000],
    ['77b', 77],
    ['64mb', 67_108_864],
  ])('reads MAX_BODY %s as %i bytes', (text, bytes) => {
    expect(loadConfig({ MAX_BODY: text }).maxBody).toBe(bytes);
  });
});

test.each([
  [{}, 'http://127.0.0.1:3000', true],
  [{ HOST: '::1', PORT: '3001' }, 'http://[::1]:3001', true],
  [{ HOST: 'localhost' }, 'http://localhost:3000', true],
  [{ PUBLIC_URL: 'https://localhost:8443' }, 'https://localhost:8443', true],
  [{ TRUST_PROXY_HOPS: '1', CLIENTS_FILE: 'clients.yaml' }, 'http://127.0.0.1:3000', false],
  [{ PUBLIC_URL: 'https://cds.example.org', CLIENTS_FILE: 'clients.yaml' }, 'https://cds.example.org', false],
  [
    { HOST: '0.0.0.0', ALLOW_ANONYMOUS: 'true', PUBLIC_URL: 'https://cds.example.org' },
    'https://cds.example.org',
    false,
  ],
])('of %j clients reach it at %s', (variables, publicUrl, isLocal) => {
  expect(loadConfig(variables)).toMatchObject({ publicUrl, isLocal });
});

describe('a fault', () => {
  test.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['ADMIN_PORT', 'metrics'],
    ['TRUST_PROXY_HOPS', 'true'],
    ['TRUST_PROXY_HOPS', '10'],
    ['MAX_BODY', '4 megabytes'],
    ['MAX_BODY', '0'],
    ['MAX_BODY', '65mb'],
    ['MAX_BODY', '999999999mb'],
    ['PUBLIC_URL', 'cds.example.org'],
    ['PUBLIC_URL', 'ftp://cds.example.org'],
    ['PUBLIC_URL', 'https://user:secret@cds.example.org'],
    ['PUBLIC_URL', 'https://cds.example.org/?a=b'],
    ['CANONICAL_URL', 'https://cds.example.org/#a'],
    ['LOG_LEVEL', 'loud'],
    ['ALLOW_ANONYMOUS', 'yes'],
    ['DISCOVERY_OPEN', 'yes'],
    ['DATABASE_URL', 'mysql://example.org/db'],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', 'sqlite://journal.sqlite'],
    ['DATABASE_URL', 'sqlite::memory:'],
    ['DATABASE_URL', 'sqlite:file::memory:'],
    ['DATABASE_URL', 'postgres:///db'],
    ['JOURNAL_KEY', 'too short'],
    ['JOURNAL_DAYS', '0'],
    ['TIME_ZONE', 'Chicago'],
    ['WORKERS', '0'],
    ['WORKERS', '65'],
    ['WORKERS', 'all'],
    ['JOURNAL_DAYS', 'a year'],
  ])('of %s=%s is told by the name of the variable', (name, value) => {
    expect(faultsOf({ [name]: value })).toEqual([expect.stringMatching(`^${name}: expected `)]);
  });

  test('does not hide another', () => {
    expect(faultsOf({ PORT: 'http', LOG_LEVEL: 'loud', MAX_BODY: 'big' })).toHaveLength(3);
  });
});

describe('without a list of clients', () => {
  test.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1'])('the service starts on %s', (HOST) => {
    expect(faultsOf({ HOST })).toEqual([]);
  });

  test.each(['0.0.0.0', '::', '10.0.0.7', 'cds.example.org', '127.0.0.1.example.org'])(
    'the service does not start on %s',
    (HOST) => {
      expect(faultsOf({ ...open, HOST })).toEqual([expect.stringMatching(/^HOST: .*ALLOW_ANONYMOUS=true/)]);
    },
  );

  test.each([
    ['PUBLIC_URL', { PUBLIC_URL: 'https://cds.example.org', TRUST_PROXY_HOPS: '1' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://127.0.0.1.example.org' }],
    ['TRUST_PROXY_HOPS', { TRUST_PROXY_HOPS: '1' }],
  ])('the service does not start on a loopback address that others reach by %s', (name, variables) => {
    expect(faultsOf(variables)).toEqual([expect.stringMatching(`^${name}: .*ALLOW_ANONYMOUS=true`)]);
    expect(faultsOf({ ...variables, ALLOW_ANONYMOUS: 'true' })).toEqual([]);
  });

  test('the service starts open to others when that is said on purpose', () => {
    expect(faultsOf({ ...open, ALLOW_ANONYMOUS: 'true' })).toEqual([]);
  });

  test('the service does not start when ALLOW_ANONYMOUS is false', () => {
    expect(faultsOf({ ...open, ALLOW_ANONYMOUS: 'false' })).toHaveLength(1);
  });
});

test('PUBLIC_URL must be given when others can call', () => {
  expect(faultsOf({ HOST: '0.0.0.0', ALLOW_ANONYMOUS: 'true' })).toEqual([
    expect.stringMatching(/^PUBLIC_URL: must be given/),
  ]);
});

test.each([
  [{ PORT: '3000', ADMIN_PORT: '3000' }],
  [{ ...open, ALLOW_ANONYMOUS: 'true', PORT: '9464', ADMIN_PORT: '9464' }],
])('one port for the callers and the operator is refused: %j', (variables) => {
  expect(faultsOf(variables)).toEqual([
    expect.stringMatching(/^ADMIN_PORT: expected another port than PORT, got \d+ for both/),
  ]);
});

test('the operator may have the same port on another address, and any free one', () => {
  expect(faultsOf({ PORT: '3000', ADMIN_PORT: '3000', ADMIN_HOST: '127.0.0.2' })).toEqual([]);
  expect(faultsOf({ PORT: '0', ADMIN_PORT: '0' })).toEqual([]);
});

describe('with a list of clients', () => {
  const listed = { CLIENTS_FILE: 'clients.yaml' };

  test.each([[{}], [open]])('the service starts with %j', (variables) => {
    expect(faultsOf({ ...variables, ...listed })).toEqual([]);
  });

  test.each([
    ['ALLOW_ANONYMOUS', 'true'],
    ['SANDBOX_FHIR_SERVERS', 'https://fhir.example.org/r4'],
  ])('%s=%s says the opposite and is refused', (name, value) => {
    expect(faultsOf({ ...open, ...listed, [name]: value })).toEqual([
      expect.stringMatching(`^${name}: with CLIENTS_FILE `),
    ]);
  });

  test('discovery needs a token unless that is switched off', () => {
    expect(loadConfig(listed).discoveryOpen).toBe(false);
    expect(loadConfig({ ...listed, DISCOVERY_OPEN: 'true' }).discoveryOpen).toBe(true);
  });
});

test('PostgreSQL needs a key that all replicas share; a SQLite file brings its own', () => {
  const DATABASE_URL = 'postgres://user:password@db.example.org/journal';
  expect(faultsOf({ DATABASE_URL })).toEqual([expect.stringMatching(/^JOURNAL_KEY: must be given/)]);
  const JOURNAL_KEY = 'k'.repeat(32);
  expect(loadConfig({ DATABASE_URL, JOURNAL_KEY })).toMatchObject({ journalKey: JOURNAL_KEY });
});
