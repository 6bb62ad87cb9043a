/** Reads the vocabulary files of `cards/vocabulary` and holds every code against the table of verified names. */

import type { z } from 'zod';
import { didYouMean, type Fault } from './fault.js';
import type { Drug, LabGroup, NamedCode, Problem, Vocabulary } from './vocabulary.js';
import { type CodeSystem, type CodeTable, readCodeTable } from './vocabulary-codes.js';
import {
  type DrugsForm,
  drugsForm,
  type LabsForm,
  labsForm,
  problemsForm,
  type ProblemsForm,
} from './vocabulary-form.js';
import { namedLists } from './vocabulary-names.js';
import { readNdc, readProducts } from './vocabulary-products.js';
import { readYamlFile, shapeOf, type YamlFile } from './yaml-file.js';

export interface LoadedVocabulary {
  readonly vocabulary: Vocabulary;
  readonly faults: readonly Fault[];
}

/** One YAML file in its form; an unreadable one is empty and its faults are told. */
interface Written<T> {
  readonly yaml: YamlFile;
  readonly value: T;
  readonly faults: readonly Fault[];
}

const emptyDrugs: DrugsForm = {
  drugs: {},
  classes: {},
  'class names': {},
  forms: {},
  'forms in instructions': {},
  routes: {},
  'amounts of the product': [],
  says: {},
};

const emptyProblems: ProblemsForm = {
  problems: {},
  'left out': { snomed: {}, icd10cm: {} },
  groups: {},
  says: {},
};

/** Every fault of every file is collected; what is sound stays usable, so that the cards can be checked as well. */
export function loadVocabulary(cardsDir: string): LoadedVocabulary {
  const codes = readCodeTable(cardsDir);
  const written = {
    drugs: read<DrugsForm>(cardsDir, 'drugs.yaml', drugsForm, emptyDrugs),
    problems: read<ProblemsForm>(cardsDir, 'problems.yaml', problemsForm, emptyProblems),
    labs: read<LabsForm>(cardsDir, 'labs.yaml', labsForm, { labs: {} }),
  };
  const drugs = drugsOf(written.drugs, codes);
  const problems = problemsOf(written.problems, codes);
  const leftOut = leftOutOf(written.problems, codes);
  const labs = labsOf(written.labs, codes);
  const known = new Set(drugs.keys());
  const classes = namedLists(written.drugs.yaml, 'classes', written.drugs.value.classes, known);
  const { yaml, value } = written.problems;
  const groups = namedLists(yaml, 'groups', value.groups, new Set(problems.keys()));
  const { products, faults: productFaults } = readProducts(cardsDir, known);
  const { ndc, faults: ndcFaults } = readNdc(cardsDir, products);
  const unreadable = Object.values(written).flatMap((file) => file.faults);
  const faults = [
    ...unreadable,
    ...classes.faults,
    ...classNameFaults(written.drugs),
    ...routeFaults(written.drugs),
    ...amountFaults(written.drugs),
    ...groups.faults,
    ...saysFaults(written.drugs, ['drugs', 'classes', 'forms']),
    ...saysFaults(written.problems, ['problems', 'groups']),
    ...exceptFaults(written.problems),
    ...leftOutFaults(written.problems),
    ...codes.faults(unreadable.length === 0),
    ...productFaults,
    ...ndcFaults,
  ];
  const says = new Map(Object.entries({ ...written.drugs.value.says, ...written.problems.value.says }));
  const lists = { classes: classes.lists, problemGroups: groups.lists, says };
  const words = wordsOf(written.drugs);
  return { vocabulary: { drugs, problems, leftOut, labs, products, ndc, ...words, ...lists }, faults };
}

function read<T>(cardsDir: string, name: string, schema: z.ZodType<T>, empty: T): Written<T> {
  const yaml = readYamlFile(cardsDir, `vocabulary/${name}`);
  const { value, faults } = shapeOf(yaml, schema);
  return { yaml, value: value ?? empty, faults };
}

function drugsOf({ yaml, value }: Written<DrugsForm>, codes: CodeTable): ReadonlyMap<string, Drug> {
  const drugs = new Map<string, Drug>();
  for (const [name, { rxnorm, atc = [], names = [] }] of Object.entries(value.drugs)) {
    const path = ['drugs', name];
    for (const code of atc) codes.use('atc', { code, display: name }, yaml, [...path, 'atc']);
    drugs.set(name, { name, rxnorm: named('rxnorm', rxnorm, yaml, [...path, 'rxnorm'], codes), atc, names });
  }
  return drugs;
}

