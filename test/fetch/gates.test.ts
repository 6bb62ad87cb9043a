/** Which servers are contacted at all: this machine's and the listed ones, and nobody else gets a connection or a token. */

import { describe, expect, test } from '@jest/globals';
import { isLoopbackName, mayConnect, parseBase } from '../../src/addresses.js';
import { belowBase, isRegistered } from '../../src/record/fetch/base.js';
import { checkedLookup } from '../../src/record/fetch/lookup.js';
import { asking, example, fhirServer, json, searchset, service, TOKEN } from './support.js';

const call = example('baclofen-in-place-of-cyclobenzaprine');
const listed = ['https://fhir.example.org/r4/a'].flatMap((text) => parseBase(text) ?? []);
const registered = (text: string, isLocal = true) => {
  const base = parseBase(text);
  return base !== undefined && isRegistered(base, listed, isLocal);
};

describe('a FHIR server', () => {
  test.each([
    'http://127.0.0.1:8080/fhir',
    'http://127.9.9.9/fhir',
    'http://localhost/fhir',
    'https://LOCALHOST/fhir',
    'http://[::1]:8080/fhir',
    'http://127.1/fhir',
    'https://fhir.example.org/r4/a',
    'https://fhir.example.org/r4/a/',
    'https://FHIR.example.org:443/r4/a/tenant',
  ])('%s may be asked', (text) => {
    expect(registered(text)).toBe(true);
  });

  test.each([
    'https://fhir.example.org/r4/ab',
    'https://fhir.example.org/r4',
    'https://fhir.example.org/r4/a/../b',
    'https://fhir.example.org/r4/a/%2e%2e/b',
    'https://fhir.example.org/r4/a%2f..%2fb',
    'https://fhir.example.org/r4/a/%252e%252e/b',
    'https://fhir.example.org/r4/a/..;/b',
    'https://fhir.example.org:8443/r4/a',
    'http://fhir.example.org/r4/a',
    'https://fhir.example.org.evil.test/r4/a',
    'https://evil.test/r4/a',
    'https://fhir.example.org@evil.test/r4/a',
    'https://evil.test\\@fhir.example.org/r4/a',
    'https://evil.test#@fhir.example.org/r4/a',
    'https://fhir.example.org\t.evil.test/r4/a',
    'https://user:pass@fhir.example.org/r4/a',
    'https://localhost./fhir',
    'https://127.0.0.1.nip.io/fhir',
    'http://169.254.169.254/fhir',
    'http://[::ffff:127.0.0.1]/fhir',
    'http://[::]/fhir',
    'http://0/fhir',
    'http://①②⑦.0.0.1/fhir',
    'http://10.0.0.1/fhir',
    'file:///etc/passwd',
    'ftp://127.0.0.1/fhir',
    '//127.0.0.1/fhir',
    '',
  ])('%s may not', (text) => {
    expect(registered(text)).toBe(false);
  });
});

describe('a FHIR server of this machine, when others can call the service', () => {
  test.each(['http://127.0.0.1:8080/fhir', 'https://localhost/fhir', 'http://[::1]:8080/fhir'])(
    '%s must be listed like any other',
    (text) => {
      expect(registered(text, false)).toBe(false);
    },
  );

  test('may be asked when it is listed', () => {
    const base = parseBase('http://127.0.0.1:8080/fhir');
    expect(base !== undefined && isRegistered(base, [base], false)).toBe(true);
  });
});

