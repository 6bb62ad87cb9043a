/** Entries that wait to be written, in the order they came. */
export class Queue {
    #items = [];
    /** Cards given out whose entries wait. */
    #cards = new Set();
    get length() {
        return this.#items.length;
    }
    hasCard(uuid) {
        return this.#cards.has(uuid);
    }
    push(item) {
        for (const uuid of cardsOf(item))
            this.#cards.add(uuid);
        this.#items.push(item);
    }
    /** Before all others: what the journal says of itself. */
    unshift(item) {
        this.#items.unshift(item);
    }
    /** The first ones, which stay until they are written. */
    first(count) {
        this.#items = this.#items.filter(({ isGivenUp }) => isGivenUp !== true);
        return this.#items.slice(0, count);
    }
    written(batch) {
        this.#remove(batch);
        for (const { stored } of batch)
            stored?.();
    }
    /** What the store does not take. */
    leave(batch) {
        this.#remove(batch);
        for (const { refused } of batch)
            refused?.();
    }
    #remove(batch) {
        const gone = new Set(batch);
        this.#items = this.#items.filter((item) => !gone.has(item));
        for (const uuid of batch.flatMap(cardsOf))
            this.#cards.delete(uuid);
    }
}
function cardsOf({ entry }) {
    return entry.kind === 'decision' ? entry.body.issued.map(({ uuid }) => uuid) : [];
}
//# sourceMappingURL=queue.js.map