/** Entries of the journal and how they are chained: each hash covers the entry and the hash before it. */

import type { DecisionEntry } from './decision.js';
import type { JournalKeys } from './keys.js';

/** An answer of a prescriber to a card, checked and known to be theirs. */
export interface FeedbackEntry {
  readonly card: string;
  readonly topic: string;
  readonly outcome: 'accepted' | 'overridden';
  /** When the prescriber answered, by the clock of the client. */
  readonly outcomeAt: string;
  readonly acceptedSuggestions: readonly string[];
  /** Code of the card's own reasons, `other` for any other one, empty without one. */
  readonly reason: string;
  /** What was written, encrypted. */
  readonly comment?: string;
}

export type EntryBody =
  | { readonly kind: 'decision'; readonly body: DecisionEntry }
  | { readonly kind: 'feedback'; readonly body: FeedbackEntry }
  /** A process began; the heads it found in the store. */
  | { readonly kind: 'start'; readonly body: { readonly heads: Readonly<Record<string, Head>> } }
  /** Decisions that were not kept, since the store could not be written for too long. */
  | { readonly kind: 'dropped'; readonly body: { readonly decisions: number } }
  /** Entries of a chain that were removed because they were too old, the last of them included. */
  | { readonly kind: 'pruned'; readonly body: { readonly chain: string } & Head };

export type NewEntry = EntryBody & { readonly at: string };

/** Where a chain has come to. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** A row of the table `entry`. */
export interface LinkedEntry extends Head {
  readonly chain: string;
  readonly at: string;
  readonly kind: string;
  readonly body: string;
}

/** What stands in place of the hash before the first entry. */
export function beginning(chain: string): Head {
  return { seq: 0, hash: chain };
}

/** Chains entries behind a head. */
export function linked(
  chain: string,
  head: Head,
  entries: readonly NewEntry[],
  keys: Pick<JournalKeys, 'link'>,
): readonly LinkedEntry[] {
  let { seq, hash } = head;
  return entries.map(({ at, kind, body }) => {
    const text = JSON.stringify(body);
    seq += 1;
    hash = keys.link(hash, { at, kind, body: text });
    return { chain, seq, at, kind, body: text, hash };
  });
}

/** How an entry is named to people: what `card replay` and `journal verify` take and print. */
export function entryName({ chain, seq }: Pick<LinkedEntry, 'chain' | 'seq'>): string {
  return `${chain}:${seq}`;
}
