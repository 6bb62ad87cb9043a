/** The variables an expression of a fact sees: the day, the order, its arguments and the sums made for it. */
import { inWords, parseDuration } from '../library/argument.js';
import { dateMinus, inDays } from './calendar.js';
import { newestOf } from './newest.js';
/** The arguments of the library are the same objects in every call. */
const ofTheDay = new WeakMap();
export function variablesOf({ prepared, binding, index }) {
    const { compiled, args } = prepared;
    const { today, now } = index.record;
    let known = ofTheDay.get(args);
    if (known?.today !== today) {
        known = { today, variables: variablesOfTheDay(compiled, args, today) };
        ofTheDay.set(args, known);
    }
    const variables = { ...known.variables, now, order: binding.order.resource };
    for (const [name, { sum, of }] of Object.entries(compiled.fact.let)) {
        const value = args[of];
        const duration = durationOf(value, of);
        if (value?.kind === 'lab')
            variables[name] = newestCounting(value.name, compiled, index, () => variables);
        else if (duration !== undefined && sum === 'now minus')
            variables[name] = index.instantMinus(duration);
    }
    return variables;
}
function variablesOfTheDay({ fact }, args, today) {
    const variables = { today };
    for (const [name, value] of Object.entries(args))
        Object.assign(variables, scalarsOf(name, value));
    for (const [name, { sum, of }] of Object.entries(fact.let)) {
        const duration = durationOf(args[of], of);
        if (duration !== undefined && sum !== 'now minus')
            variables[name] = dateMinus(today, duration);
    }
    return variables;
}
/** Of an argument, or written in the fact itself. */
function durationOf(value, written) {
    return value?.kind === 'duration' ? value.duration : parseDuration(written);
}
/** What FHIRPath sees of one argument: its value, a number's unit in lower case, a duration in days. */
function scalarsOf(name, value) {
    if (value.kind === 'number')
        return { [name]: value.amount.value, [`${name}Unit`]: value.amount.unit?.toLowerCase() ?? '' };
    if (value.kind === 'duration')
        return { [name]: scalarOf(value), [`${name}Days`]: inDays(value.duration) };
    return { [name]: scalarOf(value) };
}
function scalarOf(value) {
    return value.kind === 'words' ? [...value.words] : inWords(value);
}
/** The newest results of a group that count (final ones, for example). */
export function newestCounting(lab, compiled, index, variables) {
    const counts = compiled.counts;
    const results = index.resultsOf(lab);
    return [
        ...newestOf(counts === undefined ? results : results.filter((result) => counts(result, variables()).length > 0)),
    ];
}
//# sourceMappingURL=variables.js.map