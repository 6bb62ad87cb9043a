/** What cards suggest, in the FHIR version of the caller. */

import { describe, expect, test } from '@jest/globals';
import type { Action, Card, HookRequest } from '../../../src/cdshooks/protocol.js';
import { bringToR4 } from '../../../src/record/versions/bring-to-r4.js';
import { cardsInVersion } from '../../../src/record/versions/cards-in-version.js';
import { orderFromR4 } from '../../../src/record/versions/from-r4.js';
import { toR4 } from '../../../src/record/versions/to-r4.js';
import { pipelineForCases } from '../../../tools/judge-case.js';
import { bundle, callOf, type Json, orders, plainOrder, TODAY } from './support.js';

const cardWith = (...actions: Json[]): Card =>
  ({
    uuid: 'u',
    summary: 's',
    detail: 'd',
    indicator: 'info',
    source: { label: 'l', url: 'u', topic: { system: 's', code: 'c', display: 'd' } },
    suggestions: [{ label: 'l', uuid: 'u', actions }],
  }) as unknown as Card;
const { suggestions: _, ...plainCard } = cardWith();
const actionOf = (action: Json, request: HookRequest): Action | undefined =>
  cardsInVersion([cardWith(action)], request)[0]?.suggestions?.[0]?.actions[0];

/** The order as the caller sent it, changed in R4 as a suggestion would, and sent back. */
const updated = (original: Json, change: (order: Json) => Json): unknown => {
  const request = callOf({ orders: [original] });
  const inR4 = bringToR4(request, TODAY).request.orders[0];
  return actionOf({ type: 'update', resource: change({ ...inR4 }) }, request)?.resource;
};

describe('the very same cards', () => {
  test('when the caller speaks R4', () => {
    const cards = [cardWith({ type: 'delete', resourceId: 'MedicationRequest/o' })];
    expect(cardsInVersion(cards, callOf({ orders: [orders.R4, plainOrder] }))).toBe(cards);
  });

  test('when nothing is suggested', () => {
    const cards = [plainCard];
    expect(cardsInVersion(cards, callOf({ orders: [orders.DSTU2] }))).toBe(cards);
  });
});

test('a card without suggestions stays as it is beside one that has some', () => {
  const remove = cardWith({ type: 'delete', resourceId: 'MedicationRequest/o' });
  expect(cardsInVersion([plainCard, remove], callOf({ orders: [orders.DSTU2] }))[0]).toBe(plainCard);
});

test.each([
  ['DSTU2', 'MedicationOrder/o'],
  ['STU3', 'MedicationRequest/o'],
  ['R5', 'MedicationRequest/o'],
] as const)('%s: the draft to delete is %s', (version, resourceId) => {
  const action = { type: 'delete', description: 'Remove', resourceId: 'MedicationRequest/o' };
  expect(actionOf(action, callOf({ orders: [orders[version]] }))).toEqual({ ...action, resourceId });
});

test('in a call of several versions each order goes back in its own', () => {
  const request = callOf({ orders: [orders.R4, { ...orders.DSTU2, id: 'old' }] });
  expect(actionOf({ type: 'delete', resourceId: 'MedicationRequest/o' }, request)?.resourceId).toBe(
    'MedicationRequest/o',
  );
  expect(actionOf({ type: 'delete', resourceId: 'MedicationRequest/old' }, request)?.resourceId).toBe(
    'MedicationOrder/old',
  );
  expect(actionOf({ type: 'update', resource: orders.R4 }, request)?.resource).toBe(orders.R4);
});

