/** One value of a prefetch object, in any of the shapes clients send, as its resources and what went wrong. */

import type { FhirResource } from 'fhir/r4.js';
import type { UnreadReason } from './record.js';
import { numberOf, type Part, partOf, partsOf, stringOf } from '../untrusted.js';

export interface PrefetchValue {
  readonly resources: readonly FhirResource[];
  /** Those that were searched for, without what was included beside them. */
  readonly matches: readonly FhirResource[];
  /** Of two entries with one the first; put together when it is asked for: many calls refer to nothing by it. */
  readonly byFullUrl: () => ReadonlyMap<string, FhirResource>;
  /** Why nothing, or not all, of it could be read. */
  readonly fault: UnreadReason | undefined;
  /** True when there are further pages, or more was found than was sent. */
  readonly more: boolean;
  /** The type a searchset says it was asked for (`link` of relation `self`): what an empty one stands for. */
  readonly asked: string | undefined;
  /** True for a resource that was read by itself: of a list it says nothing. */
  readonly alone: boolean;
}

const NOTHING: PrefetchValue = {
  resources: [],
  matches: [],
  byFullUrl: () => new Map(),
  fault: undefined,
  more: false,
  asked: undefined,
  alone: false,
};
const ERROR: UnreadReason = 'reported as an error by the record system';
const UNREADABLE: UnreadReason = 'sent in a form that could not be read';

/** Bundles in Bundles (batch answers) are opened this deep; entries and wrappers count as levels. */
const DEEPEST = 8;

export function openPrefetchValue(value: unknown, depth = 0): PrefetchValue {
  if (value === null) return NOTHING;
  if (Array.isArray(value)) return openEntries(value, NOTHING, depth);
  const part = partOf(value);
  if (part === undefined || depth > DEEPEST) return { ...NOTHING, fault: UNREADABLE };
  const type = stringOf(part['resourceType']);
  if (type === 'Bundle') return openBundle(part, depth);
  if (type === 'OperationOutcome') return { ...NOTHING, fault: ERROR };
  if (type !== undefined) return one(part as unknown as FhirResource);
  return 'response' in part || 'resource' in part
    ? openWrapper(part, depth)
    : { ...NOTHING, fault: UNREADABLE };
}

function one(resource: FhirResource): PrefetchValue {
  return { ...NOTHING, resources: [resource], matches: [resource], alone: true };
}

/** `{resource, response: {status}}`, as the legacy sandbox wraps its answers. */
function openWrapper(part: Part, depth: number): PrefetchValue {
  const status = partOf(part['response'])?.['status'];
  // "200", "200 OK" and 200 are all seen.
  const failed = status !== undefined && !/^"?2/.test(JSON.stringify(status));
  if (failed) return { ...NOTHING, fault: ERROR };
  // Without a status, nothing says that it was looked for and not found.
  if (status === undefined && part['resource'] === null) return { ...NOTHING, fault: UNREADABLE };
  return openPrefetchValue(part['resource'] ?? null, depth + 1);
}

function openBundle(bundle: Part, depth: number): PrefetchValue {
  const links = partsOf(bundle['link']);
  const url = (relation: string) => stringOf(links.find((link) => link['relation'] === relation)?.['url']);
  const base = { ...NOTHING, more: url('next') !== undefined, asked: askedType(url('self')) };
  const entries = bundle['entry'] ?? [];
  if (!Array.isArray(entries)) return { ...base, fault: UNREADABLE };
  const opened = counted(openEntries(entries, base, depth), bundle['total']);
  const warnings = outcomesIn(entries);
  if (warnings.length === 0 || opened.fault === ERROR) return opened;
  // Epic answers "no results" as a warning in a searchset of total 0: it looked, and there is nothing.
  const said = opened.resources.length > 0 || (bundle['total'] === 0 && !warnings.some(holdsBack));
  return warnings.some(isError) || !said ? { ...opened, fault: ERROR } : opened;
}

