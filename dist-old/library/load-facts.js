/** Reads `vocabulary/facts.yaml`: every fact with its FHIRPath as text, and every fault in it. */
import { z } from 'zod';
import { parseDuration } from './argument.js';
import { factForm, SUM, } from './fact.js';
import { didYouMean } from './fault.js';
import { readYamlFile, shapeOf } from './yaml-file.js';
export const FACTS_FILE = 'vocabulary/facts.yaml';
/** Facts a card's key asks by itself; facts.yaml must define them, taking a drug (and a limit). */
export const keyFacts = {
    taking: 'taking',
    ended: 'ended within',
    continued: 'continued after discharge',
};
/** The facts the key of a way asks by itself. */
export function factsOfKey(key) {
    if (key === 'together')
        return [keyFacts.taking, keyFacts.ended];
    if (key === 'stopping')
        return [keyFacts.continued];
    return key === 'taking' ? [keyFacts.taking] : [];
}
export function loadFacts(cardsDir) {
    const written = readYamlFile(cardsDir, FACTS_FILE);
    const { yaml, faults: unlike } = withLikes(written);
    const { value, faults } = shapeOf(yaml, z.record(z.string(), factForm));
    faults.push(...unlike);
    const facts = new Map();
    for (const [name, form] of Object.entries(value ?? {})) {
        facts.set(name, toFact(name, form, yaml));
        faults.push(...faultsOf(name, form, yaml));
    }
    for (const name of value === undefined ? [] : Object.values(keyFacts)) {
        if (!facts.has(name))
            faults.push({
                file: FACTS_FILE,
                line: 1,
                message: `expected a fact named "${name}": the keys of cards ask it`,
            });
    }
    return { facts, faults };
}
/** A fact that is `like` another takes over everything it does not say itself. */
function withLikes(yaml) {
    const facts = yaml.value;
    if (typeof facts !== 'object' || facts === null)
        return { yaml, faults: [] };
    const faults = [];
    const merged = Object.entries(facts).map(([name, fact]) => {
        if (!isLike(fact))
            return [name, fact];
        const { like, ...own } = fact;
        const base = facts[String(like)];
        if (typeof base === 'object' && base !== null && !('like' in base))
            return [name, { ...base, ...own }];
        const known = Object.entries(facts).flatMap(([other, one]) => (isLike(one) ? [] : [other]));
        const line = yaml.lineOf([name, 'like']);
        faults.push({
            file: yaml.file,
            line,
            message: `${name}: no fact that stands by itself is named "${String(like)}"${didYouMean(String(like), known)}`,
        });
        return [name, own];
    });
    return { yaml: { ...yaml, value: Object.fromEntries(merged) }, faults };
}
function isLike(fact) {
    return typeof fact === 'object' && fact !== null && 'like' in fact;
}
function toFact(name, form, yaml) {
    return {
        name,
        asks: form.asks,
        needs: form.needs,
        reads: readsOf(form),
        takes: form.takes,
        uses: form.uses,
        let: Object.fromEntries(Object.entries(form.let).map(([variable, sum]) => [variable, toSum(sum)])),
        pick: form.pick,
        counts: form.counts,
        only: form.only,
        find: form.find,
        unclear: form.unclear,
        doubt: form.doubt,
        distinct: form.distinct,
        whole: form.whole,
        symmetric: form.symmetric,
        line: yaml.lineOf([name]),
    };
}
function toSum(text) {
    const [, sum = '', of = ''] = SUM.exec(text) ?? [];
    return { sum: sum, of };
}
const medicationTypes = [
    'MedicationRequest',
    'MedicationStatement',
    'MedicationDispense',
    'MedicationAdministration',
];
/** The types a source stands for; orders and stops come with the call itself. */
const typesOfSource = {
    patient: ['Patient'],
    order: [],
    orders: [],
    stops: [],
    problems: ['Condition'],
    results: ['Observation'],
    allergies: ['AllergyIntolerance'],
};
function readsOf(form) {
    const own = form.needs === 'medications' ? medicationTypesOf(form.find) : typesOfSource[form.needs];
    const also = form['also needs'].flatMap((source) => source === 'medications' ? medicationTypes : typesOfSource[source]);
    return [...new Set([...own, ...also])];
}
function medicationTypesOf(find) {
    if (typeof find === 'string')
        return medicationTypes;
    return medicationTypes.filter((type) => Object.hasOwn(find, type));
}
function faultsOf(name, form, yaml) {
    const at = (key, message) => ({
        file: yaml.file,
        line: yaml.lineOf([name, key]),
        message: `${name}: ${message}`,
    });
    const faults = [];
    for (const [, used] of form.asks.matchAll(/\{(\w+)\}/g)) {
        if (used !== undefined && !Object.hasOwn(form.takes, used))
            faults.push(at('asks', `asks speaks of {${used}}, which it does not take`));
    }
    for (const [variable, text] of Object.entries(form.let)) {
        const { sum, of } = toSum(text);
        const wanted = sum === 'newest' ? 'lab' : 'duration';
        const literal = wanted === 'duration' && parseDuration(of) !== undefined;
        if (!literal && form.takes[of] !== wanted)
            faults.push(at('let', `${variable}: "${text}" needs an argument ${of} of kind ${wanted}`));
    }
    if ((form.unclear === undefined) !== (form.doubt === undefined))
        faults.push(at('unclear', 'unclear and doubt go together'));
    if (typeof form.find !== 'string' && form.needs !== 'medications')
        faults.push(at('find', 'one expression for each kind of entry goes with needs: medications only'));
    if (form.pick !== undefined && form.needs !== 'results')
        faults.push(at('pick', 'pick: newest goes with needs: results only'));
    if (form.distinct !== undefined && form.takes[form.distinct] !== 'number')
        faults.push(at('distinct', `expected the name of an argument of kind number, got "${form.distinct}"`));
    return faults;
}
/** The expressions of a fact with the kind of entry each is for (`undefined` = the fact's one source). */
export function expressionsOf(expression) {
    if (expression === undefined)
        return [];
    if (typeof expression === 'string')
        return [[undefined, expression]];
    return Object.entries(expression);
}
//# sourceMappingURL=load-facts.js.map