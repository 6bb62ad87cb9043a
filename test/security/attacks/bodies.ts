/** B1–B9: bodies that are too large, too deep, no JSON, no UTF-8, compressed, or of another kind. */

import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Attack } from './attack.js';
import { canary } from './attack.js';
import { ORDER_SIGN, tokenOf } from './tokens.js';
import { bytesOf } from './wire.js';
import { callOf } from './world.js';

type Headers = Readonly<Record<string, string | undefined>>;

export const bodied = (
  id: string,
  what: string,
  body: () => string | Buffer,
  expected: readonly number[] = [400],
  headers: Headers = {},
): Attack => ({
  id,
  what,
  expected,
  run: (world) => world.send({ body: body(), headers }),
  also: () => ('polluted' in {} ? ['the prototype is polluted'] : []),
});

const MB = 1024 * 1024;
const call = () => JSON.stringify(callOf());
/** The example with a member more. */
const plus = (member: string, inside = '') => {
  const text = call();
  const at = inside === '' ? 1 : text.indexOf(`"${inside}":{`) + inside.length + 4;
  return `${text.slice(0, at)}${member},${text.slice(at)}`;
};
const chunked = (piece: Buffer, count: number) => {
  const headers = {
    Authorization: `Bearer ${tokenOf()}`,
    'Content-Length': undefined,
    'Transfer-Encoding': 'chunked',
  };
  const head = bytesOf({ path: ORDER_SIGN, headers });
  const frame = Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]);
  return [head, ...Array.from({ length: count }, () => frame)];
};

const large: readonly Attack[] = [
  bodied('B1.1', '100 MB announced', () => '{', [413], { 'Content-Length': String(100 * MB) }),
  {
    id: 'B1.2',
    what: '100 MB in chunks',
    expected: [413, 0],
    run: (world) => world.raw(chunked(Buffer.alloc(MB, 0x20), 100)),
  },
  bodied('B1.3', 'a byte more than is taken', () => Buffer.alloc(4 * MB + 1, 0x20), [413, 0]),
  bodied('B1.4', 'as much as is taken, all blanks', () => Buffer.alloc(4 * MB, 0x20)),
  bodied('B1.5', 'a text of 3 MB in the call', () => plus(`"x":"${'a'.repeat(3 * MB)}"`), [200, 400]),
];

const repeated = (text: string, count: number) => text.repeat(count);
const deep: readonly Attack[] = [
  ...[1_000, 5_000, 40_000, 1_000_000].map((count, index) =>
    bodied(`B2.${index + 1}`, `${count} opening brackets`, () => repeated('[', count)),
  ),
  bodied('B2.5', '100,000 objects in each other', () => repeated('{"a":', 100_000)),
  bodied('B2.6', 'arrays nested 5,000 times and closed', () => repeated('[', 5_000) + repeated(']', 5_000)),
  bodied('B2.7', 'a prefetch nested 65 times', () =>
    plus(`"deep":${repeated('[{"a":', 33)}1${repeated('}]', 33)}`, 'prefetch'),
  ),
  bodied('B2.8', 'brackets in a text, which are none', () => plus(`"x":"${repeated('[', 5_000)}"`), [200]),
  bodied('B2.9', 'brackets behind an escaped quote', () => plus(`"x":"\\"${repeated('{', 5_000)}"`), [200]),
  bodied('B3.1', '1 MB of empty arrays', () => `[${repeated('[],', 349_000)}[]]`),
  bodied(
    'B3.2',
    '80,000 names',
    () => plus(Array.from({ length: 80_000 }, (_, n) => `"name-${n}":1`).join(',')),
    [200, 400],
  ),
  bodied(
    'B3.3',
    '100,000 names that are numbers',
    () => plus(Array.from({ length: 100_000 }, (_, n) => `"${n}":1`).join(',')),
    [200, 400],
  ),
  bodied('B3.4', '3 MB of zeros in a prefetch', () =>
    plus(`"zeros":[${repeated('0,', 1_500_000)}0]`, 'prefetch'),
  ),
];

const names = ['__proto__', '\\u005f_proto__', 'constructor', 'prototype', '__pr\\u006fto__'];
const prototypes: readonly Attack[] = [
  ...names.flatMap((name, row) =>
    ['', 'context', 'prefetch'].map((inside, column) =>
      bodied(`B4.${row * 3 + column + 1}`, `${name} in ${inside || 'the body'}`, () =>
        plus(`"${name}":{"polluted":1,"prototype":{"polluted":1}}`, inside),
      ),
    ),
  ),
  ...['toString', 'hasOwnProperty', 'valueOf', 'toJSON', 'then', 'length', '__defineGetter__'].map(
    (name, index) =>
      bodied(
        `B4.${index + 16}`,
        `a prefetch key ${name}`,
        () => plus(`"${name}":{"resourceType":"Bundle"}`, 'prefetch'),
        [200],
      ),
  ),
];

