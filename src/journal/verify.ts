/** Looks through the journal for what was altered, removed or moved since it was written. */

import type { Kysely } from 'kysely';
import { entryName } from './entry.js';
import type { JournalKeys } from './keys.js';
import type { Schema } from './schema.js';
import { type ChainRow, type Claim, fault, type JournalFault } from './verification.js';
import { answersFault } from './verify-answers.js';
import { baseOf, walkChain } from './verify-chain.js';
import { baseFault, claimFault } from './verify-claims.js';
import { SeenEntries } from './verify-seen.js';
import { addedCardFault, feedbackFault } from './verify-tables.js';
import { readCardTallies, tallyFault } from './verify-tallies.js';

export type { Claim } from './verification.js';

export interface VerifyOptions {
  readonly db: Kysely<Schema>;
  readonly keys: JournalKeys;
  /** Heads that the log of the service names: from before the store was read. */
  readonly claims?: readonly Claim[];
  /** Told the part that is done, from 0 to 1. */
  readonly progress?: (step: 'entries' | 'cards', part: number) => void;
  /** Rows that are read at once. */
  readonly page?: number;
}

export interface Verification {
  readonly chains: number;
  /** Entries that are right. */
  readonly entries: number;
  /** Cards that were held against the entries, with their answers. */
  readonly cards: number;
  /** Heads named by entries and by the log. */
  readonly heads: number;
  /** The first one of each chain; of cards, answers and counts, once all chains are right. */
  readonly faults: readonly JournalFault[];
  /** Chains written with another key: nothing can be said of their entries. */
  readonly otherKey: readonly string[];
}

const PAGE = 1_000;
const ATTEMPTS = 3;

/**
 * Up to the heads that the store has when it begins: entries may be added meanwhile.
 * @throws Error of the driver
 */
export async function verifyJournal(options: VerifyOptions): Promise<Verification> {
  for (let attempt = 1; ; attempt += 1) {
    const verifier = new Verifier(options);
    const found = await verifier.run();
    // Entries that were removed for their age meanwhile look like a fault of their chain.
    if (found.faults.length === 0 || attempt === ATTEMPTS || !(await verifier.wasPruned())) return found;
  }
}

class Verifier {
  readonly #options: VerifyOptions;
  readonly #db: Kysely<Schema>;
  readonly #page: number;
  readonly #seen: SeenEntries;
  readonly #chains = new Map<string, ChainRow>();
  /** Chain → its last entry. */
  readonly #ends = new Map<string, number>();
  readonly #otherKey = new Set<string>();
  readonly #faults = new Map<string, JournalFault>();
  #entries = 0;
  #cards = 0;

  constructor(options: VerifyOptions) {
    this.#options = options;
    this.#db = options.db;
    this.#page = options.page ?? PAGE;
    this.#seen = new SeenEntries(options.keys);
  }

