/** Which drug a medication is, in every form in which clients say it. */

import { describe, expect, test } from '@jest/globals';
import type { CodeableConcept } from 'fhir/r4.js';
import { loadVocabulary } from '../../src/library/load-vocabulary.js';
import { createIdentifier, type StatedMedication } from '../../src/record/identify.js';
import { wordsOf } from '../../src/record/words.js';

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const NDC = 'http://hl7.org/fhir/sid/ndc';
const ATC = 'http://www.whocc.no/atc';

const identify = createIdentifier(loadVocabulary('cards').vocabulary, [['baclofen', 'cyclobenzaprine']]);
const nothing: StatedMedication = {
  concepts: [],
  ingredients: [],
  displays: [],
  formTexts: [],
  instructions: [],
  routes: [],
  isAllergy: false,
  isStatement: false,
  missing: false,
};
const of = (...concepts: CodeableConcept[]) => identify({ ...nothing, concepts });
const coded = (system: string, code: string, display?: string) =>
  of({ coding: [{ system, code, ...(display === undefined ? {} : { display }) }] });

describe('by code', () => {
  test.each([
    ['RxNorm ingredient', RXNORM, '1292', 'baclofen'],
    ['RxNorm product', RXNORM, '197391', 'baclofen'],
    ['RxNorm brand product', RXNORM, '828350', 'cyclobenzaprine'],
    ['RxNorm dose form group', RXNORM, '1155671', 'baclofen'],
    ['RxNorm under its OID', 'urn:oid:2.16.840.1.113883.6.88', '21949', 'cyclobenzaprine'],
    ['NDC 5-4-1', NDC, '50090-1801-1', 'baclofen'],
    ['NDC 5-3-2', NDC, '10135-532-01', 'baclofen'],
    ['NDC that nobody knows', NDC, '63323-1234-1', undefined],
    ['NDC cut in no known way', NDC, '101-35532-01', undefined],
    ['NDC of two parts', NDC, '10135-532', undefined],
    ['NDC of nine digits', NDC, '101355320', undefined],
    ['NDC with letters', NDC, '10135-532-A1', undefined],
    ['a code of a system we do not read', 'http://snomed.info/sct', '1292', undefined],
    ['NDC 4-4-2', NDC, '0115-1010-01', 'baclofen'],
    ['NDC of 11 digits', NDC, '00115101001', 'baclofen'],
    ['NDC of 11 digits with hyphens', NDC, '00115-1010-01', 'baclofen'],
    ['NDC of 10 digits that only one reading knows', NDC, '0115101001', 'baclofen'],
    ['NDC under its OID', 'urn:oid:2.16.840.1.113883.6.69', '0093-1920-06', 'cyclobenzaprine'],
    ['ATC', ATC, 'M03BX08', 'cyclobenzaprine'],
    ['ATC in small letters', ATC, 'm03bx01', 'baclofen'],
    ['a code with blanks around it', RXNORM, ' 1292 ', 'baclofen'],
    ['a code nobody knows', RXNORM, '999999999', undefined],
  ])('%s', (_, system, code, drug) => {
    expect(coded(system, code).drugs).toEqual([drug].filter((one) => one !== undefined));
  });

  test('a code tells its product from our own table', () => {
    expect(coded(RXNORM, '197391', 'whatever the client writes').product).toBe('baclofen 10 MG Oral Tablet');
  });

  test('of codings of mixed level the most specific product is told', () => {
    const coding = ['1292', '1155671', '197391'].map((code) => ({ system: RXNORM, code }));
    expect(of({ coding })).toMatchObject({ drugs: ['baclofen'], product: 'baclofen 10 MG Oral Tablet' });
  });

  test('a combination tells every drug of the vocabulary it holds', () => {
    expect(coded(RXNORM, '994228').drugs).toEqual(['carisoprodol', 'codeine']);
  });

  test('a code without a system is not trusted', () => {
    expect(of({ coding: [{ code: '1292' }] })).toMatchObject({ drugs: [], stated: true });
  });

  test('a code without a system leaves the display to tell the drug', () => {
    expect(of({ coding: [{ code: '1292', display: 'Baclofen' }] })).toMatchObject({
      drugs: ['baclofen'],
      byNameOnly: true,
    });
  });

  test('a known code wins over words in the name', () => {
    const text = 'Lamictal Orange kit (for patients not taking carbamazepine)';
    expect(of({ coding: [{ system: RXNORM, code: '795774' }], text })).toMatchObject({
      drugs: ['lamotrigine'],
      conflict: [],
      byNameOnly: false,
    });
  });
});

