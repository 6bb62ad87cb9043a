/** Finds the entry of a call by what people have at hand: its own name, the id of the call, or a card it gave out. */
import { entryName } from './entry.js';
/**
 * @param typed `<chain>:<seq>`, the id of the call in the log, or the uuid of a card
 * @returns all that it may mean
 */
export async function findDecisions(db, typed) {
    const keyOf = new Map((await db.selectFrom('chain').select(['id', 'key']).execute()).map(({ id, key }) => [id, key]));
    const rows = await rowsOf(db, typed);
    return rows.flatMap((row) => {
        const decision = JSON.parse(row.body);
        return [{ name: entryName(row), at: row.at, decision, key: keyOf.get(row.chain) ?? '' }];
    });
}
async function rowsOf(db, typed) {
    const decisions = db
        .selectFrom('entry')
        .select(['chain', 'seq', 'at', 'body'])
        .where('kind', '=', 'decision');
    const at = ({ chain, seq }) => decisions.where('chain', '=', chain).where('seq', '=', seq).execute();
    const [, chain, seq] = /^([0-9a-f]+):(\d{1,9})$/.exec(typed) ?? [];
    if (chain !== undefined)
        return at({ chain, seq: Number(seq) });
    const card = await db
        .selectFrom('issued')
        .select(['chain', 'seq'])
        .where('uuid', '=', typed)
        .executeTakeFirst();
    if (card !== undefined)
        return at(card);
    // A pattern may mean more than it says: `%` and `_` of an id stand for any letters.
    const rows = await decisions.where('body', 'like', `%"requestId":${JSON.stringify(typed)}%`).execute();
    return rows.filter(({ body }) => JSON.parse(body).requestId === typed);
}
//# sourceMappingURL=find-decision.js.map