/** What prescribers wrote when they answered cards, read with the key of the journal. */
import { entryName } from './entry.js';
/** @throws Error for an entry that was altered, or of the driver */
export async function readComments(db, keys) {
    const entries = await db
        .selectFrom('entry')
        .select(['chain', 'seq', 'body'])
        .where('kind', '=', 'feedback')
        .where('body', 'like', '%"comment":%')
        .execute();
    const comments = entries.flatMap((entry) => {
        const { card, topic, outcome, outcomeAt, reason, comment } = feedbackOf(entry);
        if (comment === undefined)
            return [];
        return [{ at: outcomeAt, topic, outcome, reason, comment: keys.decrypt(comment), card }];
    });
    return comments.sort((a, b) => (a.at < b.at ? -1 : 1));
}
function feedbackOf(entry) {
    try {
        return JSON.parse(entry.body);
    }
    catch {
        throw new Error(`${entryName(entry)} was altered and cannot be read; see npm run journal verify`);
    }
}
//# sourceMappingURL=comments.js.map