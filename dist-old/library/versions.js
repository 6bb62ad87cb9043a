/** Reads `versions.lock.json`: which behaviour each card had at which version, written by `card lock`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
export const VERSIONS_FILE = 'versions.lock.json';
const versionsForm = z.record(z.string(), z.object({
    version: z.string(),
    /** Hash of all that the card does and says, its facts and codes included. */
    behaviour: z.string(),
    history: z.array(z.object({ version: z.string(), revised: z.string() })),
}));
/** A library without a lock has no history; a lock that cannot be read is a fault. */
export function loadVersions(cardsDir) {
    const path = join(cardsDir, VERSIONS_FILE);
    if (!existsSync(path))
        return { versions: new Map(), faults: [] };
    const wrong = (message) => ({
        versions: new Map(),
        faults: [{ file: VERSIONS_FILE, line: 1, message }],
    });
    try {
        const read = versionsForm.safeParse(JSON.parse(readFileSync(path, 'utf8')));
        return read.success
            ? { versions: new Map(Object.entries(read.data)), faults: [] }
            : wrong('is not what "card lock" writes: take it from version control');
    }
    catch {
        return wrong('is not JSON: take it from version control');
    }
}
//# sourceMappingURL=versions.js.map