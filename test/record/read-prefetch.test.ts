/** The prefetch in the shapes clients send: what was read, what is empty, and what could not be read and why. */

import { describe, expect, test } from '@jest/globals';
import type { RecordType } from '../../src/cdshooks/record-type.js';
import { readPrefetch } from '../../src/record/read-prefetch.js';

const keys = new Map<string, RecordType>([
  ['patient', 'Patient'],
  ['medications', 'MedicationRequest'],
  ['conditions', 'Condition'],
  ['renal', 'Observation'],
]);
const read = (prefetch: Record<string, unknown>) =>
  readPrefetch(prefetch, { patientId: '1', keys, newestOnly: new Set(['renal']) });
const unreadOf = (prefetch: Record<string, unknown>, type: RecordType) => read(prefetch).unread.get(type);
const idsOf = (prefetch: Record<string, unknown>, type: RecordType) =>
  (read(prefetch).byType.get(type) ?? []).map(({ id }) => id);

const condition = (id: string, patient = 'Patient/1') => ({
  resourceType: 'Condition',
  id,
  subject: { reference: patient },
});
const bundle = (...resources: unknown[]) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource })),
});
const outcome = (severity: string, code = 'x') => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity, code }],
});
const next = [{ relation: 'next', url: 'https://ehr.example/next' }];
const ERROR = 'reported as an error by the record system';
const UNREADABLE = 'sent in a form that could not be read';

describe('what was read', () => {
  test.each<[string, unknown, string[]]>([
    ['a searchset', bundle(condition('a'), condition('b')), ['a', 'b']],
    ['a Bundle whose entries are the resources', { resourceType: 'Bundle', entry: [condition('a')] }, ['a']],
    ['a bare list', [condition('a')], ['a']],
    ['a bare resource', condition('a'), ['a']],
    [
      'a wrapper with its status',
      { resource: bundle(condition('a')), response: { status: '200 OK' } },
      ['a'],
    ],
    ['a Bundle of Bundles', bundle(bundle(condition('a')), bundle(condition('b'))), ['a', 'b']],
    ['Bundles in Bundles, four deep', bundle(bundle(bundle(bundle(condition('a'))))), ['a']],
    ['an absolute subject', bundle(condition('a', 'https://ehr.example/fhir/Patient/1')), ['a']],
    ['a versioned subject', bundle(condition('a', 'Patient/1/_history/3')), ['a']],
    ['a subject that is no name', bundle(condition('a', 'urn:uuid:5')), ['a']],
    ['a resource that names nobody', bundle({ resourceType: 'Condition', id: 'a' }), ['a']],
    ['a warning beside results', bundle(condition('a'), outcome('warning')), ['a']],
  ])('%s', (_, value, ids) => {
    expect(idsOf({ conditions: value }, 'Condition')).toEqual(ids);
    expect(unreadOf({ conditions: value }, 'Condition')).toBeUndefined();
  });

  test('resources count by their type, whatever key the hospital gave them', () => {
    const prefetch = { 'x-problems': bundle(condition('a')), stuff: { resourceType: 'Patient', id: '1' } };
    expect(idsOf(prefetch, 'Condition')).toEqual(['a']);
    expect(unreadOf(prefetch, 'Condition')).toBeUndefined();
    expect(unreadOf(prefetch, 'Patient')).toBeUndefined();
  });

  test('several keys feed one type', () => {
    expect(idsOf({ conditions: bundle(condition('a')), more: [condition('b')] }, 'Condition')).toEqual([
      'a',
      'b',
    ]);
  });

  test('what is of no type of ours is kept for references', () => {
    const medication = { resourceType: 'Medication', id: 'm' };
    const value = { resourceType: 'Bundle', entry: [{ fullUrl: 'urn:uuid:m', resource: medication }] };
    expect(read({ medications: value }).others).toEqual([medication]);
    expect(read({ medications: value }).byFullUrl().get('urn:uuid:m')).toEqual(medication);
  });
});

describe('what was read and is empty', () => {
  test.each<[string, Record<string, unknown>]>([
    ['null', { conditions: null }],
    ['an empty searchset', { conditions: { resourceType: 'Bundle', total: 0 } }],
    ['an empty list', { conditions: [] }],
    ['a wrapper around nothing', { conditions: { response: { status: '200' } } }],
    ['a warning that there are no results', { conditions: { ...bundle(outcome('warning')), total: 0 } }],
    [
      'an empty searchset under a key of the hospital, by the type it was asked for',
      {
        problems: {
          resourceType: 'Bundle',
          total: 0,
          link: [{ relation: 'self', url: 'https://ehr.example/fhir/Condition?patient=1' }],
        },
      },
    ],
  ])('%s', (_, prefetch) => {
    expect(idsOf(prefetch, 'Condition')).toEqual([]);
    expect(unreadOf(prefetch, 'Condition')).toBeUndefined();
  });
});

