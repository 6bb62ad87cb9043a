/** What a reference of the record points to, and what it costs to find it. */

import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from 'fhir/r4.js';
import { createResolve } from '../../src/record/references.js';

const order = (contained: readonly object[]) =>
  ({ resourceType: 'MedicationRequest', contained }) as unknown as FhirResource;

describe('a reference into the resource itself', () => {
  const resolve = createResolve(() => ({ resources: [], byFullUrl: new Map() }));

  test.each(['m', '#m'])('is found by a contained id written %p', (id) => {
    const from = order([{ resourceType: 'Medication', id }]);
    expect(resolve({ reference: '#m' }, from)).toMatchObject({ resourceType: 'Medication', id });
  });

  test('leads to the first of two with one id, and nowhere without a type or an id', () => {
    const from = order([
      { resourceType: 'Medication', id: 'm', code: { text: 'first' } },
      { resourceType: 'Medication', id: '#m', code: { text: 'second' } },
      { id: 'untyped' },
      { resourceType: 'Medication' },
    ]);
    expect(resolve({ reference: '#m' }, from)).toMatchObject({ code: { text: 'first' } });
    expect(resolve({ reference: '#untyped' }, from)).toBeUndefined();
    expect(resolve({ reference: '#' }, from)).toBeUndefined();
  });

  test('leads from what is contained to what is contained beside it', () => {
    const medication = { resourceType: 'Medication', id: 'm' };
    const from = order([{ resourceType: 'MedicationRequest', id: 'p' }, medication]);
    const prior = resolve({ reference: '#p' }, from);
    expect(resolve({ reference: '#m' }, prior)).toBe(medication);
  });

  test('leads nowhere when nobody says which resource holds it', () => {
    expect(resolve({ reference: '#m' })).toBeUndefined();
  });

  test('is followed in the resource that holds it, by the reference itself', () => {
    const holding = (text: string) => ({
      ...order([{ resourceType: 'Medication', id: 'm', code: { text } }]),
      note: [null, { reference: 5 }, { medicationReference: { reference: '#m' } }],
    });
    const [first, second] = [holding('first'), holding('second')];
    const resources = [order([]), first, second] as FhirResource[];
    const among = createResolve(() => ({ resources, byFullUrl: new Map() }));
    expect(among(second.note[2]?.medicationReference)).toMatchObject({ code: { text: 'second' } });
    expect(among(first.note[2]?.medicationReference)).toMatchObject({ code: { text: 'first' } });
    expect(among({ reference: '#m' })).toBeUndefined();
  });

  test('looks at what is contained once, however many references there are', () => {
    let looks = 0;
    const contained = Array.from({ length: 500 }, (_, position) =>
      Object.defineProperty({ resourceType: 'Medication' }, 'id', {
        get: () => {
          looks += 1;
          return `m${position}`;
        },
      }),
    );
    const from = order(contained);
    const found = contained.filter((_, position) => resolve({ reference: `#m${position}` }, from));
    expect(found).toHaveLength(500);
    expect(looks).toBeLessThanOrEqual(1_000);
  });
});

describe('a reference to the address of an entry', () => {
  const requestOf = (text: string, id = 'request-123') =>
    ({ resourceType: 'MedicationRequest', id, medicationCodeableConcept: { text } }) as FhirResource;
  const found = (kept: FhirResource, sent: FhirResource) =>
    createResolve(() => ({ resources: [kept, sent], byFullUrl: new Map([['urn:uuid:1', sent]]) }))(
      { reference: 'urn:uuid:1' },
      kept,
    );

  test('leads to the copy that the list keeps', () => {
    const kept = requestOf('baclofen');
    expect(found(kept, requestOf('baclofen'))).toBe(kept);
  });

  test('leads to the entry itself when another drug has its id', () => {
    const sent = requestOf('cyclobenzaprine');
    expect(found(requestOf('baclofen'), sent)).toBe(sent);
  });

  test('leads to the entry itself when it has no id, or names no medication', () => {
    const nameless = requestOf('baclofen', '');
    expect(found(requestOf('baclofen', ''), nameless)).toBe(nameless);
    const medication = (text: string) =>
      ({ resourceType: 'Medication', id: 'm', code: { text } }) as FhirResource;
    const sent = medication('cyclobenzaprine');
    expect(found(medication('baclofen'), sent)).toBe(sent);
  });
});

describe('a logical reference', () => {
  const identified = (id: string | undefined, value: unknown, system: unknown = 'urn:rx') =>
    ({
      resourceType: 'MedicationRequest',
      ...(id === undefined ? {} : { id }),
      identifier: [{ system, value }],
    }) as unknown as FhirResource;
  const among = (...resources: readonly FhirResource[]) =>
    createResolve(() => ({ resources, byFullUrl: new Map() }));
  const rx1 = { identifier: { system: 'urn:rx', value: '1' } };

  test('leads to what has that identifier', () => {
    const [one, two] = [identified('a', '1'), identified('b', '2')];
    expect(among(two, one)(rx1)).toBe(one);
    expect(among(two)(rx1)).toBeUndefined();
    expect(among(identified('a', '1', 'urn:other'))(rx1)).toBeUndefined();
  });

  test('leads to the newer state of an order, and nowhere when two have the identifier', () => {
    const [newer, older] = [identified('a', '1'), identified('a', '1')];
    expect(among(newer, older)(rx1)).toBe(newer);
    expect(among(newer, identified('b', '1'), older)(rx1)).toBeUndefined();
    expect(among(identified(undefined, '1'), identified(undefined, '1'))(rx1)).toBeUndefined();
  });

  test.each([
    {},
    { display: 'baclofen' },
    { identifier: 'x' },
    { identifier: { system: 'urn:rx' } },
    { identifier: { value: 5 } },
  ])('%j leads nowhere', (reference) => {
    expect(among(identified('a', undefined), identified('b', 5))(reference as object)).toBeUndefined();
  });
});