  async run(): Promise<Verification> {
    const tallies = await readCardTallies(this.#db);
    await this.#readChains();
    const expected = sumOf([...this.#chains.values()].map((chain) => chain.seq - chain.base_seq));
    for (const chain of this.#chains.values()) await this.#verifyChain(chain, expected);
    this.#progress('entries', 1);
    this.#verifyBases();
    const heads = await this.#verifyClaims();
    if (this.#faults.size === 0 && this.#otherKey.size === 0) await this.#verifyTables(tallies);
    return {
      chains: this.#chains.size,
      entries: this.#entries,
      cards: this.#cards,
      heads,
      faults: [...this.#faults.values()],
      otherKey: [...this.#otherKey],
    };
  }

  /** Whether entries were removed for their age since it began. */
  async wasPruned(): Promise<boolean> {
    const now = await this.#db.selectFrom('chain').select(['id', 'base_seq']).execute();
    return now.some(({ id, base_seq: base }) => base > (this.#chains.get(id)?.base_seq ?? base));
  }

  /** Entries first: a head that is read after them cannot be behind them. */
  async #readChains(): Promise<void> {
    const ends = await this.#db
      .selectFrom('entry')
      .select(['chain', (eb) => eb.fn.max('seq').as('seq')])
      .groupBy('chain')
      .execute();
    const chains = await this.#db.selectFrom('chain').selectAll().orderBy('started').orderBy('id').execute();
    for (const chain of chains) this.#chains.set(chain.id, chain);
    for (const { chain, seq } of ends) {
      this.#ends.set(chain, seq);
      if (this.#chains.has(chain)) continue;
      const message = `has entries up to ${entryName({ chain, seq })} and no head`;
      this.#faults.set(chain, fault(`chain ${chain}`, 'without a head', message));
    }
  }

  async #verifyChain(chain: ChainRow, expected: number): Promise<void> {
    const { id } = chain;
    if (await this.#isOfOtherKey(chain)) {
      this.#otherKey.add(id);
    } else {
      const found = await this.#walk(chain, expected);
      if (found === undefined) return;
      this.#faults.set(id, found);
    }
    // What it says of removals is taken on trust: without it, other chains would seem wrong for this one's sake.
    await this.#trustRemovals(id);
  }

  async #walk(chain: ChainRow, expected: number): Promise<JournalFault | undefined> {
    const { keys } = this.#options;
    const found = await walkChain(chain, {
      db: this.#db,
      keys,
      page: this.#page,
      see: (entry) => this.#seen.see(entry),
      walked: (entries) => {
        this.#entries += entries;
        this.#progress('entries', this.#entries / expected);
      },
    });
    return found ?? this.#headFault(chain);
  }

  #headFault({ id, key, seq, base_seq: base }: ChainRow): JournalFault | undefined {
    const end = this.#ends.get(id) ?? 0;
    if (end > seq) {
      const message = `is behind the head of its chain, ${entryName({ chain: id, seq })}`;
      return fault(entryName({ chain: id, seq: end }), 'without a head', message);
    }
    if (key === this.#options.keys.fingerprint || seq === base) return undefined;
    return fault(`chain ${id}`, 'altered', 'was altered: it names another key than the one its entries fit');
  }

  /** A chain that names another key is only believed when its first entry does not fit this one. */
  async #isOfOtherKey(chain: ChainRow): Promise<boolean> {
    const { keys } = this.#options;
    if (chain.key === keys.fingerprint || chain.seq === chain.base_seq) return false;
    const base = baseOf(chain);
    const first = await this.#db
      .selectFrom('entry')
      .selectAll()
      .where('chain', '=', chain.id)
      .where('seq', '=', base.seq + 1)
      .executeTakeFirst();
    return first === undefined || keys.link(base.hash, first) !== first.hash;
  }

  async #trustRemovals(chain: string): Promise<void> {
    const said = await this.#db
      .selectFrom('entry')
      .selectAll()
      .where('chain', '=', chain)
      .where('kind', '=', 'pruned')
      .execute();
    for (const entry of said) this.#seen.seeUnproved(entry);
  }

  #verifyBases(): void {
    const chains = [...this.#chains.values()];
    const said = { removals: this.#seen.removals, claims: this.#claims() };
    for (const chain of chains.filter(({ id }) => !this.#faults.has(id))) {
      const found = baseFault(chain, chains, said);
      if (found !== undefined) this.#faults.set(chain.id, found);
    }
  }

  async #verifyClaims(): Promise<number> {
    const claims = this.#claims();
    const context = { db: this.#db, removals: this.#seen.removals };
    for (const claim of claims) {
      if (this.#faults.has(claim.chain)) continue;
      const found = await claimFault(claim, this.#chains.get(claim.chain), context);
      if (found !== undefined) this.#faults.set(claim.chain, found);
    }
    return claims.length;
  }

  /** Those of the greatest entries first: they show best how much is gone. */
  #claims(): readonly Claim[] {
    const claims = [...this.#seen.claims.values(), ...(this.#options.claims ?? [])];
    return claims.sort((a, b) => b.seq - a.seq);
  }

  async #verifyTables(tallies: ReadonlyMap<string, number>): Promise<void> {
    const { count } = await this.#db
      .selectFrom('issued')
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    const tables = {
      db: this.#db,
      seen: this.#seen,
      chains: this.#chains,
      page: this.#page,
      walked: (rows: number) => {
        this.#cards += rows;
        this.#progress('cards', this.#cards / Number(count));
      },
    };
    const found =
      (await feedbackFault(tables)) ??
      (await addedCardFault(tables)) ??
      (await answersFault(tables)) ??
      (await tallyFault(tallies, this.#seen.counts.tallies(), this.#db));
    this.#progress('cards', 1);
    if (found !== undefined) this.#faults.set('tables', found);
  }

  #progress(step: 'entries' | 'cards', part: number): void {
    this.#options.progress?.(step, Number.isNaN(part) ? 1 : Math.min(1, part));
  }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