describe('an NDC of 10 digits that two readings know', () => {
  const product = (rxcui: string, drug: string) => ({ rxcui, name: drug, route: '', drugs: [drug] });
  const { vocabulary } = loadVocabulary('cards');
  const withPackages = (first: string, second: string) =>
    createIdentifier(
      {
        ...vocabulary,
        products: new Map([
          ['1', product('1', first)],
          ['2', product('2', second)],
        ]),
        ndc: new Map([
          ['01234567890', '1'],
          ['12345067890', '2'],
        ]),
      },
      [],
    )({ ...nothing, concepts: [{ coding: [{ system: NDC, code: '1234567890' }] }] });

  test('counts when both hold the same drug, without a product', () => {
    expect(withPackages('baclofen', 'baclofen')).toMatchObject({ drugs: ['baclofen'], product: undefined });
  });

  test('says nothing when they differ', () => {
    expect(withPackages('baclofen', 'cyclobenzaprine').drugs).toEqual([]);
  });
});

describe('by name', () => {
  test.each([
    ['BACLOFEN 10MG TAB', ['baclofen']],
    ['Lioresal 10 mg', ['baclofen']],
    ['gablofen', ['baclofen']],
    ['Amrix ER', ['cyclobenzaprine']],
    ['Tonmya', ['cyclobenzaprine']],
    ['ｂａｃｌｏｆｅｎ', ['baclofen']],
    ['baclo\u00ADfen', ['baclofen']],
    ['cyclobenzaprine-hydrochloride', ['cyclobenzaprine']],
    ['Nardil 15 mg', ['phenelzine']],
    ['Soma Compound with Codeine', ['carisoprodol', 'codeine']],
    ["St. John's Wort", ["st. john's wort extract"]],
    ['methylene blue injection', ['methylene blue']],
    ['Elavil 25 mg', ['amitriptyline']],
    ['Sinequan', ['doxepin']],
    ['Cogentin 1 mg', ['benztropine']],
    ['Artane', ['trihexyphenidyl']],
    ['Vicodin ES', ['hydrocodone']],
    ['Xywav', ['sodium oxybate']],
    ['Lumryz 6 g', ['sodium oxybate']],
    ['Auvelity', ['bupropion', 'dextromethorphan']],
    ['Limbitrol DS', ['amitriptyline', 'chlordiazepoxide']],
    ['Tussionex Pennkinetic', ['chlorpheniramine', 'hydrocodone']],
    ['Urogesic Blue', ['hyoscyamine', 'methylene blue']],
    ['LYBALVI', ['olanzapine']],
    ['Lithobid', ['lithium']],
    ['Delsym', ['dextromethorphan']],
    ['Oxytrol patch', ['oxybutynin']],
    ['Transderm-Scop', ['scopolamine']],
    ['TRANSDERM SCŌP', ['scopolamine']],
    ['Parafon Forte', ['chlorzoxazone']],
    ['Tylenol #3', ['codeine']],
    ['Tylenol No. 3', ['codeine']],
    ['Versed 2 mg IV', ['midazolam']],
    ['Vicoprofen 7.5-200 tab', ['hydrocodone']],
    ['Hycodan', ['homatropine', 'hydrocodone']],
    ['Percodan', ['oxycodone']],
    ['Reyvow 50 mg', ['lasmiditan']],
    ['Ryanodex', ['dantrolene']],
    ['Thorazine 25 mg', ['chlorpromazine']],
    ['Talwin NX', ['pentazocine']],
    ['Nubain', ['nalbuphine']],
    ['Serax 15 mg', ['oxazepam']],
    ['Vanadom', ['carisoprodol']],
    ['Drizalma Sprinkle', ['duloxetine']],
    ['Aventyl', ['nortriptyline']],
    ['Seglentis', ['tramadol']],
    ['Robitussin-DM', ['dextromethorphan']],
    ['Robitussin', []],
    ['Vicks NyQuil Cold & Flu', ['dextromethorphan', 'doxylamine']],
    ['Valtoco 10 mg nasal', ['diazepam']],
    ['St Johns Wort 300 mg', ["st. john's wort extract"]],
    ['St. John\u2019s Wort', ["st. john's wort extract"]],
    ['St. John\u02BCs Wort', ["st. john's wort extract"]],
    ["ST JOHN'S WORT", ["st. john's wort extract"]],
    ["baclofen's", ['baclofen']],
    ['Tylenol 325 mg', []],
    ['Parafon', []],
    ['baclofenum', []],
    ['arbaclofen', []],
    ['something else', []],
  ])('%s', (text, drugs) => {
    expect(of({ text })).toMatchObject({ drugs, byNameOnly: drugs.length > 0, product: undefined });
  });

  test('a text beyond reason is read only at its beginning, and quickly', () => {
    const long = 'baclofe '.repeat(12_500);
    expect(of({ text: `${long}baclofen` }).drugs).toEqual([]);
    expect(of({ text: `baclofen ${long}` }).drugs).toEqual(['baclofen']);
  });

  test('the display of a reference tells the drug', () => {
    expect(identify({ ...nothing, displays: ['Flexeril 5 mg'], missing: true })).toMatchObject({
      drugs: ['cyclobenzaprine'],
      stated: true,
      unresolved: false,
    });
  });
});

