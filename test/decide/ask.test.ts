/** Facts asked of a record: when the answer is yes, no or unknown, and how much work it takes. */

import { describe, expect, test } from '@jest/globals';
import type { PatientRecord, UnreadReason } from '../../src/record/record.js';
import { base } from '../library/base-library.js';
import { cardText, facts, withFact } from '../library/support.js';
import { decided, draft, egfr, identityOf, listed, problem, recordOf, stop } from './support.js';

const CARD = 'relaxants/baclofen.yaml';

/** What a card shows that asks one question of a baclofen order. */
const asking = (question: string, record: Partial<PatientRecord>, factsText = facts) =>
  decided(
    {
      [CARD]: cardText({ when: ['- ordering: baclofen', `  all: [${question}]`] }),
      'vocabulary/facts.yaml': factsText,
      'vocabulary/drugs.yaml': `${base['vocabulary/drugs.yaml']}says: {maoi: an MAOI}\n`,
    },
    { drafts: [draft('baclofen')], ...record },
  );
const yes = ['relaxants/baclofen, warning, baclofen-draft'];
const unread = (type: 'Patient' | 'MedicationStatement' | 'Observation' | 'Condition') => ({
  unread: new Map([[type, 'not sent']] as const),
});
const open = (missing: string) => [`relaxants/baclofen, warning, baclofen-draft: ${missing}`];

describe('a fact with a witness', () => {
  test('is true', () => {
    expect(asking('{taking: maoi}', { medications: [listed('phenelzine')] }).shown).toEqual(yes);
  });

  test('is true even when another part of the record was not read', () => {
    expect(
      asking('{taking: maoi}', { medications: [listed('phenelzine')], ...unread('MedicationStatement') }),
    ).toMatchObject({ shown: yes, open: [] });
  });

  test('says which resources made it true', () => {
    const phenelzine = listed('phenelzine');
    const { decision } = asking('{taking: maoi}', { medications: [listed('baclofen'), phenelzine] });
    expect(decision.verdicts[0]?.witnesses).toEqual([{ ...phenelzine, elements: [] }]);
  });
});

describe('a fact without a witness', () => {
  test('is false when everything it needs was read', () => {
    expect(asking('{taking: maoi}', { medications: [listed('baclofen')] })).toMatchObject({
      shown: [],
      open: [],
    });
  });

  test('is unknown when something it needs was not read', () => {
    expect(asking('{taking: maoi}', unread('MedicationStatement')).open).toEqual(
      open('medication statements (not sent)'),
    );
  });

  test('is false when only what it does not need was not read', () => {
    expect(asking('{taking: maoi}', unread('Observation'))).toMatchObject({ shown: [], open: [] });
  });

  test('names the laboratory group that was not read', () => {
    expect(
      asking('{newest result under: {lab: eGFR, limit: 30 mL/min}}', unread('Observation')).open,
    ).toEqual(open('eGFR results (not sent)'));
  });

  test('is unknown when a medication that would count cannot be identified', () => {
    const nameless = { resource: listed('x').resource, identity: identityOf([], { nameless: true }) };
    expect(asking('{taking: maoi}', { medications: [nameless] }).open).toEqual(
      open('1 listed medication(s) (could not be identified)'),
    );
  });

  test('is false when the medication that cannot be identified would not count anyway', () => {
    const nameless = {
      resource: listed('x', { status: 'cancelled' }).resource,
      identity: identityOf([], { nameless: true }),
    };
    expect(asking('{taking: maoi}', { medications: [nameless] })).toMatchObject({ shown: [], open: [] });
  });

  test('is unknown when its own doubt is not empty', () => {
    expect(
      asking('{ended within: {drug: maoi, limit: 14 days}}', {
        medications: [listed('phenelzine', { status: 'stopped' })],
      }).open,
    ).toEqual(open('the day an earlier course ended (is missing or does not settle it)'));
  });
});

