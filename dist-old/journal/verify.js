/** Looks through the journal for what was altered, removed or moved since it was written. */
import { entryName } from './entry.js';
import { fault } from './verification.js';
import { baseOf, walkChain } from './verify-chain.js';
import { baseFault, claimFault } from './verify-claims.js';
import { SeenEntries } from './verify-seen.js';
import { answersFault, feedbackFault } from './verify-tables.js';
const PAGE = 1_000;
const ATTEMPTS = 3;
/**
 * Up to the heads that the store has when it begins: entries may be added meanwhile.
 * @throws Error of the driver
 */
export async function verifyJournal(options) {
    for (let attempt = 1;; attempt += 1) {
        const verifier = new Verifier(options);
        const found = await verifier.run();
        // Entries that were removed for their age meanwhile look like a fault of their chain.
        if (found.faults.length === 0 || attempt === ATTEMPTS || !(await verifier.wasPruned()))
            return found;
    }
}
class Verifier {
    #options;
    #db;
    #page;
    #seen;
    #chains = new Map();
    /** Chain → its last entry. */
    #ends = new Map();
    #otherKey = new Set();
    #faults = new Map();
    #entries = 0;
    #cards = 0;
    constructor(options) {
        this.#options = options;
        this.#db = options.db;
        this.#page = options.page ?? PAGE;
        this.#seen = new SeenEntries(options.keys);
    }
    async run() {
        await this.#readChains();
        const expected = sumOf([...this.#chains.values()].map((chain) => chain.seq - chain.base_seq));
        for (const chain of this.#chains.values())
            await this.#verifyChain(chain, expected);
        this.#progress('entries', 1);
        this.#verifyBases();
        const heads = await this.#verifyClaims();
        if (this.#faults.size === 0 && this.#otherKey.size === 0)
            await this.#verifyAnswers();
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
    async wasPruned() {
        const now = await this.#db.selectFrom('chain').select(['id', 'base_seq']).execute();
        return now.some(({ id, base_seq: base }) => base > (this.#chains.get(id)?.base_seq ?? base));
    }
    /** Entries first: a head that is read after them cannot be behind them. */
    async #readChains() {
        const ends = await this.#db
            .selectFrom('entry')
            .select(['chain', (eb) => eb.fn.max('seq').as('seq')])
            .groupBy('chain')
            .execute();
        const chains = await this.#db.selectFrom('chain').selectAll().orderBy('started').orderBy('id').execute();
        for (const chain of chains)
            this.#chains.set(chain.id, chain);
        for (const { chain, seq } of ends) {
            this.#ends.set(chain, seq);
            if (this.#chains.has(chain))
                continue;
            const message = `has entries up to ${entryName({ chain, seq })} and no head`;
            this.#faults.set(chain, fault(`chain ${chain}`, 'without a head', message));
        }
    }
    async #verifyChain(chain, expected) {
        const { id } = chain;
        if (await this.#isOfOtherKey(chain)) {
            this.#otherKey.add(id);
        }
        else {
            const found = await this.#walk(chain, expected);
            if (found === undefined)
                return;
            this.#faults.set(id, found);
        }
        // What it says of removals is taken on trust: without it, other chains would seem wrong for this one's sake.
        await this.#trustRemovals(id);
    }
    async #walk(chain, expected) {
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
    #headFault({ id, key, seq, base_seq: base }) {
        const end = this.#ends.get(id) ?? 0;
        if (end > seq) {
            const message = `is behind the head of its chain, ${entryName({ chain: id, seq })}`;
            return fault(entryName({ chain: id, seq: end }), 'without a head', message);
        }
        if (key === this.#options.keys.fingerprint || seq === base)
            return undefined;
        return fault(`chain ${id}`, 'altered', 'was altered: it names another key than the one its entries fit');
    }
    /** A chain that names another key is only believed when its first entry does not fit this one. */
    async #isOfOtherKey(chain) {
        const { keys } = this.#options;
        if (chain.key === keys.fingerprint || chain.seq === chain.base_seq)
            return false;
        const base = baseOf(chain);
        const first = await this.#db
            .selectFrom('entry')
            .selectAll()
            .where('chain', '=', chain.id)
            .where('seq', '=', base.seq + 1)
            .executeTakeFirst();
        return first === undefined || keys.link(base.hash, first) !== first.hash;
    }
    async #trustRemovals(chain) {
        const said = await this.#db
            .selectFrom('entry')
            .selectAll()
            .where('chain', '=', chain)
            .where('kind', '=', 'pruned')
            .execute();
        for (const entry of said)
            this.#seen.seeUnproved(entry);
    }
    #verifyBases() {
        const chains = [...this.#chains.values()];
        const said = { removals: this.#seen.removals, claims: this.#claims() };
        for (const chain of chains.filter(({ id }) => !this.#faults.has(id))) {
            const found = baseFault(chain, chains, said);
            if (found !== undefined)
                this.#faults.set(chain.id, found);
        }
    }
    async #verifyClaims() {
        const claims = this.#claims();
        const context = { db: this.#db, removals: this.#seen.removals };
        for (const claim of claims) {
            if (this.#faults.has(claim.chain))
                continue;
            const found = await claimFault(claim, this.#chains.get(claim.chain), context);
            if (found !== undefined)
                this.#faults.set(claim.chain, found);
        }
        return claims.length;
    }
    /** Those of the greatest entries first: they show best how much is gone. */
    #claims() {
        const claims = [...this.#seen.claims.values(), ...(this.#options.claims ?? [])];
        return claims.sort((a, b) => b.seq - a.seq);
    }
    async #verifyAnswers() {
        const { count } = await this.#db
            .selectFrom('issued')
            .select((eb) => eb.fn.countAll().as('count'))
            .executeTakeFirstOrThrow();
        const tables = {
            db: this.#db,
            seen: this.#seen,
            chains: this.#chains,
            page: this.#page,
            walked: (rows) => {
                this.#cards += rows;
                this.#progress('cards', this.#cards / Number(count));
            },
        };
        const found = (await feedbackFault(tables)) ?? (await answersFault(tables));
        this.#progress('cards', 1);
        if (found !== undefined)
            this.#faults.set('answers', found);
    }
    #progress(step, part) {
        this.#options.progress?.(step, Number.isNaN(part) ? 1 : Math.min(1, part));
    }
}
function sumOf(numbers) {
    return numbers.reduce((total, number) => total + number, 0);
}
//# sourceMappingURL=verify.js.map