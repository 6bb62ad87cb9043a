/** One value of a prefetch object, in any of the shapes clients send, as its resources and what went wrong. */
import { partOf, partsOf, stringOf } from '../untrusted.js';
const NOTHING = {
    resources: [],
    matches: [],
    byFullUrl: () => new Map(),
    fault: undefined,
    more: false,
    asked: undefined,
};
const ERROR = 'reported as an error by the record system';
const UNREADABLE = 'sent in a form that could not be read';
/** Bundles in Bundles (batch answers) are opened this deep; entries and wrappers count as levels. */
const DEEPEST = 8;
export function openPrefetchValue(value, depth = 0) {
    if (value === null)
        return NOTHING;
    if (Array.isArray(value))
        return openEntries(value, NOTHING, depth);
    const part = partOf(value);
    if (part === undefined || depth > DEEPEST)
        return { ...NOTHING, fault: UNREADABLE };
    const type = stringOf(part['resourceType']);
    if (type === 'Bundle')
        return openBundle(part, depth);
    if (type === 'OperationOutcome')
        return { ...NOTHING, fault: ERROR };
    if (type !== undefined)
        return one(part);
    return 'response' in part || 'resource' in part
        ? openWrapper(part, depth)
        : { ...NOTHING, fault: UNREADABLE };
}
function one(resource) {
    return { ...NOTHING, resources: [resource], matches: [resource] };
}
/** `{resource, response: {status}}`, as the legacy sandbox wraps its answers. */
function openWrapper(part, depth) {
    const status = partOf(part['response'])?.['status'];
    // "200", "200 OK" and 200 are all seen.
    const failed = status !== undefined && !/^"?2/.test(JSON.stringify(status));
    if (failed)
        return { ...NOTHING, fault: ERROR };
    return openPrefetchValue(part['resource'] ?? null, depth + 1);
}
function openBundle(bundle, depth) {
    const links = partsOf(bundle['link']);
    const url = (relation) => stringOf(links.find((link) => link['relation'] === relation)?.['url']);
    const base = { ...NOTHING, more: url('next') !== undefined, asked: askedType(url('self')) };
    const entries = bundle['entry'] ?? [];
    if (!Array.isArray(entries))
        return { ...base, fault: UNREADABLE };
    const opened = openEntries(entries, base, depth);
    const warnings = outcomesIn(entries);
    if (warnings.length === 0 || opened.fault === ERROR)
        return opened;
    // Epic answers "no results" as a warning in a searchset of total 0: it looked, and there is nothing.
    const said = opened.resources.length > 0 || bundle['total'] === 0;
    return warnings.some(isError) || !said ? { ...opened, fault: ERROR } : opened;
}
function openEntries(entries, base, depth) {
    const resources = [];
    const matches = [];
    let { fault, more } = base;
    for (const entry of entries) {
        const part = partOf(entry);
        const isMatch = partOf(part?.['search'])?.['mode'] !== 'include';
        const resource = resourceIn(part, depth);
        if (resource !== undefined) {
            resources.push(resource);
            if (isMatch)
                matches.push(resource);
        }
        else if (outcomeOf(entry) === undefined) {
            const opened = openPrefetchValue(part ?? 'not a resource', depth + 1);
            fault ??= opened.fault;
            more ||= opened.more;
            for (const one of opened.resources)
                resources.push(one);
            if (isMatch)
                for (const one of opened.matches)
                    matches.push(one);
        }
    }
    return { ...base, resources, matches, byFullUrl: () => fullUrlsIn(entries, depth), fault, more };
}
/** The resource of an entry of a Bundle as nearly all are: there is nothing to open, and nothing else is said of it. */
function resourceIn(entry, depth) {
    if (entry === undefined || entry['resourceType'] !== undefined || 'response' in entry)
        return undefined;
    const resource = partOf(entry['resource']);
    const type = stringOf(resource?.['resourceType']);
    const isPlain = type !== undefined && type !== 'Bundle' && type !== 'OperationOutcome';
    // The entry is one level, the resource the next.
    return isPlain && depth + 2 <= DEEPEST ? resource : undefined;
}
function fullUrlsIn(entries, depth) {
    const byFullUrl = new Map();
    for (const entry of entries) {
        const fullUrl = stringOf(partOf(entry)?.['fullUrl']);
        if (fullUrl === undefined || outcomeOf(entry) !== undefined)
            continue;
        const [first] = openPrefetchValue(entry, depth + 1).resources;
        if (first !== undefined)
            byFullUrl.set(fullUrl, first);
    }
    return byFullUrl;
}
function outcomesIn(entries) {
    const outcomes = [];
    for (const entry of entries) {
        const outcome = outcomeOf(entry);
        if (outcome !== undefined)
            outcomes.push(outcome);
    }
    return outcomes;
}
/** The OperationOutcome an entry carries or is. */
function outcomeOf(entry) {
    const part = partOf(entry);
    if (isOutcome(part))
        return part;
    const resource = partOf(part?.['resource']);
    return isOutcome(resource) ? resource : undefined;
}
function isOutcome(part) {
    return part?.['resourceType'] === 'OperationOutcome';
}
/** Issues are errors unless they say they are warnings or information. */
function isError(outcome) {
    return !partsOf(outcome['issue']).every(({ severity }) => severity === 'warning' || severity === 'information');
}
/** `…/Condition?patient=1` → `Condition`. */
function askedType(url) {
    const [path = ''] = (url ?? '').split('?');
    return stringOf(path.split('/').at(-1));
}
//# sourceMappingURL=prefetch-value.js.map