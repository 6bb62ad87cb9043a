/** Which problems and laboratory groups a coded concept means, however its client writes the code. */

import { describe, expect, test } from '@jest/globals';
import type { CodeableConcept } from 'fhir/r4.js';
import { createCodeIndex } from '../../src/library/code-index.js';
import { libraryOf } from './support.js';

const codes = createCodeIndex(libraryOf().vocabulary);
const ICD = 'http://hl7.org/fhir/sid/icd-10-cm';
const SNOMED = 'http://snomed.info/sct';
const coded = (system: string, code: string, text?: string): CodeableConcept => ({
  coding: [{ system, code }],
  ...(text === undefined ? {} : { text }),
});
const problems = (concept: CodeableConcept | undefined) => [...codes.problemsOf(concept)];

describe('an ICD-10-CM code', () => {
  test.each(['G35', 'G35.A', 'G35.B0', 'G35.C1', 'G35.D', 'g35.d', ' G35 ', 'G35D'])(
    '%s stands below G35: multiple sclerosis',
    (code) => {
      expect(problems(coded(ICD, code))).toEqual(['multiple sclerosis']);
    },
  );

  test.each(['M54.5', 'M54.50', 'M5450', 'M54.59'])('%s is back pain', (code) => {
    expect(problems(coded(ICD, code))).toEqual(['back pain']);
  });

  test.each(['M54', 'M54.2', 'G3', 'G36.0', '', 'XG35'])('%s is nothing we know', (code) => {
    expect(problems(coded(ICD, code))).toEqual([]);
  });

  test('is known by its OID as well', () => {
    expect(problems(coded('urn:oid:2.16.840.1.113883.6.90', 'I63.9'))).toEqual(['stroke']);
  });

  test('that the vocabulary leaves out is not the problem, nor is anything below it', () => {
    expect(problems(coded(ICD, 'I69.3'))).toEqual(['stroke']);
    expect(problems(coded(ICD, 'I69.0'))).toEqual([]);
    expect(problems(coded(ICD, 'I69.051'))).toEqual([]);
  });

  test('of any length is looked up at its first ten characters only', () => {
    expect(problems(coded(ICD, `G35.${'9'.repeat(100_000)}`))).toEqual(['multiple sclerosis']);
  });
});

describe('a SNOMED CT code', () => {
  test.each([SNOMED, 'urn:oid:2.16.840.1.113883.6.96'])('is known in the system %s', (system) => {
    expect(problems(coded(system, '24700007'))).toEqual(['multiple sclerosis']);
  });

  test('stands for itself only', () => {
    expect(problems(coded(SNOMED, '247000071'))).toEqual([]);
    expect(problems(coded(SNOMED, '2470000'))).toEqual([]);
  });

  test('is not read as a code of another system', () => {
    expect(problems(coded('http://example.org/codes', '24700007'))).toEqual([]);
    expect(problems(coded(ICD, '24700007'))).toEqual([]);
  });
});

