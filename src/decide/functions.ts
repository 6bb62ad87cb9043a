/** The closed table of functions that facts may call where FHIRPath cannot say it in one line. None names a drug. */

import type { CodeableConcept, FhirResource, MedicationRequest, Reference } from 'fhir/r4.js';
import { drugsNamed, problemsNamed } from '../library/argument.js';
import { coveredDays, joinedCourseDays, since, until } from '../record/course.js';
import { dailyDose, type DailyDose, firstDailyDose } from '../record/dose.js';
import { offers } from '../record/free-text.js';
import type { MedicationResource } from '../record/record.js';
import type { Scene } from './ask.js';
import type { TableFunction } from './expressions.js';

/** @param scene the call being judged while a fact is asked */
export function functionTable(scene: () => Scene): Readonly<Record<string, TableFunction>> {
  return {
    inRecord: none((input) =>
      input.flatMap((reference) => orNone(resolved(reference as Reference, scene()))),
    ),
    ofDrug: named((input, name) => [input.some((resource) => isOfDrug(resource, name, scene()))]),
    alsoNamed: named((input, name) => [input.some((resource) => isInConflict(resource, name, scene()))]),
    givenAs: named((input, form) => [
      input.some((resource) => scene().index.identityOf(resource)?.forms.includes(form) ?? false),
    ]),
    means: named((input, problem) => [input.some((concept) => meansProblem(concept, problem, scene()))]),
    since: none((input) => input.flatMap((resource) => orNone(since(resource as MedicationResource)))),
    until: none((input) => input.flatMap((resource) => orNone(until(resource as MedicationResource)))),
    coveredDays: none((input) =>
      input.flatMap((order) => orNone(coveredDays(order as MedicationRequest, productOf(order, scene())))),
    ),
    courseDays: none((input) =>
      input.flatMap((order) => orNone(courseOf(order as MedicationRequest, scene()))),
    ),
    dailyDose: none((input) =>
      input.flatMap((order) =>
        orNone(milligrams(dailyDose(order as MedicationRequest, productOf(order, scene())))),
      ),
    ),
    firstDailyDose: none((input) =>
      input.flatMap((order) =>
        orNone(milligrams(firstDailyDose(order as MedicationRequest, productOf(order, scene())))),
      ),
    ),
    offers: named((input, name) => [
      input.some((order) => offersDrug(order as MedicationRequest, name, scene())),
    ]),
  };
}

function none(call: (input: readonly unknown[]) => readonly unknown[]): TableFunction {
  return { takes: 'nothing', call };
}

function named(call: (input: readonly unknown[], name: string) => readonly unknown[]): TableFunction {
  return { takes: 'a name', call };
}

function orNone<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

function resolved(reference: Reference, { index, binding }: Scene): FhirResource | undefined {
  return index.record.resolve(reference, binding.order.resource);
}

function isOfDrug(resource: unknown, name: string, { index, vocabulary }: Scene): boolean {
  const drugs = index.identityOf(resource)?.drugs ?? [];
  return drugsNamed(name, vocabulary).some((drug) => drugs.includes(drug));
}

function isInConflict(resource: unknown, name: string, { index, vocabulary }: Scene): boolean {
  const conflict = index.identityOf(resource)?.conflict ?? [];
  return drugsNamed(name, vocabulary).some((drug) => conflict.includes(drug));
}

function meansProblem(concept: unknown, problem: string, { index, vocabulary }: Scene): boolean {
  const problems = index.codes.problemsOf(concept as CodeableConcept);
  return problemsNamed(problem, vocabulary).some((name) => problems.has(name));
}

function productOf(order: unknown, { index }: Scene): string | undefined {
  return index.identityOf(order)?.product;
}

function courseOf(order: MedicationRequest, scene: Scene): number | undefined {
  const { index } = scene;
  const drugs = index.identityOf(order)?.drugs ?? [];
  const earlier = [...new Set(drugs.flatMap((drug) => index.medicationsOf(drug)))].filter(
    (entry) => entry.resource !== order,
  );
  return joinedCourseDays({ resource: order, product: productOf(order, scene) }, earlier, index.record.today);
}

function milligrams(dose: DailyDose | undefined): number | undefined {
  if (dose === undefined) return undefined;
  return dose.unit === 'mg' ? dose.value : dose.value / 1000;
}

function offersDrug(order: MedicationRequest, name: string, { vocabulary }: Scene): boolean {
  const names = [name, ...(vocabulary.drugs.get(name)?.names ?? [])];
  return offers(textsOf(order), names);
}

/** The order's own words: notes, dosage text, patient instruction, wording of its reasons. */
function textsOf(order: MedicationRequest): readonly string[] {
  const texts: readonly unknown[] = [
    ...(order.note ?? []).map((note) => note.text),
    ...(order.dosageInstruction ?? []).flatMap((dosage) => [dosage.text, dosage.patientInstruction]),
    ...(order.reasonCode ?? []).map((reason) => reason.text),
  ];
  return texts.filter((text): text is string => typeof text === 'string');
}
