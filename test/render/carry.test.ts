/** What of a caller's draft a suggestion carries back. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Card, OrderResource } from '../../src/cdshooks/protocol.js';
import { carried } from '../../src/render/carry.js';

type Json = Record<string, unknown>;

const cardOf = (resource: object, resourceId?: string): Card => ({
  uuid: 'c',
  summary: 's',
  detail: 'd',
  indicator: 'warning',
  source: { label: 'l', url: 'u', topic: { system: 's', code: 'c', display: 'd' } },
  suggestions: [
    {
      label: 'l',
      uuid: 'u',
      actions: [
        resourceId === undefined
          ? { type: 'update', description: 'x', resource: resource as OrderResource }
          : { type: 'delete', description: 'x', resourceId },
      ],
    },
  ],
  selectionBehavior: 'at-most-one',
});
const carry = (resource: object) => carried([cardOf(resource)])[0]?.suggestions?.[0]?.actions[0]?.resource;

const order: Json = {
  resourceType: 'MedicationRequest',
  id: 'draft-1',
  status: 'draft',
  intent: 'order',
  medicationCodeableConcept: {
    coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '197391', display: 'baclofen' }],
    text: 'baclofen 10 MG Oral Tablet',
  },
  subject: { reference: 'Patient/p1' },
};

const orders = (version: string) =>
  readdirSync(`fhir-fixtures/versions/${version}`).flatMap((file) => {
    const { context }: { context: Record<string, { entry?: { resource: Json }[] }> } = JSON.parse(
      readFileSync(`fhir-fixtures/versions/${version}/${file}`, 'utf8'),
    );
    return Object.values(context)
      .flatMap((bundle) => bundle.entry ?? [])
      .map(({ resource }) => resource)
      .filter(({ resourceType }) => /^Medication(Request|Order)$/.test(String(resourceType)));
  });

test.each(['dstu2', 'stu3', 'r4', 'r4b', 'r5'])(
  'every order of the %s fixtures comes back whole',
  (version) => {
    expect(orders(version).length).toBeGreaterThan(10);
    expect(orders(version).map(carry)).toEqual(orders(version));
  },
);

test('what a sandbox needs to show the change is there', () => {
  expect(carry(order)).toEqual(order);
});

test('a draft whose id is as long as clients are seen to write them comes back', () => {
  const long = { ...order, id: 'e'.repeat(194) };
  expect(carry(long)).toEqual(long);
});

test('a card without suggestions is the same', () => {
  const { suggestions: _, selectionBehavior: __, ...plain } = cardOf(order);
  expect(carried([plain])).toEqual([plain]);
});

const told = [{ url: 'https://evil.example', valueString: '<img src=x onerror=alert(1)>' }];

describe('left behind are', () => {
  test.each<readonly [string, Json]>([
    ['extensions', { extension: told }],
    ['extensions of texts', { _status: { extension: told } }],
    ['the narrative', { text: { status: 'generated', div: '<div><script>alert(1)</script></div>' } }],
    ['meta', { meta: { tag: [{ display: '<b>' }] } }],
    ['rules and language', { implicitRules: 'https://evil.example', language: 'x' }],
    ['what no version knows', { onclick: 'alert(1)', toString: 'x', __proto__x: {} }],
    ['a text where an object belongs, in pieces', { dispenseRequest: { onclick: 'alert(1)' } }],
    ['an object where a text belongs', { priority: { div: '<script>' } }],
    ['nothing at all', { note: [], category: [null], priority: null }],
    ['contained resources nobody refers to', { contained: [{ resourceType: 'Medication', id: 'x' }] }],
    ['numbers that are none', { doNotPerform: Infinity }],
  ])('%s', (_what, more) => {
    expect(carry({ ...order, ...more })).toEqual(order);
  });

  test('extensions at any depth', () => {
    const coding = { system: 's', code: 'c', display: 'd' };
    const deep = { timing: { repeat: { frequency: 3, extension: told }, extension: told }, extension: told };
    expect(
      carry({
        ...order,
        reasonCode: [{ coding: [{ ...coding, extension: told }], extension: told }],
        dosageInstruction: [deep, { timing: { extension: told } }],
      }),
    ).toEqual({
      ...order,
      reasonCode: [{ coding: [coding] }],
      dosageInstruction: [{ timing: { repeat: { frequency: 3 } } }],
    });
  });

  test('controls and halves of characters', () => {
    const text = 'a\u0000b\ud800c\u001b[2Jd\udc00 \u{1F48A}\n\té';
    expect(carry({ ...order, note: [{ text }] })).toEqual({
      ...order,
      note: [{ text: 'abc[2Jd \u{1F48A}\n\té' }],
    });
  });
});

describe('contained', () => {
  const medication = { resourceType: 'Medication', id: 'm', code: { text: 'baclofen' } };
  const { medicationCodeableConcept: _, ...nameless } = order;
  const others = [
    { resourceType: 'Patient', id: 'p', name: [{ family: 'Smith' }] },
    { resourceType: 'Medication', id: 'n', code: { text: 'other' } },
  ];

  test.each<readonly [string, Json]>([
    ['medicationReference', { medicationReference: { reference: '#m' } }],
    ['medication.reference of R5', { medication: { reference: { reference: '#m' } } }],
  ])('is the Medication that %s needs, without its own additions', (_what, reference) => {
    const dressed = { ...medication, extension: told, text: { div: '<script>' }, meta: {} };
    expect(carry({ ...nameless, ...reference, contained: [...others, dressed] })).toEqual({
      ...nameless,
      ...reference,
      contained: [medication],
    });
  });

  test('resources that stay behind are referred to no more', () => {
    expect(
      carry({
        ...order,
        reasonReference: [{ reference: '#p', display: 'spasticity' }, { reference: '#p' }],
        contained: others,
      }),
    ).toEqual({ ...order, reasonReference: [{ display: 'spasticity' }] });
  });
});

describe('nothing is suggested', () => {
  test.each<readonly [string, Json]>([
    ['with a modifier extension', { modifierExtension: told }],
    ['with one deep inside', { dosageInstruction: [{ timing: { modifierExtension: told } }] }],
    ['whose id is no id', { id: '"><script>' }],
    ['whose id is too long', { id: 'a'.repeat(195) }],
    ['whose id is no text', { id: 7 }],
  ])('for a draft %s', (_what, more) => {
    const [card] = carried([cardOf({ ...order, ...more })]);
    expect(card).not.toHaveProperty('suggestions');
    expect(card).not.toHaveProperty('selectionBehavior');
  });

  test.each([
    ['MedicationRequest/draft-1', true],
    ['MedicationOrder/urn:uuid:5b1a8a7e-0d39-4c1b-8a0a-6f1f3c7b0001', true],
    [`MedicationRequest/${'e'.repeat(194)}`, true],
    [`MedicationRequest/${'e'.repeat(195)}`, false],
    ['MedicationRequest/../Patient', false],
    ['MedicationRequest/[x](javascript:alert(1))', false],
  ])('for the deletion of %s: %j', (resourceId, isOffered) => {
    expect(carried([cardOf({}, resourceId)])[0]?.suggestions !== undefined).toBe(isOffered);
  });
});

test('whatever a draft holds, no member leaves that the standard does not have', () => {
  const names = new Set(
    [...readFileSync('src/render/order-elements.ts', 'utf8').matchAll(/'[^']*'/g)].flatMap(([text]) =>
      text.slice(1, -1).split(' '),
    ),
  );
  const allIn = (value: unknown): boolean =>
    typeof value !== 'object' ||
    value === null ||
    Object.entries(value).every(
      ([name, inside]) => (Array.isArray(value) || names.has(name)) && allIn(inside),
    );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), (more) => {
      expect(allIn(carry({ ...order, ...more, id: 'draft-1' }))).toBe(true);
    }),
  );
});