describe('a fact about the patient', () => {
  const born = (birthDate: string | undefined) =>
    asking('{aged at least: 65 years}', { patient: { resourceType: 'Patient', birthDate } as never });

  test.each(['1961-11-22', '1948-03-01', '1960', '1961-10'])('born %s is 65 or older', (birthDate) => {
    expect(born(birthDate).shown).toEqual(yes);
  });

  test.each(['1961-11-23', '1962', '1961-12', '2026-11-22'])('born %s is younger', (birthDate) => {
    expect(born(birthDate)).toMatchObject({ shown: [], open: [] });
  });

  test.each(['1961', '1961-11', undefined])('born %s may be either', (birthDate) => {
    expect(born(birthDate).open).toEqual(open('the date of birth (is missing or does not settle it)'));
  });

  test('is unknown without a patient, and says once why', () => {
    expect(asking('{aged at least: 65 years}', { patient: undefined }).open).toEqual(
      open('the date of birth (is missing or does not settle it)'),
    );
    expect(asking('{aged at least: 65 years}', { patient: undefined, ...unread('Patient') }).open).toEqual(
      open('patient details (not sent)'),
    );
  });

  test('is a doubt without words when the fact has none', () => {
    const { text } = withFact('is known:', '  asks: It is known.', '  needs: patient', '  find: where(true)');
    expect(asking('is known', { patient: undefined }, text).open).toEqual(
      open('is known (is missing or does not settle it)'),
    );
  });
});

describe('a fact about results', () => {
  const under30 = (...observations: ReturnType<typeof egfr>[]) =>
    asking('{newest result under: {lab: eGFR, limit: 30 mL/min}}', { observations });

  test('looks at the newest that counts', () => {
    expect(under30(egfr(25), egfr(80, { effectiveDateTime: '2026-01-01' })).shown).toEqual(yes);
    expect(under30(egfr(25, { effectiveDateTime: '2026-01-01' }), egfr(80))).toMatchObject({
      shown: [],
      open: [],
    });
    expect(
      under30(egfr(25, { effectiveDateTime: '2026-01-01' }), egfr(80, { status: 'preliminary' })).shown,
    ).toEqual(yes);
  });

  test('is unknown when the newest has no unit', () => {
    expect(under30(egfr(25, { valueQuantity: { value: 25 } })).open).toEqual(
      open('the newest result (is missing or does not settle it)'),
    );
  });

  test('is false without any', () => {
    expect(under30()).toMatchObject({ shown: [], open: [] });
  });
});

describe('a fact about problems', () => {
  test('is handed those of its problem or group, each once', () => {
    const both = problem('G35', {
      code: {
        coding: [
          { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'G35' },
          { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'I63.9' },
        ],
      },
    });
    const { shown, decision } = asking('{has problem: fits baclofen}', {
      problems: [problem('M54.5'), both],
    });
    expect(shown).toEqual(yes);
    expect(decision.counts).toEqual({ facts: 1, resources: 1 });
  });

  test('without a problem argument is handed all of them', () => {
    const { text } = withFact(
      'has any problem:',
      '  asks: Anything is listed.',
      '  needs: problems',
      '  find: where(true)',
    );
    expect(asking('has any problem', { problems: [problem('Z99.9')] }, text).shown).toEqual(yes);
  });
});

