/** Amounts of a drug: masses in micrograms, volumes, and pieces such as tablets, brought together by a product's strength. */

import { remembered } from '../remembered.js';
import { numberOf, type Part, partOf, partsOf, stringOf } from '../untrusted.js';

/** Micrograms in a unit of mass, by UCUM code and by the words clients use. */
const MASS: ReadonlyMap<string, number> = new Map([
  ...['g', 'gm', 'gram', 'grams'].map((unit) => [unit, 1_000_000] as const),
  ...['mg', 'milligram', 'milligrams'].map((unit) => [unit, 1000] as const),
  ...['mcg', 'ug', '\u03BCg', 'microgram', 'micrograms'].map((unit) => [unit, 1] as const),
]);
const VOLUME: ReadonlySet<string> = new Set(['ml', 'milliliter', 'milliliters', 'millilitre', 'millilitres']);
const PIECE: ReadonlySet<string> = new Set(
  'tablet tablets tab tabs tbl ea capsule capsules cap caps pill pills each packet packets piece pieces 1'.split(
    ' ',
  ),
);
/** What may stand behind a piece: "Tablet, film coated". */
const FORM: ReadonlySet<string> = new Set(
  'oral film coated chewable dispersible disintegrating orally extended delayed release hour hr 12 24 er xr dr'.split(
    ' ',
  ),
);

/** `mcg`: micrograms; `ml`: millilitres; `piece`: tablets, capsules and the like. */
export interface Amount {
  readonly value: number;
  readonly kind: 'mcg' | 'ml' | 'piece';
  /** True when it was written in micrograms. */
  readonly inMicrograms: boolean;
}

/** Micrograms of the drug in one millilitre or in one piece of a product. */
export interface Strength {
  readonly mcg: number;
  readonly per: 'ml' | 'piece';
}

/** A FHIR Quantity as an amount; undefined without a number, with a unit we do not know, or when it says "more than". */
export function amountOf(quantity: unknown): Amount | undefined {
  const part = partOf(quantity);
  const value = numberOf(part?.['value']);
  if (
    part === undefined ||
    value === undefined ||
    value < 0 ||
    stringOf(part['comparator'])?.startsWith('>') === true
  ) {
    return undefined;
  }
  for (const unit of [stringOf(part['code']), stringOf(part['unit'])]) {
    const amount = unit === undefined ? undefined : inUnit(value, unit);
    if (amount !== undefined) return amount;
  }
  return undefined;
}

function inUnit(value: number, written: string): Amount | undefined {
  const unit = written
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[{}[\]().]/g, '');
  const mass = MASS.get(unit);
  if (mass !== undefined) return { value: value * mass, kind: 'mcg', inMicrograms: mass === 1 };
  if (VOLUME.has(unit)) return { value, kind: 'ml', inMicrograms: false };
  const [first = '', ...form] = unit.split(/[ ,-]+/);
  return PIECE.has(first) && form.every((word) => FORM.has(word))
    ? { value, kind: 'piece', inMicrograms: false }
    : undefined;
}

/** An amount in micrograms of the drug. */
export function microgramsOf(amount: Amount | undefined, strength: Strength | undefined): number | undefined {
  if (amount === undefined) return undefined;
  if (amount.kind === 'mcg') return amount.value;
  return strength?.per === amount.kind ? amount.value * strength.mcg : undefined;
}

/**
 * The strength in a product name of our table ("baclofen 10 MG Oral Tablet", "20 ML baclofen 0.5 MG/ML Injection").
 * A name with several strengths (a combination, a pack) does not say which is the drug's: undefined.
 */
export function strengthOfProduct(product: string | undefined): Strength | undefined {
  return product === undefined ? undefined : strengthIn(product);
}

/** Whether a dose can be taken of a product: whole or half tablets, and any volume; true where its strength is unknown. */
export function canBeTaken(milligrams: number, strength: Strength | undefined): boolean {
  return strength?.per !== 'piece' || Number.isInteger((milligrams * 2000) / strength.mcg);
}

/** Each name of our table is read once. */
const strengthIn = remembered((product): Strength | undefined => {
  const found = [...product.matchAll(/(\d+(?:\.\d+)?) (MG|MCG)(\/ML)?(?![\w/])/g)];
  const [only, another] = found;
  if (only === undefined || another !== undefined || product.includes(' / ')) return undefined;
  const mcg = Number(only[1]) * (only[2] === 'MG' ? 1000 : 1);
  return { mcg, per: only[3] === undefined ? 'piece' : 'ml' };
});

/**
 * The strength in the words of a medication that is no product of our table: "Baclofen 15 mg tablets", "5 mg/5 mL". Words
 * with several amounts do not say which is the strength, nor do those of which another says another: undefined.
 */
export function strengthOfWords(texts: readonly string[]): Strength | undefined {
  const [first, ...others] = texts.flatMap((text) => strengthInWords(text) ?? []);
  return others.every((one) => one.mcg === first?.mcg && one.per === first.per) ? first : undefined;
}

/** Catalogues name the same products again and again. */
const strengthInWords = remembered((text): Strength | undefined => {
  const amounts = /(?<![\d.,])(\d+(?:\.\d+)?) *(mg|mcg)(?: *\/ *(?:(\d+(?:\.\d+)?) *)?ml)?(?!\w| *\/)/gi;
  const [only, another] = [...text.matchAll(amounts)];
  if (only === undefined || another !== undefined) return undefined;
  const [whole, amount, unit = '', volume = '1'] = only;
  const mcg = (Number(amount) * (unit.toLowerCase() === 'mg' ? 1000 : 1)) / Number(volume);
  return Number.isFinite(mcg) ? { mcg, per: /ml$/i.test(whole) ? 'ml' : 'piece' } : undefined;
});

/** The strength in `Medication.ingredient` of a medication with one ingredient. */
export function strengthOfMedication(medication: Part | undefined): Strength | undefined {
  const [only, another] = partsOf(medication?.['ingredient']);
  if (only === undefined || another !== undefined) return undefined;
  const ratio = partOf(only['strength']) ?? partOf(only['strengthRatio']);
  const drug = amountOf(ratio?.['numerator']);
  const product = amountOf(ratio?.['denominator']);
  if (drug?.kind !== 'mcg' || product === undefined || product.kind === 'mcg' || product.value === 0) {
    return undefined;
  }
  return { mcg: drug.value / product.value, per: product.kind };
}
