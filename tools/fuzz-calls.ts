/** Hook calls that begin as an example and are then broken in one to three places. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

export interface BrokenCall {
  readonly service: string;
  readonly body: string;
}

interface Change {
  /** Which of all places of the call, counted round. */
  readonly at: number;
  readonly how: How;
  readonly value: unknown;
}

const hows = ['remove', 'replace', 'double', 'repeat', 'nest', 'rename', 'append'] as const;
type How = (typeof hows)[number];

type Holder = Record<string, unknown> | unknown[];
interface Place {
  readonly holder: Holder;
  readonly key: string | number;
}

/** Marks a member that shall stand twice; taken out of the finished text. */
const TWICE = '\uE000';

const examples = ['requests', 'versions'].flatMap((folder) =>
  readdirSync(join('fhir-fixtures', folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => readFileSync(join('fhir-fixtures', folder, file), 'utf8')),
);

const hostile: readonly unknown[] = [
  null,
  '',
  ' ',
  0,
  -1,
  1e300,
  1.5,
  true,
  false,
  [],
  {},
  [null],
  [[]],
  { a: null },
  '__proto__',
  'constructor',
  'toString',
  '<script>alert(1)</script>',
  '\u0000',
  '\ud800',
  '\u202e',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31T23:59:60Z',
  'not-a-date',
  '-1',
  '1e9',
  'NaN',
  'x'.repeat(10_000),
  '%s%n',
  '../../etc/passwd',
  'https://evil.example/x',
  'urn:uuid:0',
  '#',
  '#draft-1',
  'MedicationRequest/draft-1',
  'Patient/someone-else',
  'baclofen',
  'cyclobenzaprine',
  'entered-in-error',
  Array.from({ length: 200 }, (_, n) => n),
  { reference: '#' },
  { value: -5, unit: 'mg' },
  { text: 'baclofen 5 mg' },
];

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.noBias(fc.nat({ max: 2 ** 31 - 1 })),
  how: fc.constantFrom(...hows),
  value: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...hostile) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  ),
});

export const brokenCall: fc.Arbitrary<BrokenCall> = fc
  .tuple(fc.constantFrom(...examples), fc.array(change, { minLength: 1, maxLength: 3 }))
  .map(([example, changes]) => {
    const call = JSON.parse(example) as { hook: string };
    const service = call.hook;
    for (const one of changes) apply(call, one);
    // FHIR servers are another test's matter: none is asked here.
    if ('fhirServer' in call && typeof call.fhirServer === 'string') delete call.fhirServer;
    return { service, body: JSON.stringify(call).replaceAll(TWICE, '') };
  });

function placesIn(holder: Holder, found: Place[] = []): Place[] {
  for (const [key, value] of Object.entries(holder)) {
    found.push({ holder, key: Array.isArray(holder) ? Number(key) : key });
    if (typeof value === 'object' && value !== null) placesIn(value as Holder, found);
  }
  return found;
}

/** Also `__proto__`, as a parser sets it. */
function setOwn(holder: object, name: string | number, value: unknown): void {
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}

function apply(call: Holder, { at, how, value: drawn }: Change): void {
  // Later changes of the same call may change it too.
  const value = structuredClone(drawn);
  const places = placesIn(call);
  const place = places[at % places.length];
  if (place === undefined) return;
  const { key } = place;
  const holder = place.holder as Record<string | number, unknown>;
  const before = holder[key];
  const put = (name: string | number, it: unknown) => setOwn(holder, name, it);
  switch (how) {
    case 'remove':
      if (Array.isArray(place.holder)) place.holder.splice(Number(key), 1);
      else delete holder[key];
      break;
    case 'replace':
      put(key, value);
      break;
    case 'double':
      if (Array.isArray(place.holder)) place.holder.push(before);
      else put(`${key}${TWICE}`, value);
      break;
    case 'repeat':
      put(
        key,
        Array.from({ length: 50 }, () => before),
      );
      break;
    case 'nest':
      put(key, [before]);
      break;
    case 'rename':
      if (!Array.isArray(place.holder))
        put(typeof value === 'string' ? value.slice(0, 100) : `_${key}`, before);
      break;
    case 'append':
      put(key, typeof before === 'string' ? `${before}${String(value)}` : [before, value]);
      break;
  }
}