describe('two drugs that are taken for one another', () => {
  test('a code of one and a text of the other are in conflict, and both count', () => {
    const stated = { coding: [{ system: RXNORM, code: '197391' }], text: 'cyclobenzaprine 10 mg' };
    expect(of(stated)).toMatchObject({
      drugs: ['baclofen', 'cyclobenzaprine'],
      conflict: ['baclofen', 'cyclobenzaprine'],
      product: undefined,
      byNameOnly: false,
    });
  });

  test('a display that contradicts its own code is a conflict', () => {
    expect(coded(RXNORM, '21949', 'Lioresal 10 mg').conflict).toEqual(['baclofen', 'cyclobenzaprine']);
  });

  test('codes of both are a conflict', () => {
    const coding = ['1292', '21949'].map((code) => ({ system: RXNORM, code }));
    expect(of({ coding }).conflict).toEqual(['baclofen', 'cyclobenzaprine']);
  });

  test('brand and generic of the same drug agree', () => {
    expect(coded(RXNORM, '197391', 'Lioresal').conflict).toEqual([]);
  });

  test('a compound that lists both as its ingredients is no conflict', () => {
    const ingredients = [{ text: 'baclofen' }, { coding: [{ system: RXNORM, code: '21949' }] }];
    expect(identify({ ...nothing, concepts: [{ text: 'Cream No. 4' }], ingredients })).toMatchObject({
      drugs: ['baclofen', 'cyclobenzaprine'],
      conflict: [],
    });
  });

  test('an ingredient that is not the drug of the code is a conflict', () => {
    const concepts = [{ coding: [{ system: RXNORM, code: '1292' }] }];
    const ingredients = [{ text: 'cyclobenzaprine' }];
    expect(identify({ ...nothing, concepts, ingredients }).conflict).toHaveLength(2);
  });
});

