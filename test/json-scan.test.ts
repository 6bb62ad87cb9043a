/** What is refused of a body before it is parsed: depth, number of values, names, doubled members of the envelope. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { faultBeforeParsing, mostValues } from '../src/json-scan.js';

const MOST = mostValues(4 * 1024 * 1024);

const faultOf = (text: string, most = MOST) => faultBeforeParsing(Buffer.from(text), most);
const messageOf = (text: string, most = MOST) => faultOf(text, most)?.message;

describe('depth', () => {
  test.each([
    ['64 arrays', `${'['.repeat(64)}${']'.repeat(64)}`],
    ['32 objects in arrays', `${'[{"a":'.repeat(32)}1${'}]'.repeat(32)}`],
    ['brackets in a string', `"${'['.repeat(1_000)}"`],
    ['brackets after an escaped quote', `"\\"${'['.repeat(1_000)}"`],
    ['many arrays side by side', `[${'[],'.repeat(1_000)}[]]`],
  ])('%s pass', (_what, text) => {
    expect(faultOf(text)).toBeUndefined();
  });

  test.each([
    ['65 arrays', `${'['.repeat(65)}${']'.repeat(65)}`],
    ['a thousand arrays', '['.repeat(1_000)],
    ['a million arrays', '['.repeat(1_000_000)],
    ['a hundred thousand objects', '{"a":'.repeat(100_000)],
    ['objects and arrays, 65 of them', `${'[{"a":'.repeat(32)}[1]${'}]'.repeat(32)}`],
    ['arrays after a string that ends in a backslash', `["\\\\",${'['.repeat(64)}`],
  ])('%s do not', (_what, text) => {
    expect(messageOf(text)).toBe('The body is nested more than 64 levels deep.');
  });
});

describe('a string ends where JSON says', () => {
  const signs = ['a', '"', '\\', '!', '#', '[', ']', '\u00a2', '\u20ac', '\u{1f600}', '\u0001'];
  const tooDeep = '['.repeat(63);

  test.each([
    ['after', (text: string) => `[${text},${tooDeep}`, undefined],
    [
      'and one deeper after',
      (text: string) => `[${text},[${tooDeep}`,
      'The body is nested more than 64 levels deep.',
    ],
  ])('whatever stands in it: %s it brackets count', (_what, around, message) => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...signs), { maxLength: 24 }), fc.nat(7), (written, before) => {
        const text = JSON.stringify(written.join(''));
        // At each place within a word of four bytes, and within more memory than its own.
        const body = Buffer.from(`${' '.repeat(before)}${around(text)}`);
        const within = Buffer.concat([Buffer.alloc(before, '"'), body, Buffer.from('"]\\')]);
        const fault = faultBeforeParsing(within.subarray(before, before + body.length), MOST);
        expect(fault?.message).toBe(message);
      }),
      { numRuns: 500 },
    );
  });

  test.each(['"', '"abc', '"abcd', '"abcde', '"abc\\', '"abcd\\', '"\\"', '["a","bcdefg\\"'])(
    'and a body at its own end: %s',
    (text) => {
      expect(faultOf(text)).toBeUndefined();
    },
  );

  test.each(['', 'a', 'ab', 'abc', 'abcd', 'abcde', '\\"', '\\\\', '#', '##', '!#]['])(
    'a name is read after a string of %s',
    (text) => {
      expect(messageOf(`{"a":{"b":{"c":"${text}","__proto__":1}}}`)).toBe(
        'No member may be called __proto__, constructor or prototype.',
      );
    },
  );
});

describe('the number of values', () => {
  test('is 100,000 for each MB of MAX_BODY', () => {
    expect(mostValues(4 * 1024 * 1024)).toBe(400_000);
    expect(mostValues(1024 * 1024)).toBe(100_000);
    expect(mostValues(1)).toBe(1);
  });

  test.each([
    ['[1,2,3]', 4],
    ['{"a":1,"b":[]}', 4],
    ['"a,b,c"', 1],
  ])('of %s is counted as %i at most', (text, values) => {
    expect(faultOf(text, values)).toBeUndefined();
    expect(messageOf(text, values - 1)).toBe(`The body holds more than ${values - 1} values.`);
  });

  test('lets a dense history of 4 MB pass with room to spare', () => {
    const call = JSON.parse(
      readFileSync('fhir-fixtures/requests/out-of-scope-order-with-a-heavy-record.json', 'utf8'),
    ) as { prefetch: { medications: { entry: object[] } } };
    const entries = JSON.stringify(call.prefetch.medications.entry).slice(1, -1);
    const history = `[${Array.from({ length: Math.floor(4_194_000 / (entries.length + 1)) }, () => entries).join()}]`;
    expect(history.length).toBeGreaterThan(4_000_000);
    expect(faultOf(history, MOST / 2)).toBeUndefined();
  });

  test('ends 4 MB of empty arrays', () => {
    expect(messageOf(`[${'[],'.repeat(1_390_000)}[]]`)).toBe(`The body holds more than ${MOST} values.`);
  });
});

describe('a member called', () => {
  test.each([
    '{"__proto__":{"polluted":1}}',
    '{"\\u005f_proto__":{"polluted":1}}',
    '{"\\u005F\\u005fproto\\u005f\\u005f" : 1}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"con\\u0073tructor":1}',
    '{"prototype":1}',
    '{"prefetch":{"a":[{"extension":[{"__proto__"\r\n\t :1}]}]}}',
    '[{"a":[{"b":{"constructor":null}}]}]',
  ])('as in %s is refused', (text) => {
    expect(messageOf(text)).toBe('No member may be called __proto__, constructor or prototype.');
  });

  test.each([
    '{"toString":1,"hasOwnProperty":2,"valueOf":3}',
    '{"a":"__proto__","b":["constructor","prototype"]}',
    '{"extension":1,"reference":2,"proto":3,"_proto__":4,"Constructor":5}',
    '{"note":"the \\"__proto__\\": 1 of it"}',
    '{"a\\qb":1}',
  ])('as in %s passes', (text) => {
    expect(faultOf(text)).toBeUndefined();
  });
});

describe('a member that stands twice', () => {
  test.each([
    ['hook', '{"hook":"a","hook":"b"}'],
    ['hook', '{"hook":"a","h\\u006fok":"b"}'],
    ['context', '{"context":{},"context":{}}'],
    ['prefetch', '{"prefetch":{"a":{"b":1}},"hook":"x","prefetch":{}}'],
    [
      'context.patientId',
      '{"hook":"a","context":{"patientId":"1","draftOrders":{"id":"9"},"patientId":"2"}}',
    ],
    ['fhirAuthorization.access_token', '{"fhirAuthorization":{"access_token":"1","access_token":"2"}}'],
    ['context', '{"context":{"Smith, John":1,"Smith, John":2}}'],
  ])('is refused at %s: %s', (expression, text) => {
    expect(faultOf(text)).toMatchObject({
      code: 'invalid-request',
      message: `${expression}: a member stands twice`,
      options: { expression },
    });
  });

  test('is not named when nobody knows it', () => {
    expect(faultOf('{"Smith, John":1,"Smith, John":2}')).toMatchObject({
      message: 'A member of the body stands twice.',
      options: {},
    });
  });

  test.each([
    '{"hook":"a","context":{"hook":"b"}}',
    '{"context":{"patientId":"1"},"fhirAuthorization":{"patientId":"1"}}',
    '{"prefetch":{"a":1,"a":2}}',
    '{"context":{"draftOrders":{"id":"1","id":"2"}}}',
    '[{"a":1},{"a":1}]',
  ])('elsewhere, as in %s, is the parser\u2019s business', (text) => {
    expect(faultOf(text)).toBeUndefined();
  });
});

test('every JSON that has none of this passes, whatever it holds', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 20 }), (text) => {
      fc.pre(!/__proto__|constructor|prototype/.test(text));
      expect(faultOf(text)).toBeUndefined();
    }),
  );
});

test('nothing that comes makes it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(() => faultBeforeParsing(bytes, 50)).not.toThrow();
    }),
  );
});
