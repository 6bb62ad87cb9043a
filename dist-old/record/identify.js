/** Which drugs of the vocabulary a medication is: by code first, then by the words of its displays and texts. */
import { createDrugCodes } from './drug-codes.js';
import { partsOf, stringOf } from '../untrusted.js';
import { createNameFinder, wordsOf } from './words.js';
/**
 * @param pairs drugs that are taken for one another: a medication telling both of a pair is in conflict with itself
 */
export function createIdentifier(vocabulary, pairs) {
    const reader = {
        readCode: createDrugCodes(vocabulary),
        findDrugs: createNameFinder([...drugNames(vocabulary), ...brands(vocabulary)]),
        findClasses: createNameFinder(wordsFor(vocabulary.classNames)),
        findForms: createNameFinder(wordsFor(vocabulary.forms)),
        pairs,
        vocabulary,
    };
    return (stated) => identify(stated, reader);
}
/** Each word with the name it tells. */
function wordsFor(names) {
    return [...names].flatMap(([name, words]) => words.map((word) => [word, [name]]));
}
function drugNames({ drugs }) {
    return [...drugs.values()].flatMap(({ name, names }) => [name, ...names].map((one) => [one, [name]]));
}
/** A brand tells the drugs that every product of that brand holds; the drugs' own entries know their brands better. */
function brands({ products, drugs }) {
    const own = new Set([...drugs.values()].flatMap(({ names }) => names.map((name) => name.toLowerCase())));
    const held = new Map();
    for (const product of products.values()) {
        const brand = /\[([^\]]+)\]\)?$/.exec(product.name)?.[1];
        if (brand === undefined || own.has(brand.toLowerCase()))
            continue;
        const earlier = held.get(brand) ?? product.drugs;
        held.set(brand, earlier.filter((drug) => product.drugs.includes(drug)));
    }
    return held;
}
function identify(stated, reader) {
    const concepts = stated.concepts.map((concept) => tell(concept, reader));
    const ingredients = stated.ingredients.map((concept) => tell(concept, reader));
    const told = [...concepts, ...ingredients];
    const displays = stated.displays.map(wordsOf);
    const coded = union(told.map((one) => one.coded));
    const worded = union([...told.map((one) => one.worded), ...displays.map(reader.findDrugs)]);
    const products = told.flatMap((one) => one.products);
    const items = union(ingredients.map(drugsOf));
    const sure = union([...concepts.map((one) => one.coded), items]);
    const conflict = conflictOf(union([coded, worded]), products, items, reader.pairs);
    const texts = [...told.flatMap((one) => one.texts), ...displays];
    const codes = told.flatMap((one) => one.codes);
    const stating = texts.length > 0 || codes.length > 0;
    const single = union([sure.length > 0 ? sure : worded, conflict]);
    const classes = stated.isAllergy ? classesOf(texts, reader) : noClasses;
    const formTexts = [...codes, ...stated.formTexts].map(wordsOf);
    return {
        drugs: union([single, classes.drugs]),
        called: union([single, classes.called]),
        conflict,
        byNameOnly: coded.length === 0 && (worded.length > 0 || classes.drugs.length > 0),
        product: conflict.length > 0 ? undefined : longestName(products),
        forms: formsOf([...texts, ...formTexts], products, reader),
        stated: stating,
        unresolved: stated.missing && !stating,
    };
}
function tell(concept, { readCode, findDrugs }) {
    const codings = partsOf(concept.coding);
    const written = new Set();
    const codes = [];
    const coded = [];
    const products = [];
    for (const text of [concept.text, ...codings.map(({ display }) => display)]) {
        const stated = stringOf(text);
        if (stated !== undefined)
            written.add(stated);
    }
    for (const coding of codings) {
        const code = stringOf(coding['code']);
        if (code === undefined)
            continue;
        codes.push(code);
        const read = readCode(stringOf(coding['system']), code);
        if (read === undefined)
            continue;
        coded.push(read.drugs);
        if (read.product !== undefined)
            products.push(read.product);
    }
    const texts = Array.from(written, wordsOf);
    return { coded: union(coded), worded: union(texts.map(findDrugs)), products, texts, codes };
}
/** One ingredient is one drug: when its own code and words differ, that is no compound of both. */
function drugsOf({ coded, worded }) {
    return coded.length > 0 ? coded : worded;
}
const noClasses = { drugs: [], called: [] };
function classesOf(texts, { findClasses, vocabulary: { classes, classNames } }) {
    const found = union(texts.map(findClasses));
    return {
        drugs: union(found.map((name) => classes.get(name) ?? [])),
        called: found.map((name) => classNames.get(name)?.[0] ?? name),
    };
}
function conflictOf(told, products, items, pairs) {
    if (told.length < 2)
        return [];
    const compounds = [...products.map(({ drugs }) => drugs), items];
    const conflicting = pairs.filter((pair) => pair.every((drug) => told.includes(drug)) &&
        !compounds.some((held) => pair.every((drug) => held.includes(drug))));
    return union(conflicting);
}
/** Of several codings the most specific product has the longest name: "baclofen 10 MG Oral Tablet", not "Baclofen Pill". */
function longestName(products) {
    const names = products.map(({ name }) => name).filter((name) => name !== '');
    return names.reduce((longest, name) => (longest === undefined || name.length > longest.length ? name : longest), undefined);
}
function formsOf(texts, products, reader) {
    const named = products.flatMap(({ name, route }) => [wordsOf(name), wordsOf(route)]);
    return union([...texts, ...named].map(reader.findForms));
}
/** Each once; most lists are empty, and most others hold one. */
function union(lists) {
    const telling = lists.filter((list) => list.length > 0);
    const [first = [], ...others] = telling;
    return others.length === 0 && first.length < 2 ? first : [...new Set(telling.flat())];
}
//# sourceMappingURL=identify.js.map