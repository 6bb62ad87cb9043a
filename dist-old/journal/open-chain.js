/** The chain of this process: found in the store again, or begun. */
import { randomBytes } from 'node:crypto';
import { beginning } from './entry.js';
/**
 * @param known what the process knows of its chain; a store that lacks it is a new one
 * @returns the chain as the store has it, and the first entry of one that is begun
 */
export async function openChain({ db }, known, keys, at) {
    const rows = await db.selectFrom('chain').select(['id', 'seq', 'hash', 'base_seq']).execute();
    const own = rows.find(({ id }) => id === known?.id);
    if (own !== undefined)
        return { chain: { id: own.id, head: headOf(own) } };
    const id = randomBytes(6).toString('hex');
    const head = beginning(id);
    await db
        .insertInto('chain')
        .values({ id, started: at, key: keys.fingerprint, ...head, base_seq: 0, base_hash: '' })
        .execute();
    // Of a chain that was removed as too old, whole, nothing is left to vouch for.
    const left = rows.filter((row) => row.seq > row.base_seq);
    const heads = Object.fromEntries(left.map((row) => [row.id, headOf(row)]));
    return { chain: { id, head }, start: { at, kind: 'start', body: { heads } } };
}
function headOf({ seq, hash }) {
    return { seq, hash };
}
//# sourceMappingURL=open-chain.js.map