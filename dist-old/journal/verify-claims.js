/** Holds what entries and the log say of chains against the chains that are there. */
import { entryName } from './entry.js';
import { fault } from './verification.js';
import { baseOf } from './verify-chain.js';
/** @returns what is wrong with the chain that a claim is about */
export async function claimFault(claim, chain, { db, removals }) {
    const name = entryName(claim);
    if (chain === undefined) {
        const removed = removals.some((one) => one.chain === claim.chain && one.seq >= claim.seq);
        const message = `is gone, and no entry says it was removed; ${claim.by} says that it had come to ${name}`;
        return removed ? undefined : fault(`chain ${claim.chain}`, 'the chain is gone', message);
    }
    const base = baseOf(chain);
    if (claim.seq < base.seq)
        return undefined;
    if (claim.seq > chain.seq) {
        return fault(entryName({ chain: chain.id, seq: chain.seq + 1 }), 'the end is cut off', `is missing with all that followed: the end is cut off and the head of the chain set back; ${claim.by} says that it had come to ${name}`);
    }
    const hash = claim.seq === base.seq ? base.hash : await hashOf(claim, db);
    return hash === claim.hash
        ? undefined
        : fault(name, 'altered', `was altered: it is not the entry that ${claim.by} names`);
}
async function hashOf({ chain, seq }, db) {
    const row = await db
        .selectFrom('entry')
        .select('hash')
        .where('chain', '=', chain)
        .where('seq', '=', seq)
        .executeTakeFirst();
    return row?.hash;
}
/** What was removed from the beginning of a chain must be said by an entry, of whatever chain. */
export function baseFault(chain, chains, said) {
    const { id, base_seq: base } = chain;
    if (base === 0 || isSaid(chain, said.removals) || hasAged(chain, chains, said))
        return undefined;
    const first = entryName({ chain: id, seq: base });
    return fault(first, 'removed without a word', `and all before it were removed, and no entry says so: the service says so before it removes anything`);
}
function isSaid({ id, base_seq: seq, base_hash: hash }, removals) {
    return removals.some((one) => one.chain === id && (one.seq === seq ? one.hash === hash : one.seq > seq));
}
/**
 * The entry that said so grows too old itself. Then the whole chain had been removed long before: every entry that is
 * still kept and names the chain names its last entry.
 */
function hasAged({ id, seq, base_seq: base }, chains, { removals, claims }) {
    return (base === seq &&
        chains.some((other) => other.id !== id && other.base_seq > 0 && isSaid(other, removals)) &&
        !claims.some((claim) => claim.chain === id && claim.seq < seq));
}
//# sourceMappingURL=verify-claims.js.map