describe('what could not be read', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['a key left out', {}, 'not sent'],
    ['a key without a value', { conditions: undefined }, 'not sent'],
    ['an empty searchset that could be of any type', { problems: { resourceType: 'Bundle' } }, 'not sent'],
    ['null under a key of the hospital', { problems: null }, 'not sent'],
    [
      'only resources of another type',
      { conditions: bundle({ resourceType: 'Encounter', id: 'e' }) },
      'not sent',
    ],
    ['an OperationOutcome', { conditions: outcome('error') }, ERROR],
    [
      'an OperationOutcome in a wrapper',
      { conditions: { resource: outcome('error'), response: { status: '200' } } },
      ERROR,
    ],
    ['a wrapper of a failed read', { conditions: { response: { status: 500 } } }, ERROR],
    ['an OperationOutcome as an entry', { conditions: bundle(outcome('error')) }, ERROR],
    ['an error beside results', { conditions: bundle(condition('a'), outcome('fatal')) }, ERROR],
    [
      'an OperationOutcome that says no severity',
      { conditions: bundle({ resourceType: 'OperationOutcome', issue: [{}] }) },
      ERROR,
    ],
    ['a warning without results', { conditions: bundle(outcome('warning')) }, ERROR],
    ...['suppressed', 'forbidden', 'timeout', 'throttled'].map(
      (code): [string, Record<string, unknown>, string] => [
        `a warning that nothing was given: ${code}`,
        { conditions: { ...bundle(outcome('warning', code)), total: 0 } },
        ERROR,
      ],
    ),
    [
      'an empty searchset under our key that was asked for another type',
      {
        conditions: {
          resourceType: 'Bundle',
          total: 0,
          link: [{ relation: 'self', url: 'https://ehr.example/fhir/MedicationRequest?patient=1' }],
        },
      },
      'not sent',
    ],
    ['a word', { conditions: '<html>' }, UNREADABLE],
    ['a number', { conditions: 0 }, UNREADABLE],
    ['an object that is no resource', { conditions: { some: 'thing' } }, UNREADABLE],
    ['entries that are no list', { conditions: { resourceType: 'Bundle', entry: 'x' } }, UNREADABLE],
    ['an entry without its resource', { conditions: bundle(condition('a'), null) }, UNREADABLE],
    ['an entry that is no resource', { conditions: bundle(condition('a'), null, 7) }, UNREADABLE],
    [
      'Bundles in Bundles, five deep',
      { conditions: bundle(bundle(bundle(bundle({ resourceType: 'Bundle', entry: [condition('a')] })))) },
      UNREADABLE,
    ],
    ['Bundles without end', { conditions: [[[[[[[[[[condition('a')]]]]]]]]]] }, UNREADABLE],
    ['a problem of another patient', { conditions: bundle(condition('a', 'Patient/2')) }, UNREADABLE],
    ['another patient', { conditions: [condition('a', 'https://ehr.example/Patient/2')] }, UNREADABLE],
    ['a page of several', { conditions: { ...bundle(condition('a')), link: next } }, 'not complete'],
    ['fewer than were found', { conditions: { ...bundle(condition('a')), total: 50 } }, 'not complete'],
    ['none of those that were found', { conditions: { resourceType: 'Bundle', total: 3 } }, 'not complete'],
    ['an empty page of several', { conditions: { resourceType: 'Bundle', link: next } }, 'not complete'],
  ])('%s', (_, prefetch, reason) => {
    expect(unreadOf(prefetch, 'Condition')).toBe(reason);
  });

  test('of a type of which a part failed the rest is used', () => {
    expect(idsOf({ conditions: bundle(condition('a'), condition('b', 'Patient/2')) }, 'Condition')).toEqual([
      'a',
    ]);
    expect(idsOf({ conditions: { ...bundle(condition('a')), link: next } }, 'Condition')).toEqual(['a']);
  });

  test('the graver reason is told', () => {
    const prefetch = { conditions: outcome('error'), more: { ...bundle(condition('a')), link: next } };
    expect(unreadOf(prefetch, 'Condition')).toBe(ERROR);
  });

  test('another patient is nobody', () => {
    const prefetch = { patient: { resourceType: 'Patient', id: '2' } };
    expect(idsOf(prefetch, 'Patient')).toEqual([]);
    expect(unreadOf(prefetch, 'Patient')).toBe(UNREADABLE);
  });

  test('a further page is not missed where only the newest were asked for', () => {
    const result = { resourceType: 'Observation', id: 'o', subject: { reference: 'Patient/1' } };
    expect(unreadOf({ renal: { ...bundle(result), link: next } }, 'Observation')).toBeUndefined();
    expect(unreadOf({ labs: { ...bundle(result), link: next } }, 'Observation')).toBe('not complete');
  });

  test('a further page speaks of what was searched, not of what was included', () => {
    const included = { search: { mode: 'include' }, resource: { resourceType: 'Patient', id: '1' } };
    const value = { resourceType: 'Bundle', link: next, entry: [{ resource: condition('a') }, included] };
    expect(unreadOf({ conditions: value }, 'Condition')).toBe('not complete');
    expect(unreadOf({ conditions: value }, 'Patient')).toBeUndefined();
  });

  test('one of our keys left out beside another of its type leaves the type unread', () => {
    const two = new Map<string, RecordType>([
      ['renal', 'Observation'],
      ['pregnancy', 'Observation'],
    ]);
    const options = { patientId: '1', keys: two };
    expect(readPrefetch({ renal: null }, options).unread.get('Observation')).toBe('not sent');
    expect(readPrefetch({ renal: null, pregnancy: null }, options).unread.has('Observation')).toBe(false);
  });
});
