/** Reads the vocabulary files of `cards/vocabulary` and holds every code against the table of verified names. */
import { didYouMean } from './fault.js';
import { readCodeTable } from './vocabulary-codes.js';
import { drugsForm, labsForm, problemsForm, } from './vocabulary-form.js';
import { namedLists } from './vocabulary-names.js';
import { readNdc, readProducts } from './vocabulary-products.js';
import { readYamlFile, shapeOf } from './yaml-file.js';
const emptyDrugs = { drugs: {}, classes: {}, 'class names': {}, forms: {}, says: {} };
const emptyProblems = { problems: {}, groups: {}, says: {} };
/** Every fault of every file is collected; what is sound stays usable, so that the cards can be checked as well. */
export function loadVocabulary(cardsDir) {
    const codes = readCodeTable(cardsDir);
    const written = {
        drugs: read(cardsDir, 'drugs.yaml', drugsForm, emptyDrugs),
        problems: read(cardsDir, 'problems.yaml', problemsForm, emptyProblems),
        labs: read(cardsDir, 'labs.yaml', labsForm, { labs: {} }),
    };
    const drugs = drugsOf(written.drugs, codes);
    const problems = problemsOf(written.problems, codes);
    const labs = labsOf(written.labs, codes);
    const known = new Set(drugs.keys());
    const classes = namedLists(written.drugs.yaml, 'classes', written.drugs.value.classes, known);
    const groups = namedLists(written.problems.yaml, 'groups', written.problems.value.groups, new Set(problems.keys()));
    const { products, faults: productFaults } = readProducts(cardsDir, known);
    const { ndc, faults: ndcFaults } = readNdc(cardsDir, products);
    const forms = new Map(Object.entries(written.drugs.value.forms));
    const classNames = new Map(Object.entries(written.drugs.value['class names']));
    const unreadable = Object.values(written).flatMap((file) => file.faults);
    const faults = [
        ...unreadable,
        ...classes.faults,
        ...classNameFaults(written.drugs),
        ...groups.faults,
        ...saysFaults(written.drugs, ['drugs', 'classes', 'forms']),
        ...saysFaults(written.problems, ['problems', 'groups']),
        ...exceptFaults(written.problems),
        ...codes.faults(unreadable.length === 0),
        ...productFaults,
        ...ndcFaults,
    ];
    const says = new Map(Object.entries({ ...written.drugs.value.says, ...written.problems.value.says }));
    const lists = { classes: classes.lists, classNames, problemGroups: groups.lists, says };
    return { vocabulary: { drugs, forms, problems, labs, products, ndc, ...lists }, faults };
}
function read(cardsDir, name, schema, empty) {
    const yaml = readYamlFile(cardsDir, `vocabulary/${name}`);
    const { value, faults } = shapeOf(yaml, schema);
    return { yaml, value: value ?? empty, faults };
}
function drugsOf({ yaml, value }, codes) {
    const drugs = new Map();
    for (const [name, { rxnorm, atc = [], names = [] }] of Object.entries(value.drugs)) {
        const path = ['drugs', name];
        for (const code of atc)
            codes.use('atc', { code, display: name }, yaml, [...path, 'atc']);
        drugs.set(name, { name, rxnorm: named('rxnorm', rxnorm, yaml, [...path, 'rxnorm'], codes), atc, names });
    }
    return drugs;
}
function problemsOf({ yaml, value }, codes) {
    const problems = new Map();
    for (const [name, form] of Object.entries(value.problems)) {
        const path = ['problems', name];
        problems.set(name, {
            name,
            snomed: named('snomed', form.snomed, yaml, [...path, 'snomed'], codes),
            icd10cm: named('icd10cm', form.icd10cm, yaml, [...path, 'icd10cm'], codes),
            except: named('icd10cm', form.except, yaml, [...path, 'except'], codes),
        });
    }
    return problems;
}
function labsOf({ yaml, value }, codes) {
    const labs = new Map();
    for (const [name, { loinc }] of Object.entries(value.labs)) {
        labs.set(name, { name, loinc: named('loinc', loinc, yaml, ['labs', name, 'loinc'], codes) });
    }
    return labs;
}
function named(system, written, yaml, path, codes) {
    return Object.entries(written ?? {}).map(([code, display]) => {
        codes.use(system, { code, display }, yaml, [...path, code]);
        return { code, display };
    });
}
function classNameFaults({ yaml, value }) {
    const classes = Object.keys(value.classes);
    return Object.keys(value['class names'])
        .filter((name) => !classes.includes(name))
        .map((name) => ({
        file: yaml.file,
        line: yaml.lineOf(['class names', name]),
        message: `"${name}" is no class of this file${didYouMean(name, classes)}`,
    }));
}
/** Words for a name that the file does not give to anything. */
function saysFaults({ yaml, value }, parts) {
    const known = parts.flatMap((part) => Object.keys(value[part]));
    return Object.keys(value.says)
        .filter((name) => !known.includes(name))
        .map((name) => ({
        file: yaml.file,
        line: yaml.lineOf(['says', name]),
        message: `"${name}" is no name of this file${didYouMean(name, known)}`,
    }));
}
/** A code left out that is below none of the problem's codes leaves nothing out: most likely a slip. */
function exceptFaults({ yaml, value }) {
    return Object.entries(value.problems).flatMap(([name, { icd10cm = {}, except = {} }]) => Object.keys(except)
        .filter((code) => !Object.keys(icd10cm).some((above) => code.startsWith(above) && code !== above))
        .map((code) => ({
        file: yaml.file,
        line: yaml.lineOf(['problems', name, 'except', code]),
        message: `${code} is below no ICD-10-CM code of "${name}"; leave it out or correct it`,
    })));
}
//# sourceMappingURL=load-vocabulary.js.map