describe('a fact about medications', () => {
  test('counts another order of the same call, but not the order in focus', () => {
    expect(asking('{taking: maoi}', { drafts: [draft('baclofen'), draft('linezolid')] }).shown).toEqual(yes);
    expect(asking('{taking: baclofen}', {})).toMatchObject({ shown: [], open: [] });
  });

  test('counts no stop of the same call', () => {
    expect(asking('{taking: maoi}', { drafts: [draft('baclofen'), stop('linezolid')] }).shown).toEqual([]);
  });

  test('is handed stops and older states where it has an expression for them', () => {
    const { text } = withFact(
      'was ordered:',
      '  asks: It was ordered before.',
      '  takes: {drug: drug}',
      '  needs: medications',
      '  find: {stop: where(true), older: where(true)}',
    );
    const supersedes = listed('phenelzine', { id: 'older' }).resource as never;
    const question = '{was ordered: maoi}';
    expect(asking(question, { drafts: [draft('baclofen'), stop('phenelzine')] }, text).shown).toEqual(yes);
    expect(
      asking(question, { drafts: [draft('baclofen'), { ...draft('phenelzine'), supersedes }] }, text).shown,
    ).toEqual(yes);
    expect(
      asking(question, { drafts: [{ ...draft('baclofen'), supersedes }, draft('phenelzine')] }, text).shown,
    ).toEqual([]);
  });

  test('without a drug argument is handed the older state of any order', () => {
    const { text } = withFact(
      'anything ordered:',
      '  asks: Anything was ordered before.',
      '  needs: medications',
      '  find: {older: where(true)}',
    );
    const supersedes = listed('baclofen', { id: 'older' }).resource as never;
    expect(
      asking('anything ordered', { drafts: [{ ...draft('baclofen'), supersedes }] }, text).shown,
    ).toEqual(yes);
  });

  test('without a drug argument is handed the whole list', () => {
    const { text } = withFact(
      'takes anything:',
      '  asks: Anything is taken.',
      '  needs: medications',
      "  find: {MedicationStatement: where(status = 'active')}",
    );
    expect(
      asking('takes anything', { medications: [listed('x', { resourceType: 'MedicationStatement' })] }, text)
        .shown,
    ).toEqual(yes);
    expect(asking('takes anything', { medications: [listed('x')] }, text).shown).toEqual([]);
  });

  test('reads only the kinds of entry it has an expression for', () => {
    const { text } = withFact(
      'takes anything:',
      '  asks: Anything is taken.',
      '  needs: medications',
      "  find: {MedicationRequest: where(status = 'active')}",
    );
    expect(asking('takes anything', unread('MedicationStatement'), text)).toMatchObject({ open: [] });
  });
});

describe('a fact that counts different drugs', () => {
  const { text } = withFact(
    'together at least:',
    '  asks: At least {limit} of {drug} are taken.',
    '  takes: {drug: drug, limit: number}',
    '  needs: medications',
    '  distinct: limit',
    '  find:',
    "    MedicationRequest: where(status = 'active')",
  );
  const question = '{together at least: {drug: relaxant, limit: 2}}';

  test('counts the drug of the order itself', () => {
    expect(asking(question, { medications: [listed('cyclobenzaprine')] }, text).shown).toEqual(yes);
  });

  test('counts a drug taken twice once', () => {
    expect(asking(question, { medications: [listed('baclofen')] }, text).shown).toEqual([]);
  });
});

describe('a fact of one kind of entry', () => {
  const { text } = withFact(
    'is prescribed:',
    '  asks: An order of {drug} is active.',
    '  takes: {drug: drug}',
    '  needs: medications',
    "  find: {MedicationRequest: where(status = 'active')}",
    '  unclear: {MedicationRequest: where(status.empty())}',
    '  doubt: the status of an order of {drug}',
  );

  test('names what it doubts as people say it', () => {
    const without = { status: undefined as never };
    expect(
      asking('{is prescribed: maoi}', { medications: [listed('phenelzine', without)] }, text).open,
    ).toEqual(open('the status of an order of an MAOI (is missing or does not settle it)'));
    expect(
      asking('{is prescribed: linezolid}', { medications: [listed('linezolid', without)] }, text).open,
    ).toEqual(open('the status of an order of linezolid (is missing or does not settle it)'));
  });

  test('takes no entry of another kind for a doubt, whoever it is', () => {
    const statement = { resourceType: 'MedicationStatement' };
    const nameless = {
      resource: listed('x', statement).resource,
      identity: identityOf([], { unresolved: true }),
    };
    expect(
      asking('{is prescribed: maoi}', { medications: [nameless, listed('phenelzine', statement)] }, text),
    ).toMatchObject({ shown: [], open: [] });
  });
});

