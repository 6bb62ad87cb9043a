/** The product tables: RxNorm products and NDC packages with the drugs they hold. */

import { didYouMean, type Fault } from './fault.js';
import { interned } from './interned.js';
import type { Product } from './vocabulary.js';
import { readTable } from './vocabulary-table.js';

const PRODUCTS = 'vocabulary/products.csv';
const NDC = 'vocabulary/ndc.csv';

export interface Products {
  readonly products: ReadonlyMap<string, Product>;
  readonly faults: readonly Fault[];
}

/** Reads `products.csv`: each row holds at least one drug of `drugs`. */
export function readProducts(cardsDir: string, drugs: ReadonlySet<string>): Products {
  const table = readTable(cardsDir, PRODUCTS, ['rxcui', 'name', 'route', 'drugs']);
  const products = new Map<string, Product>();
  const faults: Fault[] = [...table.faults];
  for (const { line, cells } of table.rows) {
    const { drugs: held, ...known } = cells;
    const product = { ...known, drugs: held.split('|').map(interned) };
    const message = productFault(product, drugs, products);
    if (message === undefined) products.set(product.rxcui, product);
    else faults.push({ file: PRODUCTS, line, message });
  }
  return { products, faults };
}

function productFault(
  { rxcui, drugs: held }: Product,
  drugs: ReadonlySet<string>,
  products: ReadonlyMap<string, Product>,
): string | undefined {
  if (!isDigits(rxcui)) return `expected an RxNorm code of digits, found "${rxcui}"`;
  if (products.has(rxcui)) return `product ${rxcui} is in the table already; keep one row`;
  const unknown = held.find((drug) => !drugs.has(drug));
  // Without any drug drugs.yaml could not be read, and says so itself.
  if (unknown === undefined || drugs.size === 0) return undefined;
  return `product ${rxcui} holds "${unknown}", which drugs.yaml does not define${didYouMean(unknown, drugs)}`;
}

/** Reads `ndc.csv`: NDC of 11 digits → RxNorm code of a product of the product table. */
export function readNdc(
  cardsDir: string,
  products: ReadonlyMap<string, Product>,
): { readonly ndc: ReadonlyMap<string, string>; readonly faults: readonly Fault[] } {
  const table = readTable(cardsDir, NDC, ['ndc', 'rxcui']);
  const ndc = new Map<string, string>();
  const faults: Fault[] = [...table.faults];
  for (const { line, cells } of table.rows) {
    const { ndc: code, rxcui } = cells;
    const message = ndcFault(code, rxcui, ndc, products);
    if (message === undefined) ndc.set(code, rxcui);
    else faults.push({ file: NDC, line, message });
  }
  return { ndc, faults };
}

function ndcFault(
  code: string,
  rxcui: string,
  ndc: ReadonlyMap<string, string>,
  products: ReadonlyMap<string, Product>,
): string | undefined {
  if (code.length !== 11 || !isDigits(code)) {
    return `expected an NDC of 11 digits without hyphens, found "${code}"; fill each part with zeros to 5-4-2`;
  }
  if (ndc.has(code)) return `NDC ${code} is in the table already; keep one row`;
  if (products.size > 0 && !products.has(rxcui))
    return `NDC ${code} names product ${rxcui}, which products.csv does not hold`;
  return undefined;
}

function isDigits(text: string): boolean {
  return /^\d+$/.test(text);
}
