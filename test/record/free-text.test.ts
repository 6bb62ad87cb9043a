/** Whether free text offers the other drug as a substitute, or only speaks of it. */

import { describe, expect, test } from '@jest/globals';
import { offers } from '../../src/record/free-text.js';

const names = ['cyclobenzaprine', 'Flexeril', 'Amrix'];
const ordered = ['baclofen', 'Lioresal'];

describe('text that offers the other drug', () => {
  test.each([
    'Baclofen 10 mg or cyclobenzaprine 10 mg',
    'Baclofen OR FLEXERIL, whichever is in stock',
    'Use instead of cyclobenzaprine',
    'in place of Flexeril',
    'Same as Flexeril.',
    'This is equivalent to cyclobenzaprine',
    'substitute for cyclobenzaprine',
    'Interchangeable with generic cyclobenzaprine',
    'baclofen/cyclobenzaprine 10 mg',
    'Flexeril/baclofen at bedtime',
    'If not in stock give cyclobenzaprine 5 mg instead',
    'May switch to cyclobenzaprine if baclofen is not tolerated',
    'Take one tablet. Pharmacy: cyclobenzaprine may be substituted.',
    'Amrix as an alternative',
    'Allergic to penicillin. Baclofen or cyclobenzaprine.',
    'instead of her cyclobenzaprine',
    'in place of his usual Flexeril',
    'instead of home Flexeril',
    'or else cyclobenzaprine',
    'or equivalent (cyclobenzaprine)',
    'may sub Flexeril',
    'aka Flexeril',
    'same drug as Flexeril',
    'generic for Flexeril',
    'Flexeril or baclofen ok',
    'cyclobenzaprine (or baclofen)',
    'May give Amrix or generic baclofen',
    'Flexeril 10 mg or Lioresal 10 mg',
    'tablets/cyclobenzaprine 5 mg',
    'Substitution with cyclobenzaprine permitted.',
    'Cyclobenzaprine is an acceptable alternative.',
    'Flexeril acceptable substitute',
    'Cyclobenzaprine 10 mg is a suitable alternative',
    'May be replaced with Flexeril.',
    'can be switched to cyclobenzaprine',
    'If baclofen is unavailable, dispense cyclobenzaprine 10 mg TID.',
    'If not covered by insurance or out of stock: give Flexeril',
    'if baclofen is on backorder fill cyclobenzaprine',
  ])('%s', (text) => {
    expect(offers([text], names, ordered)).toBe(true);
  });

  test.each([
    'Lioresal 10 mg TID or Flexeril 10 mg TID',
    'Take 1 tablet by mouth three times daily as needed or cyclobenzaprine 5 mg',
    'Take 1 tablet at bedtime for muscle spasms or cyclobenzaprine',
    '1 tab PO TID prn spasm or Flexeril',
    'Take as directed w/ meals, 2 refills or Flexeril 10 mg',
    'May dispense either baclofen, or cyclobenzaprine',
    'pain, or cyclobenzaprine',
    'Baclofen 10 mg, #90, or cyclobenzaprine 10 mg',
    'Sig: or cyclobenzaprine',
  ])('what the other drug is chosen beside is the ordered one, its dose or nothing: %s', (text) => {
    expect(offers([text], names, ordered)).toBe(true);
  });

  test.each([
    'or Flexeril 10 mg, may cause drowsiness, avoid alcohol',
    'or cyclobenzaprine 10 mg if out of stock, never with alcohol',
    'or cyclobenzaprine HCl 5 mg TID #30, no refills, not to exceed 3/day',
    'or Flexeril 10 mg - do not take with alcohol',
    'or Flexeril 10 mg (must not drive)',
    'or Flexeril 10 mg. This is not to be taken with alcohol.',
    'or Flexeril 10 mg do not take with alcohol',
    'Baclofen 10 mg TID, no refills, or Flexeril 10 mg',
    'Baclofen no more than 3 times daily or Flexeril',
    'Baclofen with or without food or Flexeril',
    'Baclofen or cyclobenzaprine, allergic to penicillin',
    'Baclofen or cyclobenzaprine, failed ibuprofen',
    'Baclofen or cyclobenzaprine, watch for side effects',
    'Baclofen or cyclobenzaprine, side effects explained',
    'Baclofen or cyclobenzaprine, allergies: sulfa',
    'Baclofen or cyclobenzaprine, patient does not drive',
    'No relief from heat, use baclofen or cyclobenzaprine',
    'If baclofen is not tolerated, or out of stock, cyclobenzaprine instead',
  ])('a refusal of something else takes nothing back: %s', (text) => {
    expect(offers([text], names, ordered)).toBe(true);
  });

  test('one text of several is enough', () => {
    expect(offers(['Take with food', 'or cyclobenzaprine'], names, ordered)).toBe(true);
  });
});

