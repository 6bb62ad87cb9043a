/** Which drugs of the vocabulary a medication is: by code first, then by the words of its displays and texts. */

import { flatMap } from '../flat-map.js';
import type { CodeableConcept } from 'fhir/r4.js';
import type { Product, Vocabulary } from '../library/vocabulary.js';
import { createDrugCodes, type ReadDrugCode, tellsApart } from './drug-codes.js';
import type { DrugIdentity } from './record.js';
import { partsOf, stringOf } from '../untrusted.js';
import {
  createInstructionReader,
  createTextReaders,
  type ReadInstruction,
  type ReadText,
  type ReadWords,
} from './read-words.js';

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
  /** Words of its instructions, when no route is named. */
  readonly instructions: readonly string[];
  /** Codes and texts of routes, each as a whole. */
  readonly routes: readonly string[];
  /** An allergy may be to a whole class: "tricyclic antidepressants". */
  readonly isAllergy: boolean;
  /** A statement may say of a drug that it is not taken. */
  readonly isStatement: boolean;
  /** True when it refers to a Medication that could not be found. */
  readonly missing: boolean;
}

export type Identify = (stated: StatedMedication) => DrugIdentity;

/** What one concept tells by its codes and by its words. */
interface Told {
  readonly coded: readonly string[];
  readonly worded: readonly string[];
  readonly products: readonly Product[];
  readonly texts: readonly ReadText[];
  readonly codes: readonly string[];
  /** One of the codes is of a known drug, or of a system that would tell if it were. */
  readonly isRead: boolean;
}

interface Reader {
  readonly readCode: ReadDrugCode;
  readonly readText: ReadWords;
  readonly readInstruction: ReadInstruction;
  /** Code of a route, in capitals → the forms it tells. */
  readonly formsOfRoutes: ReadonlyMap<string, readonly string[]>;
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
  const { readText, readAllergy, readStatement } = createTextReaders(vocabulary);
  const order: Reader = {
    readCode: createDrugCodes(vocabulary),
    readText,
    readInstruction: createInstructionReader(vocabulary),
    formsOfRoutes: formsOfRoutes(vocabulary),
    pairs,
    vocabulary,
  };
  const allergy = { ...order, readText: readAllergy };
  const statement = { ...order, readText: readStatement };
  const readers = { order, allergy, statement };
  return (stated) => identify(stated, readers);
}

/** What is read of each kind of entry: its words may deny what they name. */
type Readers = Readonly<Record<'order' | 'allergy' | 'statement', Reader>>;

function identify(stated: StatedMedication, { order, allergy, statement }: Readers): DrugIdentity {
  if (stated.isAllergy) return identifyBy(stated, allergy).identity;
  if (!stated.isStatement) return identifyBy(stated, order).identity;
  const { identity, denied } = identifyBy(stated, statement);
  if (denied.length === 0) return identity;
  const whole = identifyBy(stated, order).identity;
  // A display names what a code means: it does not say that it is taken.
  return whole.drugs.every((drug) => denied.includes(drug)) ? { ...whole, notTaken: true } : identity;
}

function identifyBy(stated: StatedMedication, reader: Reader) {
  const concepts = stated.concepts.map((concept) => tell(concept, reader));
  const ingredients = stated.ingredients.map((concept) => tell(concept, reader));
  const told = [...concepts, ...ingredients];
  const displays = stated.displays.map(reader.readText);
  const coded = union(told.map((one) => one.coded));
  const worded = union([...told.map((one) => one.worded), ...displays.map((text) => text.drugs)]);
  const products = flatMap(told, (one) => one.products);
  const items = union(ingredients.map(drugsOf));
  const sure = union([...concepts.map((one) => one.coded), items]);
  const conflict = conflictOf(union([coded, worded]), products, items, reader.pairs);
  const texts = [...flatMap(told, (one) => one.texts), ...displays];
  const codes = flatMap(told, (one) => one.codes);
  const stating = texts.length > 0 || codes.length > 0;
  const single = union([sure.length > 0 ? sure : worded, conflict]);
  const classes = stated.isAllergy ? classesOf(texts, reader) : noClasses;
  const formTexts = [...codes, ...stated.formTexts].map(reader.readText);
  const forms = formsOf([...texts, ...formTexts], products, stated, reader);
  const identity: DrugIdentity = {
    drugs: union([single, classes.drugs]),
    called: union([single, classes.called]),
    conflict,
    byNameOnly: coded.length === 0 && (worded.length > 0 || classes.drugs.length > 0),
    product: conflict.length > 0 ? undefined : longestName(products),
    forms,
    amountsOfProduct: forms.some((form) => reader.vocabulary.ofProduct.has(form)),
    stated: stating,
    unresolved: stated.missing && !stating,
    nameless: texts.length === 0 && !told.some((one) => one.isRead),
  };
  return { identity, denied: union(texts.map((text) => text.denied)) };
}

