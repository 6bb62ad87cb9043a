/** The same clinical situations as whole hook calls in every FHIR version: the same cards, whatever the version. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { hookRules } from '../../../src/cdshooks/hooks.js';
import type { HookRequest } from '../../../src/cdshooks/protocol.js';
import { validate } from '../../../src/http/validate.js';
import { pipelineForCases } from '../../../tools/judge-case.js';
import { versionOfCall } from './support.js';

const versions = { dstu2: 'DSTU2', stu3: 'STU3', r4: 'R4', r4b: 'R4', r5: 'R5' } as const;
const folder = 'fhir-fixtures/versions';
const pipeline = pipelineForCases('cards');

function call(version: string, situation: string): HookRequest {
  const body: { hook: string } = JSON.parse(readFileSync(`${folder}/${version}/${situation}.json`, 'utf8'));
  const rule = hookRules.find(({ hook }) => hook === body.hook)!;
  return validate(body, rule, rule.serviceId);
}

const cardsOf = (version: string, situation: string) => pipeline.answer(call(version, situation)).cards;
const told = (version: string, situation: string) =>
  cardsOf(version, situation).map(({ indicator, source }) => `${source.topic.code}, ${indicator}`);

const expected: Readonly<Record<string, readonly string[]>> = {
  'baclofen-for-low-back-pain': ['baclofen-musculoskeletal-pain, warning'],
  'baclofen-for-multiple-sclerosis': [],
  'baclofen-replacing-cyclobenzaprine': ['interchange-replaced, warning'],
  'baclofen-therapeutic-alternative-permitted': ['interchange-substitution-permitted, warning'],
  'baclofen-with-egfr-22': ['baclofen-renal-failure, critical'],
  'both-relaxants-drafted': ['interchange-ordered-together, warning'],
  'cyclobenzaprine-28-days-with-refill': ['cyclobenzaprine-over-three-weeks, warning'],
  'cyclobenzaprine-at-78': ['cyclobenzaprine-older-adults, warning'],
  'cyclobenzaprine-because-of-spasticity': ['cyclobenzaprine-spasticity, warning'],
  'cyclobenzaprine-dispensed-on-a-baclofen-order': ['interchange-dispensed-other, warning'],
  'cyclobenzaprine-with-phenelzine': ['cyclobenzaprine-with-maoi, critical'],
  'cyclobenzaprine-with-sertraline-statement': ['cyclobenzaprine-with-ssri-or-snri, warning'],
};

describe.each(Object.entries(versions))('%s', (version, name) => {
  test('has every situation', () => {
    expect(readdirSync(`${folder}/${version}`).sort()).toEqual(
      Object.keys(expected).map((situation) => `${situation}.json`),
    );
  });

  test.each(Object.entries(expected))('%s', (situation, cards) => {
    expect(told(version, situation)).toEqual(cards);
    expect(versionOfCall(call(version, situation))).toBe(name);
  });
});

/** The first action each version is offered for a situation. */
const action = (version: string, situation: string) =>
  cardsOf(version, situation)[0]?.suggestions?.[0]?.actions[0];
const sent = (version: string, situation: string): Readonly<Record<string, unknown>> => ({
  ...call(version, situation).orders[0],
});

describe('suggestions go back in the version of the caller', () => {
  test.each([
    ['dstu2', 'MedicationOrder/draft-1'],
    ['stu3', 'MedicationRequest/draft-1'],
    ['r4', 'MedicationRequest/draft-1'],
    ['r4b', 'MedicationRequest/draft-1'],
    ['r5', 'MedicationRequest/draft-1'],
  ])('%s: a draft to delete is %s', (version, reference) => {
    expect(action(version, 'cyclobenzaprine-with-phenelzine')).toMatchObject({
      type: 'delete',
      resourceId: reference,
    });
  });

  const days = { value: 14, unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' };
  const supply = { quantity: { value: 42, unit: 'tablets' }, expectedSupplyDuration: days };
  test.each([
    ['dstu2', supply],
    ['stu3', supply],
    ['r4', { ...supply, numberOfRepeatsAllowed: 0 }],
    ['r4b', { ...supply, numberOfRepeatsAllowed: 0 }],
    ['r5', { ...supply, numberOfRepeatsAllowed: 0 }],
  ])('%s: a shortened order is the order as it was sent, but for its supply', (version, dispenseRequest) => {
    const situation = 'cyclobenzaprine-28-days-with-refill';
    expect(action(version, situation)?.resource).toEqual({ ...sent(version, situation), dispenseRequest });
  });

  const coding = { code: 'G', display: 'generic composition' };
  const before = { ...coding, system: 'http://hl7.org/fhir/v3/substanceAdminSubstitution' };
  const since = { ...coding, system: 'http://terminology.hl7.org/CodeSystem/v3-substanceAdminSubstitution' };
  test.each([
    ['dstu2', { type: { coding: [before] } }],
    [
      'stu3',
      {
        allowed: true,
        extension: [
          {
            url: 'http://hl7.org/fhir/4.0/StructureDefinition/extension-MedicationRequest.substitution.allowed',
            valueCodeableConcept: { coding: [before] },
          },
        ],
      },
    ],
    ['r4', { allowedCodeableConcept: { coding: [since] } }],
    ['r4b', { allowedCodeableConcept: { coding: [since] } }],
    ['r5', { allowedCodeableConcept: { coding: [since] } }],
  ])('%s: generic substitution only changes nothing but the substitution', (version, substitution) => {
    const situation = 'baclofen-therapeutic-alternative-permitted';
    expect(action(version, situation)?.resource).toEqual({ ...sent(version, situation), substitution });
  });
});
