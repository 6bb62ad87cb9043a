/** Arguments as a card writes them and as it prints them; the nearest word; what follows from a card. */

import { describe, expect, test } from '@jest/globals';
import { fillName, inWords, parseArgument, parseDuration } from '../../src/library/argument.js';
import { factCallsOf } from '../../src/library/card.js';
import { prefetchTemplates } from '../../src/library/derive.js';
import { didYouMean } from '../../src/library/fault.js';
import { cardText, libraryOf } from './support.js';

const library = libraryOf();
const argument = (kind: Parameters<typeof parseArgument>[0], written: unknown) =>
  parseArgument(kind, written, library.vocabulary);

describe('a duration', () => {
  test.each([
    ['1 day', { value: 1, unit: 'day' }],
    ['14 days', { value: 14, unit: 'day' }],
    ['24 hours', { value: 24, unit: 'hour' }],
    ['3 weeks', { value: 3, unit: 'week' }],
    ['18 months', { value: 18, unit: 'month' }],
    ['65 years', { value: 65, unit: 'year' }],
  ] as const)('"%s" is read', (text, duration) => {
    expect(parseDuration(text)).toEqual(duration);
  });

  test.each(['14', 'days', '-1 day', '1.5 days', '14  days', '14 days ', 'two days', '14 fortnights'])(
    '"%s" is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  test('is printed with its plural', () => {
    expect(inWords({ kind: 'duration', duration: { value: 1, unit: 'day' } })).toBe('1 day');
    expect(inWords({ kind: 'duration', duration: { value: 65, unit: 'year' } })).toBe('65 years');
  });
});

describe('a number', () => {
  test('is read with and without its unit', () => {
    expect(argument('number', 30)).toEqual({ kind: 'number', amount: { value: 30, unit: undefined } });
    expect(argument('number', '-2.5 mL/min')).toEqual({
      kind: 'number',
      amount: { value: -2.5, unit: 'mL/min' },
    });
  });

  test('is printed as it was written', () => {
    expect(inWords({ kind: 'number', amount: { value: 3, unit: undefined } })).toBe('3');
    expect(inWords({ kind: 'number', amount: { value: 30, unit: 'mL/min' } })).toBe('30 mL/min');
  });
});

describe('words', () => {
  test('are one word or a list of them', () => {
    expect(argument('words', 'TE')).toEqual({ kind: 'words', words: ['TE'] });
    expect(argument('words', ['TE', 'F'])).toEqual({ kind: 'words', words: ['TE', 'F'] });
    expect(inWords({ kind: 'words', words: ['TE', 'F'] })).toBe('TE or F');
  });

  test.each([[''], [['']], [[1]], [{}], [undefined]])('%j are none', (written) => {
    expect(argument('words', written)).toBe('expected a word or a list of words');
  });

  test('a plain word is taken as it stands', () => {
    expect(argument('word', 'anything')).toEqual({ kind: 'word', name: 'anything' });
    expect(inWords({ kind: 'word', name: 'anything' })).toBe('anything');
  });
});

describe('a name', () => {
  test('may be a drug or class, a problem or group, a laboratory group or a form', () => {
    expect(argument('drug', 'maoi')).toEqual({ kind: 'drug', name: 'maoi' });
    expect(argument('problem', 'fits baclofen')).toEqual({ kind: 'problem', name: 'fits baclofen' });
    expect(argument('lab', 'eGFR')).toEqual({ kind: 'lab', name: 'eGFR' });
    expect(argument('form', 'sublingual')).toEqual({ kind: 'form', name: 'sublingual' });
  });

  test('with {this} and {other} is filled in when the key binds them', () => {
    expect(argument('problem', 'fits {other}')).toEqual({ kind: 'problem', name: 'fits {other}' });
    expect(fillName('fits {other}', 'baclofen', 'cyclobenzaprine')).toBe('fits cyclobenzaprine');
    expect(fillName('{this}', 'baclofen', 'cyclobenzaprine')).toBe('baclofen');
  });
});

describe('the nearest known word', () => {
  test('is named when at most a third of the letters differ', () => {
    expect(didYouMean('Cyclobenzaprin', ['baclofen', 'cyclobenzaprine'])).toBe(
      '; did you mean "cyclobenzaprine"?',
    );
    expect(didYouMean('ssri', ['snri', 'maoi'])).toBe('; did you mean "snri"?');
  });

  test('is not named when nothing is near', () => {
    expect(didYouMean('aspirin', ['baclofen', 'cyclobenzaprine'])).toBe('');
    expect(didYouMean('aspirin', [])).toBe('');
  });
});

describe('what a card asks', () => {
  const asking = libraryOf({
    'relaxants/baclofen.yaml': cardText({
      when: [
        '- ordering: baclofen',
        '  all: [{newest result under: {lab: eGFR, limit: 30 mL/min}}]',
        '  any: [continuous]',
        '  unless: [{has problem: stroke}]',
      ],
      indicator: '[{critical: [{aged at least: 65 years}]}, warning]',
      card: ['also: [{say: More., unless: [{taking: maoi}]}]'],
      more: ['hooks: [order-sign]'],
    }),
    'relaxants/retired.yaml': cardText({ status: 'retired', when: ['- together: [baclofen, maoi]'] }),
    'relaxants/together.yaml': cardText({
      when: ['- together: [baclofen, maoi]'],
      more: ['hooks: [order-select]'],
    }),
  });

  test('is found wherever it stands', () => {
    expect(factCallsOf(asking.cards[0]!).map(({ fact, line }) => [fact, line])).toEqual([
      ['newest result under', 6],
      ['continuous', 7],
      ['has problem', 8],
      ['aged at least', 10],
      ['taking', 14],
    ]);
  });

  test('makes the prefetch templates of the hooks it is asked on, and no others', () => {
    expect(prefetchTemplates(asking, 'order-sign')).toEqual([
      {
        key: 'patient',
        type: 'Patient',
        query: 'Patient/{{context.patientId}}',
        newestOnly: false,
        codes: [],
      },
      {
        key: 'medications',
        type: 'MedicationRequest',
        query: 'MedicationRequest?patient={{context.patientId}}',
        newestOnly: false,
        codes: [],
      },
      {
        key: 'statements',
        type: 'MedicationStatement',
        query: 'MedicationStatement?patient={{context.patientId}}',
        newestOnly: false,
        codes: [],
      },
      {
        key: 'problems',
        type: 'Condition',
        query: 'Condition?patient={{context.patientId}}',
        newestOnly: false,
        codes: [],
      },
      {
        key: 'egfr',
        type: 'Observation',
        query: 'Observation?patient={{context.patientId}}&code=http://loinc.org|33914-3&_sort=-date&_count=5',
        newestOnly: true,
        codes: ['33914-3'],
      },
    ]);
    expect(prefetchTemplates(asking, 'medication-prescribe')).toEqual([]);
  });

  test('of facts and groups that are not there makes no templates but the patient and that of the group named', () => {
    const { vocabulary } = asking;
    const bare = { ...asking, facts: new Map(), vocabulary: { ...vocabulary, labs: new Map() } };
    expect(prefetchTemplates(bare, 'order-sign').map(({ query }) => query)).toEqual([
      'Patient/{{context.patientId}}',
      'Observation?patient={{context.patientId}}&code=&_sort=-date&_count=5',
    ]);
  });

  test('by its key alone makes the templates of the medication list, and always of the patient', () => {
    expect(prefetchTemplates(asking, 'order-select').map(({ key }) => key)).toEqual([
      'patient',
      'medications',
      'statements',
      'dispenses',
      'administrations',
    ]);
  });
});
