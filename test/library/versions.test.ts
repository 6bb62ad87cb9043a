/** What a library knows of the versions and the cases of its cards. */

import { describe, expect, test } from '@jest/globals';
import { caseNames } from '../../src/library/case-names.js';
import { loadVersions } from '../../src/library/versions.js';
import { cardsFolder } from './support.js';

const CASES = 'relaxants/baclofen.cases.yaml';
const none = { shown: [], silent: [], unknown: [] };
const namesOf = (cases: string | undefined) =>
  caseNames(cardsFolder({ [CASES]: cases }), 'relaxants/baclofen');
const versionsOf = (lock: string | undefined) => {
  const { versions, faults } = loadVersions(cardsFolder({ 'versions.lock.json': lock }));
  return { versions: Object.fromEntries(versions), faults };
};

describe('the names of the cases of a card', () => {
  test('are read by kind, whatever else a case holds', () => {
    expect(
      namesOf('shown:\n  - {case: a, given: [x]}\n  - {case: b}\nsilent: [{case: c}]\nmore: 5\n'),
    ).toEqual({ shown: ['a', 'b'], silent: ['c'], unknown: [] });
  });

  test.each([undefined, '', 'shown: {', 'shown: [{given: [x]}]\n'])('are none of %j', (cases) => {
    expect(namesOf(cases)).toEqual(none);
  });
});

describe('the lock of versions', () => {
  const locked = {
    version: '1.0.0',
    behaviour: 'abc',
    history: [{ version: '1.0.0', revised: '2026-11-22' }],
  };

  test('is read by card', () => {
    expect(versionsOf(JSON.stringify({ 'relaxants/baclofen': locked }))).toEqual({
      versions: { 'relaxants/baclofen': locked },
      faults: [],
    });
  });

  test('that is not there says nothing', () => {
    expect(versionsOf(undefined)).toEqual({ versions: {}, faults: [] });
  });

  test.each([
    ['{', 'is not JSON: take it from version control'],
    ['{"relaxants/baclofen": {}}', 'is not what "card lock" writes: take it from version control'],
  ])('of %j is a fault', (lock, message) => {
    expect(versionsOf(lock)).toEqual({
      versions: {},
      faults: [{ file: 'versions.lock.json', line: 1, message }],
    });
  });
});
