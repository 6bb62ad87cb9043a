/** The identity of a medication, found at its first use: a long history costs nothing to an order outside the library's scope. */
import { statedMedication } from './medication.js';
export function identityOf(resource, identify, resolve) {
    return new IdentityWhenAsked(resource, identify, resolve);
}
/** One object for each entry; an entry that is copied takes it along, asked or not. */
class IdentityWhenAsked {
    #resource;
    #identify;
    #resolve;
    #found;
    constructor(resource, identify, resolve) {
        this.#resource = resource;
        this.#identify = identify;
        this.#resolve = resolve;
    }
    get drugs() {
        return this.#known().drugs;
    }
    get called() {
        return this.#known().called;
    }
    get conflict() {
        return this.#known().conflict;
    }
    get byNameOnly() {
        return this.#known().byNameOnly;
    }
    get product() {
        return this.#known().product;
    }
    get forms() {
        return this.#known().forms;
    }
    get stated() {
        return this.#known().stated;
    }
    get unresolved() {
        return this.#known().unresolved;
    }
    #known() {
        this.#found ??= this.#identify(statedMedication(this.#resource, this.#resolve));
        return this.#found;
    }
}
//# sourceMappingURL=identity.js.map