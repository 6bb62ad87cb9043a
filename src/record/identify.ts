/** Which drugs of the vocabulary a medication is: by code first, then by the words of its displays and texts. */

import type { CodeableConcept } from 'fhir/r4.js';
import type { Product, Vocabulary } from '../library/vocabulary.js';
import { createDrugCodes, type ReadDrugCode } from './drug-codes.js';
import type { DrugIdentity } from './record.js';
import { partsOf, stringOf } from '../untrusted.js';
import { createNameFinder, type FindNames } from './words.js';

/** What a resource says of its medication, wherever it says it. */
export interface StatedMedication {
  /** Its own concept and the code of the Medication it refers to. */
  readonly concepts: readonly CodeableConcept[];
  /** The items of `Medication.ingredient`. */
  readonly ingredients: readonly CodeableConcept[];
  /** Displays of references. */
  readonly displays: readonly string[];
  /** Texts of route and dose form: they tell a form, never a drug. */
  readonly formTexts: readonly string[];
  /** An allergy may be to a whole class: "tricyclic antidepressants". */
  readonly isAllergy: boolean;
  /** True when it refers to a Medication that could not be found. */
  readonly missing: boolean;
}

export type Identify = (stated: StatedMedication) => DrugIdentity;

/** What one concept tells by its codes and by its words. */
interface Told {
  readonly coded: readonly string[];
  readonly worded: readonly string[];
  readonly products: readonly Product[];
  readonly texts: readonly string[];
  readonly codes: readonly string[];
}

interface Reader {
  readonly readCode: ReadDrugCode;
  readonly findDrugs: FindNames;
  readonly findClasses: FindNames;
  readonly findForms: FindNames;
  readonly pairs: readonly (readonly [string, string])[];
  readonly vocabulary: Vocabulary;
}

/**
 * @param pairs drugs that are taken for one another: a medication telling both of a pair is in conflict with itself
 */
export function createIdentifier(
  vocabulary: Vocabulary,
  pairs: readonly (readonly [string, string])[],
): Identify {
  const reader: Reader = {
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
function wordsFor(names: ReadonlyMap<string, readonly string[]>): (readonly [string, readonly string[]])[] {
  return [...names].flatMap(([name, words]) => words.map((word) => [word, [name]] as const));
}

function drugNames({ drugs }: Vocabulary): (readonly [string, readonly string[]])[] {
  return [...drugs.values()].flatMap(({ name, names }) =>
    [name, ...names].map((one) => [one, [name]] as const),
  );
}

/** A brand tells the drugs that every product of that brand holds; the drugs' own entries know their brands better. */
function brands({ products, drugs }: Vocabulary): ReadonlyMap<string, readonly string[]> {
  const own = new Set([...drugs.values()].flatMap(({ names }) => names.map((name) => name.toLowerCase())));
  const held = new Map<string, readonly string[]>();
  for (const product of products.values()) {
    const brand = /\[([^\]]+)\]\)?$/.exec(product.name)?.[1];
    if (brand === undefined || own.has(brand.toLowerCase())) continue;
    const earlier = held.get(brand) ?? product.drugs;
    held.set(
      brand,
      earlier.filter((drug) => product.drugs.includes(drug)),
    );
  }
  return held;
}

function identify(stated: StatedMedication, reader: Reader): DrugIdentity {
  const concepts = stated.concepts.map((concept) => tell(concept, reader));
  const ingredients = stated.ingredients.map((concept) => tell(concept, reader));
  const told = [...concepts, ...ingredients];
  const coded = union(told.map((one) => one.coded));
  const displayed = union(stated.displays.map((display) => [...reader.findDrugs(display)]));
  const worded = union([...told.map((one) => one.worded), displayed]);
  const products = told.flatMap((one) => one.products);
  const items = union(ingredients.map(drugsOf));
  const compounds = [...products.map((product) => product.drugs), items];
  const sure = union([...concepts.map((one) => one.coded), items]);
  const conflict = conflictOf(union([coded, worded]), compounds, reader.pairs);
  const texts = [...told.flatMap((one) => one.texts), ...stated.displays];
  const codes = told.flatMap((one) => one.codes);
  const stating = texts.length > 0 || codes.length > 0;
  const single = union([sure.length > 0 ? sure : worded, conflict]);
  const classes = stated.isAllergy ? classesOf(texts, reader) : noClasses;
  return {
    drugs: union([single, classes.drugs]),
    called: union([single, classes.called]),
    conflict,
    byNameOnly: coded.length === 0 && (worded.length > 0 || classes.drugs.length > 0),
    product: conflict.length > 0 ? undefined : longestName(products),
    forms: formsOf([...texts, ...codes, ...stated.formTexts], products, reader),
    stated: stating,
    unresolved: stated.missing && !stating,
  };
}

function tell(concept: CodeableConcept, { readCode, findDrugs }: Reader): Told {
  const codings = partsOf(concept.coding);
  const read = codings.flatMap(({ system, code }) => readCode(stringOf(system), stringOf(code)) ?? []);
  const written = [concept.text, ...codings.map(({ display }) => display)].flatMap(
    (text) => stringOf(text) ?? [],
  );
  const texts = [...new Set(written)];
  return {
    coded: union(read.map(({ drugs }) => drugs)),
    worded: union(texts.map((text) => [...findDrugs(text)])),
    products: read.flatMap(({ product }) => product ?? []),
    texts,
    codes: codings.flatMap(({ code }) => stringOf(code) ?? []),
  };
}

/** One ingredient is one drug: when its own code and words differ, that is no compound of both. */
function drugsOf({ coded, worded }: Told): readonly string[] {
  return coded.length > 0 ? coded : worded;
}

const noClasses: Pick<DrugIdentity, 'drugs' | 'called'> = { drugs: [], called: [] };

function classesOf(
  texts: readonly string[],
  { findClasses, vocabulary: { classes, classNames } }: Reader,
): typeof noClasses {
  const found = union(texts.map((text) => [...findClasses(text)]));
  return {
    drugs: union(found.map((name) => classes.get(name) ?? [])),
    called: found.map((name) => classNames.get(name)?.[0] ?? name),
  };
}

function conflictOf(
  told: readonly string[],
  compounds: readonly (readonly string[])[],
  pairs: Reader['pairs'],
): readonly string[] {
  const conflicting = pairs.filter(
    (pair) =>
      pair.every((drug) => told.includes(drug)) &&
      !compounds.some((held) => pair.every((drug) => held.includes(drug))),
  );
  return union(conflicting);
}

/** Of several codings the most specific product has the longest name: "baclofen 10 MG Oral Tablet", not "Baclofen Pill". */
function longestName(products: readonly Product[]): string | undefined {
  const names = products.map(({ name }) => name).filter((name) => name !== '');
  return names.reduce<string | undefined>(
    (longest, name) => (longest === undefined || name.length > longest.length ? name : longest),
    undefined,
  );
}

function formsOf(texts: readonly string[], products: readonly Product[], reader: Reader): readonly string[] {
  const all = [...texts, ...products.flatMap(({ name, route }) => [name, route])];
  return union(all.map((text) => [...reader.findForms(text)]));
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}
