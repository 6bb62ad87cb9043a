/** What the loader says of a vocabulary with mistakes in it: everything at once, each with its file and line. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadVocabulary } from '../../src/library/load-vocabulary.js';

let cards: string;
const write = (name: string, ...lines: string[]) =>
  writeFileSync(join(cards, 'vocabulary', name), `${lines.join('\n')}\n`);
/** Sound in itself, with more behind it. */
const writeDrugs = (...more: string[]) =>
  write(
    'drugs.yaml',
    'drugs:',
    '  baclofen: {rxnorm: {"1292": baclofen}, atc: [M03BX01]}',
    'classes:',
    '  relaxant: [baclofen]',
    'forms:',
    '  sublingual: [sublingual]',
    ...more,
  );
const faults = () =>
  loadVocabulary(cards).faults.map(({ file, line, message }) => `${file}:${line} ${message}`);

beforeEach(() => {
  cards = mkdtempSync(join(tmpdir(), 'vocabulary-'));
  mkdirSync(join(cards, 'vocabulary'));
  write(
    'drugs.yaml',
    'drugs:',
    '  baclofen: {rxnorm: {"1292": baclofen}, atc: [M03BX01], names: [Lioresal]}',
    'classes:',
    '  relaxant: [baclofen]',
    'forms:',
    '  sublingual: [sublingual]',
  );
  write(
    'problems.yaml',
    'problems:',
    '  stroke:',
    '    icd10cm:',
    '      I63: Cerebral infarction',
    'groups:',
    '  brain: [stroke]',
  );
  write('labs.yaml', 'labs:', '  pregnancy status:', '    loinc:', '      82810-3: Pregnancy status');
  write(
    'codes.csv',
    'system,code,display',
    'rxnorm,1292,baclofen',
    'atc,M03BX01,baclofen',
    'icd10cm,I63,Cerebral infarction',
    'loinc,82810-3,Pregnancy status',
  );
  write('products.csv', 'rxcui,name,route,drugs', '197391,baclofen 10 MG Oral Tablet,oral,baclofen');
  write('ndc.csv', 'ndc,rxcui', '00115101001,197391');
});

afterEach(() => rmSync(cards, { recursive: true }));

