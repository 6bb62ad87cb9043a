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
    ['1', 'Heart failure, family history'],
    ['1', 'Heart failure (history of)'],
    ['1', 'Heart failure; FH'],
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
    ['more that is said of it', 'Heart failure (history of cardioversion)'],
    ['what there is no history of', 'Heart failure, no personal history of ablation'],
    ['how it was found', 'Heart failure detected on screening'],
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

describe('a plain name of a problem list', () => {
  test.each([
    ['Chronic kidney disease, stage 4', 'chronic kidney disease stage 4 or 5'],
    ['Stage 4 chronic kidney disease (HCC)', 'chronic kidney disease stage 4 or 5'],
    ['CKD stage 4', 'chronic kidney disease stage 4 or 5'],
    ['CKD (stage 5)', 'chronic kidney disease stage 4 or 5'],
    ['Stage 5 CKD', 'chronic kidney disease stage 4 or 5'],
    ['End-stage renal disease', 'chronic kidney disease stage 4 or 5'],
    ['ESRD', 'chronic kidney disease stage 4 or 5'],
    ['End stage kidney disease', 'chronic kidney disease stage 4 or 5'],
    ['Chronic kidney disease, stage 3', 'chronic kidney disease stage 3'],
    ['Chronic kidney disease, stage 3b', 'chronic kidney disease stage 3'],
    ['Chronic kidney disease, stage 3a', 'chronic kidney disease stage 3'],
    ['Stage 3a chronic kidney disease', 'chronic kidney disease stage 3'],
    ['Stage 3b chronic kidney disease', 'chronic kidney disease stage 3'],
    ['CKD stage 3', 'chronic kidney disease stage 3'],
    ['CKD stage 3a', 'chronic kidney disease stage 3'],
    ['CKD stage 3b', 'chronic kidney disease stage 3'],
    ['Dialysis', 'dialysis'],
    ['Dependence on dialysis', 'dialysis'],
    ['ESRD on dialysis', 'dialysis'],
    ['End stage renal disease on dialysis', 'dialysis'],
    ['Urinary retention', 'urinary retention'],
    ['Acute urinary retention', 'urinary retention'],
    ['Cirrhosis', 'hepatic impairment'],
    ['Liver cirrhosis', 'hepatic impairment'],
    ['Hepatic cirrhosis', 'hepatic impairment'],
    ['Alcoholic cirrhosis', 'hepatic impairment'],
    ['Liver failure', 'hepatic impairment'],
    ['Pregnancy', 'pregnancy'],
    ['Complete heart block', 'heart block'],
    ['Third-degree heart block', 'heart block'],
    ['Third degree atrioventricular block', 'heart block'],
    ['AV block', 'heart block'],
    ['CHF', 'heart failure'],
    ['Heart failure with preserved ejection fraction', 'heart failure'],
    ['Arrhythmia', 'arrhythmia'],
    ['Afib', 'arrhythmia'],
    ['A-fib', 'arrhythmia'],
    ['Psychosis', 'psychosis'],
    ['Seizures', 'seizure disorder'],
    ['Convulsions', 'seizure disorder'],
    ['Narrow-angle glaucoma', 'angle closure glaucoma'],
    ['Narrow angle glaucoma', 'angle closure glaucoma'],
    ['Closed-angle glaucoma', 'angle closure glaucoma'],
    ['Glaucoma, angle-closure', 'angle closure glaucoma'],
    ['Raised intraocular pressure', 'raised eye pressure'],
    ['Elevated intraocular pressure', 'raised eye pressure'],
    ['BPH', 'prostatic hyperplasia'],
    ['Prostatic hyperplasia', 'prostatic hyperplasia'],
    ['Back pain', 'low back pain'],
    ['Lower back pain', 'low back pain'],
    ['Acute low back pain', 'low back pain'],
    ['Acute back pain', 'low back pain'],
    ['Chronic back pain', 'low back pain'],
    ['Lumbago', 'low back pain'],
    ['Pain, low back', 'low back pain'],
    ['muscle spasms', 'musculoskeletal muscle spasm'],
    ['Muscle spasm of back', 'musculoskeletal muscle spasm'],
    ['Back spasms', 'musculoskeletal muscle spasm'],
    ['Back muscle spasm', 'musculoskeletal muscle spasm'],
    ['Neck muscle spasms', 'musculoskeletal muscle spasm'],
    ['Back strain', 'strain or sprain'],
    ['Low back strain', 'strain or sprain'],
    ['Lumbar strain', 'strain or sprain'],
    ['Neck strain', 'strain or sprain'],
    ['Cervical strain', 'strain or sprain'],
    ['Low back sprain', 'strain or sprain'],
    ['Neck sprain', 'strain or sprain'],
    ['Muscle spasticity', 'spasticity'],
    ['Relapsing-remitting multiple sclerosis', 'multiple sclerosis'],
    ['Paraplegia', 'paraplegia or quadriplegia'],
    ['Paraparesis', 'paraplegia or quadriplegia'],
    ['Quadriparesis', 'paraplegia or quadriplegia'],
    ['Tetraplegia', 'paraplegia or quadriplegia'],
    ['Hemiparesis', 'hemiplegia'],
    ['Stroke', 'stroke'],
    ['Parkinson disease', 'parkinson disease'],
    ['Parkinsons disease', 'parkinson disease'],
    ['Parkinson’s disease', 'parkinson disease'],
    ['Neuropathic pain', 'neuropathic pain'],
    ['Alzheimer disease', 'dementia'],
    ['Alcohol use disorder', 'alcohol use disorder'],
    ['Opioid use disorder', 'opioid use disorder'],
    ['Graves disease', 'hyperthyroidism'],
    ['History of falls', 'falls or fall risk'],
    ['Frequent falls', 'falls or fall risk'],
    ['Fall risk', 'falls or fall risk'],
    ['At risk for falls', 'falls or fall risk'],
    ['Fragility fractures', 'osteoporosis or fragility fracture'],
  ])('is known: %s', (text, problem) => {
    expect(problems({ text })).toEqual([problem]);
  });

  test.each([
    'NSTEMI',
    'STEMI',
    'Non-ST elevation myocardial infarction',
    'ST-elevation myocardial infarction',
  ])('is acute, where it says so: %s', (text) => {
    expect(problems({ text })).toEqual(['myocardial infarction', 'acute myocardial infarction']);
  });

  test.each([
    'Suspected heart failure',
    'Heart failure, suspected',
    'Heart failure (suspected)',
    '?Heart failure',
    'Heart failure?',
    'Heart failure (?)',
    'No heart failure',
    'Heart failure, no',
    'Heart failure (-)',
    'Heart failure -',
    '- heart failure',
    'Heart failure - ruled out',
    'Rule out heart failure',
    'R/o heart failure',
    'Family history of heart failure',
    'FH: heart failure',
    'Heart failure, family history',
    'Heart failure, family history of',
    'Risk of heart failure',
    'Heart failure, old, resolved',
    'Denies seizures',
    'No seizures',
    'History of stroke',
    'Pregnancy test',
    'Pregnancy, history of',
    'Not pregnant',
    'Chronic kidney disease',
    'Chronic kidney disease, unspecified',
    'Chronic kidney disease, stage 2 (mild)',
    'Chronic kidney disease, stage 4-5',
    'CKD',
    'Stage IV',
    'Glaucoma',
    'Open-angle glaucoma',
    'Old myocardial infarction',
    'Myocardial infarction, old',
    'Liver disease, unspecified',
    'Cauda equina syndrome',
    'Muscle cramps and spasms',
    'Alcohol dependence, in remission',
    'Spasm',
    'Pain',
    'Unspecified',
    ', unspecified',
    '(HCC)',
    's',
    '',
  ])('is none with a word or mark more or less: %j', (text) => {
    expect(problems({ text })).toEqual([]);
  });
});

