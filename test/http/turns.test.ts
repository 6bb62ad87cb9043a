/** Calls work one after the other, and sockets are looked at in between; the clock stands still but for what is worked. */

import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createTurns } from '../../src/http/turns.js';

let now = 0;
const work = (ms: number) => {
  now += ms;
};

beforeEach(() => {
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Work of 10 ms that each of eight calls does, and the look at the sockets that comes between, in the order in which they come. */
async function orderOf(socketsMs: number): Promise<string> {
  const turns = createTurns(50, 1_000);
  const seen: string[] = [];
  const call = async (name: string) => {
    await turns.next();
    work(10);
    seen.push(name);
  };
  const calls = 'abcdefgh'.split('').map(call);
  while (turns.expected() > 0) {
    await new Promise((resolve) => setImmediate(resolve));
    if (turns.expected() === 0) break;
    work(socketsMs);
    seen.push('-');
  }
  await Promise.all(calls);
  return seen.join('');
}

describe('turns', () => {
  test('are given in the order in which they were asked for', async () => {
    const turns = createTurns(50, 1_000);
    const given: number[] = [];
    await Promise.all([1, 2, 3].map((call) => turns.next().then(() => given.push(call))));
    expect(given).toEqual([1, 2, 3]);
    expect(turns.expected()).toBe(0);
  });

  test.each([
    ['one call at a time while little comes', 0, 'a-b-c-d-e-f-g-h'],
    ['as long as the sockets have just taken', 25, 'a-bcd-efg-h'],
    ['never longer than 50 ms', 1_000, 'a-bcdef-gh'],
  ])('leave room for what else has come: %s', async (_name, socketsMs, order) => {
    expect(await orderOf(socketsMs)).toBe(order);
  });

  test('are expected to take what others took, one long one being no trend', async () => {
    const turns = createTurns(50, 1_000);
    await turns.next().then(() => work(500));
    const waiting = Array.from({ length: 10 }, () => turns.next());
    expect(turns.expected()).toBeLessThan(50);
    await Promise.all(waiting);
    for (let turn = 0; turn < 60; turn += 1) await turns.next().then(() => work(10));
    const more = Array.from({ length: 10 }, () => turns.next());
    expect(turns.expected()).toBeGreaterThan(75);
    await Promise.all(more);
  });

  test('are behind once every call has waited long, and no more once one has not', async () => {
    const turns = createTurns(50, 1_000);
    expect(turns.behind()).toBe(0);
    const ofCall = () => turns.next().then(() => work(30));
    const calls = Array.from({ length: 20 }, ofCall);
    await calls[1];
    expect(turns.behind()).toBeLessThan(100);
    await calls[18];
    expect(turns.behind()).toBeGreaterThan(300);
    await calls[19];
    expect(turns.behind()).toBe(0);
    const later = [ofCall(), ofCall()];
    expect(turns.behind()).toBeLessThan(50);
    await Promise.all(later);
  });

  test('that were behind are so until no wait was long for as long', async () => {
    const turns = createTurns(20, 100);
    await Promise.all(Array.from({ length: 20 }, () => turns.next().then(() => work(10))));
    await turns.next();
    expect(turns.behind()).toBe(100);
    // The last of them waited until it began, 10 ms ago.
    work(89);
    expect(turns.behind()).toBe(100);
    work(1);
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
