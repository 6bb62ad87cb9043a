/** Every case of every card, judged by the whole pipeline on the frozen day of the fixtures. */

import { describe, expect, test } from '@jest/globals';
import { cardPaths } from '../src/library/load-cards.js';
import { readCases } from '../tools/cases.js';
import { judgeCase, pipelineForCases } from '../tools/judge-case.js';

const pipeline = pipelineForCases('cards');

describe.each(cardPaths('cards'))('%s', (path) => {
  const { cases, faults } = readCases('cards', path);
  const every = (['shown', 'silent', 'unknown'] as const).flatMap((expected) =>
    cases[expected].map((one) => ({ expected, name: one.case, one })),
  );

  test('has readable cases', () => {
    expect(faults).toEqual([]);
  });

  test.each(every)('is $expected: $name', ({ expected, one }) => {
    expect(judgeCase(pipeline, 'fhir-fixtures', path, expected, one)).toEqual([]);
  });
});
