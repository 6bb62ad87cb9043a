/** Entries of the journal and how they are chained: each hash covers the entry and the hash before it. */
/** What stands in place of the hash before the first entry. */
export function beginning(chain) {
    return { seq: 0, hash: chain };
}
/** Chains entries behind a head. */
export function linked(chain, head, entries, keys) {
    let { seq, hash } = head;
    return entries.map(({ at, kind, body }) => {
        const text = JSON.stringify(body);
        seq += 1;
        hash = keys.link(hash, { at, kind, body: text });
        return { chain, seq, at, kind, body: text, hash };
    });
}
/** How an entry is named to people: what `card replay` and `journal verify` take and print. */
export function entryName({ chain, seq }) {
    return `${chain}:${seq}`;
}
//# sourceMappingURL=entry.js.map