function problemsOf({ yaml, value }: Written<ProblemsForm>, codes: CodeTable): ReadonlyMap<string, Problem> {
  const problems = new Map<string, Problem>();
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

function leftOutOf({ yaml, value }: Written<ProblemsForm>, codes: CodeTable): Vocabulary['leftOut'] {
  const { snomed, icd10cm } = value['left out'];
  return {
    snomed: named('snomed', snomed, yaml, ['left out', 'snomed'], codes),
    icd10cm: named('icd10cm', icd10cm, yaml, ['left out', 'icd10cm'], codes),
  };
}

function labsOf({ yaml, value }: Written<LabsForm>, codes: CodeTable): ReadonlyMap<string, LabGroup> {
  const labs = new Map<string, LabGroup>();
  for (const [name, { loinc }] of Object.entries(value.labs)) {
    labs.set(name, { name, loinc: named('loinc', loinc, yaml, ['labs', name, 'loinc'], codes) });
  }
  return labs;
}

function named(
  system: CodeSystem,
  written: Readonly<Record<string, string>> | undefined,
  yaml: YamlFile,
  path: readonly string[],
  codes: CodeTable,
): readonly NamedCode[] {
  return Object.entries(written ?? {}).map(([code, display]) => {
    codes.use(system, { code, display }, yaml, [...path, code]);
    return { code, display };
  });
}

/** What `drugs.yaml` says beside the drugs and their classes. */
function wordsOf(written: Written<DrugsForm>) {
  const { value } = written;
  return {
    classNames: new Map(Object.entries(value['class names'])),
    forms: new Map(Object.entries(value.forms)),
    instructionForms: new Map(Object.entries(value['forms in instructions'])),
    routes: routesOf(written),
    ofProduct: new Set(value['amounts of the product']),
  };
}

function routesOf({ value }: Written<DrugsForm>): ReadonlyMap<string, readonly NamedCode[]> {
  return new Map(
    Object.entries(value.routes).map(([form, codes]) => [
      form,
      Object.entries(codes).map(([code, display]) => ({ code, display })),
    ]),
  );
}

function classNameFaults(written: Written<DrugsForm>): readonly Fault[] {
  return strangerFaults(written, 'class names', Object.keys(written.value.classes), 'class');
}

function routeFaults(written: Written<DrugsForm>): readonly Fault[] {
  const known = Object.keys(written.value.forms);
  return (['routes', 'forms in instructions'] as const).flatMap((part) =>
    strangerFaults(written, part, known, 'form'),
  );
}

function amountFaults({ yaml, value }: Written<DrugsForm>): readonly Fault[] {
  const known = Object.keys(value.forms);
  return value['amounts of the product']
    .filter((name) => !known.includes(name))
    .map((name) => ({
      file: yaml.file,
      line: yaml.lineOf(['amounts of the product']),
      message: `"${name}" is no form of this file${didYouMean(name, known)}`,
    }));
}

/** Names of one part of the file that another part does not have. */
function strangerFaults(
  { yaml, value }: Written<DrugsForm>,
  part: 'class names' | 'forms in instructions' | 'routes',
  known: readonly string[],
  kind: string,
): readonly Fault[] {
  return Object.keys(value[part])
    .filter((name) => !known.includes(name))
    .map((name) => ({
      file: yaml.file,
      line: yaml.lineOf([part, name]),
      message: `"${name}" is no ${kind} of this file${didYouMean(name, known)}`,
    }));
}

/** Words for a name that the file does not give to anything. */
function saysFaults<Part extends string>(
  { yaml, value }: Written<{ says: Readonly<Record<string, string>> } & Readonly<Record<Part, object>>>,
  parts: readonly Part[],
): readonly Fault[] {
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
function exceptFaults({ yaml, value }: Written<ProblemsForm>): readonly Fault[] {
  return Object.entries(value.problems).flatMap(([name, { icd10cm = {}, except = {} }]) =>
    Object.keys(except)
      .filter((code) => !Object.keys(icd10cm).some((above) => code.startsWith(above) && code !== above))
      .map((code) => ({
        file: yaml.file,
        line: yaml.lineOf(['problems', name, 'except', code]),
        message: `${code} is below no ICD-10-CM code of "${name}"; leave it out or correct it`,
      })),
  );
}

/** A code cannot mean a problem and none. */
function leftOutFaults({ yaml, value }: Written<ProblemsForm>): readonly Fault[] {
  return (['snomed', 'icd10cm'] as const).flatMap((system) =>
    Object.keys(value['left out'][system]).flatMap((code) =>
      Object.entries(value.problems)
        .filter(([, problem]) => problem[system]?.[code] !== undefined)
        .map(([name]) => ({
          file: yaml.file,
          line: yaml.lineOf(['left out', system, code]),
          message: `${code} is left out, but is a code of "${name}"; keep one`,
        })),
    ),
  );
}
