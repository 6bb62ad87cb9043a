/** Takes the answers of prescribers to cards: only to cards that were given to the same client, and each once. */

import { setTimeout as wait } from 'node:timers/promises';
import type { Coding } from '../cdshooks/protocol.js';
import { LateError, within } from '../within.js';
import type { Connection } from './connection.js';
import type { FeedbackEntry } from './entry.js';
import { type GivenCard, givenCards } from './given-card.js';
import type { JournalKeys } from './keys.js';
import { StoreFailingError } from './store-faults.js';
import type { Writer } from './writer.js';

/** One item of a feedback call, checked (CDS Hooks 2.0, "Feedback"). */
export interface FeedbackItem {
  readonly card: string;
  readonly outcome: 'accepted' | 'overridden';
  readonly acceptedSuggestions: readonly string[];
  readonly reason?: { readonly system?: string; readonly code: string };
  readonly comment?: string;
  /** ISO 8601 in UTC. */
  readonly outcomeAt: string;
}

/** Who sends it, and to which service. */
export interface FeedbackFrom {
  readonly service: string;
  readonly client: string;
  readonly tenant: string;
}

/** What is wrong with an item, by its position; everything else was stored. */
export interface RefusedItem {
  readonly position: number;
  readonly why: 'unknown card' | 'unknown suggestion';
}

export interface FeedbackOptions {
  readonly connection: Connection;
  readonly writer: Writer;
  readonly keys: JournalKeys;
  /** The override reasons that a card offers. */
  readonly reasonsOf: (topic: string) => readonly Coding[];
}

export type TakeFeedback = (
  items: readonly FeedbackItem[],
  from: FeedbackFrom,
) => Promise<readonly RefusedItem[]>;

/** An answer may overtake the entry of its own card: in the queue, or at another replica. */
const OVERTAKING_MS = 1_000;
/** Nobody waits longer for an answer to feedback, whatever the store does. */
const WHOLE_MS = 2_500;
const LOOK_AGAIN_MS = 100;
/** So many calls wait for a card at most: each keeps a place that an order may need. */
const MOST_WAITING = 32;
let waiting = 0;

/** Resolves once the items are stored for good; @throws StoreFailingError when they cannot be */
export function createTakeFeedback(options: FeedbackOptions): TakeFeedback {
  return (items, from) =>
    within(WHOLE_MS, take(items, from, options)).catch((error: unknown) => {
      throw error instanceof LateError ? new StoreFailingError() : error;
    });
}

async function take(
  items: readonly FeedbackItem[],
  from: FeedbackFrom,
  options: FeedbackOptions,
): Promise<readonly RefusedItem[]> {
  const uuids = [...new Set(items.map(({ card }) => card))];
  const known = await knownCards(uuids, from, options);
  const refused: RefusedItem[] = [];
  const taken: { body: FeedbackEntry; digest: string }[] = [];
  for (const [position, item] of items.entries()) {
    const card = known.get(item.card);
    const why = card === undefined ? 'unknown card' : faultOf(item, card);
    if (card === undefined || why !== undefined) refused.push({ position, why: why ?? 'unknown card' });
    else taken.push(entryOf(item, card, options));
  }
  if (taken.length > 0) await options.writer.feedback(taken);
  return refused;
}

function faultOf({ acceptedSuggestions }: FeedbackItem, { card }: GivenCard): RefusedItem['why'] | undefined {
  const offered = new Set(card.suggestions);
  return acceptedSuggestions.every((id) => offered.has(id)) ? undefined : 'unknown suggestion';
}

function entryOf(
  item: FeedbackItem,
  { card: { topic } }: GivenCard,
  { keys, reasonsOf }: FeedbackOptions,
): { body: FeedbackEntry; digest: string } {
  const { card, outcome, acceptedSuggestions, comment, outcomeAt } = item;
  const reason = reasonToKeep(item, reasonsOf(topic));
  const entry = { card, topic, outcome, outcomeAt, acceptedSuggestions, reason };
  return {
    body: comment === undefined ? entry : { ...entry, comment: keys.encrypt(comment) },
    digest: feedbackDigest(entry, comment, keys),
  };
}

/** @param comment as it was written */
export function feedbackDigest(
  { card, outcome, acceptedSuggestions, reason, outcomeAt }: FeedbackEntry,
  comment: string | undefined,
  keys: Pick<JournalKeys, 'digest'>,
): string {
  return keys.digest(JSON.stringify([card, outcome, acceptedSuggestions, reason, comment ?? '', outcomeAt]));
}

/** A code that the card does not offer may be any text, so only that there was one is kept. */
function reasonToKeep({ reason }: FeedbackItem, offered: readonly Coding[]): string {
  if (reason === undefined) return '';
  const isOffered = offered.some(
    ({ code, system }) => code === reason.code && (reason.system ?? system) === system,
  );
  return isOffered ? reason.code : 'other';
}

/**
 * Cards of this client and service; waits a moment for those that may be on their way into the store.
 * @throws StoreFailingError when a card is on its way still, or too many wait already
 */
async function knownCards(
  uuids: readonly string[],
  from: FeedbackFrom,
  { connection, writer }: FeedbackOptions,
): Promise<ReadonlyMap<string, GivenCard>> {
  const until = performance.now() + OVERTAKING_MS;
  for (;;) {
    if (writer.isWaiting(new Set(uuids))) await writer.flush(OVERTAKING_MS);
    const known = await lookUp(uuids, from, connection);
    if (known.size === uuids.length) return known;
    if (performance.now() > until) {
      const unknown = new Set(uuids.filter((uuid) => !known.has(uuid)));
      if (writer.isWaiting(unknown)) throw new StoreFailingError();
      return known;
    }
    await lookAgain();
  }
}

async function lookAgain(): Promise<void> {
  if (waiting >= MOST_WAITING) throw new StoreFailingError();
  waiting += 1;
  try {
    await wait(LOOK_AGAIN_MS);
  } finally {
    waiting -= 1;
  }
}

async function lookUp(
  uuids: readonly string[],
  { service, client, tenant }: FeedbackFrom,
  connection: Connection,
): Promise<ReadonlyMap<string, GivenCard>> {
  try {
    const { db } = await connection.get();
    const given = await givenCards(db, uuids);
    return new Map(
      [...given].filter(
        ([, { decision }]) =>
          decision.client === client && decision.tenant === tenant && decision.service === service,
      ),
    );
  } catch {
    throw new StoreFailingError();
  }
}
