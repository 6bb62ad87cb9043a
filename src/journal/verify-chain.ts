/** Walks one chain from its base to its head, in pages, up to the first entry that is wrong. */

import type { Kysely } from 'kysely';
import { beginning, entryName, type Head, type LinkedEntry } from './entry.js';
import type { JournalKeys } from './keys.js';
import type { Schema } from './schema.js';
import { type ChainRow, fault, type JournalFault } from './verification.js';
import { issuedFault } from './verify-issued.js';

export interface Walk {
  readonly db: Kysely<Schema>;
  readonly keys: Pick<JournalKeys, 'link'>;
  /** Told of each entry that is right. */
  readonly see: (entry: LinkedEntry) => void;
  readonly walked: (entries: number) => void;
  readonly page: number;
}

/** What stands before the first entry that is kept. */
export function baseOf({ id, base_seq: seq, base_hash: hash }: ChainRow): Head {
  return seq === 0 ? beginning(id) : { seq, hash };
}

/** @returns the first fault of the chain */
export async function walkChain(chain: ChainRow, walk: Walk): Promise<JournalFault | undefined> {
  let before = baseOf(chain);
  while (before.seq < chain.seq) {
    const page = await pageAfter(before.seq, chain, walk);
    const { right, wrong } = rightPart(page, before, walk.keys);
    for (const entry of right) walk.see(entry);
    const found = (await issuedFault(right, walk.db)) ?? (wrong && (await entryFault(wrong, chain, walk)));
    if (found !== undefined) return found;
    const last = right.at(-1);
    if (last === undefined) return cutOff(before, chain);
    before = last;
    walk.walked(right.length);
  }
  return endFault(before, chain, walk);
}

/** Entries that begin a page up to the first wrong one. */
function rightPart(
  page: readonly LinkedEntry[],
  base: Head,
  keys: Walk['keys'],
): { readonly right: readonly LinkedEntry[]; readonly wrong?: Broken } {
  let before = base;
  for (const [position, entry] of page.entries()) {
    const fits = entry.seq === before.seq + 1 && keys.link(before.hash, entry) === entry.hash;
    if (!fits) return { right: page.slice(0, position), wrong: { entry, before } };
    before = entry;
  }
  return { right: page };
}

interface Broken {
  readonly entry: LinkedEntry;
  readonly before: Head;
}

async function entryFault({ entry, before }: Broken, chain: ChainRow, walk: Walk): Promise<JournalFault> {
  if (entry.seq !== before.seq + 1) {
    const missing = entryName({ chain: chain.id, seq: before.seq + 1 });
    const more = entry.seq - before.seq - 2;
    const others = more === 0 ? '' : `, and ${more} more behind it`;
    return fault(
      missing,
      'missing',
      `is missing${others}: ${entryName(entry)} is the next one that is there`,
    );
  }
  const followed = await entryItFollowed(entry, chain, walk);
  const name = entryName(entry);
  return followed === undefined
    ? fault(name, 'altered', 'was altered: its hash does not fit what it holds and the entry before it')
    : fault(
        name,
        'in the wrong place',
        `is in the wrong place: it is genuine and was written behind what is now ${entryName({ chain: chain.id, seq: followed })}`,
      );
}

/** Among all entries of the chain, the one that a genuine entry was written behind. */
async function entryItFollowed(
  entry: LinkedEntry,
  chain: ChainRow,
  { db, keys, page }: Walk,
): Promise<number | undefined> {
  const base = baseOf(chain);
  if (keys.link(base.hash, entry) === entry.hash) return base.seq;
  let after = base.seq;
  for (;;) {
    const heads = await db
      .selectFrom('entry')
      .select(['seq', 'hash'])
      .where('chain', '=', chain.id)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(page)
      .execute();
    const found = heads.find(({ hash }) => keys.link(hash, entry) === entry.hash);
    const last = heads.at(-1);
    if (found !== undefined || last === undefined) return found?.seq;
    after = last.seq;
  }
}

function pageAfter(after: number, { id, seq }: ChainRow, { db, page }: Walk): Promise<LinkedEntry[]> {
  return db
    .selectFrom('entry')
    .select(['chain', 'seq', 'at', 'kind', 'body', 'hash'])
    .where('chain', '=', id)
    .where('seq', '>', after)
    .where('seq', '<=', seq)
    .orderBy('seq')
    .limit(page)
    .execute();
}

function cutOff(last: Head, { id, seq }: ChainRow): JournalFault {
  return fault(
    entryName({ chain: id, seq: last.seq + 1 }),
    'the end is cut off',
    `is missing with all that followed: the end is cut off, the head of the chain is ${entryName({ chain: id, seq })}`,
  );
}

async function endFault(last: Head, chain: ChainRow, { db }: Walk): Promise<JournalFault | undefined> {
  if (last.seq !== chain.seq || last.hash !== chain.hash) {
    return fault(
      `chain ${chain.id}`,
      'altered',
      `was altered: its head is not the entry ${entryName({ chain: chain.id, seq: last.seq })}`,
    );
  }
  const left = await db
    .selectFrom('entry')
    .select('seq')
    .where('chain', '=', chain.id)
    .where('seq', '<=', chain.base_seq)
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return left === undefined
    ? undefined
    : fault(
        `chain ${chain.id}`,
        'altered',
        `was altered: it says that all up to ${chain.base_seq} was removed, and ${left.seq} is there`,
      );
}
