/** The identity of a medication, found at its first use: a long history costs nothing to an order outside the library's scope. */

import type { FhirResource } from 'fhir/r4.js';
import type { Identify } from './identify.js';
import { type Resolve, statedMedication } from './medication.js';
import type { DrugIdentity } from './record.js';

export function identityOf(resource: FhirResource, identify: Identify, resolve: Resolve): DrugIdentity {
  return new IdentityWhenAsked(resource, identify, resolve);
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

  #known(): DrugIdentity {
    this.#found ??= this.#identify(statedMedication(this.#resource, this.#resolve));
    return this.#found;
  }
}