describe('an update changes only what the suggestion changes', () => {
  const instruction = {
    text: '5 mg 3 times a day',
    timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd' } },
    doseAndRate: [{ doseQuantity: { value: 5, unit: 'mg' } }],
    route: { text: 'oral' },
  };
  const started = (order: Json): Json => ({ ...order, dosageInstruction: [instruction] });
  const flat = { text: instruction.text, route: instruction.route, doseQuantity: { value: 5, unit: 'mg' } };

  test('DSTU2', () => {
    const original = {
      ...orders.DSTU2,
      note: 'n',
      dateEnded: '2026-12-01',
      dosageInstruction: [{ text: 'old' }],
    };
    expect(updated(original, started)).toEqual({
      ...original,
      dosageInstruction: [{ ...flat, timing: { repeat: { frequency: 3, period: 1, periodUnits: 'd' } } }],
    });
  });

  test('STU3', () => {
    const original = {
      ...orders.STU3,
      requester: { agent: {}, onBehalfOf: {} },
      definition: [{}],
      category: {},
    };
    expect(updated(original, started)).toEqual({
      ...original,
      dosageInstruction: [{ ...flat, timing: instruction.timing }],
    });
  });

  test('R5, whose rendered dosage would be stale', () => {
    const original = {
      ...orders.R5,
      reason: [{ concept: { text: 'x' } }],
      renderedDosageInstruction: 'old',
      effectiveDosePeriod: { end: '2026-12-24' },
    };
    const { renderedDosageInstruction: _, ...rest } = original;
    expect(updated(original, started)).toEqual({ ...rest, dosageInstruction: [instruction] });
  });

  test('a shortened R5 order does not keep its longer dose period', () => {
    const original = {
      ...orders.R5,
      courseOfTherapyType: { text: 'x' },
      effectiveDosePeriod: { end: '2026-12-24' },
    };
    const dispenseRequest = { numberOfRepeatsAllowed: 0 };
    const shorter = (order: Json): Json => {
      const { courseOfTherapyType: _, ...others } = order;
      return { ...others, dispenseRequest };
    };
    expect(updated(original, shorter)).toEqual({
      ...orders.R5,
      dispenseRequest: { numberOfRepeatsAllowed: 0 },
    });
  });

  test('a fill that says how many refills keeps saying so', () => {
    const refilled = (order: Json): Json => ({ ...order, dispenseRequest: { numberOfRepeatsAllowed: 2 } });
    expect(updated(orders.DSTU2, refilled)).toEqual({
      ...orders.DSTU2,
      dispenseRequest: { numberOfRepeatsAllowed: 2 },
    });
  });

  test('an order whose original was not sent goes back whole', () => {
    const request = callOf({ orders: [orders.DSTU2] });
    expect(actionOf({ type: 'update', resource: { ...plainOrder, id: 'other' } }, request)?.resource).toEqual(
      {
        resourceType: 'MedicationOrder',
        id: 'other',
        status: 'draft',
        medicationCodeableConcept: { text: 'baclofen' },
      },
    );
  });
});

const concept = { text: 'x' };
const reference = { reference: 'Condition/1' };
const medication = {
  resourceType: 'Medication',
  id: 'm',
  form: concept,
  manufacturer: reference,
  ingredient: [{ itemReference: reference, strength: {} }],
};
const whole: Json = {
  resourceType: 'MedicationRequest',
  contained: [medication, { resourceType: 'Condition' }],
  status: 'draft',
  intent: 'order',
  medicationReference: { reference: '#m' },
  subject: reference,
  encounter: reference,
  authoredOn: '2026-11-22',
  requester: reference,
  reasonCode: [concept],
  reasonReference: [reference],
  note: [{ text: 'a' }, { text: 'b' }],
  dosageInstruction: [
    { asNeededBoolean: true, maxDosePerPeriod: {}, additionalInstruction: [concept], site: concept },
  ],
  dispenseRequest: { performer: reference, numberOfRepeatsAllowed: 1 },
  substitution: { allowedBoolean: false },
};

