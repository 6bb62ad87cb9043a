/** The functions facts may call beyond FHIRPath, each asked of a baclofen order through a card. */

import { describe, expect, test } from '@jest/globals';
import type { MedicationRequest } from 'fhir/r4.js';
import { createDecider } from '../../src/decide/decide.js';
import type { Scene } from '../../src/decide/ask.js';
import { compileInterpreted, compileQuestion } from '../../src/decide/expressions.js';
import { functionTable } from '../../src/decide/functions.js';
import type { DrugIdentity, PatientRecord } from '../../src/record/record.js';
import { cardText, libraryOf, withFact } from '../library/support.js';
import { decided, draft, identityOf, listed, problem, recordOf, stop } from './support.js';

/** Whether `find` holds for an order, as the only question of a card. */
function holds(
  find: string,
  order: Partial<MedicationRequest> = {},
  identity: Partial<DrugIdentity> = {},
  record: Partial<PatientRecord> = {},
): boolean {
  const { text } = withFact(
    'so it is:',
    '  asks: So it is.',
    '  needs: order',
    `  find: ${JSON.stringify(find)}`,
  );
  const drafts = [draft('baclofen', order, { identity: identityOf(['baclofen'], identity) })];
  const { shown, faults } = decided(
    {
      'relaxants/baclofen.yaml': cardText({ when: ['- ordering: baclofen', '  all: [so it is]'] }),
      'vocabulary/facts.yaml': text,
    },
    { drafts, ...record },
  );
  expect(faults).toEqual([]);
  return shown.length > 0;
}

const tablets = (frequency: number): Partial<MedicationRequest> => ({
  authoredOn: '2026-11-22',
  dosageInstruction: [
    {
      timing: { repeat: { frequency, period: 1, periodUnit: 'd' } },
      doseAndRate: [{ doseQuantity: { value: 10, unit: 'mg' } }],
    },
  ],
});

describe('functions about the drug of a resource', () => {
  test('ofDrug knows a drug and a class', () => {
    expect(holds("where(ofDrug('baclofen'))")).toBe(true);
    expect(holds("where(ofDrug('relaxant'))")).toBe(true);
    expect(holds("where(ofDrug('maoi'))")).toBe(false);
  });

  test('ofDrug and alsoNamed are false for a resource nobody identified', () => {
    expect(holds("where(subject.ofDrug('baclofen'))", { subject: { reference: 'Patient/1' } })).toBe(false);
    expect(holds("where(subject.alsoNamed('baclofen'))")).toBe(false);
    expect(holds("where(subject.givenAs('sublingual'))")).toBe(false);
  });

  test('alsoNamed knows the drugs that code and words disagree about', () => {
    expect(holds("where(alsoNamed('cyclobenzaprine'))")).toBe(false);
    expect(holds("where(alsoNamed('cyclobenzaprine'))", {}, { conflict: ['cyclobenzaprine'] })).toBe(true);
    expect(holds("where(alsoNamed('relaxant'))", {}, { conflict: ['cyclobenzaprine'] })).toBe(true);
  });

  test('givenAs knows the form', () => {
    expect(holds("where(givenAs('sublingual'))", {}, { forms: ['sublingual'] })).toBe(true);
    expect(holds("where(givenAs('sublingual'))")).toBe(false);
  });
});

describe('functions about concepts and references', () => {
  const back = problem('M54.50', { id: 'back' });
  const resolve: PatientRecord['resolve'] = (reference) =>
    reference?.reference === 'Condition/back' ? back : undefined;

  test('means knows a problem and a group', () => {
    const order = { reasonCode: [back.code!] };
    expect(holds("reasonCode.where(means('back pain'))", order)).toBe(true);
    expect(holds("reasonCode.where(means('fits cyclobenzaprine'))", order)).toBe(true);
    expect(holds("reasonCode.where(means('stroke'))", order)).toBe(false);
  });

  test('inRecord leads to the resource of the record, or to nothing', () => {
    const find = "reasonReference.inRecord().where(code.means('back pain'))";
    expect(holds(find, { reasonReference: [{ reference: 'Condition/back' }] }, {}, { resolve })).toBe(true);
    expect(holds(find, { reasonReference: [{ reference: 'Condition/other' }] }, {}, { resolve })).toBe(false);
    expect(
      holds('reasonReference.where(inRecord().empty())', { reasonReference: [{}] }, {}, { resolve }),
    ).toBe(true);
  });
});

