/** Ids of cards: never the same twice, and in the order of time. */

import { expect, test } from '@jest/globals';
import { validate, version } from 'uuid';
import { createIds } from '../../src/render/ids.js';

test('ids are UUIDs of version 7, each given once, also beyond what was drawn at once', () => {
  const id = createIds();
  const ids = Array.from({ length: 1_000 }, () => id());
  expect(ids.every((one) => validate(one) && version(one) === 7)).toBe(true);
  expect(new Set(ids).size).toBe(1_000);
});

test('ids of two services do not collide', () => {
  const [one, other] = [createIds(), createIds()];
  const ids = Array.from({ length: 500 }, () => [one(), other()]).flat();
  expect(new Set(ids).size).toBe(1_000);
});

test('a later id comes after an earlier one', async () => {
  const id = createIds();
  const earlier = id();
  await new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
  expect(id() > earlier).toBe(true);
});