describe('a new order', () => {
  test('in DSTU2', () => {
    expect(orderFromR4(whole, 'DSTU2')).toEqual({
      resourceType: 'MedicationOrder',
      contained: [
        {
          resourceType: 'Medication',
          id: 'm',
          manufacturer: reference,
          product: { form: concept, ingredient: [{ item: reference, amount: {} }] },
        },
        { resourceType: 'Condition' },
      ],
      status: 'draft',
      medicationReference: { reference: '#m' },
      patient: reference,
      encounter: reference,
      dateWritten: '2026-11-22',
      prescriber: reference,
      reasonCodeableConcept: concept,
      reasonReference: reference,
      note: 'a\nb',
      dosageInstruction: [
        {
          asNeededBoolean: true,
          maxDosePerPeriod: {},
          additionalInstructions: concept,
          siteCodeableConcept: concept,
        },
      ],
      dispenseRequest: { performer: reference, numberOfRepeatsAllowed: 1 },
      substitution: {},
    });
  });

  test('in STU3', () => {
    const { encounter, requester, substitution: _, ...same } = whole;
    expect(orderFromR4(whole, 'STU3')).toEqual({
      ...same,
      contained: [
        { ...medication, ingredient: [{ itemReference: reference, amount: {} }] },
        { resourceType: 'Condition' },
      ],
      context: encounter,
      requester: { agent: requester },
      substitution: { allowed: false },
    });
  });

  test('in R5', () => {
    const { medicationReference, reasonCode: _, reasonReference: __, ...same } = whole;
    expect(orderFromR4(whole, 'R5')).toEqual({
      ...same,
      contained: [
        {
          resourceType: 'Medication',
          id: 'm',
          doseForm: concept,
          marketingAuthorizationHolder: reference,
          ingredient: [{ item: { reference }, strengthRatio: {} }],
        },
        { resourceType: 'Condition' },
      ],
      medication: { reference: medicationReference },
      reason: [{ concept }, { reference }],
      dosageInstruction: [
        { asNeeded: true, maxDosePerPeriod: [{}], additionalInstruction: [concept], site: concept },
      ],
      dispenseRequest: { dispenser: reference, numberOfRepeatsAllowed: 1 },
    });
  });

  test('in R4 is itself', () => {
    expect(orderFromR4(whole, 'R4')).toBe(whole);
  });

  test.each(['STU3', 'R5'] as const)('in %s reads in R4 as it was', (version) => {
    expect(toR4(orderFromR4(whole, version), version, TODAY)).toEqual(whole);
  });

  test('no substitution at all is not allowed in STU3', () => {
    const never = { coding: [{ code: 'N' }] };
    expect(
      orderFromR4({ substitution: { allowedCodeableConcept: never } }, 'STU3')['substitution'],
    ).toMatchObject({ allowed: false });
  });

  test('notes without a text are no note, a Medication that says nothing has no product', () => {
    expect(orderFromR4({ note: [{}], contained: [{ resourceType: 'Medication' }] }, 'DSTU2')).toEqual({
      contained: [{ resourceType: 'Medication' }],
    });
  });
});

describe('the taper of a stop is written in the version of the stop', () => {
  const pipeline = pipelineForCases('cards');
  const drug = {
    medicationCodeableConcept: {
      coding: [
        {
          system: 'http://www.nlm.nih.gov/research/umls/rxnorm',
          code: '197391',
          display: 'baclofen 10 MG Oral Tablet',
        },
      ],
    },
  };
  const dosage = {
    timing: { repeat: { frequency: 3, period: 1, periodUnits: 'd' } },
    doseQuantity: { value: 10, unit: 'mg' },
  };
  const taken = { ...orders.DSTU2, ...drug, dateWritten: '2026-01-05', dosageInstruction: [dosage] };
  const lists = {
    statements: bundle(),
    dispenses: bundle(),
    administrations: bundle(),
    problems: bundle(),
    allergies: bundle(),
  };

  test('DSTU2', () => {
    const { cards } = pipeline.answer(
      callOf({
        orders: [{ ...taken, status: 'stopped' }],
        prefetch: { ...lists, medications: bundle({ ...taken, status: 'active' }) },
      }),
    );
    const draft = cards.flatMap(({ suggestions }) => suggestions ?? []).flatMap(({ actions }) => actions)[0];
    expect(draft).toMatchObject({
      type: 'create',
      resource: {
        resourceType: 'MedicationOrder',
        status: 'draft',
        ...drug,
        dosageInstruction: [dosage],
        note: expect.any(String),
      },
    });
    expect(draft?.resource).not.toHaveProperty('intent');
    expect(draft?.resource).not.toHaveProperty('id');
  });
});
