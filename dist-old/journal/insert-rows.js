/** Inserts many rows with few statements, each put together once: a batch of answers costs no building of SQL. */
/** Most rows of one statement. Fewer go in powers of two, so that there are few statements to keep. */
const MOST_ROWS = 128;
/** Both stores may be open in one process, and each has its own way to write parameters. */
const statements = new WeakMap();
/** @param rows all with the same columns, in the same order */
export async function insertRows(db, table, rows) {
    let done = 0;
    while (done < rows.length) {
        const piece = rows.slice(done, done + sizeOfPiece(rows.length - done));
        const parameters = piece.flatMap((row) => Object.values(row));
        await db.executeQuery({ ...statementFor(db, table, piece), parameters });
        done += piece.length;
    }
}
function sizeOfPiece(left) {
    return left >= MOST_ROWS ? MOST_ROWS : 2 ** Math.floor(Math.log2(left));
}
/** @param like rows of which the statement takes as many */
function statementFor(db, table, like) {
    const { adapter } = db.getExecutor();
    const kept = statements.get(adapter) ?? new Map();
    statements.set(adapter, kept);
    const name = `${table} ${like.length}`;
    const made = kept.get(name) ?? db.insertInto(table).values(like).compile();
    kept.set(name, made);
    return made;
}
//# sourceMappingURL=insert-rows.js.map