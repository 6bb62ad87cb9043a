/** What a card offers to do with the drafts of the call. */

import { describe, expect, test } from '@jest/globals';
import type { MedicationRequest } from 'fhir/r4.js';
import type { Verdict } from '../../src/decide/verdict.js';
import type { DraftOrder } from '../../src/record/record.js';
import { suggestionsOf } from '../../src/render/suggestions.js';
import { draft, identityOf, listed, stop } from '../decide/support.js';
import { verdictOf } from './support.js';

const offered = (
  suggest: string,
  orders: readonly DraftOrder[],
  verdict: Partial<Verdict> = {},
  mayAdd = true,
) => {
  const made = verdictOf({ card: [`suggest: [${suggest}]`] }, { orders, ...verdict });
  const { library, uuid } = made.context;
  return suggestionsOf(made.verdict, {
    library,
    uuid,
    mayRemove: () => true,
    mayAdd: () => mayAdd,
    stopped: new Set(orders.filter((order) => order.stop).map(({ resource }) => resource)),
  });
};
const resourceOf = (suggest: string, order: Partial<MedicationRequest>, product?: string) =>
  offered(suggest, [draft('baclofen', order, { identity: identityOf(['baclofen'], { product }) })])[0]
    ?.actions[0]?.resource;

describe('removing', () => {
  test('deletes that very draft', () => {
    expect(offered('{remove: baclofen}', [draft('baclofen', { id: 'a' })])).toEqual([
      {
        label: 'Remove the baclofen order',
        uuid: '00000000-0000-4000-8000-000000000001',
        actions: [
          { type: 'delete', description: 'Remove the baclofen order', resourceId: 'MedicationRequest/a' },
        ],
      },
    ]);
  });

  test('of a class offers each of its drafts, and never another drug', () => {
    expect(
      offered('{remove: relaxant}', [draft('baclofen'), draft('cyclobenzaprine'), draft('linezolid')]).map(
        ({ label }) => label,
      ),
    ).toEqual(['Remove the baclofen order', 'Remove the cyclobenzaprine order']);
  });

  test('is not offered for an entry of the list, which is no draft', () => {
    expect(offered('{remove: baclofen}', [draft('baclofen', {}, { listed: true })])).toEqual([]);
  });

  test('of {this} is of the drug the card speaks of', () => {
    const orders = [draft('baclofen'), draft('cyclobenzaprine')];
    expect(
      offered("{remove: '{this}'}", orders, { this: ['cyclobenzaprine'] }).map(({ label }) => label),
    ).toEqual(['Remove the cyclobenzaprine order']);
  });

  test('is not offered for a draft without an id, nor for a stop', () => {
    expect(offered('{remove: baclofen}', [draft('baclofen', { id: undefined as never })])).toEqual([]);
    expect(offered('{remove: baclofen}', [draft('baclofen', { id: 5 as never })])).toEqual([]);
    expect(offered('{remove: baclofen}', [stop('baclofen')])).toEqual([]);
  });

  test('is not offered for an order in force, which the id names: removed, what is taken would be stopped', () => {
    const superseding = (status: MedicationRequest['status']) =>
      offered('{remove: baclofen}', [
        { ...draft('baclofen'), supersedes: listed('baclofen', { status }).resource as MedicationRequest },
      ]);
    expect(superseding('active')).toEqual([]);
    expect(superseding('on-hold')).toEqual([]);
    expect(superseding('draft')).toHaveLength(1);
  });

  test('of two drugs names the drug where the label would not', () => {
    expect(
      offered('{substitution: generic only}', [draft('baclofen'), draft('cyclobenzaprine')]).map(
        ({ label }) => label,
      ),
    ).toEqual([
      'Allow generic substitution only (baclofen)',
      'Allow generic substitution only (cyclobenzaprine)',
    ]);
  });

  test('is not offered for a draft whose id another draft has too', () => {
    expect(offered('{remove: baclofen}', [draft('baclofen', {}, { sharesId: true })])).toEqual([]);
    expect(offered('{substitution: generic only}', [draft('baclofen', {}, { sharesId: true })])).toEqual([]);
  });

  test('is offered only at the indicators it is written for', () => {
    expect(offered('{remove: baclofen, at: [critical]}', [draft('baclofen')])).toEqual([]);
    expect(
      offered('{remove: baclofen, at: [critical]}', [draft('baclofen')], { indicator: 'critical' }),
    ).toHaveLength(1);
  });
});

