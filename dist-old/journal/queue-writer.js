/** The writer: entries wait in a queue and go to the store in batches, in order, again after a failure. */
import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import { within } from '../within.js';
import { openChain } from './open-chain.js';
import { Queue } from './queue.js';
import { storeBatch } from './store-batch.js';
import { codeOf, isOfTheEntry, StoreFailingError } from './store-faults.js';
const MOST_WAITING = 20_000;
const FEEDBACK_MS = 2_000;
/** One batch is one transaction, which holds up the event loop for a few milliseconds in SQLite. */
const BATCH = 64;
/** Decisions wait this long for company. */
const GATHER_MS = 50;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
/** The store may fail for long; the log is told no more often than this. */
const REPORT_MS = 60_000;
export const createWriter = (options) => new QueueWriter(options);
class QueueWriter {
    #options;
    #queue = new Queue();
    #writing;
    #gathering;
    #chain;
    /** Where `#chain` was last seen. */
    #seenIn;
    /** What the last transaction would have brought: it may have come about although it failed. */
    #attempt;
    #batchSize = BATCH;
    /** How often the store has refused what it was given, one time after the other. */
    #refusals = 0;
    #dropped = 0;
    #toldDropped = 0;
    #isFailing = false;
    #isEnded = false;
    #reportedAt = -Infinity;
    constructor(options) {
        this.#options = options;
    }
    decided(body) {
        if (this.#queue.length >= (this.#options.most ?? MOST_WAITING)) {
            this.#dropped += 1;
            return;
        }
        this.#push({ entry: { at: this.#now(), kind: 'decision', body } }, false);
    }
    async feedback(entries) {
        const { most = MOST_WAITING, feedbackMs = FEEDBACK_MS } = this.#options;
        if (this.#queue.length + entries.length > most)
            throw new StoreFailingError();
        const items = [];
        const all = entries.map(({ body, digest }) => new Promise((stored) => {
            const item = { entry: { at: this.#now(), kind: 'feedback', body }, digest, stored };
            items.push(item);
            this.#push(item, true);
        }));
        try {
            await within(feedbackMs, Promise.all(all));
        }
        catch {
            for (const item of items)
                item.isGivenUp = true;
            throw new StoreFailingError();
        }
    }
    note(entry) {
        return new Promise((stored, reject) => {
            this.#push({ entry, stored, refused: () => reject(new StoreFailingError()) }, false);
        });
    }
    isWaiting(uuid) {
        return this.#queue.hasCard(uuid);
    }
    async flush(withinMs) {
        if (this.#queue.length > 0)
            this.#run();
        if (this.#writing !== undefined)
            await within(withinMs, this.#writing).catch(() => undefined);
    }
    end() {
        this.#isEnded = true;
    }
    state() {
        return { queued: this.#queue.length, dropped: this.#dropped, isFailing: this.#isFailing };
    }
    async probe() {
        try {
            await this.#options.connection.get();
            return true;
        }
        catch (error) {
            this.#failed(error);
            return false;
        }
    }
    chain() {
        return this.#chain;
    }
    #now() {
        return this.#options.clock().toISOString();
    }
    #push(item, isUrgent) {
        this.#queue.push(item);
        if (isUrgent || this.#queue.length >= BATCH)
            this.#run();
        else
            this.#gathering ??= setTimeout(() => this.#run(), GATHER_MS).unref();
    }
    #run() {
        clearTimeout(this.#gathering);
        this.#gathering = undefined;
        this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
    }
    async #writeAll() {
        let pause = FIRST_PAUSE_MS;
        while (this.#queue.length > 0 && !this.#isEnded) {
            try {
                await this.#writeSome();
                pause = FIRST_PAUSE_MS;
                // SQLite writes without waiting for anything: the sockets shall be read in between.
                await setImmediate();
            }
            catch (error) {
                this.#failed(error);
                await wait(pause, undefined, { ref: false });
                pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
            }
        }
    }
    async #writeSome() {
        const { connection, keys } = this.#options;
        const database = await connection.get();
        if (database !== this.#seenIn)
            await this.#findChain(database);
        const before = this.#chain;
        const dropped = this.#dropped;
        const batch = [...this.#queue.first(this.#batchSize), ...this.#tellDropped()];
        if (before === undefined || batch.length === 0)
            return;
        const isDurable = batch.some(({ digest }) => digest !== undefined);
        const head = await database.write(isDurable, async (db) => {
            const reached = await storeBatch(db, before, batch, keys);
            this.#attempt = { batch, head: reached, dropped };
            return reached;
        });
        this.#chain = { id: before.id, head };
        // What was stored before can be told again by a store that takes nothing new.
        this.#done({ batch, head, dropped }, head.seq > before.head.seq);
    }
    #done({ batch, dropped }, hasWritten) {
        this.#attempt = undefined;
        this.#batchSize = BATCH;
        this.#refusals = 0;
        this.#toldDropped = dropped;
        this.#queue.written(batch);
        if (!hasWritten)
            return;
        if (this.#isFailing) {
            this.#options.log.info({ ...this.state(), isFailing: false }, 'the journal is written again');
        }
        this.#isFailing = false;
    }
    #failed(error) {
        const code = codeOf(error);
        this.#isFailing = true;
        this.#seenIn = undefined;
        if (isOfTheEntry(code))
            this.#narrow(code);
        if (performance.now() - this.#reportedAt < REPORT_MS)
            return;
        this.#reportedAt = performance.now();
        this.#options.log.error({ fault: code, ...this.state() }, 'the journal cannot be written');
    }
    /** One entry that no store takes must not keep all others waiting: it is looked for, and left out. */
    #narrow(code) {
        this.#refusals += 1;
        // Another replica may have stored the same feedback at the same moment: the second time it is known.
        if (this.#refusals < 2)
            return;
        if (this.#batchSize > 1) {
            this.#batchSize = 1;
            return;
        }
        const [refused] = this.#queue.first(1);
        if (refused === undefined)
            return;
        this.#queue.leave([refused]);
        if (refused.entry.kind === 'decision')
            this.#dropped += 1;
        this.#options.log.error({ fault: code, kind: refused.entry.kind }, 'the journal refused an entry');
    }
    /** What is to be said of decisions that were not kept, if anything. */
    #tellDropped() {
        const decisions = this.#dropped - this.#toldDropped;
        return decisions === 0 ? [] : [{ entry: { at: this.#now(), kind: 'dropped', body: { decisions } } }];
    }
    /** After a failure only the store knows how far the chain of this process has come. */
    async #findChain(database) {
        const found = await openChain(database, this.#chain, this.#options.keys, this.#now());
        this.#chain = found.chain;
        this.#seenIn = database;
        if (found.start !== undefined)
            this.#queue.unshift({ entry: found.start });
        else if (found.chain.head.hash === this.#attempt?.head.hash)
            this.#done(this.#attempt, true);
        this.#attempt = undefined;
    }
}
//# sourceMappingURL=queue-writer.js.map