const withBytes = (bytes: readonly number[]) => {
  const [before = '', after = ''] = plus('"x":"@"').split('@');
  return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
};
const encodings: readonly Attack[] = [
  bodied('B5.1', 'bytes that are no UTF-8', () => withBytes([0xff, 0xfe, 0xc3, 0x28])),
  bodied('B5.2', 'an overlong slash', () => withBytes([0xc0, 0xaf])),
  bodied('B5.3', 'half a pair in bytes', () => withBytes([0xed, 0xa0, 0x80])),
  bodied('B5.4', 'half a pair as an escape', () => plus('"x":"\\ud800"'), [200]),
  bodied('B5.5', 'NUL as an escape', () => plus('"x":"\\u0000"'), [200]),
  bodied('B5.6', 'NUL as a byte', () => withBytes([0])),
  ...['utf-7', 'utf-16le', 'utf-16', 'utf-32', 'latin1', 'us-ascii', 'utf-8; charset=utf-7'].map(
    (charset, index) =>
      bodied(
        `B6.${index + 1}`,
        `charset ${charset}`,
        () => plus('"x":"+ADw-script+AD4-"'),
        [415, 200].slice(0, index === 6 ? 2 : 1),
        {
          'Content-Type': `application/json; charset=${charset}`,
        },
      ),
  ),
  bodied('B6.8', 'UTF-16 without a word', () => Buffer.from(call(), 'utf16le')),
];

const bomb = () => Buffer.alloc(100 * MB, 0x20);
const packed = (id: string, coding: string, body: () => Buffer | string) =>
  bodied(id, `a body in ${coding} (${id})`, body, [415], { 'Content-Encoding': coding });
const compressed: readonly Attack[] = [
  packed('B7.1', 'gzip', () => gzipSync(bomb())),
  packed('B7.2', 'br', () => brotliCompressSync(Buffer.alloc(MB))),
  packed('B7.3', 'gzip', () => gzipSync(gzipSync(call()))),
  packed('B7.4', 'gzip', () => gzipSync(call()).subarray(0, 40)),
  packed('B7.5', 'gzip', call),
  packed('B7.6', 'deflate', () => deflateSync(call())),
  packed('B7.7', 'identity, gzip', () => gzipSync(call())),
  packed('B7.8', 'x-unknown', call),
];

const json: readonly Attack[] = [
  bodied('B8.1', 'hook twice', () => plus('"hook":"order-sign"')),
  bodied('B8.2', 'hook twice, once with an escape', () => plus('"\\u0068ook":"patient-view"')),
  bodied('B8.3', 'patientId twice', () => plus('"patientId":"ECHO-other"', 'context')),
  bodied('B8.4', 'context twice', () => plus('"context":{"patientId":"ECHO-other"}')),
  bodied('B8.5', 'a number beyond all numbers', () => plus('"x":1e400'), [200, 400]),
  bodied('B8.6', 'minus nothing', () => plus('"x":-0'), [200]),
  bodied('B8.7', 'an id of 25 digits', () => plus('"x":1234567890123456789012345'), [200]),
  bodied('B8.8', 'more behind the end', () => `${call()} ECHO-more`),
  bodied('B8.9', 'a comment', () => `/* ECHO-comment */${call()}`),
  bodied('B8.10', 'NaN', () => plus('"x":NaN')),
  bodied('B8.11', 'a byte order mark', () => `\uFEFF${call()}`, [200]),
  bodied('B8.12', 'single quotes', () => call().replaceAll('"', "'")),
  bodied('B8.13', 'a comma too many', () => call().replace(/\}$/, ',}')),
  bodied('B8.14', 'a number with a leading nought', () => plus('"x":012')),
  bodied('B8.15', "a patient's name in broken JSON", () => `{"name":"${canary.name}","ssn":"${canary.ssn}"`),
];

const typed = (id: string, type: string | undefined, expected: readonly number[]) =>
  bodied(id, `Content-Type ${type}`, call, expected, { 'Content-Type': type });
const kinds: readonly Attack[] = [
  ...['', 'null', '"a"', '[]', '{}', '0', 'true', ' ', '\u0000'].map((text, index) =>
    bodied(`B9.${index + 1}`, `the body ${JSON.stringify(text)}`, () => text),
  ),
  typed('B9.10', undefined, [415]),
  typed('B9.11', 'text/plain', [415]),
  typed('B9.12', 'application/xml', [415]),
  typed('B9.13', 'application/fhir+json', [200]),
  typed('B9.14', 'application/json-patch+json', [415]),
  typed('B9.15', 'multipart/form-data; boundary=x', [415]),
  typed('B9.16', 'application/x-www-form-urlencoded', [415]),
  typed('B9.17', 'application/json, text/html', [415]),
];

export const bodies: readonly Attack[] = [
  ...large,
  ...deep,
  ...prototypes,
  ...encodings,
  ...compressed,
  ...json,
  ...kinds,
];
