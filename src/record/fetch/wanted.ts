/** What a call leaves to be fetched: lists it does not hold, pages it does not hold, resources it only refers to. */

import { flatMap } from '../../flat-map.js';
import type { ServerBase } from '../../addresses.js';
import type { MedicationRequest } from 'fhir/r4.js';
import type { HookRequest } from '../../cdshooks/protocol.js';
import type { PrefetchTemplate } from '../../library/derive.js';
import { medicationReferenceOf } from '../medication.js';
import { openPrefetchValue } from '../prefetch-value.js';
import type { DraftOrder, MedicationEntry, PatientRecord } from '../record.js';
import { type Part, partOf, partsOf, stringOf } from '../../untrusted.js';
import { recordTypeOf } from '../versions/bring-to-r4.js';
import { nameInDstu2 } from '../versions/order-references.js';
import { survey } from '../versions/survey.js';
import { belowBase, isFhirId } from './base.js';
import { nextPage } from './pages.js';

/** One thing to ask for; `name` is the prefetch key, or the reference as it is written. */
export type Want =
  | { readonly kind: 'list' | 'read'; readonly name: string; readonly type: string; readonly url: URL }
  | { readonly kind: 'pages'; readonly name: string; readonly bundle: Part }
  | { readonly kind: 'reference'; readonly name: string; readonly type: string; readonly url: URL };

export interface Wanting {
  readonly request: HookRequest;
  readonly record: PatientRecord;
  readonly templates: readonly PrefetchTemplate[];
  readonly base: ServerBase;
  /** Whether some card may concern the orders, as far as their drugs are known. */
  readonly isInScope: boolean;
}

/** References of the list to medications nobody sent; more than this is not asked one by one. */
const MOST_LISTED = 20;
/** References of the orders themselves: two for each of the most orders a call may have. */
const MOST_OF_ORDERS = 400;
/** Reasons that are not asked for leave the reason unknown. */
const MOST_REASONS = 50;

/** Nothing for orders that no card is about; where that cannot be told yet, only what tells it. */
export function wantsOf(wanting: Wanting): readonly Want[] {
  const { request, record, templates, isInScope } = wanting;
  const judged = record.drafts.filter((draft) => draft.judged);
  const telling = [...flatMap(judged, unknownDrug), ...flatMap(judged, (draft) => priorOf(draft, record))];
  const wants = flatMap(telling.slice(0, MOST_OF_ORDERS), (pointer) => referenceWant(pointer, wanting));
  if (!isInScope) return wants;
  const others = record.drafts.filter((draft) => !draft.judged);
  const further = [
    ...flatMap([...others, ...record.medications], unknownDrug).slice(0, MOST_LISTED),
    ...flatMap(judged, (draft) => reasonsOf(draft, record)).slice(0, MOST_REASONS),
  ];
  return [
    ...wants,
    ...flatMap(further, (pointer) => referenceWant(pointer, wanting)),
    ...flatMap(
      templates.filter(({ key }) => record.leftOut?.includes(key)),
      listWants(wanting),
    ),
    ...flatMap(Object.entries(request.prefetch), ([key, value]) => pagesWant(key, value, templates)),
  ];
}

function listWants({ request, base }: Wanting): (template: PrefetchTemplate) => readonly Want[] {
  if (!isFhirId(request.patientId)) return () => [];
  const { version } = survey(request);
  return ({ key, type, query }) => {
    const asked = version === 'DSTU2' ? inDstu2(query) : query;
    const filled = asked.replace('{{context.patientId}}', encodeURIComponent(request.patientId));
    const url = belowBase(filled.replaceAll('|', '%7C'), base);
    if (url === undefined) return [];
    const isList = asked.includes('?');
    return [{ kind: isList ? 'list' : 'read', name: key, type: isList ? typeAsked(asked) : type, url }];
  };
}

/** http://hl7.org/fhir/DSTU2/search.html#sort; a MedicationRequest was a MedicationOrder. */
function inDstu2(query: string): string {
  return query.replace(/^MedicationRequest\?/, 'MedicationOrder?').replace('_sort=-date', '_sort:desc=date');
}

function typeAsked(query: string): string {
  return query.slice(0, query.indexOf('?'));
}

/** Of a key of the hospital's own as well, when some card reads what the Bundle holds. */
function pagesWant(key: string, value: unknown, templates: readonly PrefetchTemplate[]): readonly Want[] {
  if (templates.some((template) => template.key === key && template.newestOnly)) return [];
  const wrapped = partOf(value);
  const bundle = wrapped?.['resourceType'] === undefined ? partOf(wrapped?.['resource']) : wrapped;
  if (bundle?.['resourceType'] !== 'Bundle' || nextPage(bundle) === undefined) return [];
  const { fault, matches, asked } = openPrefetchValue(value);
  const held = new Set([asked, ...matches.map(({ resourceType }) => resourceType)].map(recordTypeOf));
  const isRead = templates.some((template) => template.key === key || held.has(template.type));
  return isRead && fault === undefined ? [{ kind: 'pages', name: key, bundle }] : [];
}

interface Pointer {
  readonly written: string | undefined;
  readonly types: readonly string[];
}

function unknownDrug({ resource, identity }: DraftOrder | MedicationEntry): readonly Pointer[] {
  if (!identity.unresolved) return [];
  return [{ written: writtenIn(medicationReferenceOf(resource)), types: ['Medication'] }];
}

/** The order that a draft replaces is stopped by it, and may concern us when the draft itself does not. */
function priorOf({ resource }: DraftOrder, record: PatientRecord): readonly Pointer[] {
  return pointers(resource, resource.priorPrescription, ['MedicationRequest', 'MedicationOrder'], record);
}

function reasonsOf({ resource }: DraftOrder, record: PatientRecord): readonly Pointer[] {
  return pointers(resource, resource.reasonReference, ['Condition', 'Observation'], record);
}

function pointers(
  from: MedicationRequest,
  references: unknown,
  types: readonly string[],
  record: PatientRecord,
): readonly Pointer[] {
  return partsOf(references)
    .filter((reference) => record.resolve(reference, from) === undefined)
    .map((reference) => ({ written: writtenIn(reference), types }));
}

function writtenIn(reference: Part | undefined): string | undefined {
  return stringOf(reference?.['reference']);
}

/** `Type/id` below the base, whatever version of it was named; as the type is called where it is asked for. */
function referenceWant({ written, types }: Pointer, { request, base }: Wanting): readonly Want[] {
  if (written === undefined) return [];
  const asked = survey(request).version === 'DSTU2' ? nameInDstu2(written) : written;
  const path = belowBase(asked, base)?.pathname.slice(base.path.length + 1) ?? '';
  const [type = '', id = '', ...version] = path.split('/');
  if (!types.includes(type) || !isFhirId(id) || (version.length > 0 && version[0] !== '_history')) return [];
  const url = belowBase(`${type}/${id}`, base);
  return url === undefined ? [] : [{ kind: 'reference', name: written, type, url }];
}