describe('a display of a system of which no code is known here', () => {
  test.each([
    ['icd-10', 'Atrial fibrillation and atrial flutter, unspecified', 'arrhythmia'],
    ['icd-10', 'Heart failure, unspecified', 'heart failure'],
    ['icd-10', 'Unspecified dementia', 'dementia'],
    ['icd-10', 'Chronic kidney disease, stage 4', 'chronic kidney disease stage 4 or 5'],
    ['icd-9-cm', 'Chronic kidney disease, Stage IV (severe)', 'chronic kidney disease stage 4 or 5'],
    ['icd-9-cm', 'Chronic kidney disease, Stage V', 'chronic kidney disease stage 4 or 5'],
    ['icd-9-cm', 'Chronic kidney disease, Stage III (moderate)', 'chronic kidney disease stage 3'],
    ['icd-9-cm', 'Stage IIIb chronic kidney disease (moderate) (HCC)', 'chronic kidney disease stage 3'],
  ])('is read as a name: %s %s', (system, display, problem) => {
    expect(coded(`http://hl7.org/fhir/sid/${system}`, '1', display)).toEqual([problem]);
  });

  test.each([
    ['icd-9-cm', 'Chronic kidney disease, Stage II (mild)'],
    ['icd-9-cm', 'Chronic kidney disease, Stage I'],
    ['icd-9-cm', 'Chronic kidney disease, Stage VI'],
    ['icd-9-cm', 'Chronic kidney disease, unspecified'],
    ['icd-10', 'Cauda equina syndrome'],
  ])('means no problem when it is the name of none: %s %s', (system, display) => {
    expect(coded(`http://hl7.org/fhir/sid/${system}`, '1', display)).toEqual([]);
  });
});