function tell(concept: CodeableConcept, { readCode, readText }: Reader): Told {
  const codings = partsOf(concept.coding);
  const written = new Set<string>();
  const codes: string[] = [];
  const coded: (readonly string[])[] = [];
  const products: Product[] = [];
  let isKnown = false;
  for (const text of [concept.text, ...codings.map(({ display }) => display)]) {
    const stated = stringOf(text);
    if (stated !== undefined) written.add(stated);
  }
  for (const coding of codings) {
    const code = stringOf(coding['code']);
    if (code === undefined) continue;
    codes.push(code);
    const system = stringOf(coding['system']);
    const read = readCode(system, code);
    isKnown ||= read !== undefined || tellsApart(system);
    if (read === undefined) continue;
    coded.push(read.drugs);
    if (read.product !== undefined) products.push(read.product);
  }
  const texts = [...written].map(readText);
  return {
    coded: union(coded),
    worded: union(texts.map(({ drugs }) => drugs)),
    products,
    texts,
    codes,
    isRead: isKnown,
  };
}

/** One ingredient is one drug: when its own code and words differ, that is no compound of both. */
function drugsOf({ coded, worded }: Told): readonly string[] {
  return coded.length > 0 ? coded : worded;
}

function formsOfRoutes({ routes }: Vocabulary): ReadonlyMap<string, readonly string[]> {
  return new Map(
    flatMap([...routes], ([form, codes]) => codes.map(({ code }) => [code.toUpperCase(), [form]])),
  );
}

const noClasses: Pick<DrugIdentity, 'drugs' | 'called'> = { drugs: [], called: [] };

function classesOf(texts: Told['texts'], { vocabulary: { classes, classNames } }: Reader): typeof noClasses {
  const found = union(texts.map((text) => text.classes));
  return {
    drugs: union(found.map((name) => classes.get(name) ?? [])),
    called: found.map((name) => classNames.get(name)?.[0] ?? name),
  };
}

function conflictOf(
  told: readonly string[],
  products: readonly Product[],
  items: readonly string[],
  pairs: Reader['pairs'],
): readonly string[] {
  if (told.length < 2) return [];
  const compounds = [...products.map(({ drugs }) => drugs), items];
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

function formsOf(
  texts: readonly ReadText[],
  products: readonly Product[],
  { routes, instructions }: StatedMedication,
  reader: Reader,
): readonly string[] {
  const named = flatMap(products, ({ name, route }) => [reader.readText(name), reader.readText(route)]);
  const coded = routes.map((route) => reader.formsOfRoutes.get(route.trim().toUpperCase()) ?? NO_NAMES);
  const instructed = instructions.map(reader.readInstruction);
  return union([...[...texts, ...named].map(({ forms }) => forms), ...coded, ...instructed]);
}

const NO_NAMES: readonly string[] = [];

/** Each once, in the order they are first told: never more than the vocabulary has. */
function union(lists: readonly (readonly string[])[]): readonly string[] {
  let all: readonly string[] = NO_NAMES;
  for (const list of lists) {
    if (list.length === 0) continue;
    // Of nearly all medications one list tells one name, and need not be copied.
    all = all.length === 0 && list.length === 1 ? list : joined(all, list);
  }
  return all;
}

function joined(all: readonly string[], list: readonly string[]): readonly string[] {
  const more = list.filter((name, at) => !all.includes(name) && list.indexOf(name) === at);
  return more.length === 0 ? all : [...all, ...more];
}