/** `total` counts what was searched for, not what is included; a server may cut a page without naming the next one. */
function counted(opened: PrefetchValue, total: unknown): PrefetchValue {
  const found = numberOf(total) ?? 0;
  return found > opened.matches.length ? { ...opened, more: true } : opened;
}

function openEntries(entries: readonly unknown[], base: PrefetchValue, depth: number): PrefetchValue {
  const resources: FhirResource[] = [];
  const matches: FhirResource[] = [];
  let { fault, more } = base;
  for (const entry of entries) {
    const part = partOf(entry);
    const isMatch = partOf(part?.['search'])?.['mode'] !== 'include';
    const resource = resourceIn(part, depth);
    if (resource !== undefined) {
      resources.push(resource);
      if (isMatch) matches.push(resource);
    } else if (outcomeOf(entry) === undefined) {
      const opened = openPrefetchValue(part ?? 'not a resource', depth + 1);
      fault ??= opened.fault;
      more ||= opened.more;
      for (const one of opened.resources) resources.push(one);
      if (isMatch) for (const one of opened.matches) matches.push(one);
    }
  }
  return { ...base, resources, matches, byFullUrl: () => fullUrlsIn(entries, depth), fault, more };
}

/** The resource of an entry of a Bundle as nearly all are: there is nothing to open, and nothing else is said of it. */
function resourceIn(entry: Part | undefined, depth: number): FhirResource | undefined {
  if (entry === undefined || entry['resourceType'] !== undefined || 'response' in entry) return undefined;
  const resource = partOf(entry['resource']);
  const type = stringOf(resource?.['resourceType']);
  const isPlain = type !== undefined && type !== 'Bundle' && type !== 'OperationOutcome';
  // The entry is one level, the resource the next.
  return isPlain && depth + 2 <= DEEPEST ? (resource as unknown as FhirResource) : undefined;
}

function fullUrlsIn(entries: readonly unknown[], depth: number): ReadonlyMap<string, FhirResource> {
  const byFullUrl = new Map<string, FhirResource>();
  for (const entry of entries) {
    const fullUrl = stringOf(partOf(entry)?.['fullUrl']);
    if (fullUrl === undefined || byFullUrl.has(fullUrl) || outcomeOf(entry) !== undefined) continue;
    const [first] = openPrefetchValue(entry, depth + 1).resources;
    if (first !== undefined) byFullUrl.set(fullUrl, first);
  }
  return byFullUrl;
}

function outcomesIn(entries: readonly unknown[]): readonly Part[] {
  const outcomes: Part[] = [];
  for (const entry of entries) {
    const outcome = outcomeOf(entry);
    if (outcome !== undefined) outcomes.push(outcome);
  }
  return outcomes;
}

/** The OperationOutcome an entry carries or is. */
function outcomeOf(entry: unknown): Part | undefined {
  const part = partOf(entry);
  if (isOutcome(part)) return part;
  const resource = partOf(part?.['resource']);
  return isOutcome(resource) ? resource : undefined;
}

function isOutcome(part: Part | undefined): boolean {
  return part?.['resourceType'] === 'OperationOutcome';
}

/** Issues are errors unless they say they are warnings or information. */
function isError(outcome: Part): boolean {
  return !partsOf(outcome['issue']).every(
    ({ severity }) => severity === 'warning' || severity === 'information',
  );
}

/** Whether something was not given, or not looked for to the end: then that nothing came says nothing. */
function holdsBack(outcome: Part): boolean {
  return partsOf(outcome['issue']).some(({ code }) => HELD_BACK.has(code));
}

/** Codes of issues (FHIR R4 IssueType) that concern security or that may pass. */
const HELD_BACK: ReadonlySet<unknown> = new Set([
  'security',
  'login',
  'unknown',
  'expired',
  'forbidden',
  'suppressed',
  'transient',
  'lock-error',
  'no-store',
  'timeout',
  'incomplete',
  'throttled',
]);

/** `…/Condition?patient=1` → `Condition`. */
function askedType(url: string | undefined): string | undefined {
  const [path = ''] = (url ?? '').split('?');
  return stringOf(path.split('/').at(-1));
}
