/** Reads what a card offers to do ("shorten to: 14 days"), and the drugs it names. */
import { parseDuration } from './argument.js';
import { drugFaults, faultAt, formFaults } from './read-conditions.js';
export function toSuggestion(form, index, reader) {
    const path = ['card', 'suggest', index];
    const wrong = (message) => {
        reader.faults.push(faultAt(reader, path, message));
        return [];
    };
    const { at, remove, taper } = form;
    const named = [remove ?? taper?.drug ?? []].flat().filter((name) => name !== '{this}');
    reader.faults.push(...drugFaults(named, path, reader));
    if (remove !== undefined)
        return [{ at, form: { kind: 'remove', drug: remove } }];
    if (taper !== undefined) {
        reader.faults.push(...formFaults(taper['not as'], [...path, 'taper', 'not as'], reader));
        return [{ at, form: { kind: 'taper', drug: taper.drug, note: taper.note, notAs: taper['not as'] } }];
    }
    if (form.substitution !== undefined)
        return [{ at, form: { kind: 'generic substitution only' } }];
    if (form['shorten to'] !== undefined) {
        const duration = parseDuration(form['shorten to']);
        if (duration?.unit !== 'day')
            return wrong(`expected days such as "14 days", got "${form['shorten to']}"`);
        return [{ at, form: { kind: 'shorten to', days: duration.value } }];
    }
    const found = /^(\d+(?:\.\d+)?) mg (\d+) times a day$/.exec(form['start with'] ?? '');
    if (found === null)
        return wrong(`expected a dose such as "5 mg 3 times a day", got "${form['start with']}"`);
    return [{ at, form: { kind: 'start with', milligrams: Number(found[1]), timesADay: Number(found[2]) } }];
}
//# sourceMappingURL=read-suggestions.js.map