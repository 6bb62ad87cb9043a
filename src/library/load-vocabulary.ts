/** Reads the vocabulary files of `cards/vocabulary` and holds every code against the table of verified names. */

import type { z } from 'zod';
import { didYouMean, type Fault } from './fault.js';
import { emptyProblems, exceptFaults, leftOutFaults, leftOutOf, problemsOf } from './load-problems.js';
import type { Drug, LabGroup, NamedCode, Vocabulary } from './vocabulary.js';
import { type CodeTable, namedCodes, readCodeTable } from './vocabulary-codes.js';
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
    drugs.set(name, {
      name,
      rxnorm: namedCodes('rxnorm', rxnorm, yaml, [...path, 'rxnorm'], codes),
      atc,
      names,
    });
  }
  return drugs;
}

function labsOf({ yaml, value }: Written<LabsForm>, codes: CodeTable): ReadonlyMap<string, LabGroup> {
  const labs = new Map<string, LabGroup>();
  for (const [name, { loinc }] of Object.entries(value.labs)) {
    labs.set(name, { name, loinc: namedCodes('loinc', loinc, yaml, ['labs', name, 'loinc'], codes) });
  }
  return labs;
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
