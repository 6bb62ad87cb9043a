/** Calls work one after the other, and sockets are looked at in between. */

import { describe, expect, test } from '@jest/globals';
import { createTurns } from '../../src/http/turns.js';

const block = (ms: number) => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

describe('turns', () => {
  test('are given in the order in which they were asked for', async () => {
    const turns = createTurns(50, 1_000);
    const given: number[] = [];
    await Promise.all([1, 2, 3].map((call) => turns.next().then(() => given.push(call))));
    expect(given).toEqual([1, 2, 3]);
    expect(turns.expected()).toBe(0);
  });

  test('leave room for what else has come', async () => {
    const turns = createTurns(50, 1_000);
    const seen: string[] = [];
    const work = (name: string) =>
      turns.next().then(() => {
        block(10);
        return seen.push(name);
      });
    setTimeout(() => seen.push('the sockets'), 1);
    await Promise.all(['a', 'b', 'c', 'd'].map(work));
    expect(seen.indexOf('the sockets')).toBeLessThan(3);
  });

  test('are expected to take what others took, one long one being no trend', async () => {
    const turns = createTurns(50, 1_000);
    await turns.next().then(() => block(500));
    const waiting = Array.from({ length: 10 }, () => turns.next());
    expect(turns.expected()).toBeLessThan(50);
    await Promise.all(waiting);
    for (let turn = 0; turn < 60; turn += 1) await turns.next().then(() => block(10));
    const more = Array.from({ length: 10 }, () => turns.next());
    expect(turns.expected()).toBeGreaterThan(75);
    await Promise.all(more);
  });

  test('are behind once every call has waited long, and no more once one has not', async () => {
    const turns = createTurns(50, 1_000);
    expect(turns.behind()).toBe(0);
    const work = () => turns.next().then(() => block(30));
    const calls = Array.from({ length: 20 }, work);
    await calls[1];
    expect(turns.behind()).toBeLessThan(100);
    await calls[18];
    expect(turns.behind()).toBeGreaterThan(300);
    await calls[19];
    expect(turns.behind()).toBe(0);
    const later = [work(), work()];
    expect(turns.behind()).toBeLessThan(50);
    await Promise.all(later);
  });

  test('that were behind are so until no wait was long for as long', async () => {
    const turns = createTurns(20, 100);
    await Promise.all(Array.from({ length: 20 }, () => turns.next().then(() => block(10))));
    await turns.next();
    expect(turns.behind()).toBe(100);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(turns.behind()).toBe(0);
  });

  test('go on after a call that failed in its own', async () => {
    const turns = createTurns(50, 1_000);
    const failed = turns.next().then(() => Promise.reject(new Error('failed')));
    const next = turns.next();
    await expect(failed).rejects.toThrow('failed');
    await expect(next).resolves.toBeUndefined();
  });
});