describe('a concept', () => {
  test('with several codings means all of their problems', () => {
    expect(
      problems({
        coding: [
          { system: ICD, code: 'G35' },
          { system: ICD, code: 'M54.5' },
          { system: SNOMED, code: '24700007' },
        ],
      }),
    ).toEqual(['multiple sclerosis', 'back pain']);
  });

  test('without a known coding is read by its exact wording, in any case', () => {
    expect(problems({ text: ' Multiple Sclerosis ' })).toEqual(['multiple sclerosis']);
    expect(problems(coded('http://example.org/codes', 'MS', 'low back pain'))).toEqual(['back pain']);
  });

  test.each(['(HCC)', '(CMS/HCC)', '(CMS-HCC)'])(
    'is read without the mark of risk adjustment: %s',
    (mark) => {
      expect(problems({ text: `Multiple sclerosis ${mark}` })).toEqual(['multiple sclerosis']);
    },
  );

  test('is never read by words that only hold a known wording', () => {
    expect(problems({ text: 'no multiple sclerosis' })).toEqual([]);
    expect(problems({ text: 'family history of low back pain' })).toEqual([]);
  });

  test('with a code that means a problem is not read by its wording', () => {
    expect(problems(coded(ICD, 'M54.5', 'multiple sclerosis'))).toEqual(['back pain']);
  });

  test('with codes that mean no problem is read by its wording as well', () => {
    expect(problems(coded(ICD, 'Z99.9', 'multiple sclerosis'))).toEqual(['multiple sclerosis']);
    expect(problems(coded(SNOMED, '425500002', 'Multiple sclerosis'))).toEqual(['multiple sclerosis']);
  });

  test.each([
    ['http://example.org/codes', 'Multiple sclerosis'],
    ['http://example.org/codes', ' multiple sclerosis (disorder) '],
    [SNOMED, 'Multiple sclerosis'],
  ])('without a text is read by the display of a code of %s', (system, display) => {
    expect(problems({ coding: [{ system, code: '999', display }] })).toEqual(['multiple sclerosis']);
  });

  test('is read by all of its wordings', () => {
    expect(problems({ text: 'Pain', coding: [{ display: 'Stroke' }, { display: 'Low back pain' }] })).toEqual(
      ['back pain'],
    );
    expect(problems({ text: 'Cerebral infarction', coding: [{ display: 'Low back pain' }] })).toEqual([
      'stroke',
      'back pain',
    ]);
  });

  test.each([
    ['excluded from a problem', ICD, 'I69.051', 'Cerebral infarction'],
    ['left out', ICD, 'M62.4', 'Cerebral infarction'],
    ['below one left out', ICD, 'M62.40', 'Cerebral infarction'],
    ['left out of SNOMED CT', SNOMED, '82423001', 'Low back pain'],
  ])('with a code %s is not read by its wording', (_, system, code, text) => {
    expect(problems({ coding: [{ system, code, display: text }], text })).toEqual([]);
  });

  test('is not the problem that one of its codings excludes, whatever the others leave open', () => {
    expect(
      problems({
        coding: [
          { system: ICD, code: 'I69.051' },
          { system: ICD, code: 'I63' },
          { system: ICD, code: 'G35' },
        ],
      }),
    ).toEqual(['multiple sclerosis']);
  });

  test.each([
    ['a display that is no string', { coding: [{ display: ['multiple sclerosis'] }] }],
    ['a display longer than any name', { coding: [{ display: `multiple sclerosis${'x'.repeat(100_000)}` }] }],
  ])('of %s means nothing', (_, concept) => {
    expect(problems(concept as unknown as CodeableConcept)).toEqual([]);
  });

  test.each([
    ['nothing', undefined],
    ['null codings', { coding: null }],
    ['codings that are no list', { coding: { system: ICD, code: 'G35' } }],
    ['codings that are no objects', { coding: [null, 'G35', 35] }],
    ['a code that is a number', { coding: [{ system: SNOMED, code: 24700007 }] }],
    ['a system that is no string', { coding: [{ system: ['x'], code: 'G35' }] }],
    ['a system named like a property of every object', { coding: [{ system: 'constructor', code: 'G35' }] }],
    ['a text that is no string', { text: { value: 'multiple sclerosis' } }],
  ])('of %s means nothing', (_, concept) => {
    expect(problems(concept as CodeableConcept | undefined)).toEqual([]);
  });
});

describe('a laboratory code', () => {
  test.each(['http://loinc.org', 'urn:oid:2.16.840.1.113883.6.1'])('is known in the system %s', (system) => {
    expect([...codes.labsOf(coded(system, '33914-3'))]).toEqual(['eGFR']);
  });

  test('that is not listed means nothing', () => {
    expect([...codes.labsOf(coded('http://loinc.org', '2160-0'))]).toEqual([]);
  });
});

describe('the display of a concept', () => {
  test('is our own, without the tag of SNOMED CT, and never that of the client', () => {
    expect(
      codes.displayOf({ coding: [{ system: SNOMED, code: '24700007', display: '<b>MS</b>' }], text: 'x' }),
    ).toBe('Multiple sclerosis');
  });

  test('of a code below a listed one is that of the listed one', () => {
    expect(codes.displayOf(coded(ICD, 'G35.D'))).toBe('Multiple sclerosis');
  });

  test('of a concept nobody knows is nothing', () => {
    expect(codes.displayOf(coded(ICD, 'Z99.9'))).toBeUndefined();
    expect(codes.displayOf(undefined)).toBeUndefined();
  });
});
