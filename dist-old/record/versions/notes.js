/** Notes: plain strings of DSTU2 and STU3, annotations since. */
import { partsOf, stringOf } from '../../untrusted.js';
import { listOf } from './reshape.js';
/** A string or an annotation as the list of annotations of R4. */
export const asNotes = (value) => ({
    note: listOf(value).map((note) => (typeof note === 'string' ? { text: note } : note)),
});
/** Annotations as the one string of DSTU2. */
export const asOneText = (value) => {
    const texts = partsOf(value).flatMap(({ text }) => stringOf(text) ?? []);
    return texts.length === 0 ? {} : { note: texts.join('\n') };
};
//# sourceMappingURL=notes.js.map