/** From a coded concept to the problems and laboratory groups of the vocabulary that it belongs to. */
/** Code systems by every name they are sent under (URL, and OID as EHRs write it). */
const systems = new Map([
    ['http://snomed.info/sct', 'snomed'],
    ['urn:oid:2.16.840.1.113883.6.96', 'snomed'],
    ['http://hl7.org/fhir/sid/icd-10-cm', 'icd10cm'],
    ['urn:oid:2.16.840.1.113883.6.90', 'icd10cm'],
    ['http://loinc.org', 'loinc'],
    ['urn:oid:2.16.840.1.113883.6.1', 'loinc'],
]);
const nothing = new Set();
export function createCodeIndex(vocabulary) {
    const tables = problemTables(vocabulary);
    const labs = emptyTable();
    for (const group of vocabulary.labs.values()) {
        for (const { code } of group.loinc)
            add(labs.loinc, code, group.name);
    }
    return {
        problemsOf: (concept) => problemsOf(concept, tables),
        labsOf: (concept) => union(codesOf(concept).map(({ system, code }) => labs[system].get(code) ?? nothing)),
        displayOf: (concept) => codesOf(concept)
            .map((code) => found(tables.displays, code)[0])
            .find((display) => display !== undefined),
    };
}
function emptyTable() {
    return { snomed: new Map(), icd10cm: new Map(), loinc: new Map() };
}
function problemTables(vocabulary) {
    const tables = {
        names: emptyTable(),
        excluded: emptyTable(),
        displays: emptyTable(),
        byWording: new Map(),
    };
    for (const problem of vocabulary.problems.values()) {
        for (const [system, codes] of [
            ['snomed', problem.snomed],
            ['icd10cm', problem.icd10cm],
        ]) {
            for (const { code, display } of codes) {
                add(tables.names[system], code, problem.name);
                tables.displays[system].set(code, withoutTag(display));
                tables.byWording.set(withoutTag(display).toLowerCase(), { system, code });
            }
        }
        for (const { code } of problem.except)
            add(tables.excluded.icd10cm, code, problem.name);
    }
    return tables;
}
function withoutTag(display) {
    return display.replace(/ \((disorder|finding|procedure|event|situation)\)$/, '');
}
function add(map, key, name) {
    const names = map.get(key) ?? new Set();
    names.add(name);
    map.set(key, names);
}
function problemsOf(concept, tables) {
    const codes = codesOf(concept);
    if (codes.length > 0)
        return union(codes.map((code) => namesOfCode(code, tables)));
    const wording = typeof concept?.text === 'string' ? concept.text.trim().toLowerCase() : '';
    const code = tables.byWording.get(wording);
    return code === undefined ? nothing : namesOfCode(code, tables);
}
/** ICD-10-CM codes stand for everything below them, so a code is looked up with each of its beginnings. */
function namesOfCode(code, tables) {
    const names = union(found(tables.names, code));
    if (names.size === 0)
        return nothing;
    const excluded = union(found(tables.excluded, code));
    return excluded.size === 0 ? names : new Set([...names].filter((name) => !excluded.has(name)));
}
/** What a table holds for a code and, for ICD-10-CM, for its beginnings down to three characters, longest first. */
function found(table, { system, code }) {
    const ofSystem = table[system];
    const all = [];
    if (system !== 'icd10cm') {
        const only = ofSystem.get(code);
        if (only !== undefined)
            all.push(only);
        return all;
    }
    for (let length = Math.min(code.length, 10); length >= 3; length -= 1) {
        const one = code[length - 1] === '.' ? undefined : ofSystem.get(code.slice(0, length));
        if (one !== undefined)
            all.push(one);
    }
    return all;
}
function codesOf(concept) {
    const codings = concept?.coding;
    const codes = [];
    if (!Array.isArray(codings))
        return codes;
    for (const coding of codings) {
        if (typeof coding !== 'object' || coding === null)
            continue;
        const { system: named, code } = coding;
        const system = systems.get(named);
        if (system === undefined || typeof code !== 'string')
            continue;
        codes.push({ system, code: system === 'icd10cm' ? dotted(code.trim().toUpperCase()) : code.trim() });
    }
    return codes;
}
/** ICD-10-CM codes are also sent without their dot. */
function dotted(code) {
    return code.length > 3 && !code.includes('.') ? `${code.slice(0, 3)}.${code.slice(3)}` : code;
}
/** Most sets are empty, and most others are alone. */
function union(sets) {
    const telling = sets.filter((set) => set.size > 0);
    const [first = nothing, ...others] = telling;
    return others.length === 0 ? first : new Set(telling.flatMap((set) => [...set]));
}
//# sourceMappingURL=code-index.js.map