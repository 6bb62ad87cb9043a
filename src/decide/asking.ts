/** One question on its way through the engine: the fact, its arguments, and what it is asked of. */

import type { ArgumentValue } from '../library/argument.js';
import type { FhirResource } from 'fhir/r4.js';
import type { DraftOrder, DrugIdentity } from '../record/record.js';
import type { Witness } from './answer.js';
import type { CompiledFact } from './compile-facts.js';
import type { RecordIndex } from './record-index.js';

/** What the key of a card has bound: the order it is about, and the two drugs it speaks of. */
export interface Binding {
  readonly order: DraftOrder;
  /** Drug or class names standing for `{this}` and `{other}`. */
  readonly this: string;
  readonly other: string;
}

/** What an expression sees by name. */
export type Variables = Readonly<Record<string, unknown>>;

export type Arguments = Readonly<Record<string, ArgumentValue>>;

/** A question of a card with its drugs filled in: the same in every call. */
export interface Prepared {
  readonly compiled: CompiledFact;
  readonly args: Arguments;
  /** The single drugs of its drug argument; undefined when it takes none. */
  readonly drugs: readonly string[] | undefined;
  /** The single problems of its problem argument; undefined when it takes none. */
  readonly problems: readonly string[] | undefined;
  readonly labs: readonly string[];
  /** What its `unclear` could not tell, with the names of its arguments as people say them; undefined when it has none. */
  readonly doubt: string | undefined;
  /** Whether the answer is the same for every order of a call. */
  readonly isOfAnyOrder: boolean;
}

/** A resource that a fact is asked of. */
export interface Candidate {
  readonly resource: FhirResource;
  readonly identity: DrugIdentity | undefined;
  readonly kind: string;
}

/** What a fact has found in some resources. */
export interface Look {
  /** Those that it looks at. */
  readonly candidates: readonly Candidate[];
  readonly witnesses: readonly Witness[];
  /** Whether something in them cannot be judged. */
  isDoubtful(): boolean;
}

/** What one fact has found with the same arguments, so far. */
export interface Looks {
  list?: Look;
  readonly drafts: Map<FhirResource, Look>;
  nameless?: Nameless;
}

/** How many medications nobody can name of which the fact would hold. */
export interface Nameless {
  readonly listed: number;
  readonly ordered: number;
}

export interface Asking {
  readonly prepared: Prepared;
  readonly binding: Binding;
  readonly index: RecordIndex;
  readonly onFault: (fact: string, error: unknown) => void;
  readonly counts: { resources: number };
  /** What was found before by the same fact with the same arguments. */
  readonly looks: Looks;
  /** What its expressions see; made when the first of them is evaluated. */
  readonly variables: () => Variables;
}
