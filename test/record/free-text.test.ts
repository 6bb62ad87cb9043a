/** Whether free text offers the other drug as a substitute, or only speaks of it. */

import { describe, expect, test } from '@jest/globals';
import { offers } from '../../src/record/free-text.js';

const names = ['cyclobenzaprine', 'Flexeril', 'Amrix'];

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
  ])('%s', (text) => {
    expect(offers([text], names)).toBe(true);
  });

  test('one text of several is enough', () => {
    expect(offers(['Take with food', 'or cyclobenzaprine'], names)).toBe(true);
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
    '',
  ])('%s', (text) => {
    expect(offers([text], names)).toBe(false);
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
  ])('is read in no time', (text) => {
    const began = performance.now();
    offers([text], names);
    expect(performance.now() - began).toBeLessThan(500);
  });

  test('is read only at its beginning', () => {
    expect(offers([`${'x '.repeat(50_000)} or cyclobenzaprine`], names)).toBe(false);
  });
});
