/** Drug codes as clients send them (RxNorm, NDC, ATC) → the drugs of the vocabulary they stand for. */
import { elevenDigits } from './ndc.js';
/** Code systems by every name they are sent under (URL, and OID as some EHRs write it). */
const SYSTEMS = new Map([
    ['http://www.nlm.nih.gov/research/umls/rxnorm', 'rxnorm'],
    ['urn:oid:2.16.840.1.113883.6.88', 'rxnorm'],
    ['http://hl7.org/fhir/sid/ndc', 'ndc'],
    ['urn:oid:2.16.840.1.113883.6.69', 'ndc'],
    ['http://www.whocc.no/atc', 'atc'],
]);
export function createDrugCodes(vocabulary) {
    const ingredients = new Map();
    const atc = new Map();
    for (const drug of vocabulary.drugs.values()) {
        for (const { code } of drug.rxnorm)
            add(ingredients, code, drug.name);
        for (const code of drug.atc)
            add(atc, code, drug.name);
    }
    return (system, code) => {
        if (system === undefined || code === undefined)
            return undefined;
        const written = code.trim();
        const name = SYSTEMS.get(system);
        if (name === 'rxnorm') {
            return coded(ingredients.get(written)) ?? productOf(vocabulary.products.get(written));
        }
        if (name === 'atc')
            return coded(atc.get(written.toUpperCase()));
        return name === 'ndc' ? packageOf(written, vocabulary) : undefined;
    };
}
function add(map, code, drug) {
    map.set(code, [...(map.get(code) ?? []), drug]);
}
function coded(drugs) {
    return drugs === undefined ? undefined : { drugs, product: undefined };
}
function productOf(product) {
    return product === undefined ? undefined : { drugs: product.drugs, product };
}
/** Where a code can be read in several ways, it counts only when all known readings hold the same drugs. */
function packageOf(code, vocabulary) {
    const rxcuis = new Set(elevenDigits(code).flatMap((ndc) => vocabulary.ndc.get(ndc) ?? []));
    const products = [...rxcuis].flatMap((rxcui) => vocabulary.products.get(rxcui) ?? []);
    const [first, ...others] = products;
    if (first === undefined)
        return undefined;
    if (others.length === 0)
        return productOf(first);
    const same = others.every((other) => other.drugs.join() === first.drugs.join());
    return same ? { drugs: first.drugs, product: undefined } : undefined;
}
//# sourceMappingURL=drug-codes.js.map