/** The vocabulary files as they are: no fault, the codes that must and must not be there. */

import { describe, expect, test } from '@jest/globals';
import { loadVocabulary } from '../../src/library/load-vocabulary.js';

const { vocabulary, faults } = loadVocabulary('cards');
const icd = (problem: string) => vocabulary.problems.get(problem)?.icd10cm.map(({ code }) => code) ?? [];
const every = [...vocabulary.problems.values()].flatMap((problem) => [...problem.snomed, ...problem.icd10cm]);

describe('the vocabulary of the library', () => {
  test('has no fault', () => {
    expect(faults).toEqual([]);
  });

  test('knows the two relaxants by code, brand and product', () => {
    expect(vocabulary.drugs.get('baclofen')).toMatchObject({
      rxnorm: [{ code: '1292', display: 'baclofen' }],
      atc: ['M03BX01'],
      names: ['Lioresal', 'Gablofen', 'Ozobax', 'Fleqsuvy', 'Lyvispah', 'Kemstro'],
    });
    expect(vocabulary.drugs.get('cyclobenzaprine')).toMatchObject({
      rxnorm: [{ code: '21949', display: 'cyclobenzaprine' }],
      atc: ['M03BX08'],
      names: ['Flexeril', 'Fexmid', 'Amrix', 'Tonmya'],
    });
    expect(vocabulary.products.get('197391')).toEqual({
      rxcui: '197391',
      name: 'baclofen 10 MG Oral Tablet',
      route: 'oral',
      drugs: ['baclofen'],
    });
  });

  test('keeps a product of which only the route is known, without a made-up name', () => {
    expect(vocabulary.products.get('1047440')).toEqual({
      rxcui: '1047440',
      name: '',
      route: 'intrathecal',
      drugs: ['baclofen'],
    });
  });

  test('completes the ingredients of a relaxant combination from its name', () => {
    expect(vocabulary.products.get('994228')?.drugs).toEqual(['carisoprodol', 'codeine']);
  });

  test('does not take the drugs a pack is not for as its ingredients', () => {
    expect(vocabulary.products.get('795778')?.drugs).toEqual(['lamotrigine']);
  });

  test('puts classes into classes', () => {
    expect(vocabulary.classes.get('maoi')).toEqual([
      'isocarboxazid',
      'phenelzine',
      'tranylcypromine',
      'selegiline',
      'rasagiline',
      'safinamide',
      'moclobemide',
      'linezolid',
      'methylene blue',
      'procarbazine',
      'furazolidone',
      'tedizolid',
    ]);
    expect(vocabulary.classes.get('cns active')).toEqual(expect.arrayContaining(['gabapentin', 'baclofen']));
  });

  test('keeps tricyclics, paroxetine and cyclobenzaprine out of the anticholinergics', () => {
    const anticholinergic = vocabulary.classes.get('anticholinergic');
    expect(anticholinergic).toContain('oxybutynin');
    expect(anticholinergic).not.toContain('amitriptyline');
    expect(anticholinergic).not.toContain('paroxetine');
    expect(anticholinergic).not.toContain('cyclobenzaprine');
  });

  test('counts multiple sclerosis by the code above its newer subdivisions', () => {
    expect(icd('multiple sclerosis')).toEqual(['G35']);
  });

  test('has none of the codes that say neither one thing nor the other', () => {
    const codes = every.map(({ code }) => code);
    const unusable =
      'R25.2 M62.4 84590007 S34.3 S06.0 F07.81 110030002 Z86.73 Z87.820 23986001 N18.9 I12 I13 709044004 ' +
      'K76.9 K70.9 235856003 82423001 R41.0 R41.82 703151001 Z91.15 I25.2';
    expect(codes.filter((code) => unusable.split(' ').includes(code))).toEqual([]);
  });

  test('counts injuries of the brain, but no concussion, and no disorder in remission', () => {
    const except = (problem: string) => vocabulary.problems.get(problem)?.except.map(({ code }) => code);
    expect(icd('traumatic brain injury')).toEqual(['S06']);
    expect(except('traumatic brain injury')).toEqual(['S06.0']);
    expect(except('alcohol use disorder')).toEqual(['F10.11', 'F10.21', 'F10.91']);
    expect(except('opioid use disorder')).toEqual(['F11.11', 'F11.21', 'F11.91']);
  });

  test('lists the codes that mean no problem, so that no wording beside them does', () => {
    const codes = [...vocabulary.leftOut.icd10cm, ...vocabulary.leftOut.snomed].map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['R25.2', 'I25.2', 'N18.9', 'Z82', 'Z87', '82423001']));
  });

  test('knows brands that no product carries', () => {
    const brands = (drug: string) => vocabulary.drugs.get(drug)?.names;
    expect(brands('amitriptyline')).toEqual(['Elavil', 'Limbitrol']);
    expect(brands('sodium oxybate')).toEqual(['Xywav', 'Lumryz']);
    expect(brands('bupropion')).toEqual(['Auvelity']);
    expect(brands('dextromethorphan')).toEqual(['Auvelity', 'Delsym', 'Robitussin DM', 'NyQuil']);
  });

  test('tells stage 3 from stages 4 and 5 and from dialysis', () => {
    expect(icd('chronic kidney disease stage 3')).toEqual(['N18.3']);
    expect(icd('chronic kidney disease stage 4 or 5')).toEqual(['N18.4', 'N18.5', 'N18.6']);
    expect(icd('dialysis')).toEqual(['Z99.2']);
  });

  test('counts stroke among the upper motor neuron problems, but not alone where spasticity is asked', () => {
    expect(vocabulary.problemGroups.get('upper motor neuron')).toContain('stroke');
    expect(vocabulary.problemGroups.get('upper motor neuron without brain injury alone')).not.toContain(
      'stroke',
    );
    expect(vocabulary.problemGroups.get('upper motor neuron')).not.toContain('parkinson disease');
  });
});
