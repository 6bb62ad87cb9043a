/** What makes a card reachable, and which order, drugs and witnesses it then speaks of. */

import { describe, expect, test } from '@jest/globals';
import type { HookName } from '../../src/cdshooks/protocol.js';
import type { PatientRecord } from '../../src/record/record.js';
import { cardText } from '../library/support.js';
import { decided, draft, identityOf, listed, stop } from './support.js';

const CARD = 'relaxants/baclofen.yaml';
const keyed = (when: readonly string[], record: Partial<PatientRecord>, hook?: HookName) =>
  decided({ [CARD]: cardText({ when }) }, record, hook);
const names = ({ decision }: ReturnType<typeof keyed>) =>
  decision.verdicts.map((verdict) => [verdict.this, verdict.other]);

describe('ordering', () => {
  test('is about every judged order of the drug, in one card', () => {
    const found = keyed(['- ordering: baclofen'], {
      drafts: [
        draft('baclofen', { id: 'a' }),
        draft('cyclobenzaprine', { id: 'b' }),
        draft('baclofen', { id: 'c' }),
        draft('baclofen', { id: 'd' }, { judged: false }),
      ],
    });
    expect(found.shown).toEqual(['relaxants/baclofen, warning, a+c']);
  });

  test('of a class names the drug that is ordered', () => {
    const found = keyed(['- ordering: relaxant'], { drafts: [draft('cyclobenzaprine')] });
    expect(names(found)).toEqual([[['cyclobenzaprine'], []]]);
  });

  test('is not about a stop', () => {
    expect(keyed(['- ordering: baclofen'], { drafts: [stop('baclofen')] }).shown).toEqual([]);
  });

  test('with two ways is one card', () => {
    const found = keyed(['- ordering: baclofen', '- ordering: relaxant'], { drafts: [draft('baclofen')] });
    expect(found.shown).toEqual(['relaxants/baclofen, warning, baclofen-draft']);
  });
});

describe('stopping', () => {
  test('is about a stop of the drug, not about an order', () => {
    const found = keyed(['- stopping: baclofen'], {
      drafts: [draft('baclofen'), stop('baclofen'), stop('phenelzine')],
    });
    expect(found.shown).toEqual(['relaxants/baclofen, warning, baclofen-stop']);
  });

  test('is about an order of the record that a draft of another drug replaces', () => {
    const prior = listed('baclofen', { id: 'prior' });
    const found = decided(
      { [CARD]: cardText({ when: ['- stopping: baclofen', '- ordering: cyclobenzaprine'] }) },
      {
        drafts: [draft('cyclobenzaprine', { priorPrescription: { reference: 'MedicationRequest/prior' } })],
        medications: [prior],
        resolve: (reference) =>
          reference?.reference === 'MedicationRequest/prior' ? prior.resource : undefined,
      },
    );
    expect(found.shown).toEqual(['relaxants/baclofen, warning, prior+cyclobenzaprine-draft']);
  });

  test.each([
    ['is over already', listed('baclofen', { id: 'prior', status: 'completed' })],
    ['is of the same drug', listed('cyclobenzaprine', { id: 'prior' })],
    ['is no order', listed('baclofen', { id: 'prior', resourceType: 'MedicationStatement' })],
  ])('is not about one that %s', (_, prior) => {
    const found = keyed(['- stopping: relaxant', '- ordering: maoi'], {
      drafts: [draft('cyclobenzaprine', { priorPrescription: { reference: 'x' } })],
      medications: [prior],
      resolve: () => prior.resource,
    });
    expect(found.shown).toEqual([]);
  });
});

