/** Holds the answers to cards, as the figures count them, against the entries of the feedback. */
import { entryName } from './entry.js';
import { fault } from './verification.js';
/** @returns the first row of `issued` whose answer is not the latest one, or that no entry gave out */
export async function answersFault(tables) {
    const { db, page, walked, seen } = tables;
    let after = '';
    for (;;) {
        const rows = await db
            .selectFrom('issued')
            .select(['uuid', 'chain', 'seq', 'outcome', 'outcome_at', 'reason'])
            .where('uuid', '>', after)
            .orderBy('uuid')
            .limit(page)
            .execute();
        for (const row of rows) {
            if (!isWalked(row, tables) && (await isOrphan('issued', row.uuid, row, tables))) {
                return fault(`issued ${row.uuid}`, 'altered', `was added: there is no entry ${entryName(row)}`);
            }
            const answers = seen.answers.get(row.uuid) ?? [];
            if (!isLatest(row, answers) && !(await isAnsweredSince(row.uuid, tables))) {
                return fault(`issued ${row.uuid}`, 'altered', `was altered: ${expected(answers)}`);
            }
        }
        walked(rows.length);
        const last = rows.at(-1);
        if (last === undefined)
            return undefined;
        after = last.uuid;
    }
}
function expected([answer]) {
    return answer === undefined
        ? 'no entry says that the card was answered'
        : `the latest answer to the card says ${answer.outcome} at ${answer.outcomeAt}, reason ${JSON.stringify(answer.reason)}`;
}
function isLatest(row, answers) {
    if (answers.length === 0)
        return row.outcome === null && row.outcome_at === null && row.reason === null;
    return answers.some(({ outcome, outcomeAt, reason }) => row.outcome === outcome && row.outcome_at === outcomeAt && row.reason === reason);
}
/** @returns the first row of `feedback` that has no entry, or entry without its row */
export async function feedbackFault(tables) {
    const { db, page, seen } = tables;
    const expectedRows = new Map(seen.feedback);
    let after = '';
    for (;;) {
        const rows = await db
            .selectFrom('feedback')
            .selectAll()
            .where('digest', '>', after)
            .orderBy('digest')
            .limit(page)
            .execute();
        for (const row of rows) {
            const entry = expectedRows.get(row.digest);
            expectedRows.delete(row.digest);
            const isRight = entry !== undefined && entryName(entry) === entryName(row) && entry.card === row.card;
            if (!isRight && (isWalked(row, tables) || (await isOrphan('feedback', row.digest, row, tables)))) {
                return fault(`feedback ${row.digest}`, 'altered', `was altered or added: ${entryName(row)} is not its entry`);
            }
        }
        const last = rows.at(-1);
        if (last === undefined)
            break;
        after = last.digest;
    }
    for (const [digest, entry] of expectedRows) {
        if (await isThere(entry, tables)) {
            return fault(`feedback ${digest}`, 'missing', `is missing: ${entryName(entry)} is its entry`);
        }
    }
    return undefined;
}
function isWalked({ chain, seq }, { chains }) {
    const walked = chains.get(chain);
    return walked !== undefined && seq > walked.base_seq && seq <= walked.seq;
}
/** Whether a row stays without an entry: one that was written or removed meanwhile comes and goes with its entry. */
async function isOrphan(table, id, place, tables) {
    if (await isThere(place, tables))
        return false;
    const { db } = tables;
    const row = table === 'issued'
        ? await db.selectFrom('issued').select('seq').where('uuid', '=', id).executeTakeFirst()
        : await db.selectFrom('feedback').select('seq').where('digest', '=', id).executeTakeFirst();
    return row !== undefined;
}
async function isThere({ chain, seq }, { db }) {
    const row = await db
        .selectFrom('entry')
        .select('seq')
        .where('chain', '=', chain)
        .where('seq', '=', seq)
        .executeTakeFirst();
    return row !== undefined;
}
async function isAnsweredSince(card, tables) {
    const rows = await tables.db
        .selectFrom('feedback')
        .select(['chain', 'seq'])
        .where('card', '=', card)
        .execute();
    for (const row of rows) {
        if (!isWalked(row, tables) && (await isThere(row, tables)))
            return true;
    }
    return false;
}
//# sourceMappingURL=verify-tables.js.map