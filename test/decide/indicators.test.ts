/** How grave a card is, what it says besides, and which milder cards it takes away. */

import { describe, expect, test } from '@jest/globals';
import type { PatientRecord } from '../../src/record/record.js';
import { type Files, cardText } from '../library/support.js';
import { decided, draft, listed } from './support.js';

const CARD = 'relaxants/baclofen.yaml';
const continuous = { courseOfTherapyType: { coding: [{ code: 'continuous' }] } };
const byCourse = (record: Partial<PatientRecord>, parts: Parameters<typeof cardText>[0]) =>
  decided({ [CARD]: cardText(parts) }, { drafts: [draft('baclofen')], ...record });
const withoutAge = { patient: { resourceType: 'Patient' as const } };

describe('an indicator that varies', () => {
  const varied = {
    indicator: '[{critical: [{aged at least: 65 years}]}, {warning: [continuous]}, info]',
  };

  test('is the first that holds', () => {
    expect(byCourse({}, varied).shown).toEqual(['relaxants/baclofen, critical, baclofen-draft']);
    expect(
      byCourse(
        {
          drafts: [draft('baclofen', continuous)],
          patient: { resourceType: 'Patient', birthDate: '2000-01-01' },
        },
        varied,
      ).shown,
    ).toEqual(['relaxants/baclofen, warning, baclofen-draft']);
  });

  test('is the last when none holds', () => {
    expect(byCourse({ patient: { resourceType: 'Patient', birthDate: '2000-01-01' } }, varied).shown).toEqual(
      ['relaxants/baclofen, info, baclofen-draft'],
    );
  });

  test('is the graver when it cannot be told, and the card is shown', () => {
    expect(byCourse(withoutAge, varied)).toMatchObject({
      shown: ['relaxants/baclofen, critical, baclofen-draft'],
      open: [],
    });
  });

  test('is the graver of what is unknown and what holds', () => {
    expect(
      byCourse(
        { ...withoutAge, drafts: [draft('baclofen', continuous)] },
        { indicator: '[{info: [{aged at least: 65 years}]}, {warning: [continuous]}, critical]' },
      ).shown,
    ).toEqual(['relaxants/baclofen, warning, baclofen-draft']);
  });
});

describe('ways with their own indicators', () => {
  const ways = {
    when: [
      '- {ordering: baclofen, indicator: info}',
      '- {ordering: baclofen, indicator: critical, all: [{aged at least: 65 years}]}',
      '- {ordering: baclofen, all: [continuous]}',
    ],
  };

  test('make the card as grave as the gravest true one', () => {
    expect(byCourse({}, ways).shown).toEqual(['relaxants/baclofen, critical, baclofen-draft']);
    expect(
      byCourse(
        {
          patient: { resourceType: 'Patient', birthDate: '2000-01-01' },
          drafts: [draft('baclofen', continuous)],
        },
        ways,
      ).shown,
    ).toEqual(['relaxants/baclofen, warning, baclofen-draft']);
  });

  test('that are unknown and graver are told as undecided beside the card', () => {
    expect(byCourse(withoutAge, ways)).toMatchObject({
      shown: ['relaxants/baclofen, info, baclofen-draft'],
      open: [
        'relaxants/baclofen, critical, baclofen-draft: the date of birth (is missing or does not settle it)',
      ],
    });
  });

  test('that are unknown and no graver than what is shown are not told', () => {
    expect(
      byCourse(withoutAge, {
        when: [
          '- {ordering: baclofen, indicator: critical}',
          '- {ordering: baclofen, indicator: critical, all: [{aged at least: 65 years}]}',
        ],
      }),
    ).toMatchObject({ shown: ['relaxants/baclofen, critical, baclofen-draft'], open: [] });
  });

  test('that all are unknown are told as the gravest, each missing part once', () => {
    expect(
      byCourse(withoutAge, {
        when: [
          '- {ordering: baclofen, indicator: critical, all: [{aged at least: 65 years}]}',
          '- {ordering: baclofen, all: [{aged at least: 75 years}]}',
        ],
      }),
    ).toMatchObject({
      shown: [],
      open: [
        'relaxants/baclofen, critical, baclofen-draft: the date of birth (is missing or does not settle it)',
      ],
    });
  });
});

describe('conditions of a way', () => {
  test('an unknown "unless" leaves the card undecided', () => {
    expect(
      byCourse(withoutAge, { when: ['- ordering: baclofen', '  unless: [{aged at least: 65 years}]'] }),
    ).toMatchObject({ shown: [], open: [expect.stringContaining('the date of birth')] });
  });

  test('a true "unless" silences it, even beside an unknown one', () => {
    expect(
      byCourse(
        { ...withoutAge, drafts: [draft('baclofen', continuous)] },
        { when: ['- ordering: baclofen', '  unless: [{aged at least: 65 years}, continuous]'] },
      ),
    ).toMatchObject({ shown: [], open: [] });
  });

  test('one true of "any" is enough, beside an unknown one', () => {
    expect(
      byCourse(
        { ...withoutAge, drafts: [draft('baclofen', continuous)] },
        { when: ['- ordering: baclofen', '  any: [{aged at least: 65 years}, continuous]'] },
      ).shown,
    ).toHaveLength(1);
  });

  test('none true of "any" is a no', () => {
    expect(
      byCourse({}, { when: ['- ordering: baclofen', '  any: [continuous, {taking: maoi}]'] }),
    ).toMatchObject({ shown: [], open: [] });
  });
});