test.each(['closures', 'interpreter'] as const)('inRecord hands in the very reference, by %s', (by) => {
  const seen: unknown[] = [];
  const resolve: PatientRecord['resolve'] = (reference) => {
    seen.push(reference);
    return undefined;
  };
  const index = { record: recordOf({ resolve }), identityOf: () => undefined };
  const table = functionTable(() => ({ index }) as unknown as Scene);
  const compiled = { closures: compileQuestion, interpreter: compileInterpreted }[by];
  const { resource } = draft('baclofen', { reasonReference: [{ reference: '#c' }] });
  compiled('reasonReference.inRecord()', table)(resource, {});
  expect(seen).toHaveLength(1);
  expect(seen[0]).toBe(resource.reasonReference?.[0]);
});

describe('functions about time and dose', () => {
  test('since and until are the days of a course, or nothing', () => {
    const course = {
      authoredOn: '2026-11-01',
      dispenseRequest: { validityPeriod: { start: '2026-11-02', end: '2026-11-20' } },
    };
    expect(holds('where(since().toDate() = @2026-11-02 and until().toDate() = @2026-11-20)', course)).toBe(
      true,
    );
    expect(holds('where(since().empty() and until().empty())')).toBe(true);
  });

  test('coveredDays counts refills, or says nothing', () => {
    const supply = {
      dispenseRequest: {
        expectedSupplyDuration: { value: 7, unit: 'd', code: 'd' },
        numberOfRepeatsAllowed: 2,
      },
    };
    expect(holds('where(coveredDays() = 21)', supply)).toBe(true);
    expect(holds('where(coveredDays().empty())')).toBe(true);
  });

  test('courseDays joins the earlier courses of the same drug', () => {
    const supply = {
      authoredOn: '2026-11-22',
      dispenseRequest: { expectedSupplyDuration: { value: 7, unit: 'd', code: 'd' } },
    };
    const earlier = listed('baclofen', {
      status: 'completed',
      dispenseRequest: { validityPeriod: { start: '2026-11-12', end: '2026-11-21' } },
    });
    const other = listed('phenelzine', {
      dispenseRequest: { validityPeriod: { start: '2026-01-01', end: '2026-11-21' } },
    });
    expect(holds('where(courseDays() = 17)', supply, {}, { medications: [earlier, other] })).toBe(true);
    expect(holds('where(courseDays() = 7)', supply, {}, { medications: [other] })).toBe(true);
  });

  test('dailyDose and firstDailyDose are milligrams, or nothing', () => {
    expect(holds('where(dailyDose() = 30 and firstDailyDose() = 30)', tablets(3))).toBe(true);
    expect(holds('where(dailyDose().empty() and firstDailyDose().empty())')).toBe(true);
  });

  test('dailyDose in micrograms is turned into milligrams', () => {
    const order = tablets(3);
    const micro = {
      ...order,
      dosageInstruction: [
        { ...order.dosageInstruction?.[0], doseAndRate: [{ doseQuantity: { value: 200, unit: 'mcg' } }] },
      ],
    };
    expect(holds('where(dailyDose() = 0.6)', micro)).toBe(true);
  });
});

