/** The journal: what was shown, what was done with it. The folder's public file. */
import { setTimeout as wait } from 'node:timers/promises';
import { overrideReasons } from '../render/card.js';
import { createConnection } from './connection.js';
import { decisionOf } from './decision.js';
import { createTakeFeedback } from './feedback.js';
import { insights } from './insights.js';
import { createOverriddenBefore } from './repeats.js';
import { prune } from './retention.js';
import { codeOf } from './store-faults.js';
import { createWriter } from './queue-writer.js';
const CLAIM_TRIES = 10;
const CLAIM_PAUSE_MS = 5;
/** A stop shall not wait for a store that fails. */
const STOP_MS = 2_000;
export function createJournal(options) {
    const { databaseUrl, keys, library, clock, log, drugsOf, canonicalUrl, journalDays } = options;
    const connection = createConnection(databaseUrl);
    const writer = createWriter({ connection, keys, clock, log });
    let reasons;
    return {
        observe(call) {
            try {
                writer.decided(decisionOf(call, { library: library(), keys, now: performance.now() }));
            }
            catch (error) {
                const { requestId } = call.arrival;
                log.error({ requestId, fault: codeOf(error) }, 'the journal could not take an answer');
            }
        },
        takeFeedback: createTakeFeedback({
            connection,
            writer,
            keys,
            reasonsOf: (topic) => (reasons ??= offeredReasons(library(), canonicalUrl)).get(topic) ?? [],
        }),
        overriddenBefore: createOverriddenBefore({ connection, keys, clock, log }),
        claimToken: (id, exp) => claimToken(connection, id, exp),
        insights: (weeks) => insights({ connection, drugsOf, clock }, weeks),
        state: () => writer.state(),
        async tend() {
            if (!(await writer.probe()))
                return;
            const note = (entry) => writer.note(entry);
            await prune({ connection, days: journalDays, now: clock(), note }).catch(() => {
                log.error({}, 'the journal could not be looked through for what is too old');
            });
            tellHead(writer, log);
        },
        stop: () => stop(connection, writer, log),
    };
}
/** Tried again while another process is writing to the same file: each time it waits a little by itself. */
async function claimToken(connection, id, exp) {
    const database = await connection.get();
    for (let tries = 1;; tries += 1) {
        try {
            const made = await database.once((db) => db
                .insertInto('used_token')
                .values({ id, exp })
                .onConflict((conflict) => conflict.doNothing())
                .executeTakeFirst());
            return made.numInsertedOrUpdatedRows === 1n ? 'new' : 'seen';
        }
        catch (error) {
            if (codeOf(error) !== 'SQLITE_BUSY' || tries === CLAIM_TRIES)
                throw error;
            await wait(CLAIM_PAUSE_MS);
        }
    }
}
async function stop(connection, writer, log) {
    // Pauses between attempts keep no process alive.
    const alive = setInterval(() => undefined, STOP_MS);
    await writer.flush(STOP_MS);
    writer.end();
    const { queued } = writer.state();
    if (queued > 0)
        log.error({ queued }, 'the journal could not be written before the end: entries are lost');
    tellHead(writer, log);
    await connection.drop();
    clearInterval(alive);
}
/** Outside the store: who cuts the end off a chain there does not reach the log. */
function tellHead(writer, log) {
    const chain = writer.chain();
    if (chain !== undefined)
        log.info({ chain: chain.id, ...chain.head }, 'head of the journal');
}
/** The override reasons that each card offers, by topic. */
function offeredReasons({ cards, serviceCards }, canonicalUrl) {
    const offered = [
        ...cards.map(({ topic, override }) => [topic, override]),
        ...Object.entries(serviceCards).map(([topic, { override }]) => [topic, override]),
    ];
    return new Map(offered.map(([topic, override]) => [topic, overrideReasons(topic, override, { canonicalUrl })]));
}
//# sourceMappingURL=journal.js.map