describe('an address that a name leads to', () => {
  test.each(['127.0.0.1', '127.8.8.8', '::1'])('%s is for names of this machine only', (address) => {
    expect([mayConnect('localhost', address), mayConnect('fhir.example.org', address)]).toEqual([
      true,
      false,
    ]);
  });

  test.each([
    '0.0.0.0',
    '169.254.169.254',
    '100.100.100.200',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::ffff:127.0.0.1',
  ])('%s is for nobody', (address) => {
    expect([mayConnect('localhost', address), mayConnect('fhir.example.org', address)]).toEqual([
      false,
      false,
    ]);
  });

  test.each(['fe80::1', 'fd00:ec2::254', '64:ff9b::7f00:1', '2002:7f00:1::', 'ff02::1'])(
    '%s is for nobody either',
    (address) => {
      expect([mayConnect('localhost', address), mayConnect('fhir.example.org', address)]).toEqual([
        false,
        false,
      ]);
    },
  );

  test.each(['93.184.215.14', '10.1.2.3', '2606:2800:220:1::1'])('%s is for listed servers', (address) => {
    expect([mayConnect('localhost', address), mayConnect('fhir.example.org', address)]).toEqual([
      false,
      true,
    ]);
  });

  test('is not this machine because of a dot', () => {
    expect(['localhost.', '127.0.0.1.nip.io', '[::ffff:7f00:1]'].map(isLoopbackName)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('the lookup of a name', () => {
  const lookedUp = (name: string, all: boolean) =>
    new Promise((resolve) => {
      checkedLookup(name, { all }, (error, address) => resolve(error === null ? address : 'refused'));
    });

  test('of this machine leads to it', async () => {
    expect(await lookedUp('localhost', true)).toContainEqual(
      expect.objectContaining({ address: expect.stringMatching(/^(127\.0\.0\.1|::1)$/) }),
    );
    expect(await lookedUp('localhost', false)).toMatch(/^(127\.0\.0\.1|::1)$/);
  });

  test.each(['2130706433', '0x7f000001', '0', 'nobody.invalid'])('of %s is refused', async (name) => {
    expect([await lookedUp(name, true), await lookedUp(name, false)]).toEqual(['refused', 'refused']);
  });
});

describe('a call that names a server', () => {
  test('that is not registered brings what can be decided, says so, and contacts nobody', async () => {
    const tested = await service();
    const answer = await tested.call(asking({ url: 'https://fhir.example.org/r4' }, call, 'problems'));
    expect(answer.status).toBe(200);
    expect(answer.topics[0]).toBe('warning interchange-replaced');
    expect(answer.unread).toBe('problem list (its FHIR server is not registered here)');
    const warned = tested.lines.filter(({ level }) => level === 'warn');
    expect(warned).toEqual([
      {
        level: 'warn',
        facts: { requestId: expect.any(String) },
        message: expect.stringContaining('SANDBOX_FHIR_SERVERS'),
      },
    ]);
    expect(JSON.stringify(tested.lines) + answer.text).not.toContain(TOKEN);
  });

  test.each([
    'ftp://127.0.0.1/fhir',
    'file:///etc/passwd',
    '//127.0.0.1/fhir',
    'http://user:pass@127.0.0.1/fhir',
    'http://127.0.0.1/fhir?x=1',
    'http://127.0.0.1\\@fhir.example.org',
    'http://127.0.0.1/\tfhir',
    'not a URL',
  ])('as %s is refused', async (fhirServer) => {
    const { fhirServer: _, ...rest } = asking({ url: '' }, call, 'problems') as {
      fhirServer?: string;
      hook: string;
    };
    const answer = await (await service()).call({ ...rest, fhirServer });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('"expression":["fhirServer"]');
  });

  test('with a token of two lines is refused, and nothing is sent', async () => {
    const server = await fhirServer((_request, response) => json(response, searchset()));
    const sent = {
      ...asking(server, call, 'problems'),
      fhirAuthorization: { access_token: 'a\r\nX-Evil: 1' },
    };
    const answer = await (await service()).call(sent);
    expect([answer.status, server.sockets()]).toEqual([400, 0]);
    expect(answer.text).not.toContain('X-Evil');
  });
});

describe('an address below a base', () => {
  const base = parseBase('http://127.0.0.1:8080/fhir') ?? { origin: '', path: '' };

  test.each([
    ['Patient/1', 'http://127.0.0.1:8080/fhir/Patient/1'],
    ['http://127.0.0.1:8080/fhir?_getpages=1', 'http://127.0.0.1:8080/fhir?_getpages=1'],
    ['?page=2', 'http://127.0.0.1:8080/fhir/?page=2'],
  ])('%s is one', (written, href) => {
    expect(belowBase(written, base)?.href).toBe(href);
  });

  test.each([
    '../Patient/1',
    '/Patient/1',
    '//evil.test/fhir/Patient/1',
    'https://127.0.0.1:8080/fhir/x',
    'urn:uuid:1',
    'javascript:1',
    '',
  ])('%s is none that can be asked for a resource', (written) => {
    expect(belowBase(written, base)?.pathname ?? '').not.toMatch(/Patient|x$/);
  });
});
