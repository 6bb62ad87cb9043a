/** Finds the entry of a call by what people have at hand: its own name, the id of the call, or a card it gave out. */

import type { Kysely } from 'kysely';
import type { DecisionEntry } from './decision.js';
import { entryName } from './entry.js';
import { decisionIn } from './given-card.js';
import type { Schema } from './schema.js';

export interface FoundDecision {
  readonly name: string;
  readonly at: string;
  readonly decision: DecisionEntry;
  /** Fingerprint of the key that wrote it. */
  readonly key: string;
}

type Row = Pick<Schema['entry'], 'chain' | 'seq' | 'at' | 'body'>;

/**
 * @param typed `<chain>:<seq>`, the id of the call in the log, or the uuid of a card
 * @returns all that it may mean
 * @throws Error for an entry that is none any more
 */
export async function findDecisions(db: Kysely<Schema>, typed: string): Promise<readonly FoundDecision[]> {
  const keyOf = new Map(
    (await db.selectFrom('chain').select(['id', 'key']).execute()).map(({ id, key }) => [id, key]),
  );
  const rows = await rowsOf(db, typed);
  return rows.flatMap((row) => {
    const decision = decisionIn(row.body);
    if (decision === undefined)
      throw new Error(`${entryName(row)} was altered, and cannot be read; npm run journal verify tells more`);
    return [{ name: entryName(row), at: row.at, decision, key: keyOf.get(row.chain) ?? '' }];
  });
}

async function rowsOf(db: Kysely<Schema>, typed: string): Promise<readonly Row[]> {
  const decisions = db
    .selectFrom('entry')
    .select(['chain', 'seq', 'at', 'body'])
    .where('kind', '=', 'decision');
  const at = ({ chain, seq }: Pick<Row, 'chain' | 'seq'>) =>
    decisions.where('chain', '=', chain).where('seq', '=', seq).execute();
  const [, chain, seq] = /^([0-9a-f]+):(\d{1,9})$/.exec(typed) ?? [];
  if (chain !== undefined) return at({ chain, seq: Number(seq) });
  const card = await db
    .selectFrom('issued')
    .select(['chain', 'seq'])
    .where('uuid', '=', typed)
    .executeTakeFirst();
  if (card !== undefined) return at(card);
  // A pattern may mean more than it says: `%` and `_` of an id stand for any letters.
  const rows = await decisions.where('body', 'like', `%"requestId":${JSON.stringify(typed)}%`).execute();
  return rows.filter(({ body }) => decisionIn(body)?.requestId === typed);
}
