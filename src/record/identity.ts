/** The identity of a medication, found at its first use: a long history costs nothing to an order outside the library's scope. */

import type { FhirResource } from 'fhir/r4.js';
import { onceEach } from '../once-each.js';
import type { Identify } from './identify.js';
import { type Resolve, statedMedication } from './medication.js';
import type { DrugIdentity } from './record.js';

export function identityOf(resource: FhirResource, identify: Identify, resolve: Resolve): DrugIdentity {
  return new IdentityWhenAsked(resource, identify, resolve);
}

/**
 * Whether an order and an entry of the record with the same id are of two drugs: the entry is of a known one, and the order
 * of another, or of something in words that is none. A stop is of the entry that it names, unless it names another drug that
 * is known; what nobody can name may be of any.
 */
export function areOfTwoDrugs(order: DrugIdentity, entry: DrugIdentity, isStop: boolean): boolean {
  if (entry.drugs.length === 0 || order.drugs.some((drug) => entry.drugs.includes(drug))) return false;
  return order.drugs.length > 0 || (!isStop && !order.nameless);
}

/**
 * What an order of the call is of that has an older state in the record: as it says itself, and where it says nothing, as that
 * state does. A stop need not repeat what is stopped, nor the way it was given.
 */
export function withEntry(own: DrugIdentity, entry: DrugIdentity, isStop: boolean): DrugIdentity {
  if (own.drugs.length === 0 && (isStop || own.nameless)) return entry;
  return isStop && own.forms.length === 0 ? withForms(own, entry.forms) : own;
}

/**
 * What a stop is of that names no entry: given as all that it can be of, where it says nothing of that itself.
 * @param listed what goes on; asked for once, however many stops there are
 */
export function asAllAreGiven(listed: () => readonly DrugIdentity[]): (own: DrugIdentity) => DrugIdentity {
  let all: readonly DrugIdentity[] | undefined;
  const formsOf = onceEach((drugs: string): readonly string[] => {
    all ??= listed();
    const wanted = new Set(drugs.split('|'));
    const [first, ...others] = all.filter((entry) => entry.drugs.some((drug) => wanted.has(drug)));
    return (first?.forms ?? []).filter((form) => others.every((other) => other.forms.includes(form)));
  });
  return (own) => {
    if (own.drugs.length === 0 || own.forms.length > 0) return own;
    const forms = formsOf(own.drugs.join('|'));
    return forms.length === 0 ? own : withForms(own, forms);
  };
}

function withForms(identity: DrugIdentity, forms: readonly string[]): DrugIdentity {
  const { drugs, called, conflict, byNameOnly, product } = identity;
  const { amountsOfProduct, stated, unresolved, nameless } = identity;
  return {
    drugs,
    called,
    conflict,
    byNameOnly,
    product,
    forms,
    amountsOfProduct,
    stated,
    unresolved,
    nameless,
  };
}

/** One object for each entry; an entry that is copied takes it along, asked or not. */
class IdentityWhenAsked implements DrugIdentity {
  readonly #resource: FhirResource;
  readonly #identify: Identify;
  readonly #resolve: Resolve;
  #found: DrugIdentity | undefined;

  constructor(resource: FhirResource, identify: Identify, resolve: Resolve) {
    this.#resource = resource;
    this.#identify = identify;
    this.#resolve = resolve;
  }

  get drugs(): readonly string[] {
    return this.#known().drugs;
  }
  get called(): readonly string[] {
    return this.#known().called;
  }
  get conflict(): readonly string[] {
    return this.#known().conflict;
  }
  get byNameOnly(): boolean {
    return this.#known().byNameOnly;
  }
  get product(): string | undefined {
    return this.#known().product;
  }
  get forms(): readonly string[] {
    return this.#known().forms;
  }
  get amountsOfProduct(): boolean {
    return this.#known().amountsOfProduct;
  }
  get stated(): boolean {
    return this.#known().stated;
  }
  get unresolved(): boolean {
    return this.#known().unresolved;
  }
  get nameless(): boolean {
    return this.#known().nameless;
  }
  get notTaken(): boolean | undefined {
    return this.#known().notTaken;
  }

  #known(): DrugIdentity {
    this.#found ??= this.#identify(statedMedication(this.#resource, this.#resolve));
    return this.#found;
  }
}
