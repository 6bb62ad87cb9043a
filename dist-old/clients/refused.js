/** A token that is not taken, and why: for the log alone, since the caller is told nothing. */
export class RefusedError extends Error {
    reason;
    known;
    constructor(reason, known = {}) {
        super(reason);
        this.reason = reason;
        this.known = known;
        this.name = 'RefusedError';
    }
}
//# sourceMappingURL=refused.js.map