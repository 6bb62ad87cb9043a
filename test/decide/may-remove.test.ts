/** What is tapered is not taken away at once: which orders a card may offer to remove. */

import { describe, expect, test } from '@jest/globals';
import type { MedicationRequest } from 'fhir/r4.js';
import { createMayRemove } from '../../src/decide/may-remove.js';
import type { MedicationEntry } from '../../src/record/record.js';
import { cardText, libraryOf } from '../library/support.js';
import { draft, listed, stop } from './support.js';

const tapering = cardText({
  when: ['- stopping: baclofen'],
  card: ["suggest: [{taper: {drug: baclofen, note: 'steps'}}]"],
});
const mayRemove = createMayRemove(libraryOf({ 'relaxants/baclofen.yaml': tapering }));
const today = '2026-11-22';
const order = draft('baclofen');

const beside = (medications: readonly MedicationEntry[], drafts = [order]) =>
  mayRemove({ today, medications, drafts })(order);
const taken = (parts: Partial<MedicationRequest>) =>
  beside([listed('baclofen', { status: 'active', authoredOn: '2026-11-01', ...parts })]);

describe('an order of a drug that some card tapers', () => {
  test('may be removed when nothing of the drug is taken', () => {
    expect(beside([])).toBe(true);
    expect(beside([listed('tizanidine', { status: 'active' })])).toBe(true);
  });

  test('may not when the call stops another order of it: it may be the taper', () => {
    expect(beside([], [order, stop('baclofen')])).toBe(false);
    expect(beside([], [order, stop('tizanidine')])).toBe(true);
  });

  test('may not when a course of it goes on, may go on, or ended a moment ago', () => {
    expect(taken({})).toBe(false);
    expect(taken({ authoredOn: undefined })).toBe(false);
    expect(taken({ status: 'on-hold' })).toBe(false);
    expect(taken({ status: 'stopped' })).toBe(false);
    expect(taken({ status: 'completed', dispenseRequest: { validityPeriod: { end: '2026-11-08' } } })).toBe(
      false,
    );
  });

  test('may when the last course is over for long', () => {
    expect(taken({ status: 'completed', dispenseRequest: { validityPeriod: { end: '2026-11-07' } } })).toBe(
      true,
    );
    expect(taken({ status: 'stopped', meta: { lastUpdated: '2026-11-07T08:00:00Z' } })).toBe(true);
    expect(taken({ status: 'completed' })).toBe(true);
  });
});

test('an order of any other drug may be removed', () => {
  const other = draft('cyclobenzaprine');
  const medications = [listed('cyclobenzaprine', { status: 'active', authoredOn: '2026-01-01' })];
  expect(mayRemove({ today, medications, drafts: [other, stop('cyclobenzaprine')] })(other)).toBe(true);
});