describe('stopping at discharge', () => {
  const atDischarge = (record: Partial<PatientRecord>) =>
    keyed(['- stopping: baclofen'], record, 'encounter-discharge');
  const goingOn = { category: [{ coding: [{ code: 'discharge' }] }] };
  const forTheStay = { category: [{ coding: [{ code: 'inpatient' }] }] };
  const stoppedOn = (end: string) =>
    listed('baclofen', {
      ...forTheStay,
      status: 'stopped',
      dispenseRequest: { validityPeriod: { end } },
    });

  test('is about what is taken and not continued', () => {
    expect(atDischarge({ medications: [listed('baclofen', forTheStay)] }).shown).toEqual([
      'relaxants/baclofen, warning, baclofen-listed',
    ]);
  });

  test('is silent about what is continued', () => {
    const continued = listed('baclofen', { ...goingOn, id: 'home' });
    expect(atDischarge({ medications: [listed('baclofen', forTheStay), continued] })).toMatchObject({
      shown: [],
      open: [],
    });
  });

  test('is undecided when nothing tells whether it goes on', () => {
    expect(atDischarge({ medications: [listed('baclofen')] })).toMatchObject({
      shown: [],
      open: [expect.stringContaining('whether it goes on after discharge')],
    });
  });

  test('is about a course that was stopped for the stay, not about an older one', () => {
    expect(atDischarge({ medications: [stoppedOn('2026-11-08')] }).shown).toHaveLength(1);
    expect(atDischarge({ medications: [stoppedOn('2026-11-07')] }).shown).toEqual([]);
    expect(atDischarge({ medications: [listed('baclofen', { status: 'completed' })] }).shown).toEqual([]);
  });

  test('is undecided about a course that was stopped some day of this month', () => {
    expect(atDischarge({ medications: [stoppedOn('2026-11')] })).toMatchObject({
      shown: [],
      open: [expect.anything()],
    });
    expect(atDischarge({ medications: [stoppedOn('2026-10')] })).toMatchObject({ shown: [], open: [] });
    expect(atDischarge({ medications: [stoppedOn('2025')] })).toMatchObject({ shown: [], open: [] });
  });

  test.each([
    ['stopped on an unknown day', { status: 'stopped' }],
    [
      'stopped, and written anew in the stay',
      { status: 'stopped', meta: { lastUpdated: '2026-11-20T08:00:00Z' } },
    ],
    ['on hold', { status: 'on-hold' }],
  ])('is undecided about a course that is %s', (_, parts) => {
    expect(atDischarge({ medications: [listed('baclofen', parts)] })).toMatchObject({
      shown: [],
      open: [
        'relaxants/baclofen, warning, baclofen-listed: when an earlier course was stopped or put on hold (is missing)',
      ],
    });
  });

  test.each([
    ['was last written before the stay', { meta: { lastUpdated: '2026-11-07T08:00:00Z' } }, []],
    ['was only dispensed', { resourceType: 'MedicationDispense' }, []],
    ['another entry continues', {}, [listed('baclofen', { ...goingOn, id: 'home' })]],
    [
      'another entry decides',
      {},
      [stoppedOn('2026-11-07'), listed('baclofen', { ...forTheStay, id: 'ward' })],
    ],
  ])('is decided about a course on hold that %s', (_, parts, others) => {
    const held = listed('baclofen', { ...parts, status: 'on-hold', id: 'held' });
    expect(atDischarge({ medications: [held, ...others] }).open).toEqual([]);
  });

  test('is not asked of orders', () => {
    const drafts = [draft('baclofen')];
    expect(keyed(['- ordering: baclofen'], { drafts }, 'encounter-discharge').shown).toEqual([]);
  });
});

describe('taking', () => {
  const taking = ['- taking: baclofen'];

  test('is about each entry of the list that is taken, when the chart is opened', () => {
    const medications = [
      listed('baclofen'),
      listed('baclofen', { id: 'over', status: 'stopped' }),
      listed('phenelzine'),
    ];
    expect(keyed(taking, { medications }, 'patient-view').shown).toEqual([
      'relaxants/baclofen, warning, baclofen-listed',
    ]);
  });

  test('is undecided about an entry when the list was not read in full and it is not taken', () => {
    const found = keyed(
      taking,
      {
        medications: [listed('baclofen', { status: 'stopped' })],
        unread: new Map([['MedicationStatement', 'not sent']] as const),
      },
      'patient-view',
    );
    expect(found).toMatchObject({ shown: [], open: [expect.stringContaining('medication statements')] });
  });

  test('makes no card at an order', () => {
    const record = { drafts: [draft('baclofen')], medications: [listed('baclofen')] };
    expect(keyed(taking, record).shown).toEqual([]);
  });

  test('is the only key asked when the chart is opened', () => {
    const record = { medications: [listed('baclofen'), listed('phenelzine')] };
    expect(
      keyed(['- ordering: baclofen', '- together: [baclofen, maoi]'], record, 'patient-view').shown,
    ).toEqual([]);
  });
});