describe('a fact that looks at some resources only', () => {
  const { text } = withFact(
    'has lasting problem:',
    '  asks: A lasting {problem} is listed.',
    '  takes: {problem: problem}',
    '  needs: problems',
    '  only: where(abatement.empty())',
    '  find: where(true)',
  );

  test('is not made true by the others', () => {
    const question = '{has lasting problem: stroke}';
    const over = problem('I63.9', { abatementDateTime: '2020-01-01' });
    expect(asking(question, { problems: [over] }, text).shown).toEqual([]);
    expect(asking(question, { problems: [over, problem('I63.9')] }, text).shown).toEqual(yes);
  });
});

describe('a fact that only a whole record can answer with yes', () => {
  const { text } = withFact(
    'takes something:',
    '  asks: Something is taken.',
    '  needs: medications',
    '  whole: true',
    "  find: where(status = 'active')",
  );

  test('is unknown when a part was not read, whatever was found', () => {
    const record = { medications: [listed('x')] };
    expect(asking('takes something', record, text).shown).toEqual(yes);
    expect(asking('takes something', { ...record, ...unread('MedicationStatement') }, text).open).toEqual(
      open('medication statements (not sent)'),
    );
  });
});

describe('a fact about other orders and stops', () => {
  const { text } = withFact(
    'also ordered:',
    '  asks: The same call orders {drug}.',
    '  takes: {drug: drug}',
    '  needs: orders',
    '  find: where(true)',
    'anything stopped:',
    '  asks: Anything is stopped.',
    '  needs: stops',
    '  find: where(true)',
  );

  test('is handed the other orders of its drug', () => {
    expect(
      asking('{also ordered: maoi}', { drafts: [draft('baclofen'), draft('linezolid')] }, text).shown,
    ).toEqual(yes);
    expect(
      asking('{also ordered: maoi}', { drafts: [draft('baclofen'), draft('cyclobenzaprine')] }, text).shown,
    ).toEqual([]);
    expect(asking('{also ordered: baclofen}', {}, text).shown).toEqual([]);
  });

  test('is handed the stops of the call', () => {
    expect(
      asking('anything stopped', { drafts: [draft('baclofen'), stop('phenelzine')] }, text).shown,
    ).toEqual(yes);
    expect(
      asking('anything stopped', { drafts: [draft('baclofen'), draft('phenelzine')] }, text).shown,
    ).toEqual([]);
  });
});

describe('a fact about allergies', () => {
  const { text } = withFact(
    'is allergic:',
    '  asks: An allergy is listed.',
    '  needs: allergies',
    '  find: where(true)',
  );

  test('is handed all of them', () => {
    const resource = { resourceType: 'AllergyIntolerance' as const, patient: {} };
    expect(
      asking('is allergic', { allergies: [{ resource, identity: identityOf([]) }] }, text).shown,
    ).toEqual(yes);
    expect(asking('is allergic', {}, text).shown).toEqual([]);
  });
});

describe('a fact about what an order refers to', () => {
  const { text } = withFact(
    'goes on from something:',
    '  asks: The order names a prior prescription.',
    '  needs: order',
    '  find: priorPrescription.inRecord()',
    '  unclear: priorPrescription.where(inRecord().empty())',
    '  doubt: the prior prescription',
  );
  const reference = 'MedicationRequest/prior';
  const drafts = [draft('baclofen', { priorPrescription: { reference } })];
  const askedWith = (unreadReferences: ReadonlyMap<string, UnreadReason>) =>
    asking('goes on from something', { drafts, unreadReferences }, text).open;

  test('is unknown for the reason that it could not be read', () => {
    expect(askedWith(new Map([[reference, 'not found in the record system']]))).toEqual(
      open('the prior prescription (not found in the record system)'),
    );
  });

  test('is unknown without one when nobody was asked for it', () => {
    const others = new Map<string, UnreadReason>([['Medication/1', 'not found in the record system']]);
    for (const unreadReferences of [others, new Map<string, UnreadReason>()]) {
      expect(askedWith(unreadReferences)).toEqual(
        open('the prior prescription (is missing or does not settle it)'),
      );
    }
  });
});

