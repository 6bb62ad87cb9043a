/** Objects of the library's files that have only the keys we know: a key beside them is told with the nearest known one. */
import { z } from 'zod';
import { didYouMean } from './fault.js';
export function form(shape) {
    const known = Object.keys(shape);
    return z.strictObject(shape, {
        error: (issue) => {
            if (issue.code !== 'unrecognized_keys')
                return `expected ${known.join(', ')}`;
            return issue.keys
                .map((key) => unknownKey(String(key), known))
                .join('. It ');
        },
    });
}
function unknownKey(key, known) {
    return `has the unknown key "${key}"; known are ${known.join(', ')}${didYouMean(key, known)}`;
}
//# sourceMappingURL=strict-form.js.map