describe('two drafts of one drug', () => {
  const days = (value: number) => ({ dispenseRequest: { expectedSupplyDuration: { value, code: 'd' } } });
  const daily = (value: number) => ({
    dosageInstruction: [
      {
        timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd' as const } },
        doseAndRate: [{ doseQuantity: { value, unit: 'mg' } }],
      },
    ],
  });
  const of = (product: string) => ({ identity: identityOf(['baclofen'], { product }) });

  test.each<readonly [string, readonly DraftOrder[], readonly string[]]>([
    [
      'their dose',
      [draft('baclofen', daily(5)), draft('baclofen', daily(10))],
      ['15 mg a day', '30 mg a day'],
    ],
    [
      'their product, where a dose is not known',
      [draft('baclofen', daily(5), of('one')), draft('baclofen', {}, of('another'))],
      ['one', 'another'],
    ],
    [
      'their length, where dose and product are the same',
      [draft('baclofen', { ...daily(5), ...days(7) }), draft('baclofen', { ...daily(5), ...days(14) })],
      ['7 days', '14 days'],
    ],
    [
      'the day they were written',
      [draft('baclofen', { authoredOn: '2026-11-21' }), draft('baclofen', { authoredOn: '2026-11-22' })],
      ['written 2026-11-21', 'written 2026-11-22'],
    ],
    [
      'their place, where all else is the same',
      [draft('baclofen'), draft('baclofen')],
      ['number 1 of 2', 'number 2 of 2'],
    ],
  ])('are told apart by %s', (_, orders, marks) => {
    const labels = marks.map((mark) => `Remove the baclofen order (${mark})`);
    const offers = offered('{remove: baclofen}', [...orders, draft('cyclobenzaprine')]);
    expect(offers.map(({ label }) => label)).toEqual(labels);
    expect(offers.flatMap(({ actions }) => actions.map(({ description }) => description))).toEqual(labels);
  });
});

describe('generic substitution only', () => {
  const generic = {
    system: 'http://terminology.hl7.org/CodeSystem/v3-substanceAdminSubstitution',
    code: 'G',
    display: 'generic composition',
  };

  test('updates the whole draft', () => {
    const order = draft('baclofen', { note: [{ text: 'keep' }] });
    expect(offered('{substitution: generic only}', [order])).toEqual([
      {
        label: 'Allow generic substitution only',
        uuid: '00000000-0000-4000-8000-000000000001',
        actions: [
          {
            type: 'update',
            description: 'Allow generic substitution only',
            resource: { ...order.resource, substitution: { allowedCodeableConcept: { coding: [generic] } } },
          },
        ],
      },
    ]);
  });

  test('takes the place of what was permitted and keeps the reason', () => {
    expect(
      resourceOf('{substitution: generic only}', {
        substitution: { allowedBoolean: true, reason: { text: 'formulary' } },
      })?.substitution,
    ).toEqual({ allowedCodeableConcept: { coding: [generic] }, reason: { text: 'formulary' } });
  });

  test('is not offered for a draft without an id', () => {
    expect(offered('{substitution: generic only}', [draft('baclofen', { id: undefined as never })])).toEqual(
      [],
    );
  });
});