describe('a vocabulary with mistakes', () => {
  test('is not the one the other tests start from', () => {
    expect(faults()).toEqual([]);
  });

  test('names the nearest class for a misspelt one that is given names', () => {
    writeDrugs('class names:', '  relaxant: [muscle relaxants]', '  relaxnt: [muscle relaxants]');
    expect(faults()).toEqual([
      'vocabulary/drugs.yaml:9 "relaxnt" is no class of this file; did you mean "relaxant"?',
    ]);
  });

  test('names the nearest form for a misspelt one whose routes are given', () => {
    writeDrugs('routes:', '  sublngual: {"37839007": Sublingual route}');
    expect(faults()).toEqual([
      'vocabulary/drugs.yaml:8 "sublngual" is no form of this file; did you mean "sublingual"?',
    ]);
  });

  test('names the nearest name for a misspelt one that a page is told to say', () => {
    writeDrugs(
      'says:',
      '  relaxant: a muscle relaxant',
      '  sublingual: under the tongue',
      '  relaxnt: a muscle relaxant',
    );
    expect(faults()).toEqual([
      'vocabulary/drugs.yaml:10 "relaxnt" is no name of this file; did you mean "relaxant"?',
    ]);
  });

  test('names the nearest drug for a misspelt one of a class', () => {
    write(
      'drugs.yaml',
      'drugs:',
      '  baclofen: {rxnorm: {"1292": baclofen}, atc: [M03BX01]}',
      'classes:',
      '  relaxant: [baclofen, baclofn, baclofen]',
      '  baclofen: [relaxant]',
      'forms:',
      '  sublingual: [sublingual]',
    );
    expect(faults()).toEqual([
      'vocabulary/drugs.yaml:4 "relaxant" names "baclofn", which is not defined above; did you mean "baclofen"?',
      'vocabulary/drugs.yaml:4 "baclofen" is in "relaxant" twice; keep one',
      'vocabulary/drugs.yaml:5 "baclofen" is the name of one entry already; give the list another name',
    ]);
  });

  test('names the nearest form for a misspelt one of which amounts are of the product', () => {
    write(
      'drugs.yaml',
      'drugs:',
      '  baclofen: {rxnorm: {"1292": baclofen}, atc: [M03BX01]}',
      'classes: {}',
      'forms:',
      '  topical: [cream]',
      'amounts of the product: [topicl]',
    );
    expect(faults()).toEqual([
      'vocabulary/drugs.yaml:6 "topicl" is no form of this file; did you mean "topical"?',
    ]);
  });

  test('tells a code whose name differs, a code without a verified name, and a row that is not used', () => {
    write(
      'problems.yaml',
      'problems:',
      '  stroke:',
      '    icd10cm:',
      '      I63: Brain bleed',
      '    snomed:',
      '      "230690007": Cerebrovascular accident (disorder)',
      'groups:',
      '  brain: [stroke]',
    );
    write(
      'codes.csv',
      'system,code,display',
      'rxnorm,1292,baclofen',
      'atc,M03BX01,baclofen',
      'icd10cm,I63,Cerebral infarction',
      'loinc,82810-3,Pregnancy status',
      'loinc,2106-3,"Choriogonadotropin, ""urine"""',
    );
    expect(faults()).toEqual([
      'vocabulary/problems.yaml:6 snomed 230690007 (Cerebrovascular accident (disorder)) is not in codes.csv; verify the code and add it there',
      'vocabulary/problems.yaml:4 icd10cm I63 is "Cerebral infarction", found "Brain bleed"; check which code was meant',
      'vocabulary/codes.csv:6 loinc 2106-3 is used by no card word; remove it',
    ]);
  });

  test('tells rows of the code table that are doubled, of an unknown system or not closed', () => {
    write(
      'codes.csv',
      'system,code,display',
      'rxnorm,1292,baclofen',
      'atc,M03BX01,baclofen',
      'icd10cm,I63,Cerebral infarction',
      'loinc,82810-3,Pregnancy status',
      'rxnorm,1292,baclofen',
      'rxnom,7,x',
      'loinc,1,"open',
      'loinc,1',
    );
    expect(faults()).toEqual([
      'vocabulary/codes.csv:8 has a quote that is not closed; write "" for a quote inside quotes',
      'vocabulary/codes.csv:9 expected 3 cells, found 2; put a cell that holds a comma in quotes',
      'vocabulary/codes.csv:6 rxnorm 1292 stands on line 2 already; keep one',
      'vocabulary/codes.csv:7 expected a system of rxnorm, atc, snomed, icd10cm, loinc, found "rxnom"; did you mean "rxnorm"?',
    ]);
  });

  test('names the nearest key for a misspelt one', () => {
    write('labs.yaml', 'labs:', '  pregnancy status:', '    loinx:', '      82810-3: Pregnancy status');
    expect(faults()).toContain(
      'vocabulary/labs.yaml:3 labs.pregnancy status: has the unknown key "loinx"; known are loinc; did you mean "loinc"?',
    );
  });

  test('asks for the parts of a file that are not there, and for words where a list came', () => {
    write('drugs.yaml', 'drugs:', '  baclofen: {rxnorm: [1292]}', 'classes: {}');
    expect(faults()).toEqual(
      expect.arrayContaining([
        'vocabulary/drugs.yaml:2 drugs.baclofen.rxnorm: expected codes, each with its name',
        'vocabulary/drugs.yaml:1 forms: expected names, each with a list',
      ]),
    );
  });

  test('asks for codes where a word came', () => {
    write('labs.yaml', 'labs:', '  pregnancy status: pregnant');
    expect(faults()).toContain('vocabulary/labs.yaml:2 labs.pregnancy status: expected loinc');
  });

  test('says where YAML cannot be read', () => {
    write('labs.yaml', 'labs:', '  egfr: {loinc: [}');
    expect(faults().some((fault) => fault.startsWith('vocabulary/labs.yaml:2 is not valid YAML'))).toBe(true);
  });

  test('tells a code left out that nothing would take in', () => {
    write(
      'problems.yaml',
      'problems:',
      '  stroke:',
      '    icd10cm: {I63: Cerebral infarction}',
      '    except: {S06.0: Concussion}',
      'groups:',
      '  brain: [stroke]',
    );
    expect(faults()).toContain(
      'vocabulary/problems.yaml:4 S06.0 is below no ICD-10-CM code of "stroke"; leave it out or correct it',
    );
  });

  test('tells a code left out that is a code of a problem', () => {
    write(
      'problems.yaml',
      'problems:',
      '  stroke:',
      '    icd10cm: {I63: Cerebral infarction}',
      'left out:',
      '  icd10cm: {I63: Cerebral infarction}',
      'groups:',
      '  brain: [stroke]',
    );
    expect(faults()).toContain(
      'vocabulary/problems.yaml:5 I63 is left out, but is a code of "stroke"; keep one',
    );
  });

  test('tells products and packages that cannot be right', () => {
    write(
      'products.csv',
      'rxcui,name,route,drugs',
      '197391,baclofen 10 MG Oral Tablet,oral,baclofen',
      '197391,baclofen 10 MG Oral Tablet,oral,baclofen',
      'x1,baclofen,oral,baclofen',
      '197392,baclofen 20 MG Oral Tablet,oral,baklofen',
    );
    write(
      'ndc.csv',
      'ndc,rxcui',
      '00115101001,197391',
      '00115101001,197391',
      '0115-1010-01,197391',
      '00115101002,5',
    );
    expect(faults()).toEqual([
      'vocabulary/products.csv:3 product 197391 is in the table already; keep one row',
      'vocabulary/products.csv:4 expected an RxNorm code of digits, found "x1"',
      'vocabulary/products.csv:5 product 197392 holds "baklofen", which drugs.yaml does not define; did you mean "baclofen"?',
      'vocabulary/ndc.csv:3 NDC 00115101001 is in the table already; keep one row',
      'vocabulary/ndc.csv:4 expected an NDC of 11 digits without hyphens, found "0115-1010-01"; fill each part with zeros to 5-4-2',
      'vocabulary/ndc.csv:5 NDC 00115101002 names product 5, which products.csv does not hold',
    ]);
  });

  test('tells files that are missing or begin otherwise', () => {
    rmSync(join(cards, 'vocabulary', 'labs.yaml'));
    rmSync(join(cards, 'vocabulary', 'ndc.csv'));
    write('products.csv', 'code,name');
    expect(faults()).toEqual(
      expect.arrayContaining([
        'vocabulary/labs.yaml:1 is missing; put the file back or name another cards folder',
        'vocabulary/ndc.csv:1 is missing; put the file back or name another cards folder',
        'vocabulary/products.csv:1 expected the first line "rxcui,name,route,drugs", found "code,name"',
      ]),
    );
  });
});