describe('sentences said only when they are true', () => {
  const also = {
    card: [
      'also:',
      '  - {say: It goes on., all: [continuous]}',
      '  - {say: An MAOI is taken., all: [{taking: maoi}]}',
      '  - {say: Of age., all: [{aged at least: 65 years}]}',
    ],
  };
  const said = (record: Partial<PatientRecord>) => byCourse(record, also).decision.verdicts[0];

  test('are said with their witnesses', () => {
    const verdict = said({ medications: [listed('phenelzine')], patient: undefined });
    expect(verdict?.also).toEqual(['An MAOI is taken.']);
    expect(verdict?.witnesses.map(({ resource }) => resource.id)).toEqual(['phenelzine-listed']);
  });

  test('are left out when they are unknown', () => {
    expect(said(withoutAge)?.also).toEqual([]);
  });

  test('that two facts witness by one resource print it once', () => {
    const verdict = byCourse(
      { medications: [listed('phenelzine')] },
      { ...also, when: ['- ordering: baclofen', '  all: [{taking: phenelzine}]'] },
    ).decision.verdicts[0];
    expect(verdict?.witnesses.map(({ resource }) => resource.id)).toEqual(['phenelzine-listed', 'p1']);
  });
});

describe('a sentence that recommends a drug', () => {
  const recommending: Files = {
    [CARD]: cardText({ card: ['also: [{say: Take cyclobenzaprine., recommends: cyclobenzaprine}]'] }),
    'relaxants/maoi.yaml': cardText({ when: ['- together: [cyclobenzaprine, maoi]'], indicator: 'critical' }),
    'relaxants/mild.yaml': cardText({ when: ['- ordering: cyclobenzaprine'], indicator: 'warning' }),
  };
  const said = (record: Partial<PatientRecord>, files: Files = recommending) =>
    decided(files, { drafts: [draft('baclofen')], ...record }).decision.verdicts[0]?.also;

  test('is said when no critical card would show', () => {
    expect(said({})).toEqual(['Take cyclobenzaprine.']);
  });

  test('is not said when a critical card of that drug would show', () => {
    expect(said({ medications: [listed('phenelzine')] })).toEqual([]);
  });

  test('is not said when a critical card of that drug would be undecided', () => {
    expect(said({ unread: new Map([['MedicationRequest', 'not sent']] as const) })).toEqual([]);
  });

  test('sees the other drafts of the call', () => {
    expect(said({ drafts: [draft('baclofen'), draft('linezolid', {}, { judged: false })] })).toEqual([]);
  });

  test('is asked once for two cards, and never inside the hypothetical order itself', () => {
    const both: Files = {
      ...recommending,
      'relaxants/other.yaml': cardText({
        when: ['- ordering: relaxant'],
        indicator: 'critical',
        card: ['also: [{say: Take baclofen., recommends: cyclobenzaprine}]'],
      }),
    };
    const { decision } = decided(both, { drafts: [draft('baclofen')] });
    expect(decision.verdicts.map(({ also }) => also)).toEqual([[], []]);
  });
});

describe('a card that replaces a milder one', () => {
  const CRITICAL = 'relaxants/graver.yaml';
  const replacing = (graver: Parameters<typeof cardText>[0]): Files => ({
    [CARD]: cardText({ when: ['- ordering: relaxant'] }),
    [CRITICAL]: cardText({
      when: ['- ordering: baclofen', '  all: [{aged at least: 65 years}]'],
      indicator: 'critical',
      more: ['replaces: [relaxants/baclofen]'],
      ...graver,
    }),
  });

  test('takes it away for the same order only', () => {
    expect(decided(replacing({}), { drafts: [draft('baclofen'), draft('cyclobenzaprine')] }).shown).toEqual([
      'relaxants/baclofen, warning, cyclobenzaprine-draft',
      'relaxants/graver, critical, baclofen-draft',
    ]);
  });

  test('takes nothing away when it is silent', () => {
    const young = { resourceType: 'Patient' as const, birthDate: '2000-01-01' };
    expect(decided(replacing({}), { drafts: [draft('baclofen')], patient: young }).shown).toEqual([
      'relaxants/baclofen, warning, baclofen-draft',
    ]);
  });

  test('takes nothing away when it is undecided', () => {
    expect(decided(replacing({}), { drafts: [draft('baclofen')], ...withoutAge })).toMatchObject({
      shown: ['relaxants/baclofen, warning, baclofen-draft'],
      open: [expect.stringContaining('relaxants/graver, critical, baclofen-draft')],
    });
  });

  test('takes nothing away while it is a draft nobody is shown', () => {
    expect(decided(replacing({ status: 'draft' }), { drafts: [draft('baclofen')] }).shown).toContain(
      'relaxants/baclofen, warning, baclofen-draft',
    );
  });

  test('takes away the question whether the milder one holds as well', () => {
    const files: Files = {
      ...replacing({}),
      [CARD]: cardText({ when: ['- ordering: relaxant', '  all: [{taking: maoi}]'] }),
    };
    const unread = new Map([['MedicationRequest', 'not sent']] as const);
    expect(decided(files, { drafts: [draft('baclofen')], unread })).toMatchObject({
      shown: ['relaxants/graver, critical, baclofen-draft'],
      open: [],
    });
  });

  test('beside another that replaces the same takes it away once', () => {
    const files: Files = {
      ...replacing({}),
      'relaxants/third.yaml': cardText({ more: ['replaces: [relaxants/baclofen]'] }),
    };
    expect(decided(files, { drafts: [draft('baclofen')] }).shown).toEqual([
      'relaxants/graver, critical, baclofen-draft',
      'relaxants/third, warning, baclofen-draft',
    ]);
  });
});
