/** What leaves the service of a caller's own draft: a copy of the elements of the standard, and of nothing else. */

import { flatMap } from '../flat-map.js';
import type { Card, OrderResource, Suggestion } from '../cdshooks/protocol.js';
import { medicationReferenceOf } from '../record/medication.js';
import { type Part, partOf, partsOf, stringOf } from '../untrusted.js';
import { isSubstitutionOfR4 } from '../record/versions/from-stu3.js';
import { type ElementKind, kindOf } from './order-elements.js';

/** @returns the same cards with the resources of their suggestions copied, and without suggestions that cannot be */
export function carried(cards: readonly Card[]): readonly Card[] {
  return cards.map((card) => {
    if (card.suggestions === undefined) return card;
    const kept = flatMap(card.suggestions, carriedSuggestion);
    if (kept.length > 0) return { ...card, suggestions: kept };
    const { suggestions: _, selectionBehavior: __, ...rest } = card;
    return rest;
  });
}

/** FHIR ids, and what clients are seen to write in ids of drafts: a few more characters, and up to 194 of them. */
const harmlessId = /^[\w.:-]{1,194}$/;

function carriedSuggestion(suggestion: Suggestion): readonly Suggestion[] {
  const isCarried = suggestion.actions.every(
    ({ resource, resourceId }) =>
      (resource === undefined || isCarriable(resource)) &&
      (resourceId === undefined || harmlessId.test(resourceId.slice(resourceId.indexOf('/') + 1))),
  );
  if (!isCarried) return [];
  return [
    {
      ...suggestion,
      actions: suggestion.actions.map((action) =>
        action.resource === undefined ? action : { ...action, resource: carriedOrder(action.resource) },
      ),
    },
  ];
}

/** A modifier extension may turn the meaning of a draft around: without it, another order would be suggested. */
function isCarriable(resource: OrderResource): boolean {
  const { id } = resource;
  return (id === undefined || (typeof id === 'string' && harmlessId.test(id))) && !isModified(resource);
}

function isModified(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(isModified);
  return Object.hasOwn(value, 'modifierExtension') || Object.values(value).some(isModified);
}

function carriedOrder(resource: OrderResource): OrderResource {
  const order = partOf(resource) ?? {};
  const medication = containedMedication(order);
  const name = medication === undefined ? undefined : `#${String(medication['id'])}`;
  const { contained: _, ...others } = order;
  const all = medication === undefined ? others : { ...others, contained: [medication] };
  return copyOf(all, 'order', name) as OrderResource;
}

/** The Medication that the order itself refers to; every other contained resource stays with the caller. */
function containedMedication(order: Part): Part | undefined {
  const wanted = stringOf(medicationReferenceOf(order)?.['reference']);
  return partsOf(order['contained']).find(
    ({ resourceType, id }) => resourceType === 'Medication' && `#${String(id)}` === wanted,
  );
}

/** @param contained the only reference into the resource itself that still leads somewhere */
function copyOf(value: unknown, kind: ElementKind, contained: string | undefined): unknown {
  if (typeof value === 'string') return clean(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) {
    const kept = value.map((one) => copyOf(one, kind, contained)).filter((one) => one !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  const part = partOf(value);
  if (part === undefined || (kind === 'told' && !isSubstitutionOfR4(part))) return undefined;
  const kept = flatMap(Object.entries(part), ([name, inside]) => {
    const inner = kindOf(kind, name);
    if (inner === undefined || (name === 'reference' && isLost(inside, contained))) return [];
    const copy = copyOf(inside, inner, contained);
    return copy === undefined ? [] : [[name, copy]];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function isLost(reference: unknown, contained: string | undefined): boolean {
  return typeof reference === 'string' && reference.startsWith('#') && reference !== contained;
}

/** Without what FHIR allows in no text and what is no character at all: controls, and halves of surrogate pairs. */
function clean(text: string): string {
  // Nothing but printable ASCII, as nearly all texts are.
  if (!/[^ -~]/.test(text)) return text;
  return text.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}]/gu, '');
}