describe('shortening', () => {
  const daily = {
    timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd' as const } },
    doseAndRate: [{ doseQuantity: { value: 10, unit: 'mg' } }],
  };
  const days = { value: 14, unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' };
  const shortened = (order: Partial<MedicationRequest>, product?: string) =>
    resourceOf('{shorten to: 14 days}', order, product);

  test.each([
    [{ text: '10 mg 3 times a day for 30 days' }, false],
    [{ text: '10 mg', patientInstruction: 'Take it until the pain is gone.' }, false],
    [{ text: '10 mg for a month' }, false],
    [{ text: '10 mg 3 times a day' }, true],
    [{ text: 'one tablet every 2 days, 2 tablets a day at most' }, true],
    [{ text: '10 mg at night', patientInstruction: 'with food' }, true],
    [{ text: '10 mg x 6w' }, false],
    [{ text: '10 mg as needed #90' }, false],
    [{ text: '10 mg as needed, RF 3' }, false],
    [{ text: '10 mg daily, long-term' }, false],
    [{ text: '10 mg daily. Chronic pain.' }, false],
    [{ text: '10 mg', additionalInstruction: [{ text: 'Take for 6 weeks' }] }, false],
    [{ text: '10 mg', additionalInstruction: [{ coding: [{ display: 'until gone' }] }] }, false],
    [{ text: '10 mg', additionalInstruction: [{ coding: [{ display: 'with food' }] }] }, true],
  ])('is not offered when the words of the order tell a length: %j', (words, isOffered) => {
    const { text, ...more } = words;
    const order = {
      dosageInstruction: [{ ...daily, text, ...more }],
      dispenseRequest: { expectedSupplyDuration: { ...days, value: 30 } },
    };
    expect(shortened(order) !== undefined).toBe(isOffered);
    expect(
      shortened({ ...order, dosageInstruction: [daily], note: [{ text: 'three weeks' }] }),
    ).toBeUndefined();
  });

  test('sets supply and refills, and recomputes the amount', () => {
    expect(
      shortened({
        dispenseRequest: {
          quantity: { value: 90, unit: 'tablet' },
          numberOfRepeatsAllowed: 2,
          expectedSupplyDuration: { value: 30, unit: 'd', code: 'd' },
          validityPeriod: { end: '2027-11-22' },
        },
      })?.dispenseRequest,
    ).toEqual({
      quantity: { value: 42, unit: 'tablet' },
      numberOfRepeatsAllowed: 0,
      expectedSupplyDuration: days,
    });
  });

  test('leaves behind how often in all, and what the first of several fills held', () => {
    const timing = { repeat: { ...daily.timing.repeat, count: 90, countMax: 120 } };
    const cut = shortened({
      dosageInstruction: [{ ...daily, timing }],
      dispenseRequest: {
        initialFill: { quantity: { value: 90, unit: 'tablet' }, duration: { value: 30, unit: 'd' } },
        dispenseInterval: { value: 30, unit: 'd' },
        expectedSupplyDuration: { value: 30, unit: 'd', code: 'd' },
      },
    });
    expect(cut?.dosageInstruction).toEqual([
      { ...daily, timing: { repeat: { ...daily.timing.repeat, boundsDuration: days } } },
    ]);
    expect(cut?.dispenseRequest).toEqual({ numberOfRepeatsAllowed: 0, expectedSupplyDuration: days });
  });

  test('rounds the amount up to whole units', () => {
    expect(
      shortened({
        dispenseRequest: {
          quantity: { value: 10, unit: 'tablet' },
          expectedSupplyDuration: { value: 30, unit: 'd', code: 'd' },
        },
      })?.dispenseRequest?.quantity?.value,
    ).toBe(5);
  });

  test("of an amount that outlasts its days' supply at the dose ordered, the days' amount", () => {
    const dispenseRequest = {
      quantity: { value: 90, unit: 'tablet' },
      numberOfRepeatsAllowed: 1,
      expectedSupplyDuration: { value: 10, unit: 'd', code: 'd' },
    };
    const tablet = { ...daily, doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }] };
    expect(shortened({ dosageInstruction: [tablet], dispenseRequest })?.dispenseRequest?.quantity).toEqual({
      value: 42,
      unit: 'tablet',
    });
  });

  test('leaves the amount out when what it covers is not known', () => {
    expect(
      shortened({ dispenseRequest: { quantity: { value: 90, unit: 'tablet' } } })?.dispenseRequest,
    ).toEqual({ numberOfRepeatsAllowed: 0, expectedSupplyDuration: days });
  });

  test('leaves an amount out that is no number', () => {
    expect(
      shortened({
        dispenseRequest: {
          quantity: { value: '90' as never },
          expectedSupplyDuration: { value: 30, unit: 'd', code: 'd' },
        },
      })?.dispenseRequest,
    ).toEqual({ numberOfRepeatsAllowed: 0, expectedSupplyDuration: days });
  });

  test('does not count refills that are no number', () => {
    expect(
      shortened({
        dispenseRequest: {
          quantity: { value: 90 },
          numberOfRepeatsAllowed: '2' as never,
          expectedSupplyDuration: { value: 30, unit: 'd', code: 'd' },
        },
      })?.dispenseRequest?.quantity?.value,
    ).toBe(42);
  });

  const step = (bounds: object, more: object = {}) => ({
    ...daily,
    timing: { repeat: { ...daily.timing.repeat, ...bounds } },
    ...more,
  });
  const lasting = (value: number) => ({ boundsDuration: { value, unit: 'd', code: 'd' } });
  const period = (start: string, end?: string) => ({
    boundsPeriod: end === undefined ? { start } : { start, end },
  });

  test.each([
    [
      'bounds what had bounds, and nothing else',
      [step(lasting(30)), daily, { text: 'as needed' }],
      [step({ boundsDuration: days }), daily, { text: 'as needed' }],
    ],
    [
      'leaves what is shorter as it is',
      [step(lasting(30)), step(lasting(7))],
      [step({ boundsDuration: days }), step(lasting(7))],
    ],
    [
      'bounds a range',
      [
        step({
          boundsRange: {
            low: { value: 14, unit: 'd', code: 'd' },
            high: { value: 28, unit: 'd', code: 'd' },
          },
        }),
      ],
      [step({ boundsDuration: days })],
    ],
    [
      'keeps the day on which it begins',
      [step(period('2026-11-22', '2026-12-22'))],
      [step(period('2026-11-22', '2026-12-05'))],
    ],
    ['ends what had no end', [step(period('2026-11-22'))], [step(period('2026-11-22', '2026-12-05'))]],
    [
      'cuts the step in which the days end, and keeps the ones before',
      [step(period('2026-11-27', '2026-12-06')), step(period('2026-12-07', '2026-12-14'))],
      [step(period('2026-11-27', '2026-12-06')), step(period('2026-12-07', '2026-12-10'))],
    ],
    [
      'keeps the turn of the steps and leaves out those that begin later',
      [
        step(lasting(7), { sequence: 1 }),
        step(lasting(14), { sequence: 2 }),
        step(lasting(14), { sequence: 3 }),
      ],
      [step(lasting(7), { sequence: 1 }), step({ boundsDuration: { ...days, value: 7 } }, { sequence: 2 })],
    ],
    [
      'ends the last step, which said no length',
      [step(lasting(7), { sequence: 1 }), { ...daily, sequence: 2 }],
      [step(lasting(7), { sequence: 1 }), step({ boundsDuration: { ...days, value: 7 } }, { sequence: 2 })],
    ],
  ])('%s', (_, dosageInstruction, expected) => {
    expect(shortened({ dosageInstruction })?.dosageInstruction).toEqual(expected);
  });

  test('leaves the amount of several steps out', () => {
    expect(
      shortened({
        dispenseRequest: { quantity: { value: 90, unit: 'tablet' } },
        dosageInstruction: [step(lasting(7), { sequence: 1 }), step(lasting(14), { sequence: 2 })],
      })?.dispenseRequest,
    ).toEqual({ numberOfRepeatsAllowed: 0, expectedSupplyDuration: days });
  });

  test('is not offered when a step of unknown length is followed by another', () => {
    expect(
      offered('{shorten to: 14 days}', [
        draft('baclofen', {
          dosageInstruction: [{ ...daily, sequence: 1 }, step(lasting(30), { sequence: 2 })],
        }),
      ]),
    ).toEqual([]);
  });

  test('takes away that the course goes on without an end', () => {
    expect(shortened({ courseOfTherapyType: { coding: [{ code: 'continuous' }] } })).not.toHaveProperty(
      'courseOfTherapyType',
    );
  });

  test('keeps steps of another shape as they came', () => {
    expect(shortened({ dosageInstruction: { text: 'daily' } as never })?.dosageInstruction).toEqual({
      text: 'daily',
    });
    expect(shortened({ dosageInstruction: [null as never] })?.dosageInstruction).toEqual([null]);
  });

  test('is not offered for an order that is as short already', () => {
    const supply = (value: number) =>
      offered('{shorten to: 14 days}', [
        draft('baclofen', {
          dispenseRequest: { expectedSupplyDuration: { value, unit: 'd', code: 'd' } },
        }),
      ]);
    expect(supply(7)).toEqual([]);
    expect(supply(14)).toEqual([]);
    expect(supply(15)).toHaveLength(1);
  });
});