describe('forms', () => {
  test.each([
    [{ concepts: [{ coding: [{ system: RXNORM, code: '828358' }] }] }, ['extended release', 'oral']],
    [{ concepts: [{ text: 'cyclobenzaprine ER 15 mg' }] }, ['extended release']],
    [{ concepts: [{ text: 'Tonmya 2.8 mg' }] }, ['sublingual']],
    [{ concepts: [{ coding: [{ system: RXNORM, code: '1047440' }] }] }, ['intrathecal']],
    [{ concepts: [{ text: 'baclofen' }], formTexts: ['Intrathecal route'] }, ['intrathecal']],
    [{ concepts: [{ text: 'Lioresal IT 2 mg/mL' }] }, ['intrathecal']],
    [{ concepts: [{ text: 'baclofen pump infusion' }] }, ['intrathecal']],
    [{ concepts: [{ text: 'baclofen' }], routes: ['72607000'] }, ['intrathecal']],
    [{ concepts: [{ text: 'baclofen' }], routes: ['it '] }, ['intrathecal']],
    [{ concepts: [{ text: 'baclofen, take it with food' }] }, []],
    [{ concepts: [{ text: 'Lioresal 10 mg' }] }, []],
    [{ concepts: [{ coding: [{ system: ATC, code: 'S01FA01' }] }] }, ['ophthalmic']],
    [{ concepts: [{ text: 'atropine 1 % eye drops' }] }, ['ophthalmic']],
  ])('%j', (stated, forms) => {
    expect(identify({ ...nothing, ...stated }).forms).toEqual(forms);
  });

  test('a route never tells a drug', () => {
    expect(identify({ ...nothing, formTexts: ['by baclofen pump'] })).toMatchObject({
      drugs: [],
      stated: false,
    });
  });
});

describe('a medication that says little', () => {
  test('nothing at all', () => {
    expect(identify(nothing)).toEqual({
      drugs: [],
      called: [],
      conflict: [],
      byNameOnly: false,
      product: undefined,
      forms: [],
      amountsOfProduct: false,
      stated: false,
      unresolved: false,
      nameless: true,
    });
  });

  test.each([
    ['a code of a system that nobody reads', { system: 'https://example.org', code: '7' }, true],
    ['a code without a system', { code: '7' }, true],
    ['a code that is a number', { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: 7 }, true],
    [
      'a drug code of no drug of ours',
      { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '7' },
      false,
    ],
    ['a display', { display: 'something else' }, false],
  ])('%s', (_, coding, nameless) => {
    expect(identify({ ...nothing, concepts: [{ coding: [coding as never] }] })).toMatchObject({
      drugs: [],
      nameless,
    });
  });

  test('a reference that leads nowhere and says nothing', () => {
    expect(identify({ ...nothing, missing: true })).toMatchObject({ stated: false, unresolved: true });
  });

  test('codings and texts of a wrong shape are passed over', () => {
    const broken = { coding: ['x', null, { system: 7, code: {} }], text: 12 } as unknown as CodeableConcept;
    expect(of(broken)).toMatchObject({ drugs: [], stated: false });
  });
});

describe('an allergy to a class of drugs', () => {
  const allergyTo = (...concepts: CodeableConcept[]) => identify({ ...nothing, concepts, isAllergy: true });

  test.each([
    [{ text: 'Tricyclic antidepressants' }],
    [{ coding: [{ display: 'TRICYCLIC ANTIDEPRESSANT' }] }],
    [{ text: 'Antidepressants, Tricyclic' }],
  ])('named %j is one to every drug of the class', (concept) => {
    const found = allergyTo(concept);
    expect(found.drugs).toEqual(expect.arrayContaining(['amitriptyline', 'nortriptyline', 'doxepin']));
    expect(found).toMatchObject({ called: ['tricyclic antidepressants'], byNameOnly: true, conflict: [] });
  });

  test('and to a drug by code is called by both', () => {
    const sertraline = { coding: [{ system: RXNORM, code: '36437' }] };
    expect(allergyTo(sertraline, { text: 'tricyclics' })).toMatchObject({
      drugs: expect.arrayContaining(['sertraline', 'imipramine']),
      called: ['sertraline', 'tricyclic antidepressants'],
      byNameOnly: false,
    });
  });

  test('that has no names is one to no drug', () => {
    expect(allergyTo({ text: 'Tetracyclic antidepressants' })).toMatchObject({ drugs: [], called: [] });
  });

  test('is no medication of that class', () => {
    expect(of({ text: 'Tricyclic antidepressants' })).toMatchObject({ drugs: [], called: [] });
  });
});

