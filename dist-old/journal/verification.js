/** What a walk through the journal finds, in the words of all that walks. */
/** The first thing wrong in a chain, as `record` in the table `entry`. */
export function fault(record, wrong, message) {
    return { record, wrong, message: `${record} ${message}` };
}
//# sourceMappingURL=verification.js.map