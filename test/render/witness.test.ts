/** What a card prints of the record: our own names, checked numbers and dates, nothing of the client's text. */

import { describe, expect, test } from '@jest/globals';
import type { FhirResource, MedicationRequest } from 'fhir/r4.js';
import { createCodeIndex } from '../../src/library/code-index.js';
import { medicationName, orderInWords, witnessInWords } from '../../src/render/witness.js';
import { draft, egfr, identityOf, listed, problem, stop } from '../decide/support.js';
import { libraryOf } from '../library/support.js';

const context = {
  codes: createCodeIndex(libraryOf().vocabulary),
  today: '2026-11-22',
  stopped: new Set(),
  ordered: new Set(),
};
const words = (resource: unknown, identity = identityOf(['phenelzine']), elements: unknown[] = []) =>
  witnessInWords({ resource: resource as FhirResource, identity, elements }, context);
const medication = (parts: object) => words(listed('phenelzine', parts).resource);
const hostile = '<script>alert(1)</script> **bold** [link](http://evil.example)';

describe('an age', () => {
  test.each([
    ['1948-03-01', 'age 78'],
    ['1961-11-22', 'age 65'],
    ['1961-11-23', 'age 64'],
    ['2026-11-22', 'age 0'],
    ['1961', 'born 1961'],
    ['1961-11', 'born 1961-11'],
  ])('of one born %s is "%s"', (birthDate, text) => {
    expect(words({ resourceType: 'Patient', birthDate })).toEqual([text]);
  });

  test.each([undefined, null, 1961, hostile, '1961-11-22T00:00:00Z', '22.11.1961', ['1961']])(
    'is not printed of a birth date %j',
    (birthDate) => {
      expect(words({ resourceType: 'Patient', birthDate })).toEqual([]);
    },
  );
});

describe('a result', () => {
  test('is printed with its unit and date', () => {
    expect(words(egfr(28))).toEqual(['eGFR 28 mL/min/1.73m2 on 2026-11-01']);
  });

  test.each([
    [{ value: 28, unit: 'mL/min/{1.73_m2}' }, 'eGFR 28 mL/min/1.73m2 on 2026-11-01'],
    [{ value: 28, code: 'mL/min' }, 'eGFR 28 mL/min on 2026-11-01'],
    [{ value: 28.5 }, 'eGFR 28.5 on 2026-11-01'],
    [{ value: 60, comparator: '>', unit: 'mL/min' }, 'eGFR over 60 mL/min on 2026-11-01'],
    [{ value: 60, comparator: '>=', unit: 'mL/min' }, 'eGFR over or equal 60 mL/min on 2026-11-01'],
    [{ value: 15, comparator: '<', unit: 'mL/min' }, 'eGFR under 15 mL/min on 2026-11-01'],
    [{ value: 15, comparator: '<=', unit: 'mL/min' }, 'eGFR under or equal 15 mL/min on 2026-11-01'],
    [{ value: 28, comparator: hostile, unit: 'mL/min' }, 'eGFR 28 mL/min on 2026-11-01'],
    [{ value: 28, unit: hostile }, 'eGFR 28 on 2026-11-01'],
    [{ value: 28, unit: 'x'.repeat(100_000) }, 'eGFR 28 on 2026-11-01'],
    [{ value: 28, unit: 5, code: 'mL/min' }, 'eGFR 28 mL/min on 2026-11-01'],
    [{ value: 28, unit: { a: 1 }, code: ['x'] }, 'eGFR 28 on 2026-11-01'],
  ])('of %j is "%s"', (valueQuantity, text) => {
    expect(words(egfr(0, { valueQuantity }))).toEqual([text]);
  });

  test.each([NaN, Infinity, '28', null, undefined, hostile, {}])(
    'of the value %p is not printed',
    (value) => {
      expect(words(egfr(value))).toEqual([]);
    },
  );

  test('without a quantity, or of a group we do not know, is not printed', () => {
    expect(words(egfr(28, { valueQuantity: undefined }))).toEqual([]);
    expect(words(egfr(28, { code: { text: 'eGFR' } }))).toEqual([]);
  });

  test.each([
    [{ effectiveDateTime: '2026-11-01T08:00:00+01:00' }, 'on 2026-11-01'],
    [{ effectiveDateTime: `2026-11-01 ${hostile}` }, 'on 2026-11-01'],
    [{ effectiveDateTime: '2026' }, 'on 2026'],
    [{ effectiveDateTime: undefined, effectivePeriod: { end: '2026-10-31' } }, 'on 2026-10-31'],
    [{ effectiveDateTime: undefined, effectivePeriod: { start: '2026-10-29' } }, 'on 2026-10-29'],
    [
      { effectiveDateTime: undefined, effectiveInstant: '2026-10-28T10:00:00Z', issued: '2026-11-02' },
      'on 2026-10-28',
    ],
    [{ effectiveDateTime: undefined, issued: '2026-10-30T10:00:00Z' }, 'on 2026-10-30'],
    [{ effectiveDateTime: undefined }, 'without a date'],
    [{ effectiveDateTime: hostile }, 'without a date'],
    [{ effectiveDateTime: 20261101 }, 'without a date'],
  ])('taken %j is printed %s', (parts, text) => {
    expect(words(egfr(28, parts))).toEqual([`eGFR 28 mL/min/1.73m2 ${text}`]);
  });
});

