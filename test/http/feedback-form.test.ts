/** What an answer of a prescriber becomes, in the dialects that say more than one thing. */

import { expect, test } from '@jest/globals';
import type { ServiceError } from '../../src/errors.js';
import { readFeedback } from '../../src/http/feedback-form.js';

const now = new Date('2026-11-22T12:00:00Z');
const read = (told: object) =>
  readFeedback(
    { feedback: [{ card: 'a', outcome: 'overridden', outcomeTimestamp: now.toISOString(), ...told }] },
    now,
  )[0];
const code = { code: 'x' };
const faultsOf = (work: () => unknown): readonly string[] => {
  try {
    work();
    return [];
  } catch (error) {
    return ((error as ServiceError).options.faults ?? []).map(({ message }) => message);
  }
};

test.each([
  [
    'the second of a list',
    { overrideReasons: [{ userComment: ' first ' }, { reason: code, userComment: 'second' }] },
  ],
  [
    'beside an empty one',
    {
      overrideReason: { userComment: 'first' },
      overrideReasons: [{ reason: code }, { userComment: 'second' }],
    },
  ],
  [
    'said twice',
    {
      overrideReason: { reason: code, userComment: 'first' },
      overrideReasons: [{ userComment: 'first' }, { userComment: 'second' }],
    },
  ],
])('a reason and all comments are taken: %s', (_, told) => {
  expect(read(told)).toMatchObject({ reason: code, comment: 'first\nsecond' });
});

test('more reasons than anybody has are refused', () => {
  expect(() => read({ overrideReasons: Array.from({ length: 9 }, () => ({ reason: code })) })).toThrow(
    /overrideReasons/,
  );
});

test('ids are read without regard to case, with or without the urn of a UUID, and each suggestion once', () => {
  const accepted = ['A1', 'urn:uuid:a1', 'b2'].map((id) => ({ id }));
  expect(read({ card: 'URN:UUID:0F', acceptedSuggestions: accepted })).toMatchObject({
    card: '0f',
    acceptedSuggestions: ['a1', 'b2'],
  });
});

test('more suggestions than any card has are refused, and of many faults the first are told', () => {
  const many = Array.from({ length: 65 }, () => ({ id: 'a' }));
  expect(() => read({ acceptedSuggestions: many })).toThrow(/expected at most 64 of them/);
  expect(() => readFeedback({ feedback: Array.from({ length: 1_001 }, () => ({})) }, now)).toThrow(
    /expected at most 1000 of them/,
  );
  expect(() => readFeedback({ feedback: [] }, now)).toThrow(/expected at least one item/);
  const faulty = Array.from({ length: 1_000 }, () => ({}));
  const faults = faultsOf(() => readFeedback({ feedback: faulty }, now));
  expect(faults).toHaveLength(9);
  expect(faults.at(-1)).toMatch(/^\d+ more faults of the same call$/);
});

test('nothing said is nothing', () => {
  expect(read({ overrideReason: {}, overrideReasons: [{ userComment: '  ' }] })).not.toHaveProperty(
    'comment',
  );
});
