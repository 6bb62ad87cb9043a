/** What a card asks, with its drugs filled in: the same for every call, and so made once. */
import { drugsNamed, fillName, problemsNamed } from '../library/argument.js';
/** Facts about the patient alone are the same for every order of the call. */
const sameForEveryOrder = new Set([
    'patient',
    'problems',
    'results',
    'allergies',
    'stops',
]);
export function createPrepare(facts, vocabulary) {
    /** There are as many as the library asks, whatever is called. */
    const known = new Map();
    const byCall = new WeakMap();
    const prepare = (call, binding) => {
        const compiled = facts.get(call.fact);
        if (compiled === undefined)
            throw new Error(`no fact is named "${call.fact}"`);
        const args = bound(call.args, binding);
        const key = `${compiled.fact.name}|${JSON.stringify(args)}`;
        const prepared = known.get(key) ?? preparedOf(compiled, args, vocabulary);
        known.set(key, prepared);
        return prepared;
    };
    return (call, binding) => {
        const ofCall = byCall.get(call);
        // One for each pair of drugs that the keys of its card bind: hardly ever more than two.
        const before = ofCall?.find((one) => one.this === binding.this && one.other === binding.other);
        if (before !== undefined)
            return before.prepared;
        const made = { this: binding.this, other: binding.other, prepared: prepare(call, binding) };
        byCall.set(call, [...(ofCall ?? []), made]);
        return made.prepared;
    };
}
function preparedOf(compiled, args, vocabulary) {
    const values = Object.values(args);
    const drug = values.find((value) => value.kind === 'drug');
    const problem = values.find((value) => value.kind === 'problem');
    return {
        compiled,
        args,
        drugs: drug === undefined ? undefined : drugsNamed(drug.name, vocabulary),
        problems: problem === undefined ? undefined : problemsNamed(problem.name, vocabulary),
        labs: values.flatMap((value) => (value.kind === 'lab' ? [value.name] : [])),
        isOfAnyOrder: sameForEveryOrder.has(compiled.fact.needs),
    };
}
function bound(args, binding) {
    const fill = (name) => fillName(name, binding.this, binding.other);
    return Object.fromEntries(Object.entries(args).map(([name, value]) => [
        name,
        'name' in value ? { ...value, name: fill(value.name) } : value,
    ]));
}
//# sourceMappingURL=prepare.js.map