describe('text that only speaks of it', () => {
  test.each([
    'Failed cyclobenzaprine',
    'Baclofen instead of cyclobenzaprine, which was not tolerated',
    'Instead of cyclobenzaprine (rash)',
    'Instead of cyclobenzaprine. It did not help.',
    'Instead of Flexeril. Patient is allergic to Flexeril.',
    'Use in place of cyclobenzaprine: no relief',
    'Do not substitute cyclobenzaprine',
    "Don't substitute for cyclobenzaprine",
    'Not the same as Flexeril',
    'Not interchangeable with cyclobenzaprine',
    'Avoid alcohol or cyclobenzaprine',
    'Do not take together with tizanidine or cyclobenzaprine',
    'Cyclobenzaprine stopped last week',
    'Continue cyclobenzaprine at night',
    'or cyclobenzaprinex',
    'instead of tizanidine',
    'Flexeril/day',
    'Substitution with cyclobenzaprine not permitted',
    'No substitution with cyclobenzaprine',
    'Cyclobenzaprine is not an acceptable alternative',
    'Not to be replaced with Flexeril',
    'May not be replaced with Flexeril',
    'Should not be switched to cyclobenzaprine',
    'Flexeril not covered',
    'Flexeril is out of stock, use this',
    'Tizanidine unavailable, cyclobenzaprine failed',
    '',
  ])('%s', (text) => {
    expect(offers([text], names, ordered)).toBe(false);
  });

  test.each([
    'Has not responded to NSAIDs or cyclobenzaprine.',
    'Has not responded to baclofen or cyclobenzaprine.',
    'Unable to tolerate tizanidine or cyclobenzaprine',
    'cannot tolerate tizanidine or Flexeril',
    "Can't tolerate baclofen or Flexeril",
    'poorly tolerated tizanidine or cyclobenzaprine',
    'tizanidine or cyclobenzaprine poorly tolerated',
    'Refractory to tizanidine or cyclobenzaprine',
    'Inadequate relief with ibuprofen or cyclobenzaprine',
    'Spasticity unresponsive to tizanidine or cyclobenzaprine',
    'Contraindication to tizanidine or cyclobenzaprine',
    'Without success on tizanidine or Flexeril',
    'minimal improvement with ibuprofen and/or cyclobenzaprine',
    'Failed NSAIDs, heat, or cyclobenzaprine',
    'Failed tizanidine, cyclobenzaprine. Baclofen instead of cyclobenzaprine.',
    'In place of Flexeril, failed last month',
    'In place of Flexeril, which caused hives',
    'In place of Flexeril - allergic to it',
    'In place of Flexeril (side effects)',
    'In place of Flexeril, adverse reaction last year',
    'In place of Flexeril, do not use it',
    'In place of Flexeril (avoid)',
    'In place of Flexeril, patient did not tolerate',
    'Baclofen in place of Flexeril due to inadequate relief',
  ])('says that it failed or was not tolerated: %s', (text) => {
    expect(offers([text], names, ordered)).toBe(false);
  });

  test.each([
    'Do not drink alcohol or take cyclobenzaprine with this medicine.',
    'Do not drive or take Flexeril with this',
    'No alcohol or cyclobenzaprine while taking this',
    'No alcohol, opioids, or cyclobenzaprine',
    'do not restart tizanidine or cyclobenzaprine',
    'Do not take baclofen or cyclobenzaprine with alcohol',
    'Do not take Flexeril or baclofen with alcohol',
    'No Flexeril or baclofen after surgery',
    'Hold baclofen or cyclobenzaprine if sedated',
  ])('warns of it: %s', (text) => {
    expect(offers([text], names, ordered)).toBe(false);
  });

  test.each([
    'Dizzy on tizanidine or Flexeril',
    'Dizzy on tizanidine, gabapentin, or Flexeril',
    'She had hallucinations with amitriptyline or cyclobenzaprine',
    'Interaction: opioids or cyclobenzaprine increase sedation',
    'Patient declines tizanidine or cyclobenzaprine',
    'Not a candidate for tizanidine or cyclobenzaprine',
    'Hold if sedated or cyclobenzaprine restarted',
    'Took ibuprofen/cyclobenzaprine at home',
    'Flexeril or tizanidine at home',
  ])('lists it beside something else: %s', (text) => {
    expect(offers([text], names, ordered)).toBe(false);
  });
});

describe('text beyond reason', () => {
  test.each([
    ['or '.repeat(33_000)],
    ['cyclobenzaprine '.repeat(6_500)],
    ['or cyclobenzaprine if '.repeat(4_500)],
    ['a/'.repeat(50_000)],
    ['.'.repeat(100_000)],
    ['1.'.repeat(50_000)],
    ['the '.repeat(25_000)],
    ['was not '.repeat(12_500)],
    ['cyclobenzaprine, avoid it - '.repeat(3_600)],
    ['baclofen or cyclobenzaprine, no '.repeat(3_200)],
    [' - '.repeat(33_000)],
    [`cyclobenzaprine${'-'.repeat(99_000)}`],
  ])('is read in no time', (text) => {
    const began = performance.now();
    offers([text], names, ordered);
    expect(performance.now() - began).toBeLessThan(500);
  });

  test('is read only at its beginning', () => {
    expect(offers([`${'x '.repeat(50_000)} or cyclobenzaprine`], names, ordered)).toBe(false);
  });
});
