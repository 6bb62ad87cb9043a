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
    'flexeril or baclofen, whichever',
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
    'Baclofen qty=30 or Flexeril',
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

  test.each([
    'If baclofen not covered by insurance give cyclobenzaprine 10 mg tid',
    'if no baclofen, flexeril ok',
    'cyclobenzaprine OK if baclofen unavailable',
    'ok to change to flexeril if cheaper',
    'Flexeril out of stock, so baclofen',
    'Flexeril on backorder, so baclofen',
    'If baclofen is not covered, give Flexeril 10 mg',
    'If her insurance does not cover baclofen, give Flexeril',
    "if insurance won't cover baclofen then Flexeril ok",
    'if pharmacy out of baclofen, use Flexeril',
    'if there is no baclofen please dispense Flexeril',
    'If baclofen is unavailable at the pharmacy, then change to Flexeril',
    'baclofen on backorder: ok to dispense cyclobenzaprine',
    'baclofen 10 mg is not in stock, cyclobenzaprine 10 mg',
    'If not available, Flexeril',
    "if patient can't afford baclofen, Flexeril 5 mg",
    'Unavailable: give Flexeril',
    'use Flexeril if out of stock',
    'Flexeril 10 mg tid if not covered by insurance',
    'give cyclobenzaprine 10 mg if no baclofen',
    'Flexeril if insurance does not cover this',
    'cyclobenzaprine ok (if baclofen unavailable)',
    'Flexeril is fine if baclofen is too expensive',
    'Flexeril if cheaper',
    'change to Flexeril if insurance prefers',
    'Flexeril is out of stock so give baclofen 10 mg',
    'Flexeril not covered, baclofen 10 mg tid',
    'Flexeril 10 mg unavailable, using baclofen',
    'Flexeril was not covered by insurance, so baclofen instead',
    'baclofen because Flexeril is not covered',
    'baclofen b/c Flexeril on backorder',
    'Baclofen due to Flexeril shortage',
    'Instead of Flexeril, which was not covered',
    'If no baclofen in stock give Flexeril',
    'dispense cyclobenzaprine if no baclofen available',
    'Insurance does not cover Flexeril, so baclofen',
    'Patient cannot afford Flexeril, using baclofen 10 mg',
    'Flexeril ok to substitute if baclofen is on backorder',
    'in case baclofen is out of stock: Flexeril 10mg',
    "if pt's plan doesn't cover, Flexeril",
    'cannot get baclofen, use Flexeril',
    'Baclofen because Flexeril unavailable last week',
  ])('what cannot be had or paid for gives way: %s', (text) => {
    expect(offers([text], names, ordered)).toBe(true);
  });

  test.each([
    'therapeutic interchange: flexeril -> baclofen',
    'May interchange w/ Amrix',
    'may change to Flexeril',
    'okay to switch baclofen to Flexeril',
    'can be changed to Flexeril',
    'may convert this to generic Flexeril',
    'ok to change Rx to cyclobenzaprine',
    'May interchange with Amrix',
    'may interchange baclofen w/ Amrix',
    'substitute baclofen for Flexeril',
    'sub baclofen 10 mg for cyclobenzaprine 10 mg',
    'swap baclofen with Flexeril',
    'therapeutic interchange: baclofen -> Flexeril',
    'Therapeutic interchange: baclofen 10 mg for Flexeril 10 mg',
    'Therapeutic interchange for Flexeril',
    'Therapeutic interchange per protocol: Flexeril to baclofen',
    'Flexeril interchanged to baclofen per protocol',
    'therapeutic substitution of Flexeril',
    'Flexeril ok to sub',
  ])('a change that one may make, or an interchange: %s', (text) => {
    expect(offers([text], names, ordered)).toBe(true);
  });

  test.each([
    'Flexeril equivalent',
    'baclofen=flexeril',
    'Flexeril substitute',
    'Flexeril 10 mg equivalent',
    'Flexeril alternative',
    'Flexeril equivalent, 10 mg tid',
    'Flexeril equivalent tid',
    'Flexeril equivalent to baclofen',
    'Flexeril substitution permitted',
    'baclofen = flexeril',
    'Flexeril=baclofen',
    'baclofen 10 mg = Flexeril 10 mg',
    'Flexeril substitute with baclofen',
  ])('the one is called as good as the other: %s', (text) => {
    expect(offers([text], names, ordered)).toBe(true);
  });

  test.each([
    'baclofen (Flexeril)',
    'baclofen (=Flexeril)',
    'baclofen [Flexeril] 10 mg tid',
    'baclofen 10 mg (cyclobenzaprine 10 mg)',
    'Flexeril (baclofen)',
    'Take baclofen (generic Flexeril) nightly',
    'baclofen (brand name Flexeril)',
  ])('stands in parentheses: %s', (text) => {
    expect(offers([text], names, ordered)).toBe(true);
  });

  test.each([
    'Home med Flexeril non-formulary, baclofen substituted',
    'Home med cyclobenzaprine is non-formulary; baclofen given instead',
    'Cyclobenzaprine substituted with baclofen per formulary',
    'Patient takes Flexeril at home; formulary equivalent ordered',
    'Home Flexeril 10 mg TID not on hospital formulary. Substituted baclofen 10 mg.',
    'Flexeril is nonformulary, changed to baclofen',
    'Flexeril non-formulary; will order baclofen 10 mg tid',
    'Cyclobenzaprine non-formulary; baclofen 10 mg given',
    'Flexeril not on the formulary, baclofen used in its place',
    'Home cyclobenzaprine (non-formulary) substituted with baclofen',
    'cyclobenzaprine was automatically substituted with baclofen 10 mg',
    'Flexeril changed to baclofen per hospital protocol',
    'Flexeril switched to baclofen 10 mg TID per P&T formulary policy',
    'Takes Flexeril 10 mg at home, therapeutic equivalent given',
    'On Flexeril at home - ordered formulary alternative',
    'Takes Flexeril at home; formulary alternative baclofen ordered',
    'Home Flexeril is non-formulary; formulary equivalent: baclofen',
    'Home Flexeril; formulary equivalent ordered (baclofen 10 mg)',
    'Flexeril at home; formulary equivalent ordered per pharmacy. Monitor for sedation.',
    'Flexeril was changed to baclofen per our hospital formulary on admission',
    'Patient takes Flexeril at home; therapeutic interchange per protocol',
  ])('was put in its place as a formulary has it: %s', (text) => {
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

  test.each([
    'Flexeril not equivalent',
    'Flexeril is not equivalent to baclofen',
    'No Flexeril equivalent',
    'There is no Flexeril substitute',
    'Flexeril equivalent failed',
    'Flexeril alternatives discussed',
    'Flexeril alternative to opioids',
    'Patient has Flexeril, alternative therapies discussed',
    'flexeril -> baclofen',
    'Flexeril => baclofen',
    'baclofen != Flexeril',
    'baclofen ≠ Flexeril',
    'baclofen =/= Flexeril',
    'baclofen is not = Flexeril',
    'Flexeril = rash',
    'tizanidine = Flexeril',
    'Will discuss Flexeril alternative at next visit',
  ])('is not as good: %s', (text) => {
    expect(offers([text], names, ordered)).toBe(false);
  });

  test.each([
    'was on flexeril, changed to baclofen',
    'was changed to Flexeril last year',
    'Patient asked to change to Flexeril',
    'do not change to flexeril',
    'Not ok to change to Flexeril',
    'may not change to Flexeril',
    "Can't change to Flexeril",
    'ok to change from Flexeril to baclofen',
    'change from flexeril to baclofen',
    'switched from Flexeril to baclofen',
    'cannot substitute Flexeril',
    "Can't be substituted with Flexeril",
    'No therapeutic interchange with Flexeril',
    'Do not interchange w/ Flexeril',
    'do not substitute baclofen for Flexeril',
    'never swap baclofen for Flexeril',
    'No need to substitute baclofen for Flexeril',
    'swap Flexeril for baclofen',
    'replace Flexeril with baclofen',
    'may change Flexeril',
    'change Flexeril to baclofen',
    'replaced baclofen with Flexeril last year, failed',
  ])('refuses a change, plans one or made one: %s', (text) => {
    expect(offers([text], names, ordered)).toBe(false);
  });

  test.each([
    'Will change to Flexeril if no improvement',
    'do not change to Flexeril if cheaper',
    'flexeril out of stock last month, pt had none',
    'Flexeril out of stock last month',
    'Flexeril out of stock, baclofen failed',
    'Flexeril not covered, baclofen helps',
    'Flexeril out of stock. Continue heat.',
    'Flexeril not covered',
    'If baclofen not covered, do not give Flexeril',
    'If not covered, do not give Flexeril',
    'If unavailable, do not substitute Flexeril',
    'If baclofen unavailable, call; patient failed Flexeril',
    'If baclofen not covered call me, takes Flexeril at home',
    'If baclofen is unavailable, no Flexeril',
    'If baclofen not covered call the office before Flexeril is given',
    'PT not covered, Flexeril at home',
    'Hold Flexeril if baclofen unavailable',
    'Stop Flexeril if baclofen not covered',
    'Flexeril not ok if baclofen unavailable',
    'Flexeril should not be used if baclofen unavailable',
    'Currently on Flexeril 10 mg tid, if baclofen not covered call me',
    'no baclofen, no Flexeril',
    'no baclofen with Flexeril',
    'Patient denied Flexeril use',
    'Denied taking baclofen, Flexeril',
    'denies baclofen, Flexeril',
    'denies Flexeril, baclofen use',
    'Patient denies Flexeril or tizanidine',
    'Rejected Flexeril',
    'Flexeril denied, baclofen denied',
    'Flexeril refill denied',
    'Pain, unable to get out of bed, Flexeril',
    'Because of Flexeril',
    'Not tolerated baclofen because Flexeril',
    'Changed because Flexeril not covered',
    'Flexeril if Amrix is not covered',
    'If Amrix is not covered, Flexeril',
    'If not covered, do not use instead of Flexeril',
    'If not tolerated, do not use instead of Flexeril',
    'Insurance denied Flexeril',
    'If insurance does not cover Flexeril, call',
    'Cancel Flexeril if baclofen not available',
    'if brand not covered, generic ok. Continue Flexeril',
    'Flexeril not available last visit, baclofen 10 mg started',
    'No baclofen, Flexeril 10 mg',
  ])('lacks, and nothing takes its place: %s', (text) => {
    expect(offers([text], names, ordered)).toBe(false);
  });

  test.each([
    'baclofen (not Flexeril)',
    'baclofen (failed Flexeril)',
    'baclofen (no Flexeril)',
    'baclofen (Flexeril failed)',
    'baclofen (Flexeril stopped)',
    'baclofen (on Flexeril)',
    'baclofen (takes Flexeril)',
    'baclofen (and Flexeril)',
    'baclofen (Flexeril and tramadol at home)',
    'baclofen (Flexeril) allergy',
    'no baclofen (Flexeril)',
    'Allergic to baclofen (Flexeril)',
    'tizanidine (Flexeril)',
    'a muscle relaxant (Flexeril)',
    'muscle relaxants (baclofen, Flexeril)',
    'baclofen (Flexeril, tizanidine)',
    'stop Flexeril (baclofen)',
  ])('has something else in parentheses: %s', (text) => {
    expect(offers([text], names, ordered)).toBe(false);
  });

  test.each([
    'Do not substitute baclofen for cyclobenzaprine',
    'cyclobenzaprine non-formulary; baclofen not a substitute',
    'baclofen for spasticity; home cyclobenzaprine stopped',
    'cyclobenzaprine non-formulary; do not give baclofen',
    'Cyclobenzaprine non-formulary; baclofen ordered for spasticity',
    'Cyclobenzaprine is non-formulary. Baclofen helps spasticity.',
    'Cyclobenzaprine non-formulary; tizanidine given instead',
    'Flexeril non-formulary, held. Baclofen given for spasticity.',
    'Flexeril non-formulary last admission; baclofen given',
    'Flexeril non-formulary; baclofen given in error',
    'Flexeril non-formulary. Baclofen.',
    'Cyclobenzaprine was not substituted with baclofen',
    'Cyclobenzaprine cannot be substituted with baclofen',
    'Cyclobenzaprine should not be changed to baclofen per formulary',
    'Home Flexeril; formulary equivalent ordered: methocarbamol.',
    'Takes Flexeril at home. Therapeutic equivalent given: tizanidine. Baclofen for MS spasticity.',
    'Home med Flexeril - formulary equivalent ordered (methocarbamol). Baclofen is for MS.',
    'Flexeril formulary equivalent per pharmacy is methocarbamol',
    'Flexeril was changed to baclofen per patient at hospital discharge in 2023',
    'Cyclobenzaprine substituted with tizanidine; baclofen for spasticity',
    'Call if cyclobenzaprine substituted with baclofen',
    'Flexeril changed to baclofen per patient request',
    'Flexeril changed to baclofen',
    'Patient takes Flexeril at home; no formulary equivalent ordered',
    'Patient takes Flexeril at home; formulary equivalent not ordered',
    'Patient takes Flexeril at home; formulary equivalent declined',
    'Patient takes Flexeril at home; formulary equivalent of lisinopril ordered',
    'Patient takes Flexeril and lisinopril at home; formulary equivalent ordered',
    'Patient takes Flexeril at home; lisinopril formulary equivalent ordered',
    'Patient takes Flexeril at home; formulary reviewed',
    'Patient takes Flexeril at home; baclofen ordered',
    'Patient denies Flexeril at home; formulary equivalent ordered',
    'Formulary equivalent ordered. Takes Flexeril at home.',
  ])('puts nothing in its place: %s', (text) => {
    expect(offers([text], names, ordered)).toBe(false);
  });

  test.each([
    'stop flexeril; baclofen',
    'takes baclofen, flexeril, tramadol',
    'Meds: tramadol, baclofen, Flexeril',
    'allergic to flexeril (rash)',
    'Takes Flexeril at night if needed',
    'Flexeril if tolerated',
    'Continue Flexeril when baclofen started',
    'Flexeril helps when baclofen is late',
    'baclofen w/ Flexeril',
    'baclofen w/o Flexeril',
    'takes w/ Flexeril',
    'Flexeril ok',
    'Patient tolerates Flexeril ok',
    'ok to take with Flexeril',
    'Ok to continue Flexeril',
    'Flexeril May 2026',
    'pain w/o baclofen or Flexeril',
    'no longer on Flexeril',
  ])('only speaks of taking it: %s', (text) => {
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
    ['not covered by insurance '.repeat(4_000)],
    ['if cyclobenzaprine not covered '.repeat(3_200)],
    ['cyclobenzaprine ok if baclofen '.repeat(3_200)],
    ['(baclofen) (cyclobenzaprine) '.repeat(3_400)],
    [`may change baclofen ${'10 mg '.repeat(16_000)} to cyclobenzaprine`],
    ['w/ != '.repeat(16_000)],
    ['cyclobenzaprine non-formulary; '.repeat(3_200)],
    [`cyclobenzaprine non-formulary; ${'give '.repeat(20_000)}`],
    ['cyclobenzaprine substituted with '.repeat(3_000)],
    [`takes cyclobenzaprine ${'at home formulary '.repeat(6_000)}`],
    ['cyclobenzaprine; formulary equivalent '.repeat(2_600)],
  ])('is read in no time', (text) => {
    const before = process.cpuUsage();
    offers([text], names, ordered);
    // Microseconds of this process alone: what else the machine does is not counted.
    expect(process.cpuUsage(before).user).toBeLessThan(500_000);
  });

  test('is read only at its beginning', () => {
    expect(offers([`${'x '.repeat(50_000)} or cyclobenzaprine`], names, ordered)).toBe(false);
  });
});
