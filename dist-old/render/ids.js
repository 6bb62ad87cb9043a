/** Ids of cards and suggestions: UUIDs of version 7 (RFC 9562), which begin with the time. */
import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
const BYTES_OF_ONE = 16;
/**
 * Ordered by time, those of a batch stand on the same few pages of the journal's indexes; at random, each would be on one
 * of its own. Random bytes are drawn for 256 ids at once: for each by itself they cost more than all else of it.
 * @returns what makes a new id at each call
 */
export function createIds() {
    const drawn = new Uint8Array(256 * BYTES_OF_ONE);
    let used = drawn.length;
    const random = () => {
        if (used === drawn.length) {
            randomFillSync(drawn);
            used = 0;
        }
        used += BYTES_OF_ONE;
        return drawn.subarray(used - BYTES_OF_ONE, used);
    };
    return () => v7({ random: random() });
}
//# sourceMappingURL=ids.js.map