describe('offers', () => {
  const texts: readonly (readonly [string, Partial<MedicationRequest>])[] = [
    ['a note', { note: [{ text: 'or cyclobenzaprine' }] }],
    ['a dosage text', { dosageInstruction: [{ text: 'or Flexeril' }] }],
    ['a patient instruction', { dosageInstruction: [{ patientInstruction: 'or cyclobenzaprine' }] }],
    [
      'an additional instruction',
      {
        dosageInstruction: [
          { additionalInstruction: [{ text: 'with food' }, { text: 'or cyclobenzaprine' }] },
        ],
      },
    ],
    [
      'the name of an additional instruction',
      {
        dosageInstruction: [
          { additionalInstruction: [{ coding: [{ code: '1' }, { display: 'or cyclobenzaprine' }] }] },
        ],
      },
    ],
    ['a reason', { reasonCode: [{ text: 'pain, or cyclobenzaprine' }] }],
    ['the reason of a substitution', { substitution: { reason: { text: 'or cyclobenzaprine' } } }],
    [
      'the name of the reason of a substitution',
      { substitution: { reason: { coding: [{ display: 'or cyclobenzaprine' }] } } },
    ],
  ];

  test.each(texts)('reads %s', (_, order) => {
    expect(holds("where(offers('cyclobenzaprine'))", order)).toBe(true);
  });

  test('is false without words, and for a drug the vocabulary does not know', () => {
    expect(holds("where(offers('cyclobenzaprine'))", { note: [{ text: 5 as never }] })).toBe(false);
    expect(holds("where(offers('aspirin'))", { note: [{ text: 'take with food' }] })).toBe(false);
  });
});

describe('takenDays', () => {
  test('counts what was taken before a stop, its own older state included', () => {
    const { text } = withFact(
      'taken long:',
      '  asks: It was taken for long.',
      '  needs: order',
      '  find: where(takenDays() >= 30)',
    );
    const files = {
      'relaxants/baclofen.yaml': cardText({ when: ['- stopping: baclofen', '  all: [taken long]'] }),
      'vocabulary/facts.yaml': text,
    };
    const older = listed('baclofen', { authoredOn: '2026-01-01' }).resource as MedicationRequest;
    const stopped = stop('baclofen');
    expect(decided(files, { drafts: [{ ...stopped, supersedes: older }] }).shown).toHaveLength(1);
    expect(decided(files, { drafts: [stopped] }).shown).toEqual([]);
  });
});

