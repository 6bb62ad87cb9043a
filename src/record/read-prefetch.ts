/** The client's prefetch as resources by type, and which types could not be read and why. */

import { flatMap } from '../flat-map.js';
import type { FhirResource } from 'fhir/r4.js';
import { type RecordType, recordTypes } from '../cdshooks/record-type.js';
import { openPrefetchValue, type PrefetchValue } from './prefetch-value.js';
import { isOfAnother } from './owner.js';
import { type UnreadReason, unreadReasons } from './record.js';
import { isLoinc } from '../library/code-index.js';
import { elementsOf, partsOf } from '../untrusted.js';

export interface PrefetchOptions {
  readonly patientId: string;
  /** The keys of our own discovery and what their templates ask for: they tell what an empty answer stands for. */
  readonly keys: ReadonlyMap<string, RecordType>;
  /** Those of our keys that ask for the newest few only (`_count`): a further page is not missed. */
  readonly newestOnly?: ReadonlySet<string>;
  /** Of our keys that ask for results: the codes they ask for. Other results say nothing of these. */
  readonly resultCodes?: ReadonlyMap<string, ReadonlySet<unknown>>;
  /** Why keys that are absent could not be fetched either. */
  readonly whyNot?: ReadonlyMap<string, UnreadReason>;
}

export interface ReadPrefetch {
  readonly byType: ReadonlyMap<RecordType, readonly FhirResource[]>;
  /** Resources of other types: what references may point to. */
  readonly others: readonly FhirResource[];
  /** Of two entries with one the first, as of two resources with one id; put together when it is asked for. */
  readonly byFullUrl: () => ReadonlyMap<string, FhirResource>;
  readonly unread: ReadonlyMap<RecordType, UnreadReason>;
  /** Our keys that were answered neither by name nor by resources of their type. */
  readonly leftOut: readonly string[];
}

const UNREADABLE: UnreadReason = 'sent in a form that could not be read';

interface Reading {
  readonly options: PrefetchOptions;
  readonly byType: Map<RecordType, FhirResource[]>;
  readonly others: FhirResource[];
  readonly opened: PrefetchValue[];
  readonly unread: Map<RecordType, UnreadReason>;
  /** Types that some answer was about, empty ones included. */
  readonly answered: Set<RecordType>;
  /** Results that were searched for, under whatever key. */
  readonly results: FhirResource[];
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
    opened: [],
    unread: new Map(),
    answered: new Set(),
    results: [],
  };
  for (const [key, value] of Object.entries(prefetch)) {
    if (value !== undefined) readValue(key, value, reading);
  }
  for (const type of recordTypes) {
    if (!reading.answered.has(type)) mark(reading, type, 'not sent');
  }
  const leftOut = [...options.keys].filter(([key, type]) => isLeftOut(prefetch, key, type, reading));
  for (const [key, type] of leftOut) mark(reading, type, options.whyNot?.get(key) ?? 'not sent');
  const { byType, others, unread, opened } = reading;
  return {
    byType,
    others,
    unread,
    byFullUrl: () => firstOfEach(flatMap(opened, (value) => [...value.byFullUrl()])),
    leftOut: leftOut.map(([key]) => key),
  };
}

/** The first resource under each name. */
export function firstOfEach(
  named: readonly (readonly [name: string, resource: FhirResource])[],
): ReadonlyMap<string, FhirResource> {
  // The last one under a key stands.
  return new Map([...named].reverse());
}

/** A key of ours left out, while nothing of its type was sent or only other keys of ours were: there may be more of it. */
function isLeftOut(
  prefetch: Readonly<Record<string, unknown>>,
  key: string,
  type: RecordType,
  { answered, options, results }: Reading,
): boolean {
  if (prefetch[key] !== undefined) return false;
  if (!answered.has(type)) return true;
  const codes = options.resultCodes?.get(key);
  if (codes !== undefined) return !results.some((result) => loincOf(result).some((code) => codes.has(code)));
  return [...options.keys].some(([other, of]) => of === type && prefetch[other] !== undefined);
}

function readValue(key: string, value: unknown, reading: Reading): void {
  const opened = openPrefetchValue(value);
  reading.opened.push(opened);
  const own = reading.options.keys.get(key);
  const types =
    opened.resources.length === 0 ? typesNamed(opened.asked, own) : takeAll(opened.resources, reading);
  const about = own === undefined ? [...types].filter(isListedIn(opened)) : [...types];
  if (about.includes('Observation') && !opened.alone) keepResults(opened.matches, reading);
  const { resultCodes } = reading.options;
  if (own !== undefined && resultCodes?.has(key) === true && areUncoded(opened.matches))
    mark(reading, own, UNREADABLE);
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

const byName: ReadonlyMap<unknown, RecordType> = new Map(recordTypes.map((type) => [type, type]));

/** What an empty answer says it was asked for is surer than the key it came under. */
function typesNamed(asked: string | undefined, own: RecordType | undefined): Iterable<RecordType> {
  const type = byName.get(asked) ?? own;
  return type === undefined ? [] : [type];
}

/** Of a list, neither a resource that was read by itself nor one that was included beside others says anything. */
function isListedIn({ alone, resources, matches }: PrefetchValue): (type: RecordType) => boolean {
  if (alone) return (type) => type === 'Patient';
  if (matches.length === resources.length) return () => true;
  const matched = new Set<string>(matches.map(({ resourceType }) => resourceType));
  return (type) => matched.has(type);
}

function keepResults(matches: PrefetchValue['matches'], { results }: Reading): void {
  for (const match of matches) if (match.resourceType === 'Observation') results.push(match);
}

/** Results that were asked for by their codes and came with none: nobody can tell of what they are. */
function areUncoded(results: PrefetchValue['matches']): boolean {
  return results.length > 0 && results.every((result) => loincOf(result).length === 0);
}

/** LOINC codes of a result, its own and those of what a panel holds. */
function loincOf(result: FhirResource): readonly unknown[] {
  const { code, component } = elementsOf(result);
  const concepts = [...partsOf(code), ...partsOf(component).flatMap((held) => partsOf(held['code']))];
  const codings = concepts.flatMap((concept) => partsOf(concept['coding']));
  return codings.filter(({ system }) => isLoinc(system)).map((coding) => coding['code']);
}

/** Keeps the resources of this patient; answers the types of all of them that are types the facts read. */
function takeAll(resources: readonly FhirResource[], reading: Reading): Iterable<RecordType> {
  const types = new Set<RecordType>();
  for (const resource of resources) {
    const type = byName.get(resource.resourceType);
    if (type === undefined) {
      reading.others.push(resource);
      continue;
    }
    types.add(type);
    if (isOfAnother(resource, reading.options.patientId)) mark(reading, type, UNREADABLE);
    else listOf(type, reading).push(resource);
  }
  return types;
}

function listOf(type: RecordType, { byType }: Reading): FhirResource[] {
  const known = byType.get(type);
  if (known !== undefined) return known;
  const list: FhirResource[] = [];
  byType.set(type, list);
  return list;
}

/** The graver reason is the one told when several parts of one type failed. */
function mark({ unread }: Reading, type: RecordType, reason: UnreadReason): void {
  const earlier = unread.get(type);
  const isGraver = earlier === undefined || unreadReasons.indexOf(reason) > unreadReasons.indexOf(earlier);
  if (isGraver) unread.set(type, reason);
}