describe('a problem', () => {
  test('says when it began, and when that was recorded', () => {
    expect(words(problem('G35.A', { onsetDateTime: '2020-05-01', recordedDate: '2020-06-04' }))).toEqual([
      'Multiple sclerosis, began 2020-05-01, recorded 2020-06-04',
    ]);
    expect(words(problem('G35.A', { onsetPeriod: { start: '2019-01' } }))).toEqual([
      'Multiple sclerosis, began 2019-01',
    ]);
    expect(words(problem('G35.A', { onsetDateTime: hostile }))).toEqual(['Multiple sclerosis']);
  });

  test('is printed by our own name, with the day it was recorded', () => {
    expect(words(problem('G35.A', { recordedDate: '2020-05-04T10:00:00Z' }))).toEqual([
      'Multiple sclerosis, recorded 2020-05-04',
    ]);
  });

  test('that is known by its wording alone is printed by our own name', () => {
    expect(words(problem('', { code: { text: 'MULTIPLE SCLEROSIS' }, recordedDate: hostile }))).toEqual([
      'multiple sclerosis',
    ]);
  });

  test('that we do not know is not printed', () => {
    expect(words(problem('Z99.9', { code: { text: hostile } }))).toEqual([]);
  });
});

describe('a medication', () => {
  test('is named by its product, else by its drugs', () => {
    expect(medicationName(identityOf(['phenelzine'], { product: 'phenelzine 15 MG Oral Tablet' }))).toBe(
      'phenelzine 15 MG Oral Tablet',
    );
    expect(medicationName(identityOf(['baclofen', 'phenelzine']))).toBe('baclofen and phenelzine');
    expect(medicationName(undefined)).toBe('');
  });

  test('listed as active past its written end is told with that end', () => {
    const ended = (end: string) => {
      const { resource, identity } = listed('phenelzine', {
        authoredOn: '2024-01-01',
        dispenseRequest: { validityPeriod: { end } },
      });
      return witnessInWords({ resource, identity, elements: [] }, context);
    };
    expect(ended('2024-05-01')).toEqual([
      'phenelzine, listed as active since 2024-01-01, written to end 2024-05-01',
    ]);
    expect(ended('2099-05-01')).toEqual(['phenelzine, listed as active since 2024-01-01']);
    expect(ended('2025')).toEqual(['phenelzine, listed as active since 2024-01-01, written to end 2025']);
    // A year that is not over.
    expect(ended('2026')).toEqual(['phenelzine, listed as active since 2024-01-01']);
  });

  test('an order of the call is told as one, whatever its status', () => {
    const { resource, identity } = draft('phenelzine', { status: 'active', authoredOn: '2026-11-22' });
    const ofTheCall = { ...context, ordered: new Set([resource]) };
    expect(witnessInWords({ resource, identity, elements: [] }, ofTheCall)).toEqual([
      'phenelzine, ordered in the same call',
    ]);
  });

  test('what the call puts on hold is told so', () => {
    const { resource, identity } = stop('phenelzine', { status: 'on-hold' });
    const ofTheCall = { ...context, stopped: new Set([resource]) };
    expect(witnessInWords({ resource, identity, elements: [] }, ofTheCall)).toEqual([
      'phenelzine, put on hold in the same call',
    ]);
  });

  test('a medication that the call stops is not told by the day on which its stop was written', () => {
    const stopped = stop('phenelzine', { authoredOn: '2026-11-22' });
    const ofTheCall = { ...context, stopped: new Set([stopped.resource]) };
    const { resource, identity } = stopped;
    expect(witnessInWords({ resource, identity, elements: [] }, ofTheCall)).toEqual([
      'phenelzine, stopped in the same call',
    ]);
    expect(orderInWords(stopped, ofTheCall, new Map())).toBe(
      'stop of phenelzine, taken since an unknown day',
    );
    const earlier = listed('phenelzine', { authoredOn: '2026-03-01' }).resource as MedicationRequest;
    expect(orderInWords({ ...stopped, supersedes: earlier }, ofTheCall, new Map())).toBe(
      'stop of phenelzine, taken since 2026-03-01',
    );
  });

  test.each([
    [{ authoredOn: '2026-03-01' }, 'listed as active since 2026-03-01'],
    [{}, 'listed as active without a date'],
    [{ authoredOn: hostile }, 'listed as active without a date'],
    [{ status: 'draft' }, 'ordered in the same call'],
    [
      { status: 'stopped', dispenseRequest: { validityPeriod: { end: '2026-11-10' } } },
      'stopped, until 2026-11-10',
    ],
    [
      {
        status: 'completed',
        dispenseRequest: { validityPeriod: { start: '2026-11-01', end: '2026-11-10' } },
      },
      'completed, from 2026-11-01 until 2026-11-10',
    ],
    [
      { status: 'stopped', dispenseRequest: { validityPeriod: { end: '2026-12-31' } } },
      'stopped, end date unknown',
    ],
    [{ status: 'completed' }, 'completed, end date unknown'],
    [{ status: 'on-hold' }, 'on-hold, end date unknown'],
    [{ status: hostile }, 'ended, end date unknown'],
    [{ status: undefined }, 'ended, end date unknown'],
    [
      { resourceType: 'MedicationStatement', effectivePeriod: { start: '2026-03-01' } },
      'listed as active since 2026-03-01',
    ],
    [{ resourceType: 'MedicationDispense', whenHandedOver: '2026-11-01' }, 'dispensed 2026-11-01'],
    [{ resourceType: 'MedicationDispense' }, 'dispensed'],
    [
      { resourceType: 'MedicationAdministration', effectiveDateTime: '2026-11-21T08:00:00Z' },
      'given 2026-11-21',
    ],
    [{ resourceType: 'MedicationAdministration', effectiveDateTime: hostile }, 'given'],
  ])('of %j is printed "phenelzine, %s"', (parts, state) => {
    expect(medication(parts)).toEqual([`phenelzine, ${state}`]);
  });

  test('without a name is not printed', () => {
    expect(words(listed('x').resource, identityOf([]))).toEqual([]);
  });
});

