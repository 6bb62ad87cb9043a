/** The vocabulary files of `cards/vocabulary` as values: what a drug, a problem and a laboratory group mean in codes. */

/** A code with the display it is verified under. */
export interface NamedCode {
  readonly code: string;
  readonly display: string;
}

export interface Drug {
  readonly name: string;
  /** RxNorm ingredient. */
  readonly rxnorm: readonly NamedCode[];
  readonly atc: readonly string[];
  /** Brand and other names by which text is recognised, besides `name` itself. */
  readonly names: readonly string[];
}

export interface Product {
  readonly rxcui: string;
  /** RxNorm name; empty for a product of which only route and drugs are known. */
  readonly name: string;
  /** `oral`, `injection`, `intrathecal`, `topical/transdermal`, or empty when not known. */
  readonly route: string;
  /** Drug names of the vocabulary that the product holds (ingredients outside the vocabulary left out). */
  readonly drugs: readonly string[];
}

export interface Problem {
  readonly name: string;
  readonly snomed: readonly NamedCode[];
  /** ICD-10-CM codes; each stands for itself and everything below it. */
  readonly icd10cm: readonly NamedCode[];
  /** ICD-10-CM codes below one of the above that are left out. */
  readonly except: readonly NamedCode[];
  /** Names by which it is known besides the displays of its codes. */
  readonly names?: readonly string[];
}

export interface LabGroup {
  readonly name: string;
  readonly loinc: readonly NamedCode[];
}

export interface Vocabulary {
  readonly drugs: ReadonlyMap<string, Drug>;
  /** Class name → drug names. */
  readonly classes: ReadonlyMap<string, readonly string[]>;
  /** Class name → words that name the whole class in an allergy; the first is how a card prints it. */
  readonly classNames: ReadonlyMap<string, readonly string[]>;
  /** What a page says for a name that does not read as words ("sedative" → "a sedative"). */
  readonly says: ReadonlyMap<string, string>;
  /** Form name → words that tell it ("sublingual" → sublingual, Tonmya). */
  readonly forms: ReadonlyMap<string, readonly string[]>;
  /** Form name → words that tell it in the instructions of an order that names no route. */
  readonly instructionForms: ReadonlyMap<string, readonly string[]>;
  /** Form name → codes of the routes that tell it, with their names. */
  readonly routes: ReadonlyMap<string, readonly NamedCode[]>;
  /** Forms of which an amount is one of the product, not of the drug ("1 g of the cream"). */
  readonly ofProduct: ReadonlySet<string>;
  readonly problems: ReadonlyMap<string, Problem>;
  /** What means no problem on purpose: a concept with such a code, or such words in a display, is not read by its words. */
  readonly leftOut: Pick<Problem, 'snomed' | 'icd10cm'> & { readonly words: readonly string[] };
  /** Group name → problem names. */
  readonly problemGroups: ReadonlyMap<string, readonly string[]>;
  readonly labs: ReadonlyMap<string, LabGroup>;
  /** RxNorm product code → product. */
  readonly products: ReadonlyMap<string, Product>;
  /** NDC in 11 digits without hyphens → RxNorm product code. */
  readonly ndc: ReadonlyMap<string, string>;
}
