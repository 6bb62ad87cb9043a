/** The kinds of calls that are held against the floor, and what each may cost. */

import { callOf, type CallShape } from './calls.js';

export interface Called {
  readonly name: string;
  readonly shape: CallShape;
}

export interface Work extends Called {
  /** Of one round. */
  readonly requests: number;
  /** CPU of the service, in that of the floor. */
  readonly atMostOfFloor?: number;
  readonly p99AtMostMs?: number;
}

const SMALL = { scale: 0.17 };
const MIDDLE = { scale: 1 };
const LARGE = { scale: 7.55 };

export const works: readonly Work[] = [
  { name: '10 kB, 1 card', shape: { ...SMALL, cards: 1 }, requests: 500 },
  { name: '45 kB, 0 cards', shape: { ...MIDDLE, cards: 0 }, requests: 400 },
  { name: '45 kB, 1 card', shape: { ...MIDDLE, cards: 1 }, requests: 400 },
  { name: '45 kB, 5 cards', shape: { ...MIDDLE, cards: 5 }, requests: 400, atMostOfFloor: 2 },
  {
    name: '45 kB, out of scope',
    shape: { ...MIDDLE, cards: 0, isOutOfScope: true },
    requests: 400,
    atMostOfFloor: 1.5,
  },
  { name: '323 kB, 0 cards', shape: { ...LARGE, cards: 0 }, requests: 100 },
  { name: '323 kB, 1 card', shape: { ...LARGE, cards: 1 }, requests: 100 },
  { name: '323 kB, 5 cards', shape: { ...LARGE, cards: 5 }, requests: 100, atMostOfFloor: 1.4, p99AtMostMs: 50 },
];

/** @throws Error when a call does not bring what its name says */
export function expectCards({ name, shape }: Called, answer: string): readonly unknown[] {
  const { cards } = JSON.parse(answer) as { readonly cards: readonly unknown[] };
  if (cards.length === shape.cards) return cards;
  throw new Error(`${name}: expected ${shape.cards} cards, the service gave ${cards.length}; mend bench/calls.ts`);
}

export const bodyOf = ({ shape }: Called): string => callOf(shape).body;
