/** What an answer of a prescriber becomes, in the dialects that say more than one thing. */

import { expect, test } from '@jest/globals';
import { readFeedback } from '../../src/http/feedback-form.js';

const now = new Date('2026-11-22T12:00:00Z');
const read = (told: object) =>
  readFeedback(
    { feedback: [{ card: 'a', outcome: 'overridden', outcomeTimestamp: now.toISOString(), ...told }] },
    now,
  )[0];
const code = { code: 'x' };

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

test('nothing said is nothing', () => {
  expect(read({ overrideReason: {}, overrideReasons: [{ userComment: '  ' }] })).not.toHaveProperty(
    'comment',
  );
});
