/** The client's prefetch as resources by type, and which types could not be read and why. */

import type { FhirResource } from 'fhir/r4.js';
import { type RecordType, recordTypes } from '../cdshooks/record-type.js';
import { openPrefetchValue } from './prefetch-value.js';
import { isOfAnother } from './owner.js';
import type { UnreadReason } from './record.js';

export interface PrefetchOptions {
  readonly patientId: string;
  /** The keys of our own discovery and what their templates ask for: they tell what an empty answer stands for. */
  readonly keys: ReadonlyMap<string, RecordType>;
  /** Those of our keys that ask for the newest few only (`_count`): a further page is not missed. */
  readonly newestOnly?: ReadonlySet<string>;
}

export interface ReadPrefetch {
  readonly byType: ReadonlyMap<RecordType, readonly FhirResource[]>;
  /** Resources of other types: what references may point to. */
  readonly others: readonly FhirResource[];
  readonly byFullUrl: ReadonlyMap<string, FhirResource>;
  readonly unread: ReadonlyMap<RecordType, UnreadReason>;
}

/** The graver reason is the one told when several parts of one type failed. */
const GRAVITY: readonly UnreadReason[] = [
  'not complete',
  'not sent',
  'sent in a form that could not be read',
  'reported as an error by the record system',
];

interface Reading {
  readonly options: PrefetchOptions;
  readonly byType: Map<RecordType, FhirResource[]>;
  readonly others: FhirResource[];
  readonly byFullUrl: Map<string, FhirResource>;
  readonly unread: Map<RecordType, UnreadReason>;
  /** Types that some answer was about, empty ones included. */
  readonly answered: Set<RecordType>;
}

/** Resources count by their type, whatever key they came under: keys are often the hospital's own. */
export function readPrefetch(
  prefetch: Readonly<Record<string, unknown>>,
  options: PrefetchOptions,
): ReadPrefetch {
  const reading: Reading = {
    options,
    byType: new Map(),
    others: [],
    byFullUrl: new Map(),
    unread: new Map(),
    answered: new Set(),
  };
  for (const [key, value] of Object.entries(prefetch)) {
    if (value !== undefined) readValue(key, value, reading);
  }
  for (const type of recordTypes) {
    if (!reading.answered.has(type)) mark(reading, type, 'not sent');
  }
  for (const [key, type] of options.keys) {
    if (isLeftOut(prefetch, key, type, options)) mark(reading, type, 'not sent');
  }
  return reading;
}

/** A key of ours left out while another of the same type was answered: part of what that type was asked for is missing. */
function isLeftOut(
  prefetch: Readonly<Record<string, unknown>>,
  key: string,
  type: RecordType,
  { keys }: PrefetchOptions,
): boolean {
  if (prefetch[key] !== undefined) return false;
  return [...keys].some(([other, of]) => of === type && prefetch[other] !== undefined);
}

function readValue(key: string, value: unknown, reading: Reading): void {
  const opened = openPrefetchValue(value);
  const own = reading.options.keys.get(key);
  for (const [url, resource] of opened.byFullUrl) reading.byFullUrl.set(url, resource);
  const types = new Set(opened.resources.flatMap((resource) => take(resource, reading)));
  const about = opened.resources.length === 0 ? [own ?? opened.asked].flatMap(recordTypeOf) : [...types];
  if (opened.fault !== undefined) {
    const concerned = own === undefined ? about : [own];
    for (const type of concerned) mark(reading, type, opened.fault);
    for (const type of concerned) reading.answered.add(type);
  }
  if (opened.more && reading.options.newestOnly?.has(key) !== true) {
    const matched = new Set(opened.matches.map(({ resourceType }) => resourceType));
    const partial = matched.size === 0 ? about : about.filter((type) => matched.has(type));
    for (const type of partial) mark(reading, type, 'not complete');
  }
  for (const type of about) reading.answered.add(type);
}

function recordTypeOf(name: string | undefined): readonly RecordType[] {
  return recordTypes.filter((type) => type === name);
}

/** Keeps a resource of this patient; answers its type when it is one the facts read. */
function take(resource: FhirResource, reading: Reading): readonly RecordType[] {
  const [type] = recordTypeOf(resource.resourceType);
  if (type === undefined) {
    reading.others.push(resource);
    return [];
  }
  if (isOfAnother(resource, reading.options.patientId)) {
    mark(reading, type, 'sent in a form that could not be read');
    return [type];
  }
  const list = reading.byType.get(type) ?? [];
  list.push(resource);
  reading.byType.set(type, list);
  return [type];
}

function mark({ unread }: Reading, type: RecordType, reason: UnreadReason): void {
  const earlier = unread.get(type);
  if (earlier === undefined || GRAVITY.indexOf(reason) > GRAVITY.indexOf(earlier)) unread.set(type, reason);
}
