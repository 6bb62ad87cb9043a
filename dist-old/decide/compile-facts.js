/** Holds every expression of every fact against the rules of the library, and compiles it once, at start. */
import { medicationKinds } from '../library/fact.js';
import { expressionsOf, FACTS_FILE } from '../library/load-facts.js';
import { compileQuestion, expressionFaults } from './expressions.js';
/** `inRecord()` follows references from the order in focus. */
const OF_THE_ORDER = /%order\b|\binRecord\(/;
/** Each kind's expressions, with the kinds they are for. */
function allExpressions(fact) {
    return [fact.find, fact.unclear, fact.counts, fact.only].flatMap(expressionsOf);
}
/** Faults of expressions that may not be used; `functions` are those of the table. */
export function factFaults(facts, functions) {
    return [...facts.values()].flatMap((fact) => allExpressions(fact)
        .flatMap(([, expression]) => expressionFaults(expression, { functions, variables: variablesOf(fact) }))
        .map((message) => ({ file: FACTS_FILE, line: fact.line, message: `${fact.name}: ${message}` })));
}
/** What is bound when the fact is asked: always the day and the order, then its arguments and sums. */
function variablesOf(fact) {
    const args = Object.entries(fact.takes).flatMap(([name, kind]) => {
        if (kind === 'number')
            return [name, `${name}Unit`];
        return kind === 'duration' ? [name, `${name}Days`] : [name];
    });
    return new Set(['today', 'now', 'order', ...args, ...Object.keys(fact.let)]);
}
/** @throws when a fact has faults */
export function compileFacts(facts, table) {
    const compiled = [...facts.values()].map((fact) => ({
        fact,
        find: questionsOf(fact, fact.find, table),
        unclear: questionsOf(fact, fact.unclear, table),
        counts: fact.counts === undefined ? undefined : compileQuestion(fact.counts, table),
        only: fact.only === undefined ? undefined : compileQuestion(fact.only, table),
        isOfOneOrder: fact.needs === 'order' ||
            allExpressions(fact).some(([, expression]) => OF_THE_ORDER.test(expression)),
    }));
    return new Map(compiled.map((one) => [one.fact.name, one]));
}
function questionsOf(fact, expression, table) {
    const entries = expressionsOf(expression).flatMap(([kind, text]) => {
        const question = compileQuestion(text, table);
        const names = kind !== undefined ? [kind] : fact.needs === 'medications' ? medicationKinds : [''];
        return names.map((name) => [name, question]);
    });
    return new Map(entries);
}
//# sourceMappingURL=compile-facts.js.map