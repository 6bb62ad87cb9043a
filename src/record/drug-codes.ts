/** Drug codes as clients send them (RxNorm, NDC, ATC) → the drugs of the vocabulary they stand for. */

import { flatMap } from '../flat-map.js';
import type { Product, Vocabulary } from '../library/vocabulary.js';
import { elevenDigits } from './ndc.js';

/** Code systems by every name they are sent under (URL, and OID as some EHRs write it). */
const SYSTEMS: ReadonlyMap<string, 'rxnorm' | 'ndc' | 'atc'> = new Map([
  ['http://www.nlm.nih.gov/research/umls/rxnorm', 'rxnorm'],
  ['urn:oid:2.16.840.1.113883.6.88', 'rxnorm'],
  ['http://hl7.org/fhir/sid/ndc', 'ndc'],
  ['urn:oid:2.16.840.1.113883.6.69', 'ndc'],
  ['http://www.whocc.no/atc', 'atc'],
]);

export interface CodedDrugs {
  readonly drugs: readonly string[];
  /** The product of our own table that the code names. */
  readonly product: Product | undefined;
}

/**
 * Whether a code of a system that no table holds is then of another drug: of each drug the ingredient, its class and its
 * products are known, of packages those of a few drugs only.
 */
export function tellsApart(system: string | undefined): boolean {
  const name = system === undefined ? undefined : SYSTEMS.get(system);
  return name !== undefined && name !== 'ndc';
}

/** What a code of a system means; undefined when either is not known. A code without a system says nothing. */
export type ReadDrugCode = (system: string | undefined, code: string | undefined) => CodedDrugs | undefined;

export function createDrugCodes(vocabulary: Vocabulary): ReadDrugCode {
  const ingredients = new Map<string, string[]>();
  const atc = new Map<string, string[]>();
  for (const drug of vocabulary.drugs.values()) {
    for (const { code } of drug.rxnorm) add(ingredients, code, drug.name);
    for (const code of drug.atc) add(atc, code, drug.name);
  }
  return (system, code) => {
    if (system === undefined || code === undefined) return undefined;
    const written = code.trim();
    const name = SYSTEMS.get(system);
    if (name === 'rxnorm') {
      return coded(ingredients.get(written)) ?? productOf(vocabulary.products.get(written));
    }
    if (name === 'atc') return coded(atc.get(written.toUpperCase()));
    return name === 'ndc' ? packageOf(written, vocabulary) : undefined;
  };
}

function add(map: Map<string, string[]>, code: string, drug: string): void {
  map.set(code, [...(map.get(code) ?? []), drug]);
}

function coded(drugs: readonly string[] | undefined): CodedDrugs | undefined {
  return drugs === undefined ? undefined : { drugs, product: undefined };
}

function productOf(product: Product | undefined): CodedDrugs | undefined {
  return product === undefined ? undefined : { drugs: product.drugs, product };
}

/** Where a code can be read in several ways, it counts only when all known readings hold the same drugs. */
function packageOf(code: string, vocabulary: Vocabulary): CodedDrugs | undefined {
  const rxcuis = new Set(flatMap(elevenDigits(code), (ndc) => vocabulary.ndc.get(ndc) ?? []));
  const products = flatMap([...rxcuis], (rxcui) => vocabulary.products.get(rxcui) ?? []);
  const [first, ...others] = products;
  if (first === undefined) return undefined;
  if (others.length === 0) return productOf(first);
  const same = others.every((other) => other.drugs.join() === first.drugs.join());
  return same ? { drugs: first.drugs, product: undefined } : undefined;
}
