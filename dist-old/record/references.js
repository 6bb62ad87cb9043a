/** Where a reference of the record points to: contained, drafted, sent beside the drafts, or prefetched. */
import { partOf, partsOf, stringOf } from '../untrusted.js';
/** @param targets asked for at the first reference that needs them: many calls hold none */
export function createResolve(targets) {
    let find;
    const containedIn = containedById();
    return (reference, from) => {
        const written = stringOf(partOf(reference)?.['reference']);
        if (written === undefined)
            return undefined;
        if (written.startsWith('#'))
            return containedIn(from, written.slice(1));
        find ??= finderAmong(targets());
        return find(written);
    };
}
function finderAmong({ resources, byFullUrl }) {
    const byName = new Map();
    for (const resource of resources) {
        for (const name of namesOf(resource))
            if (!byName.has(name))
                byName.set(name, resource);
    }
    return (written) => byFullUrl.get(written) ?? byName.get(written) ?? byName.get(relative(written));
}
function namesOf(resource) {
    const id = stringOf(resource.id);
    if (id === undefined)
        return [];
    return [`${resource.resourceType}/${id}`, id.startsWith('urn:') ? id : `urn:uuid:${id}`];
}
/** What each resource contains, by id, looked through once for all of its references. */
function containedById() {
    const known = new WeakMap();
    return (from, id) => {
        const contained = known.get(from) ?? contentsOf(from);
        known.set(from, contained);
        const found = contained.get(id);
        return stringOf(found?.['resourceType']) === undefined ? undefined : found;
    };
}
function contentsOf(from) {
    const byId = new Map();
    for (const resource of partsOf(partOf(from)?.['contained'])) {
        const id = stringOf(resource['id']);
        if (id === undefined)
            continue;
        // A contained id is also seen with the "#" of its references.
        for (const name of [id, id.replace(/^#/, '')])
            if (!byId.has(name))
                byId.set(name, resource);
    }
    return byId;
}
/** `Type/id` of a relative, absolute or versioned reference. */
export function relative(reference) {
    const version = reference.indexOf('/_history/');
    const current = version < 0 ? reference : reference.slice(0, version);
    const last = current.lastIndexOf('/');
    return last <= 0 ? current : current.slice(current.lastIndexOf('/', last - 1) + 1);
}
//# sourceMappingURL=references.js.map