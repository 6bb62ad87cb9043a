/** What a medication resource says of its medication: concepts, references, ingredients, route and dose form. */

import { flatMap } from '../flat-map.js';
import type { CodeableConcept, FhirResource, Reference } from 'fhir/r4.js';
import { medicationTypes } from '../cdshooks/record-type.js';
import { conceptWords } from './concept-words.js';
import type { StatedMedication } from './identify.js';
import type { MedicationResource } from './record.js';
import { instructionWords } from './steps.js';
import { elementsOf, type Part, partOf, partsOf, stringOf } from '../untrusted.js';

export type Resolve = (reference: Reference | undefined, from?: FhirResource) => FhirResource | undefined;

/** Reads R4 (`medicationCodeableConcept`, `medicationReference`) and R5 (`medication.concept`, `.reference`) alike. */
export function statedMedication(resource: FhirResource, resolve: Resolve): StatedMedication {
  const order = elementsOf(resource);
  const either = partOf(order['medication']);
  const substances = resource.resourceType === 'AllergyIntolerance' ? substancesOf(order) : [];
  const concepts = flatMap(
    [order['medicationCodeableConcept'], either?.['concept'], ...substances],
    conceptsOf,
  );
  const reference = medicationReferenceOf(resource);
  const medication = medicationOf(resource, resolve);
  const displays = stringOf(reference?.['display']);
  const routes = routesOf(order);
  return {
    concepts: [...concepts, ...conceptsOf(medication?.['code'])],
    ingredients: flatMap(partsOf(medication?.['ingredient']), (item) =>
      itemConcepts(item, resource, resolve),
    ),
    displays: displays === undefined ? [] : [displays],
    formTexts: flatMap([...routes, medication?.['form'], medication?.['doseForm']], (form) =>
      conceptWords(form),
    ),
    instructions: routes.some((route) => route !== undefined)
      ? NO_WORDS
      : flatMap(dosagesOf(order), instructionWords),
    routes: flatMap(routes, codesAndText),
    isAllergy: resource.resourceType === 'AllergyIntolerance',
    isStatement: resource.resourceType === 'MedicationStatement',
    missing: reference !== undefined && medication === undefined,
  };
}

/** What an allergy is to: its code, and the substances of its reactions. */
function substancesOf(allergy: Part): readonly unknown[] {
  return [allergy['code'], ...partsOf(allergy['reaction']).map((reaction) => reaction['substance'])];
}

/** The Medication resource an order, dispense, statement or administration refers to. */
export function medicationOf(resource: FhirResource, resolve: Resolve): Part | undefined {
  const reference = medicationReferenceOf(resource);
  const found = reference === undefined ? undefined : resolve(reference, resource);
  return found?.resourceType === 'Medication' ? partOf(found) : undefined;
}

/** Of R4 and R5 alike, and of what carries the same elements. */
export function medicationReferenceOf(resource: object): Part | undefined {
  const order = elementsOf(resource);
  return partOf(order['medicationReference']) ?? partOf(partOf(order['medication'])?.['reference']);
}

/** Whether it is an order, statement, dispense or administration: something that names a medication. */
export function isMedication(resource: unknown): resource is MedicationResource {
  return MEDICATIONS.has(partOf(resource)?.['resourceType']);
}

const MEDICATIONS: ReadonlySet<unknown> = new Set(medicationTypes);

/** All that tells the drug, as it is written: what differs in it may be another drug. */
export function medicationAsWritten(resource: object): string {
  const { medicationCodeableConcept, medicationReference, medication, contained } = elementsOf(resource);
  const inside = partsOf(contained).filter(({ resourceType }) => resourceType === 'Medication');
  return JSON.stringify([medicationCodeableConcept, medicationReference, medication, inside]);
}

/** The words of its concept, in R4 and R5 alike. */
export function medicationWords(resource: object): readonly string[] {
  const { medicationCodeableConcept, medication } = elementsOf(resource);
  return [...conceptWords(medicationCodeableConcept), ...conceptWords(partOf(medication)?.['concept'])];
}

function itemConcepts(item: Part, from: FhirResource, resolve: Resolve): readonly CodeableConcept[] {
  const either = partOf(item['item']);
  const reference = partOf(item['itemReference']) ?? partOf(either?.['reference']);
  const found = reference === undefined ? undefined : partOf(resolve(reference, from));
  const display = stringOf(reference?.['display']);
  return [
    ...flatMap([item['itemCodeableConcept'], either?.['concept'], found?.['code']], conceptsOf),
    ...(display === undefined ? [] : [{ text: display }]),
  ];
}

function conceptsOf(value: unknown): readonly CodeableConcept[] {
  const concept = partOf(value);
  return concept === undefined ? [] : [concept];
}

const NO_WORDS: readonly string[] = [];

function dosagesOf(order: Part): readonly Part[] {
  return [...partsOf(order['dosageInstruction']), ...partsOf(order['dosage'])];
}

function routesOf(order: Part): readonly unknown[] {
  return dosagesOf(order).map((dosage) => dosage['route']);
}

function codesAndText(value: unknown): readonly string[] {
  const concept = partOf(value);
  if (concept === undefined) return NO_WORDS;
  const written = [concept['text'], ...partsOf(concept['coding']).map(({ code }) => code)];
  return flatMap(written, (text) => stringOf(text) ?? []);
}
