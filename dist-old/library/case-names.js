/** The names of the cases beside a card, for its page; what the cases hold is read and judged by the card check. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readYamlFile, shapeOf } from './yaml-file.js';
const named = z.array(z.looseObject({ case: z.string() })).default([]);
const casesForm = z.looseObject({ shown: named, silent: named, unknown: named });
/** No names when the card has no cases or they cannot be read: the check tells, the service goes on. */
export function caseNames(cardsDir, path) {
    const file = `${path}.cases.yaml`;
    if (!existsSync(join(cardsDir, file)))
        return { shown: [], silent: [], unknown: [] };
    const { value } = shapeOf(readYamlFile(cardsDir, file), casesForm);
    const names = (kind) => value?.[kind].map((one) => one.case) ?? [];
    return { shown: names('shown'), silent: names('silent'), unknown: names('unknown') };
}
//# sourceMappingURL=case-names.js.map