/** What the entries of all chains say of each other, collected on the way: heads, removals, answers to cards. */
import { entryName } from './entry.js';
import { feedbackDigest } from './feedback.js';
export class SeenEntries {
    /** Heads that entries name, each once. */
    claims = new Map();
    /** Up to where entries say that a chain was removed. */
    removals = [];
    /** Card → its latest answers: more than one when several name the same time. */
    answers = new Map();
    /** By digest. */
    feedback = new Map();
    #keys;
    constructor(keys) {
        this.#keys = keys;
    }
    /** @param entry one whose hash fits */
    see(entry) {
        const said = JSON.parse(entry.body);
        const by = `entry ${entryName(entry)}`;
        const { kind, body } = { kind: entry.kind, body: said };
        if (kind === 'start') {
            for (const [chain, head] of Object.entries(body.heads))
                this.#claim({ ...head, chain, by });
        }
        else if (kind === 'pruned') {
            this.removals.push({ ...body, by });
            this.#claim({ ...body, by });
        }
        else if (kind === 'feedback') {
            this.#answer(body, entry);
        }
    }
    /** @param entry of a removal that may be of anybody's making */
    seeUnproved(entry) {
        const said = removalIn(entry.body);
        if (said !== undefined)
            this.removals.push({ ...said, by: `entry ${entryName(entry)}` });
    }
    #claim(claim) {
        const key = `${entryName(claim)} ${claim.hash}`;
        if (!this.claims.has(key))
            this.claims.set(key, claim);
    }
    #answer(body, { chain, seq }) {
        const { card, outcome, outcomeAt, reason, comment } = body;
        const words = comment === undefined ? undefined : this.#keys.decrypt(comment);
        this.feedback.set(feedbackDigest(body, words, this.#keys), { chain, seq, card });
        const known = this.answers.get(card) ?? [];
        const latest = known[0]?.outcomeAt ?? '';
        if (outcomeAt < latest)
            return;
        this.answers.set(card, [...(outcomeAt === latest ? known : []), { outcome, outcomeAt, reason }]);
    }
}
function removalIn(body) {
    try {
        const { chain, seq, hash } = JSON.parse(body);
        const isRemoval = typeof chain === 'string' && typeof seq === 'number' && typeof hash === 'string';
        return isRemoval ? { chain, seq, hash } : undefined;
    }
    catch {
        return undefined;
    }
}
//# sourceMappingURL=verify-seen.js.map