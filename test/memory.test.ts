import { expect, test } from '@jest/globals';
import { giveBackMemory } from '../src/memory.js';

function dropped(count: number): readonly WeakRef<object>[] {
  return Array.from({ length: count }, (_, at) => new WeakRef({ at }));
}

test('memory that nobody holds any more is given back, and what is held stays', async () => {
  const held = { name: 'held' };
  const kept = new WeakRef(held);
  const gone = dropped(1_000);
  // What a weak reference was just made of is held until the turn ends.
  await new Promise((resolve) => setTimeout(resolve, 0));
  await giveBackMemory();
  expect(gone.filter((one) => one.deref() !== undefined)).toEqual([]);
  expect(kept.deref()).toBe(held);
});