describe('pair', () => {
  const pair = ['- pair: [baclofen, cyclobenzaprine]', "  all: [{taking: '{other}'}]"];

  test.each([
    ['baclofen', 'cyclobenzaprine'],
    ['cyclobenzaprine', 'baclofen'],
  ])('binds %s as {this} and %s as {other}', (first, second) => {
    const found = keyed(pair, { drafts: [draft(first)], medications: [listed(second)] });
    expect(found.shown).toEqual([`relaxants/baclofen, warning, ${first}-draft`]);
    expect(names(found)).toEqual([[[first], [second]]]);
  });

  test('is silent when the other is the same drug', () => {
    expect(keyed(pair, { drafts: [draft('baclofen')], medications: [listed('baclofen')] }).shown).toEqual([]);
  });

  test('with both drafted is one card about both orders', () => {
    const found = keyed(pair, { drafts: [draft('baclofen'), draft('cyclobenzaprine')] });
    expect(found.shown).toEqual(['relaxants/baclofen, warning, baclofen-draft+cyclobenzaprine-draft']);
  });

  test('with both drafted and one of them on the list keeps every witness', () => {
    const found = keyed(pair, {
      drafts: [draft('baclofen'), draft('cyclobenzaprine')],
      medications: [listed('baclofen')],
    });
    expect(found.decision.verdicts[0]?.witnesses.map(({ resource }) => resource.id)).toEqual([
      'cyclobenzaprine-draft',
      'baclofen-listed',
      'baclofen-draft',
    ]);
  });

  test('with two ways true is named as the first binds it', () => {
    const found = keyed([...pair, '- pair: [cyclobenzaprine, baclofen]'], {
      drafts: [draft('baclofen')],
      medications: [listed('cyclobenzaprine')],
    });
    expect(names(found)).toEqual([[['baclofen'], ['cyclobenzaprine']]]);
  });
});