describe('variables of a fact', () => {
  const withArguments = (find: string, takes: string, call: string) => {
    const { text } = withFact(
      'so it is:',
      '  asks: So it is.',
      '  needs: order',
      `  takes: ${takes}`,
      '  let: {dayAgo: now minus 24 hours, dayBefore: today minus 1 day}',
      `  find: ${JSON.stringify(find)}`,
    );
    return decided(
      {
        'relaxants/baclofen.yaml': cardText({
          when: ['- ordering: baclofen', `  all: [{so it is: ${call}}]`],
        }),
        'vocabulary/facts.yaml': text,
      },
      { drafts: [draft('baclofen', { status: 'draft' })] },
    ).shown;
  };

  test.each([
    [
      'a number and its unit in lower case',
      "where(%limit = 30 and %limitUnit = 'ml/min')",
      '{limit: number}\n  units: {limit: any}',
      '30 mL/min',
    ],
    [
      'a number without a unit, and one less',
      'where(%limit = 30 and %limitLessOne = 29)',
      '{limit: number}',
      '30',
    ],
    [
      'a duration in words and days',
      "where(%limit = '2 weeks' and %limitDays = 14)",
      '{limit: duration}',
      '2 weeks',
    ],
    ['words as a list', 'where(status in %kinds)', '{kinds: words}', '[active, draft]'],
    ['a word', 'where(status = %kind)', '{kind: word}', 'draft'],
    ['the order in focus', "where(%order.id = 'baclofen-draft' and %kind = 'x')", '{kind: word}', 'x'],
    [
      'the day and the instant of the call',
      "where(%today = '2026-11-22' and %now = '2026-11-22T12:00:00.000Z' and %kind = 'x')",
      '{kind: word}',
      'x',
    ],
    [
      'sums of literal durations',
      "where(%dayAgo = '2026-11-21T12:00:00.000Z' and %dayBefore = '2026-11-21' and %kind = 'x')",
      '{kind: word}',
      'x',
    ],
  ])('hold %s', (_, find, takes, call) => {
    expect(withArguments(find, takes, call)).toHaveLength(1);
  });

  test('hold the newest result of a group, whether or not only some count', () => {
    const { text } = withFact(
      'measured lately:',
      '  asks: The {lab} is of this month.',
      '  takes: {lab: lab}',
      '  needs: order',
      '  let: {result: newest lab}',
      '  find: where(%result.effective.ofType(dateTime) >= @2026-11-01)',
    );
    const files = {
      'relaxants/baclofen.yaml': cardText({
        when: ['- ordering: baclofen', '  all: [{measured lately: eGFR}]'],
      }),
      'vocabulary/facts.yaml': text,
    };
    const observation = {
      resourceType: 'Observation' as const,
      status: 'preliminary' as const,
      code: { coding: [{ system: 'http://loinc.org', code: '33914-3' }] },
      effectiveDateTime: '2026-11-02',
    };
    expect(decided(files, { drafts: [draft('baclofen')], observations: [observation] }).shown).toHaveLength(
      1,
    );
  });

  test('hold every result of a group when a fact does not pick the newest', () => {
    const { text } = withFact(
      'ever under:',
      '  asks: A result of {lab} was under 30.',
      '  takes: {lab: lab}',
      '  needs: results',
      '  find: where(value.ofType(Quantity).value < 30)',
    );
    const files = {
      'relaxants/baclofen.yaml': cardText({ when: ['- ordering: baclofen', '  all: [{ever under: eGFR}]'] }),
      'vocabulary/facts.yaml': text,
    };
    const result = (value: number, effectiveDateTime: string) => ({
      resourceType: 'Observation' as const,
      status: 'final' as const,
      code: { coding: [{ system: 'http://loinc.org', code: '33914-3' }] },
      effectiveDateTime,
      valueQuantity: { value },
    });
    expect(
      decided(files, {
        drafts: [draft('baclofen')],
        observations: [result(20, '2020-01-01'), result(90, '2026-11-01')],
      }).shown,
    ).toHaveLength(1);
  });
});

describe('what is compiled', () => {
  test('returns plain values and elements, never the nodes of the engine', () => {
    const question = compileQuestion('name | birthDate', {});
    const name = { family: 'Doe' };
    expect(question({ resourceType: 'Patient', name: [name], birthDate: '2000-01-01' } as never, {})).toEqual(
      [name, '2000-01-01'],
    );
  });

  test('has a function of the table without an argument and with one', () => {
    const table = {
      twice: { takes: 'nothing' as const, call: (input: readonly unknown[]) => [...input, ...input] },
      named: { takes: 'a name' as const, call: (_: readonly unknown[], name: string) => [name] },
    };
    expect(compileQuestion("'a'.twice()", table)({ resourceType: 'Patient' }, {})).toEqual(['a', 'a']);
    expect(compileQuestion("named('b')", table)({ resourceType: 'Patient' }, {})).toEqual(['b']);
  });

  test('knows a function only while a fact is asked', () => {
    const outside = functionTable(() => {
      throw new Error('a function of the table was called outside a fact');
    });
    expect(() => outside['ofDrug']?.call([{}], 'baclofen')).toThrow('outside a fact');
  });

  test('a card that asks a fact which is not there is a fault of the program', () => {
    const library = libraryOf({
      'relaxants/baclofen.yaml': cardText({ when: ['- ordering: baclofen', '  all: [continuous]'] }),
    });
    const decider = createDecider({ ...library, facts: new Map() }, () => undefined);
    const record = recordOf({ drafts: [draft('baclofen')] });
    expect(() => decider.decide(record, 'order-sign')).toThrow('no fact is named "continuous"');
  });
});
