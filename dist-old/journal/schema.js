/** The tables of the journal, the same in SQLite and PostgreSQL, and the steps that make them. */
const first = {
    async up(db) {
        await createChain(db);
        await createIssued(db);
        await db.schema
            .createTable('feedback')
            .addColumn('card', 'text', (column) => column.notNull())
            .addColumn('digest', 'text', (column) => column.primaryKey())
            .addColumn('chain', 'text', (column) => column.notNull())
            .addColumn('seq', 'integer', (column) => column.notNull())
            .execute();
        await db.schema.createIndex('feedback_entry').on('feedback').columns(['chain', 'seq']).execute();
        await db.schema
            .createTable('tally')
            .addColumn('week', 'text', (column) => column.notNull())
            .addColumn('name', 'text', (column) => column.notNull())
            .addColumn('count', 'integer', (column) => column.notNull())
            .addPrimaryKeyConstraint('tally_key', ['week', 'name'])
            .execute();
        await db.schema
            .createTable('used_token')
            .addColumn('id', 'text', (column) => column.primaryKey())
            .addColumn('exp', 'integer', (column) => column.notNull())
            .execute();
        await db.schema.createIndex('used_token_exp').on('used_token').column('exp').execute();
    },
};
async function createChain(db) {
    await db.schema
        .createTable('chain')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('started', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('seq', 'integer', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .addColumn('base_seq', 'integer', (column) => column.notNull())
        .addColumn('base_hash', 'text', (column) => column.notNull())
        .execute();
    await db.schema
        .createTable('entry')
        .addColumn('chain', 'text', (column) => column.notNull())
        .addColumn('seq', 'integer', (column) => column.notNull())
        .addColumn('at', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('hash', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('entry_key', ['chain', 'seq'])
        .execute();
}
async function createIssued(db) {
    const filled = [
        'at',
        'week',
        'client',
        'tenant',
        'service',
        'topic',
        'version',
        'indicator',
        'drugs',
        'patient',
        'prescriber',
        'suggestions',
        'chain',
    ];
    let table = db.schema
        .createTable('issued')
        .addColumn('uuid', 'text', (column) => column.primaryKey())
        .addColumn('seq', 'integer', (column) => column.notNull())
        .addColumn('outcome', 'text')
        .addColumn('outcome_at', 'text')
        .addColumn('reason', 'text');
    for (const name of filled)
        table = table.addColumn(name, 'text', (column) => column.notNull());
    await table.execute();
    await db.schema.createIndex('issued_week').on('issued').columns(['week', 'topic']).execute();
    await db.schema.createIndex('issued_patient').on('issued').columns(['patient', 'prescriber']).execute();
    await db.schema.createIndex('issued_entry').on('issued').columns(['chain', 'seq']).execute();
}
/** In the order of their names; one that has landed is never changed. */
export const migrations = { '2026-11-22-journal': first };
//# sourceMappingURL=schema.js.map