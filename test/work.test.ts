/** The shape of the work: how many facts are asked and resources looked at, which no machine's mood changes. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { callOf, type CallShape } from '../bench/calls.js';
import { grownLibrary } from '../bench/library.js';
import { hookRules } from '../src/cdshooks/hooks.js';
import { validate } from '../src/http/validate.js';
import { pipelineForCases } from '../tools/judge-case.js';

const folder = mkdtempSync(join(tmpdir(), 'rx-distinct-work-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const orderSign = hookRules.find(({ hook }) => hook === 'order-sign')!;
const own = pipelineForCases('cards');

function workOf(shape: CallShape, pipeline = own) {
  const request = validate(JSON.parse(callOf(shape).body), orderSign, orderSign.serviceId);
  const { decision, cards } = pipeline.judge(pipeline.complete(request), 'order-sign');
  return { ...decision.counts, cards: cards.length };
}

describe('a call of 45 kB', () => {
  test.each([0, 1, 5] as const)('that brings %i cards asks few facts of few resources', (cards) => {
    const work = workOf({ scale: 1, cards });
    expect(work.cards).toBe(cards);
    expect(work.facts).toBeLessThanOrEqual(50);
    expect(work.resources).toBeLessThanOrEqual(40);
  });

  test('out of scope asks none', () => {
    expect(workOf({ scale: 1, cards: 0, isOutOfScope: true })).toEqual({ facts: 0, resources: 0, cards: 0 });
  });
});

test('a record of eight times the size is looked at no more where the rest concerns no card', () => {
  expect(workOf({ scale: 8, cards: 1 })).toEqual(workOf({ scale: 1, cards: 1 }));
});

test('4,000 cards ask what 43 ask', () => {
  const grown = pipelineForCases(grownLibrary(folder, 4_000));
  expect(grown.library.cards).toHaveLength(own.library.cards.length + 4_000);
  for (const cards of [0, 1, 5] as const) {
    expect(workOf({ scale: 1, cards }, grown)).toEqual(workOf({ scale: 1, cards }));
  }
});