describe('an allergy that is denied', () => {
  const allergyTo = (text: string) => identify({ ...nothing, concepts: [{ text }], isAllergy: true }).called;

  test.each([
    ['No known allergy to baclofen', []],
    ['no known allergies to: baclofen', []],
    ['No known allergy to baclofen or cyclobenzaprine', []],
    ['No known allergy to baclofen, codeine or cyclobenzaprine', []],
    ['No known allergies to penicillin or baclofen', []],
    ['No known baclofen allergy', []],
    ['No history of allergic reaction to baclofen', []],
    ['No allergy to tricyclic antidepressants', []],
    ['Denies baclofen', []],
    ['Denies any baclofen allergy', []],
    ['Patient denies allergy to baclofen', []],
    ['not allergic to baclofen', []],
    ['Not known to be allergic to Lioresal', []],
    ['Tolerates baclofen', []],
    ['TOLERATES BACLOFEN 10 MG TABLETS WELL', []],
    ['tolerated generic baclofen in the past', []],
    ['Tolerated baclofen without rash', []],
    ['ok with baclofen', []],
    ['Codeine (tolerates baclofen)', ['codeine']],
    ['Codeine, tolerates baclofen and cyclobenzaprine', ['codeine']],
    ['Codeine - hives; tolerates baclofen', ['codeine']],
    ['Codeine allergy - no known allergy to baclofen', ['codeine']],
    ['Tolerates baclofen but allergic to codeine', ['codeine']],
    ['Tolerates baclofen. Codeine causes rash.', ['codeine']],
    ['Tolerates baclofen and not allergic to codeine', []],
    ['Tolerates baclofen; no known allergy to penicillin', []],
  ])('%s', (text, called) => {
    expect(allergyTo(text)).toEqual(called);
  });

  test.each([
    'Baclofen',
    'Baclofen - hives',
    'Baclofen: not tolerated',
    'Not tolerated: baclofen',
    'Never tolerated baclofen',
    'poorly tolerated baclofen',
    'Tolerated baclofen poorly',
    'No longer tolerates baclofen',
    'Does not do ok with baclofen',
    'Tolerates baclofen?',
    'Unclear if tolerates baclofen',
    'Initially tolerated baclofen',
    'Tolerated baclofen until 2020',
    'Tolerated baclofen, now hives',
    'Tolerated baclofen once, then anaphylaxis',
    'Tolerated baclofen but rash with second course',
    'Tolerates baclofen at low doses only',
    'Tolerates baclofen and gets hives',
    'No known allergy to baclofen until 2020',
    'No known allergies except baclofen',
    'No known allergy to anything but baclofen',
    'No known allergies. Baclofen',
    'No known allergies: baclofen',
    'No baclofen',
    'No baclofen - allergy',
    'NO BACLOFEN (ALLERGY)',
    'No baclofen: allergy',
    'No baclofen/allergy',
    'No: baclofen allergy',
    'Unclear: tolerates baclofen',
    'Avoid baclofen, no known cause of the rash',
    'No known cause for reaction to baclofen',
    'Tolerates codeine, baclofen causes hives',
    'Tolerates codeine, baclofen',
    'Not allergic to codeine but baclofen',
    'No known allergy to codeine. Baclofen or cyclobenzaprine',
    'Denies codeine allergy, reports baclofen allergy',
    'Tolerates baclofen 10 mg, allergic to baclofen 20 mg',
    'Tolerates Lioresal pump; baclofen tablets: swelling',
    'Cannot say not allergic to baclofen',
    'Baclofen. Tolerates water',
    'tolerated baclofen 5 mg; welts at 10 mg',
    'tolerated baclofen; wheals',
    'Intolerance: can take baclofen 5mg, bradycardia at 20mg',
    'tolerates baclofen (GI upset)',
    'Not allergic to baclofen, diarrhea',
    'Tolerated baclofen 10 mg. 20 mg: muscle weakness',
    'rarely tolerates baclofen',
  ])('not, or not surely: %s', (text) => {
    expect(allergyTo(text)).toContain('baclofen');
  });

  test('but not by its code, nor by another text', () => {
    const text = 'No known allergy to baclofen';
    const called = (concept: CodeableConcept) =>
      identify({ ...nothing, concepts: [concept], isAllergy: true }).called;
    expect(called({ text, coding: [{ system: RXNORM, code: '1292' }] })).toEqual(['baclofen']);
    expect(called({ text, coding: [{ display: 'Baclofen' }] })).toEqual(['baclofen']);
  });

  test('is a medication all the same', () => {
    expect(of({ text: 'Tolerates baclofen' }).drugs).toEqual(['baclofen']);
  });
});

