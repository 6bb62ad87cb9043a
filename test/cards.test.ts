/** Every case of every card, judged by the whole pipeline on the frozen day of the fixtures. */

import { describe, expect, test } from '@jest/globals';
import { cardPaths } from '../src/library/card-files.js';
import { readCases } from '../tools/cases.js';
import { judgeCase, pipelineForCases, readyCases } from '../tools/judge-case.js';

const pipeline = pipelineForCases('cards');

describe.each(cardPaths('cards'))('%s', (path) => {
  const { cases, faults } = readCases('cards', path);
  const every = readyCases(pipeline, 'fhir-fixtures', path, cases).map((ready) => ({
    expected: ready.expected,
    name: ready.one.case,
    ready,
  }));

  test('has readable cases', () => {
    expect(faults).toEqual([]);
  });

  test.each(every)('is $expected: $name', ({ ready }) => {
    expect(judgeCase(pipeline, ready)).toEqual([]);
  });
});
