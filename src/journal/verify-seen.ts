/** What the entries of all chains say of each other, collected on the way: heads, removals, answers to cards. */

import { type EntryBody, entryName, type FeedbackEntry, type LinkedEntry } from './entry.js';
import { feedbackDigest } from './feedback.js';
import type { JournalKeys } from './keys.js';
import { Counts } from './tallies.js';
import type { Claim } from './verification.js';

export interface Answer {
  readonly outcome: string;
  readonly outcomeAt: string;
  readonly reason: string;
}

/** Where the entry of a feedback stands. */
export interface Answered {
  readonly chain: string;
  readonly seq: number;
  readonly card: string;
}

export class SeenEntries {
  /** Heads that entries name, each once. */
  readonly claims = new Map<string, Claim>();
  /** Up to where entries say that a chain was removed. */
  readonly removals: Claim[] = [];
  /** Card → its latest answers: more than one when several name the same time. */
  readonly answers = new Map<string, readonly Answer[]>();
  /** By digest. */
  readonly feedback = new Map<string, Answered>();
  /** What the decisions count for. */
  readonly counts = new Counts();
  readonly #keys: Pick<JournalKeys, 'digest' | 'decrypt'>;

  constructor(keys: Pick<JournalKeys, 'digest' | 'decrypt'>) {
    this.#keys = keys;
  }

  /** @param entry one whose hash fits */
  see(entry: LinkedEntry): void {
    const said = JSON.parse(entry.body) as unknown;
    const by = `entry ${entryName(entry)}`;
    const { kind, body } = { kind: entry.kind, body: said } as EntryBody;
    if (kind === 'start') {
      for (const [chain, head] of Object.entries(body.heads)) this.#claim({ ...head, chain, by });
    } else if (kind === 'pruned') {
      this.removals.push({ ...body, by });
      this.#claim({ ...body, by });
    } else if (kind === 'decision') {
      this.counts.add(body, entry.at);
    } else if (kind === 'feedback') {
      this.#answer(body, entry);
    }
  }

  /** @param entry of a removal that may be of anybody's making */
  seeUnproved(entry: LinkedEntry): void {
    const said = removalIn(entry.body);
    if (said !== undefined) this.removals.push({ ...said, by: `entry ${entryName(entry)}` });
  }

  #claim(claim: Claim): void {
    const key = `${entryName(claim)} ${claim.hash}`;
    if (!this.claims.has(key)) this.claims.set(key, claim);
  }

  #answer(body: FeedbackEntry, { chain, seq }: LinkedEntry): void {
    const { card, outcome, outcomeAt, reason, comment } = body;
    const words = comment === undefined ? undefined : this.#keys.decrypt(comment);
    this.feedback.set(feedbackDigest(body, words, this.#keys), { chain, seq, card });
    const known = this.answers.get(card) ?? [];
    const latest = known[0]?.outcomeAt ?? '';
    if (outcomeAt < latest) return;
    this.answers.set(card, [...(outcomeAt === latest ? known : []), { outcome, outcomeAt, reason }]);
  }
}

function removalIn(body: string): Omit<Claim, 'by'> | undefined {
  try {
    const { chain, seq, hash } = JSON.parse(body) as Readonly<Record<string, unknown>>;
    const isRemoval = typeof chain === 'string' && typeof seq === 'number' && typeof hash === 'string';
    return isRemoval ? { chain, seq, hash } : undefined;
  } catch {
    return undefined;
  }
}