describe('a statement that says what is not taken', () => {
  const stated = (concept: CodeableConcept) =>
    identify({ ...nothing, concepts: [concept], isStatement: true });

  test.each([
    'NOT taking sertraline',
    'Not taking: sertraline 50 mg',
    'not currently taking sertraline',
    'Patient no longer takes sertraline',
    'no longer taking Zoloft',
    "doesn't take sertraline anymore",
    'Stopped taking sertraline.',
    'sertraline 50 mg (not taking)',
    'sertraline - patient no longer taking it',
  ])('%s', (text) => {
    expect(stated({ text })).toMatchObject({ drugs: ['sertraline'], notTaken: true });
  });

  test.each([
    'sertraline',
    'not taking sertraline as prescribed',
    'not taking sertraline regularly',
    'Not taking sertraline daily',
    'Not taking sertraline, only sometimes',
    'No longer taking sertraline 50 mg, takes 100 mg',
    'Not taking sertraline?',
    'if not taking sertraline',
    'sertraline, not taking with food',
    'sertraline 50 mg, no longer taking 100 mg',
    'sertraline: not taking 30 mg',
    'sertraline not taking today',
    'sertraline and fluoxetine (not taking)',
    'do not stop taking sertraline',
    'never stopped taking sertraline',
  ])('not, or not surely: %s', (text) => {
    const { drugs, notTaken } = stated({ text });
    expect(drugs).toContain('sertraline');
    expect(notTaken).toBeUndefined();
  });

  test('of one drug leaves the other', () => {
    const kit = 'Lamictal Orange kit (for patients not taking carbamazepine)';
    expect(stated({ text: kit })).toMatchObject({ drugs: ['lamotrigine'] });
    expect(stated({ text: kit }).notTaken).toBeUndefined();
    expect(
      stated({
        text: 'Starter kit for patients not taking carbamazepine',
        coding: [{ system: RXNORM, code: '795774' }],
      }).notTaken,
    ).toBeUndefined();
  });

  test.each([undefined, 'sertraline 50 MG Oral Tablet'])(
    'of its coded drug counts, displayed as %s',
    (display) => {
      const coding = [{ system: RXNORM, code: '36437', ...(display === undefined ? {} : { display }) }];
      expect(stated({ coding, text: 'NOT taking sertraline' })).toMatchObject({
        drugs: ['sertraline'],
        notTaken: true,
      });
    },
  );

  test('is no rule for an order', () => {
    expect(of({ text: 'NOT taking sertraline' })).toMatchObject({ drugs: ['sertraline'] });
    expect(of({ text: 'NOT taking sertraline' }).notTaken).toBeUndefined();
  });
});

describe('an allergy or a statement beyond reason', () => {
  test.each([
    'tolerates '.repeat(10_000),
    'tolerates baclofen and '.repeat(5_000),
    'no known allergy to baclofen, '.repeat(4_000),
    'no known any of '.repeat(7_000),
    'not taking sertraline, '.repeat(5_000),
    ' - '.repeat(30_000),
    `tolerates baclofen ${'-'.repeat(100_000)}`,
    `tolerates ${' '.repeat(100_000)}baclofen`,
    'x '.repeat(50_000),
  ])('is read in no time', (text) => {
    const before = process.cpuUsage();
    const concepts = [{ text }];
    identify({ ...nothing, concepts, isAllergy: true });
    identify({ ...nothing, concepts, isStatement: true });
    expect(process.cpuUsage(before).user).toBeLessThan(500_000);
  });
});

test('one letter that stands for many in another script form makes no text longer than is read', () => {
  expect(wordsOf('\uFDFA'.repeat(2_000)).join('').length).toBeLessThanOrEqual(2_000);
  expect(of({ text: `${'\uFDFA'.repeat(10)} baclofen` }).drugs).toEqual(['baclofen']);
});
