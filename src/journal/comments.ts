/** What prescribers wrote when they answered cards, read with the key of the journal. */

import type { Kysely } from 'kysely';
import { entryName, type FeedbackEntry } from './entry.js';
import type { JournalKeys } from './keys.js';
import type { Schema } from './schema.js';

export interface Comment {
  /** When the prescriber answered, by the clock of the client. */
  readonly at: string;
  readonly topic: string;
  readonly outcome: string;
  readonly reason: string;
  /** Undefined for one that another key has encrypted. */
  readonly comment: string | undefined;
  /** Uuid of the card. */
  readonly card: string;
}

/** @throws Error for an entry that was altered, or of the driver */
export async function readComments(
  db: Kysely<Schema>,
  keys: Pick<JournalKeys, 'decrypt'>,
): Promise<readonly Comment[]> {
  const entries = await db
    .selectFrom('entry')
    .select(['chain', 'seq', 'body'])
    .where('kind', '=', 'feedback')
    .where('body', 'like', '%"comment":%')
    .execute();
  const comments = entries.flatMap((entry) => {
    const { card, topic, outcome, outcomeAt, reason, comment } = feedbackOf(entry);
    if (comment === undefined) return [];
    return [{ at: outcomeAt, topic, outcome, reason, comment: keys.decrypt(comment), card }];
  });
  return comments.sort((a, b) => (a.at < b.at ? -1 : 1));
}

function feedbackOf(entry: Pick<Schema['entry'], 'chain' | 'seq' | 'body'>): FeedbackEntry {
  try {
    return JSON.parse(entry.body) as FeedbackEntry;
  } catch {
    throw new Error(`${entryName(entry)} was altered and cannot be read; see npm run journal verify`);
  }
}