describe('a fact that throws', () => {
  const { text } = withFact(
    'for a reason like:',
    '  asks: A reason of the order begins with {start}.',
    '  takes: {start: word}',
    '  needs: order',
    '  find: where(reasonCode.text.startsWith(%start))',
  );
  const twoReasons = { drafts: [draft('baclofen', { reasonCode: [{ text: 'a' }, { text: 'b' }] })] };

  test('is unknown, says where it looked, and lets the call go on', () => {
    const { open: left, faults } = asking('{for a reason like: a}', twoReasons, text);
    expect(left).toEqual(open('the order (could not be evaluated)'));
    expect(faults).toEqual(['for a reason like']);
  });

  test('is reported once, however many cards ask it', () => {
    const card = cardText({ when: ['- ordering: baclofen', '  all: [{for a reason like: a}]'] });
    const { open: left, faults } = decided(
      { [CARD]: card, 'relaxants/second.yaml': card, 'vocabulary/facts.yaml': text },
      twoReasons,
    );
    expect(left).toHaveLength(2);
    expect(faults).toEqual(['for a reason like']);
  });
});

describe('the work of a call', () => {
  const card = cardText({
    when: ['- ordering: relaxant', '  all: [{aged at least: 65 years}, {taking: maoi}]'],
  });
  const files = { [CARD]: card, 'relaxants/second.yaml': card };

  test('is nothing for an order outside the scope, whatever the record', () => {
    const { decision } = decided(files, {
      drafts: [draft('phenelzine')],
      medications: Array.from({ length: 1000 }, () => listed('linezolid')),
    });
    expect(decision).toEqual({
      verdicts: [],
      undecided: [],
      replaced: [],
      counts: { facts: 0, resources: 0 },
    });
  });

  test('is nothing for a drug that is only context', () => {
    const { decision } = decided(files, { drafts: [draft('baclofen', {}, { judged: false })] });
    expect(decision.counts).toEqual({ facts: 0, resources: 0 });
  });

  test('is one question for two cards that ask the same', () => {
    const { decision, shown } = decided(files, {
      drafts: [draft('baclofen')],
      medications: [listed('phenelzine')],
    });
    expect(shown).toHaveLength(2);
    expect(decision.counts).toEqual({ facts: 2, resources: 2 });
  });

  test('is one question about the patient for two orders, and one about medications for each', () => {
    const { decision } = decided(files, { drafts: [draft('baclofen'), draft('cyclobenzaprine')] });
    expect(decision.counts.facts).toBe(3);
  });

  test('is only what the answer needs: nothing after a no', () => {
    const { decision } = decided(files, {
      drafts: [draft('baclofen')],
      patient: { resourceType: 'Patient', birthDate: '2000-01-01' },
      medications: [listed('phenelzine')],
    });
    expect(decision.counts).toEqual({ facts: 1, resources: 1 });
  });

  test('hands a fact only the resources that its drug indexes', () => {
    const { decision } = decided(files, {
      drafts: [draft('baclofen')],
      medications: [listed('cyclobenzaprine'), listed('phenelzine'), listed('baclofen')],
    });
    expect(decision.counts.resources).toBe(2);
  });

  test('leaves the record as it was', () => {
    const record = recordOf({ drafts: [draft('baclofen')], medications: [listed('phenelzine')] });
    const functions = { resolve: undefined, identityOf: undefined };
    const before = structuredClone({ ...record, ...functions });
    decided(files, record);
    expect({ ...record, ...functions }).toEqual(before);
  });
});
