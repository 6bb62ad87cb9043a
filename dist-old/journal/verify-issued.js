/** Holds the rows of cards against the decisions they come from. */
import { entryName } from './entry.js';
import { issuedRows } from './store-batch.js';
import { fault } from './verification.js';
/** What may change after the decision: the answer to the card. */
const later = new Set(['outcome', 'outcome_at', 'reason']);
/**
 * @param entries of one chain, without a gap, each one right
 * @returns the first row of theirs that is not what its entry says
 */
export async function issuedFault(entries, db) {
    const [first] = entries;
    const last = entries.at(-1);
    if (first === undefined || last === undefined)
        return undefined;
    const rows = await db
        .selectFrom('issued')
        .selectAll()
        .where('chain', '=', first.chain)
        .where('seq', '>=', first.seq)
        .where('seq', '<=', last.seq)
        .orderBy('seq')
        .execute();
    const bySeq = new Map();
    for (const row of rows)
        bySeq.set(row.seq, [...(bySeq.get(row.seq) ?? []), row]);
    for (const entry of entries) {
        const found = faultOfEntry(entry, bySeq.get(entry.seq) ?? []);
        if (found !== undefined)
            return found;
    }
    return undefined;
}
function faultOfEntry(entry, rows) {
    const expected = entry.kind === 'decision' ? rowsOf(entry) : [];
    const known = new Map(rows.map((row) => [row.uuid, row]));
    for (const one of expected) {
        const row = known.get(one.uuid);
        if (row === undefined) {
            return fault(`issued ${one.uuid}`, 'missing', `is missing: ${entryName(entry)} gave out this card`);
        }
        known.delete(one.uuid);
        const column = columnsOf(one).find((name) => !later.has(name) && row[name] !== one[name]);
        if (column !== undefined) {
            const expectedValue = `${entryName(entry)} says ${JSON.stringify(one[column])}`;
            return fault(`issued ${one.uuid}`, 'altered', `was altered: ${expectedValue} for its ${column}`);
        }
    }
    const [extra] = known.keys();
    return extra === undefined
        ? undefined
        : fault(`issued ${extra}`, 'altered', `was altered or added: ${entryName(entry)} did not give out this card`);
}
function rowsOf(entry) {
    return issuedRows(JSON.parse(entry.body), entry);
}
function columnsOf(row) {
    return Object.keys(row);
}
//# sourceMappingURL=verify-issued.js.map