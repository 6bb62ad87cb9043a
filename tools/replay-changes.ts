/** Holds what a call was answered with against what today's cards say to it, in lines for people. */

import type { DecisionEntry } from '../src/journal/decision.js';

export interface Compared {
  /** What the cards say otherwise. */
  readonly changes: readonly string[];
  /** What is otherwise without changing what the cards say. */
  readonly notes: readonly string[];
}

export function compare(then: DecisionEntry, today: DecisionEntry): Compared {
  const library =
    then.library === today.library
      ? []
      : [`library: then ${then.library.slice(0, 12)}, today ${today.library.slice(0, 12)}`];
  const unread = unreadChanges(then, today);
  return {
    changes: [...orderChanges(then, today), ...cardChanges(then, today), ...unread.changes],
    notes: [...library, ...unread.notes],
  };
}

/** Whether the call knew of parts of the record that the request at hand does not hold. */
export function hadMore(then: DecisionEntry, today: DecisionEntry): boolean {
  return Object.keys(today.unread).some((type) => !(type in then.unread));
}

function orderChanges(then: DecisionEntry, today: DecisionEntry): readonly string[] {
  const [was, is] = [ordersOf(then), ordersOf(today)];
  return was === is ? [] : [`orders: then recognised as ${was}, today as ${is}`];
}

/** In alphabetical order: the order of orders says nothing. */
export function ordersOf({ orders }: Pick<DecisionEntry, 'orders'>): string {
  if (orders.length === 0) return 'none';
  return orders
    .map((drugs) => (drugs.length === 0 ? 'no known drug' : drugs.join(' and ')))
    .sort()
    .join(', ');
}

function cardChanges(then: DecisionEntry, today: DecisionEntry): readonly string[] {
  const topics = [...new Set([then, today].flatMap(cardsOf).map(({ topic }) => topic))].sort();
  return topics.flatMap((topic) => {
    const [was, is] = [then, today].map((entry) => cardsOf(entry).filter((card) => card.topic === topic));
    const states = [was, is].map((cards) => listed(cards?.map(({ state }) => state)) || 'not shown');
    if (states[0] !== states[1]) return [`card ${topic}: then ${states[0]}, today ${states[1]}`];
    const versions = [was, is].map((cards) => listed(cards?.flatMap(({ version = [] }) => version)));
    if (versions[0] === versions[1]) return [];
    return [`card ${topic}: then version ${versions[0]}, today version ${versions[1]}`];
  });
}

interface CardState {
  readonly topic: string;
  readonly version?: string | undefined;
  readonly state: string;
}

function cardsOf({ issued, suppressed }: DecisionEntry): readonly CardState[] {
  return [
    ...issued.map(({ topic, version, indicator }) => ({ topic, version, state: `shown as ${indicator}` })),
    ...suppressed.map(({ topic, version, why }) => ({
      topic,
      version,
      state: why === 'not decided' ? why : `withheld (${why})`,
    })),
  ];
}

function listed(texts: readonly string[] = []): string {
  return [...texts].sort().join(' and ');
}

function unreadChanges(then: DecisionEntry, today: DecisionEntry): Compared {
  const changes: string[] = [];
  const notes: string[] = [];
  for (const type of new Set([...Object.keys(then.unread), ...Object.keys(today.unread)])) {
    const [was, is] = [then.unread[type], today.unread[type]];
    if (was === is) continue;
    if (was === undefined) {
      changes.push(
        `${type}: then read, today ${is}: the call fetched it from its FHIR server, the request alone lacks it`,
      );
    } else if (is === undefined) {
      changes.push(`${type}: then not read (${was}), today read: the request holds more than the call`);
    } else {
      notes.push(`${type}: then not read (${was}), today not read (${is})`);
    }
  }
  return { changes, notes };
}