describe('together', () => {
  const together = ['- together: [cyclobenzaprine, maoi]', '  within: 14 days'];

  test('is about an order of the first while the second is taken', () => {
    const found = keyed(together, {
      drafts: [draft('cyclobenzaprine')],
      medications: [listed('phenelzine')],
    });
    expect(found.shown).toEqual(['relaxants/baclofen, warning, cyclobenzaprine-draft']);
    expect(names(found)).toEqual([[['cyclobenzaprine'], ['phenelzine']]]);
  });

  test('is about an order of the second while the first is taken, named the same way round', () => {
    const found = keyed(together, { drafts: [draft('linezolid')], medications: [listed('cyclobenzaprine')] });
    expect(found.shown).toEqual(['relaxants/baclofen, warning, linezolid-draft']);
    expect(names(found)).toEqual([[['cyclobenzaprine'], ['linezolid']]]);
  });

  test('with both drafted is one card about both', () => {
    const found = keyed(together, { drafts: [draft('linezolid'), draft('cyclobenzaprine')] });
    expect(found.shown).toEqual(['relaxants/baclofen, warning, cyclobenzaprine-draft+linezolid-draft']);
    expect(names(found)).toEqual([[['cyclobenzaprine'], ['linezolid']]]);
  });

  test('with both drafted in one call of which one is judged is about that one', () => {
    const found = keyed(together, {
      drafts: [draft('linezolid', {}, { judged: false }), draft('cyclobenzaprine')],
    });
    expect(found.shown).toEqual(['relaxants/baclofen, warning, cyclobenzaprine-draft']);
  });

  test('names every partner once', () => {
    const found = keyed(together, {
      drafts: [draft('cyclobenzaprine')],
      medications: [listed('phenelzine'), listed('linezolid'), listed('phenelzine', { id: 'again' })],
    });
    expect(names(found)).toEqual([[['cyclobenzaprine'], ['phenelzine', 'linezolid']]]);
  });

  const endedOn = (end: string) =>
    listed('phenelzine', { status: 'stopped', dispenseRequest: { validityPeriod: { end } } });

  test('counts a second that ended within the time given, to the day', () => {
    expect(
      keyed(together, { drafts: [draft('cyclobenzaprine')], medications: [endedOn('2026-11-08')] }).shown,
    ).toHaveLength(1);
    expect(
      keyed(together, { drafts: [draft('cyclobenzaprine')], medications: [endedOn('2026-11-07')] }),
    ).toMatchObject({ shown: [], open: [] });
  });

  test('counts a first that ended for nothing', () => {
    const ended = listed('cyclobenzaprine', {
      status: 'stopped',
      dispenseRequest: { validityPeriod: { end: '2026-11-21' } },
    });
    expect(keyed(together, { drafts: [draft('phenelzine')], medications: [ended] })).toMatchObject({
      shown: [],
      open: [],
    });
  });

  test('is undecided when the list was not read', () => {
    const found = keyed(together, {
      drafts: [draft('cyclobenzaprine')],
      unread: new Map([['MedicationRequest', 'not complete']] as const),
    });
    expect(found.open).toEqual([
      'relaxants/baclofen, warning, cyclobenzaprine-draft: medication orders (not complete)',
    ]);
  });

  test('without a time given counts only what is taken', () => {
    expect(
      keyed(['- together: [cyclobenzaprine, maoi]'], {
        drafts: [draft('cyclobenzaprine')],
        medications: [endedOn('2026-11-21')],
      }).shown,
    ).toEqual([]);
  });

  describe('not as a form', () => {
    const notSublingual = ['- together: [cyclobenzaprine, maoi]', '  not as: sublingual'];
    const asSublingual = { forms: ['sublingual'] };

    test('does not count a partner of that form', () => {
      expect(
        keyed(notSublingual, {
          drafts: [draft('cyclobenzaprine')],
          medications: [listed('phenelzine', {}, asSublingual)],
        }),
      ).toMatchObject({ shown: [], open: [] });
    });

    test('is silent without any partner, and undecided when the list was not read', () => {
      const record = { drafts: [draft('cyclobenzaprine')] };
      expect(keyed(notSublingual, record)).toMatchObject({ shown: [], open: [] });
      expect(
        keyed(notSublingual, { ...record, unread: new Map([['MedicationRequest', 'not sent']] as const) })
          .open,
      ).toHaveLength(1);
    });

    test('is undecided when that form was found and the rest of the list was not read', () => {
      const found = keyed(notSublingual, {
        drafts: [draft('cyclobenzaprine')],
        medications: [listed('phenelzine', {}, asSublingual)],
        unread: new Map([['MedicationStatement', 'not sent']] as const),
      });
      expect(found.shown).toEqual([]);
      expect(found.open).toEqual([
        'relaxants/baclofen, warning, cyclobenzaprine-draft: medication statements (not sent)',
      ]);
    });

    test('counts the other partners beside it', () => {
      const found = keyed(notSublingual, {
        drafts: [draft('cyclobenzaprine')],
        medications: [listed('phenelzine', {}, asSublingual), listed('linezolid')],
      });
      expect(names(found)).toEqual([[['cyclobenzaprine'], ['linezolid']]]);
    });

    test('is silent at an order of that form, and speaks at another', () => {
      const record = { medications: [listed('cyclobenzaprine')] };
      const sublingual = draft('phenelzine', {}, { identity: identityOf(['phenelzine'], asSublingual) });
      expect(keyed(notSublingual, { ...record, drafts: [sublingual] }).shown).toEqual([]);
      expect(keyed(notSublingual, { ...record, drafts: [draft('phenelzine')] }).shown).toHaveLength(1);
    });
  });
});

describe('a hook', () => {
  test('is asked only the cards written for it', () => {
    const files = { [CARD]: cardText({ more: ['hooks: [order-select]'] }) };
    expect(decided(files, { drafts: [draft('baclofen')] }, 'order-sign').shown).toEqual([]);
    expect(decided(files, { drafts: [draft('baclofen')] }, 'order-select').shown).toHaveLength(1);
  });

  test('is never asked a retired card', () => {
    const files = { [CARD]: cardText({ status: 'retired' }) };
    expect(decided(files, { drafts: [draft('baclofen')] }).shown).toEqual([]);
  });
});