describe('a reason found in an order', () => {
  const found = (element: unknown) => words(listed('baclofen').resource, identityOf(['baclofen']), [element]);

  test('is printed by our own name', () => {
    expect(found({ ...problem('M54.50').code, text: hostile })).toEqual(['reason: Low back pain']);
  });

  test.each([{ text: hostile }, hostile, null, 5])('%j is not printed', (element) => {
    expect(found(element)).toEqual([]);
  });
});

test('an allergy is printed as its drug in our words, never as its own text', () => {
  const allergy = { resourceType: 'AllergyIntolerance', code: { text: hostile }, recordedDate: '2024-05-06' };
  expect(words(allergy)).toEqual(['allergy to phenelzine, recorded 2024-05-06']);
  expect(words({ ...allergy, type: 'intolerance', recordedDate: hostile })).toEqual([
    'intolerance to phenelzine',
  ]);
});

test('an allergy to a class is printed as the class, and one to nothing we know not at all', () => {
  const allergy = { resourceType: 'AllergyIntolerance' };
  const toClass = identityOf(['phenelzine', 'linezolid'], { called: ['MAO inhibitors'] });
  expect(words(allergy, toClass)).toEqual(['allergy to MAO inhibitors']);
  expect(words(allergy, identityOf([]))).toEqual([]);
});

test('a resource of another kind is not printed', () => {
  expect(words({ resourceType: 'Device', patient: {} })).toEqual([]);
});
