/** Keeps prepared statements of SQLite that write: preparing one costs more than running it. */
/** The writer has some thirty; a statement for each number of feedbacks may come to it. */
const MOST_KEPT = 100;
/**
 * Statements that read are not kept: an answer that is still held could end the reading of the next one.
 * One that has failed is not used again, since the driver may have left it open.
 */
export function keepStatements(file) {
    const kept = new Map();
    const prepare = (sql) => {
        const known = kept.get(sql);
        if (known !== undefined)
            return known;
        const made = file.prepare(sql);
        if (made.reader)
            return made;
        if (kept.size >= MOST_KEPT)
            kept.clear();
        const statement = {
            reader: false,
            all: (parameters) => made.all(parameters),
            iterate: (parameters) => made.iterate(parameters),
            run(parameters) {
                try {
                    return made.run(parameters);
                }
                catch (error) {
                    kept.delete(sql);
                    throw error;
                }
            },
        };
        kept.set(sql, statement);
        return statement;
    };
    return { prepare, close: () => file.close() };
}
//# sourceMappingURL=kept-statements.js.map