/** Changes the resources within a prefetch value and leaves everything around them as it is. */
import { partOf } from '../../untrusted.js';
/** Bundles, entries and wrappers are opened as deep as the record opens them. */
const DEEPEST = 8;
/** @returns the very same value when no resource changed; null for a resource taken out */
export function changeResources(value, change, depth = 0) {
    if (Array.isArray(value))
        return changeList(value, change, depth);
    const part = partOf(value);
    if (part === undefined || depth > DEEPEST)
        return value;
    const type = part['resourceType'];
    if (type === 'Bundle')
        return changeBundle(part, change, depth);
    if (typeof type === 'string' && type.trim() !== '')
        return change(part) ?? null;
    const { resource } = part;
    if (resource === undefined)
        return value;
    const changed = changeResources(resource, change, depth + 1);
    return changed === resource ? value : { ...part, resource: changed };
}
function changeBundle(bundle, change, depth) {
    const { entry } = bundle;
    if (!Array.isArray(entry))
        return bundle;
    const changed = changeList(entry, change, depth);
    return changed === entry ? bundle : { ...bundle, entry: changed };
}
/** A list in which nothing changes costs no new one: most calls are R4, and long. */
function changeList(list, change, depth) {
    let changed;
    for (let at = 0; at < list.length; at += 1) {
        const one = list[at];
        const now = changeResources(one, change, depth + 1);
        if (now !== one)
            changed ??= list.slice(0, at);
        if (now === one || !isTakenOut(now))
            changed?.push(now);
    }
    return changed ?? list;
}
/** A resource taken out, as it is or in its entry. */
function isTakenOut(entry) {
    return entry === null || partOf(entry)?.['resource'] === null;
}
//# sourceMappingURL=prefetch-resources.js.map