describe('starting low', () => {
  test('writes one dosage in place of what was ordered, and keeps the route', () => {
    const route = { text: 'oral' };
    expect(
      resourceOf('{start with: 2.5 mg 3 times a day}', {
        dosageInstruction: [{ text: '20 mg', route }, { text: '40 mg' }],
      })?.dosageInstruction,
    ).toEqual([
      {
        text: '2.5 mg 3 times a day',
        timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd' } },
        doseAndRate: [
          { doseQuantity: { value: 2.5, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } },
        ],
        route,
      },
    ]);
  });

  test('keeps how long and when it is taken, and drops what tells the old dose', () => {
    const boundsDuration = { value: 7, unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' } as const;
    expect(
      resourceOf('{start with: 5 mg 3 times a day}', {
        dosageInstruction: [
          {
            text: '20 mg',
            patientInstruction: 'take 20 mg',
            additionalInstruction: [{ text: 'with food' }],
            asNeededBoolean: true,
            timing: { repeat: { boundsDuration, frequency: 4, period: 1, periodUnit: 'd' } },
          },
        ],
      })?.dosageInstruction,
    ).toEqual([
      {
        text: '5 mg 3 times a day as needed',
        additionalInstruction: [{ text: 'with food' }],
        asNeededBoolean: true,
        timing: { repeat: { boundsDuration, frequency: 3, period: 1, periodUnit: 'd' } },
        doseAndRate: [
          { doseQuantity: { value: 5, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } },
        ],
      },
    ]);
  });

  test('keeps no limit of the old dose, no number of times in all, and no note that tells an amount', () => {
    const low = resourceOf('{start with: 5 mg 3 times a day}', {
      note: [{ text: '20 mg as discussed' }, { text: 'Speaks Spanish.' }],
      dosageInstruction: [
        {
          maxDosePerPeriod: { numerator: { value: 80, unit: 'mg' }, denominator: { value: 1, unit: 'd' } },
          maxDosePerAdministration: { value: 20, unit: 'mg' },
          maxDosePerLifetime: { value: 900, unit: 'mg' },
          timing: { repeat: { count: 90, countMax: 120, frequency: 3, period: 1, periodUnit: 'd' } },
        },
      ],
    });
    expect(low?.dosageInstruction).toEqual([
      {
        text: '5 mg 3 times a day',
        timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd' } },
        doseAndRate: [
          { doseQuantity: { value: 5, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' } },
        ],
      },
    ]);
    expect(low?.note).toEqual([{ text: 'Speaks Spanish.' }]);
    const oneNote = { note: [{ text: '20 mg as discussed' }] };
    expect(resourceOf('{start with: 5 mg 3 times a day}', oneNote)).not.toHaveProperty('note');
  });

  test('drops instructions that tell an amount or a time, however they are written', () => {
    const told = { coding: [{ display: 'Take one tablet each time' }] };
    const dosage = resourceOf('{start with: 5 mg 3 times a day}', {
      dosageInstruction: [
        { additionalInstruction: [told, { text: '1 tablet at bedtime' }, { text: 'with food' }] },
      ],
    })?.dosageInstruction;
    expect(dosage).toMatchObject([{ additionalInstruction: [{ text: 'with food' }] }]);
  });

  test('of several steps keeps no length: it was that of the first alone', () => {
    const boundsDuration = { value: 3, unit: 'd' };
    const [dosage, another] =
      resourceOf('{start with: 5 mg 3 times a day}', {
        dosageInstruction: [
          { sequence: 1, timing: { repeat: { boundsDuration, frequency: 3, period: 1, periodUnit: 'd' } } },
          { sequence: 2 },
        ],
      })?.dosageInstruction ?? [];
    expect(another).toBeUndefined();
    expect(dosage?.timing).toEqual({ repeat: { frequency: 3, period: 1, periodUnit: 'd' } });
  });

  test('leaves out what was to be dispensed of the old dose, and keeps for how long', () => {
    const dispenseRequest = {
      quantity: { value: 90, unit: 'tablet' },
      initialFill: { quantity: { value: 30, unit: 'tablet' } },
      expectedSupplyDuration: { value: 30, unit: 'd' },
      numberOfRepeatsAllowed: 3,
    };
    expect(resourceOf('{start with: 5 mg 3 times a day}', { dispenseRequest })?.dispenseRequest).toEqual({
      expectedSupplyDuration: { value: 30, unit: 'd' },
      numberOfRepeatsAllowed: 3,
    });
    const amountAlone = { quantity: { value: 90, unit: 'tablet' } };
    expect(
      resourceOf('{start with: 5 mg 3 times a day}', { dispenseRequest: amountAlone }),
    ).not.toHaveProperty('dispenseRequest');
  });

  test.each([
    ['baclofen 20 MG Oral Tablet', 0],
    ['baclofen 15 MG Oral Tablet', 0],
    ['baclofen 10 MG Oral Tablet', 1],
    ['baclofen 5 MG Oral Tablet', 1],
    ['baclofen 1 MG/ML Oral Solution', 1],
    [undefined, 1],
  ])('is offered when half or whole pieces of it give the dose: %s', (product, count) => {
    const order = draft('baclofen', {}, { identity: identityOf(['baclofen'], { product }) });
    expect(offered('{start with: 5 mg 3 times a day}', [order])).toHaveLength(count);
  });

  test('without a route writes none', () => {
    expect(resourceOf('{start with: 5 mg 3 times a day}', {})?.dosageInstruction?.[0]).not.toHaveProperty(
      'route',
    );
  });
});

describe('tapering', () => {
  const taper = "{taper: {drug: baclofen, note: 'Write the steps.', not as: sublingual}}";

  test('adds a draft of what was taken until now, with the note of the card', () => {
    const stopped = stop('baclofen', {
      statusReason: { text: 'no effect' },
      authoredOn: '2026-06-01',
      dosageInstruction: [{ text: '10 mg' }],
    });
    expect(offered(taper, [stopped])).toEqual([
      {
        label: 'Add a tapering order of baclofen; the steps are yours to set',
        uuid: '00000000-0000-4000-8000-000000000001',
        actions: [
          {
            type: 'create',
            description: 'Add a tapering order of baclofen; the steps are yours to set',
            resource: {
              resourceType: 'MedicationRequest',
              status: 'draft',
              intent: 'order',
              subject: { reference: 'Patient/p1' },
              dosageInstruction: [{ text: '10 mg' }],
              note: [{ text: 'Write the steps.' }],
            },
          },
        ],
      },
    ]);
  });

  test('is not offered of a drug whose order would bring a critical card', () => {
    expect(offered(taper, [stop('baclofen')], {}, false)).toEqual([]);
  });

  test('leaves behind what is of the old order alone', () => {
    const old = stop('baclofen', {
      identifier: [{ value: 'rx 7' }],
      encounter: { reference: 'Encounter/old' },
      requester: { reference: 'Practitioner/old' },
      recorder: { reference: 'Practitioner/old' },
      category: [{ coding: [{ code: 'inpatient' }] }],
      courseOfTherapyType: { coding: [{ code: 'continuous' }] },
      dispenseRequest: { numberOfRepeatsAllowed: 3, validityPeriod: { end: '2026-11-21' } },
      substitution: { allowedBoolean: true },
      dosageInstruction: [
        {
          timing: {
            repeat: { boundsPeriod: { end: '2026-11-21' }, frequency: 3, period: 1, periodUnit: 'd' },
          },
        },
      ],
    });
    const made = offered(taper, [old])[0]?.actions[0]?.resource;
    expect(Object.keys(made ?? {}).sort()).toEqual(
      ['dosageInstruction', 'intent', 'note', 'resourceType', 'status', 'subject'].sort(),
    );
    expect(made?.dosageInstruction).toEqual([
      { timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd' } } },
    ]);
  });

  test.each([{ timing: 1 }, 'x', [null], ['x'], [{ timing: null }], [{ timing: { repeat: 'x' } }]])(
    'is offered although the dose is malformed: %j',
    (dosageInstruction) => {
      expect(
        offered(taper, [stop('baclofen', { dosageInstruction: dosageInstruction as never })]),
      ).toHaveLength(1);
      expect(
        offered('{start with: 5 mg 3 times a day}', [
          draft('baclofen', { dosageInstruction: dosageInstruction as never }),
        ]),
      ).toHaveLength(1);
    },
  );

  test('takes the dose from the older state of the stopped order', () => {
    const supersedes = listed('baclofen', { dosageInstruction: [{ text: '20 mg' }] })
      .resource as MedicationRequest;
    expect(
      offered(taper, [{ ...stop('baclofen'), supersedes }])[0]?.actions[0]?.resource?.dosageInstruction,
    ).toEqual([{ text: '20 mg' }]);
  });

  test('is not offered for an order, another drug, or a form that a draft cannot taper', () => {
    const sublingual = { ...stop('baclofen'), identity: identityOf(['baclofen'], { forms: ['sublingual'] }) };
    expect(offered(taper, [draft('baclofen'), stop('phenelzine'), sublingual])).toEqual([]);
  });
});
