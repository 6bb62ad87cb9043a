/** Which problems the words of a concept mean when no code of it is known, and which words say that they mean none. */

import { describe, expect, test } from '@jest/globals';
import type { CodeableConcept } from 'fhir/r4.js';
import { createCodeIndex } from '../../src/library/code-index.js';
import { loadVocabulary } from '../../src/library/load-vocabulary.js';

const codes = createCodeIndex(loadVocabulary('cards').vocabulary);
const ICD = 'http://hl7.org/fhir/sid/icd-10-cm';
const SNOMED = 'http://snomed.info/sct';
const problems = (concept: CodeableConcept) => [...codes.problemsOf(concept)];
const coded = (system: string, code: string, display: string, text?: string) =>
  problems({ coding: [{ system, code, display }], ...(text === undefined ? {} : { text }) });

describe('a history, of the patient or a family, and a screening', () => {
  test.each([
    ['Z80.8', 'Epilepsy'],
    ['Z81.8', 'Schizophrenia'],
    ['Z82.0', 'Epilepsy'],
    ['Z82.49', 'Heart failure'],
    ['Z83.511', 'Angle-closure glaucoma'],
    ['Z84.1', 'End stage renal disease'],
    ['Z85.841', 'Epilepsy'],
    ['Z86.79', 'Atrial fibrillation'],
    ['Z8679', 'Atrial fibrillation'],
    ['Z87.448', 'Retention of urine'],
    ['Z13.6', 'Heart failure'],
    ['Z03.89', 'Myocardial infarction'],
  ])('coded %s is not the %s of its text', (code, text) => {
    expect(coded(ICD, code, 'A display', text)).toEqual([]);
    expect(problems({ coding: [{ system: ICD, code }], text })).toEqual([]);
  });

  test.each([
    ['429959009', 'Family history of heart failure (situation)'],
    ['1', 'FH: Heart failure'],
    ['1', 'No family history of heart failure'],
    ['1', 'Past medical history of heart failure'],
    ['1', 'Personal history: heart failure'],
    ['1', 'Medical history: heart failure'],
    ['1', 'H/O: heart failure'],
    ['1', 'HISTORY OF HEART FAILURE'],
    ['1', 'Screening for heart failure (procedure)'],
    ['1', 'Heart failure screening'],
    ['1', 'Heart failure ruled out'],
  ])('named in a display is not the disease of its text: %s %s', (code, display) => {
    expect(coded(SNOMED, code, display, 'Heart failure')).toEqual([]);
    expect(coded('http://example.org/codes', code, display, 'Heart failure')).toEqual([]);
    expect(problems({ coding: [{ display: 'Heart failure' }, { display }] })).toEqual([]);
  });

  test.each([
    ['a display of another kind', 'Cardiac insufficiency'],
    ['a word that only holds one of them', 'Prehistory of prescreenings'],
    ['what a disease comes with', 'Heart failure with history of hypertension'],
  ])('is not told by %s', (_, display) => {
    expect(coded('http://example.org/codes', '1', display, 'Heart failure')).toEqual(['heart failure']);
  });

  test.each(['History of heart failure', 'Family history of heart failure', 'Screening for heart failure'])(
    'in words alone means no problem: %s',
    (text) => {
      expect(problems({ text })).toEqual([]);
    },
  );

  test('that is a problem itself counts by its code and by its name', () => {
    expect(coded(ICD, 'Z91.81', 'History of falling')).toEqual(['falls or fall risk']);
    expect(coded('http://example.org/codes', '1', 'History of falling')).toEqual(['falls or fall risk']);
    expect(coded(ICD, 'Z87.310', 'Personal history of (healed) osteoporosis fracture')).toEqual([
      'osteoporosis or fragility fracture',
    ]);
  });

  test('beside a code of the disease itself does not take it away', () => {
    expect(
      problems({
        coding: [
          {
            system: ICD,
            code: 'Z86.79',
            display: 'Personal history of other diseases of the circulatory system',
          },
          { system: SNOMED, code: '49436004', display: 'Atrial fibrillation (disorder)' },
        ],
      }),
    ).toEqual(['arrhythmia']);
  });

  test.each([
    ['Z99.2', 'dialysis'],
    ['Z33.1', 'pregnancy'],
    ['Z34.90', 'pregnancy'],
  ])('is none of the other Z codes: %s means %s', (code, problem) => {
    expect(coded(ICD, code, 'A display')).toEqual([problem]);
  });
});
