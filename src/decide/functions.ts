/** The closed table of functions that facts may call where FHIRPath cannot say it in one line. None names a drug. */

import { flatMap } from '../flat-map.js';
import type { CodeableConcept, FhirResource, MedicationRequest, Reference } from 'fhir/r4.js';
import { drugsNamed, type NamedKind, problemsNamed } from '../library/argument.js';
import { coveredDays, since, until } from '../record/course.js';
import {
  type Courses,
  joinedCourseDays,
  joinedEntries,
  orderedCourse,
  type OrderedCourse,
} from '../record/courses.js';
import { conceptWords } from '../record/concept-words.js';
import { dailyDose, firstDailyDose } from '../record/dose.js';
import { offers } from '../record/free-text.js';
import { medicationOf } from '../record/medication.js';
import type { DraftOrder, DrugIdentity, MedicationResource } from '../record/record.js';
import {
  leastTakenDays,
  mostTakenDays,
  type TakenCourse,
  takenDays,
  takenEntries,
} from '../record/taken-courses.js';
import type { Scene } from './ask.js';
import type { TableFunction } from './expressions.js';

/** @param scene the call being judged while a fact is asked */
export function functionTable(scene: () => Scene): Readonly<Record<string, TableFunction>> {
  const today = (): string => scene().index.record.today;
  const identity = (resource: unknown): DrugIdentity | undefined => scene().index.identityOf(resource);
  return {
    inRecord: each((reference) => resolved(reference as Reference, scene())),
    ofDrug: some('drug', (resource, name) => isOfDrug(resource, name, scene())),
    nameless: each((resource) => (identity(resource)?.nameless === true ? resource : undefined)),
    alsoNamed: some('drug', (resource, name) => isInConflict(resource, name, scene())),
    givenAs: some('form', (resource, form) => identity(resource)?.forms.includes(form) ?? false),
    means: some('problem', (concept, problem) => meansProblem(concept, problem, scene())),
    earlierState: ofOrders((order) => olderOf(order, scene())),
    givenUp: each((order) => (isGivenUp(order, scene()) ? order : undefined)),
    isStopped: each((resource) => isStopped(resource, scene())),
    since: each((resource) => since(resource as MedicationResource)),
    until: each((resource) => until(resource as MedicationResource, today())),
    coveredDays: ofOrders((order) => coveredDays(order, ...strengthOf(order, scene()))),
    courseDays: ofOrders((order) => joinedCourseDays(...courseOf(order, scene()), today())),
    courseEntries: ofOrders((order) => joinedEntries(...courseOf(order, scene()), today())),
    takenDays: ofOrders((order) => takenDays(...takenOf(order, scene()), today())),
    takenEntries: ofOrders((order) => takenEntries(...takenOf(order, scene()), today())),
    leastTakenDays: ofOrders((order) => leastTakenDays(...takenOf(order, scene()), today())),
    mostTakenDays: ofOrders((order) => mostTakenDays(...takenOf(order, scene()), today())),
    dailyDose: ofOrders((order) => milligrams(order, dailyDose, scene())),
    firstDailyDose: ofOrders((order) => milligrams(order, firstDailyDose, scene())),
    offers: some('drug', (order, name) => offersDrug(order as MedicationRequest, name, scene())),
  };
}

/** One value, or several in an array, for each item of the input; `undefined` = cannot say = nothing. */
function each(call: (item: unknown) => unknown): TableFunction {
  return {
    takes: 'nothing',
    call: (input) => flatMap(input, (item) => call(item) ?? []),
  };
}

function ofOrders(call: (order: MedicationRequest) => unknown): TableFunction {
  return each((order) => call(order as MedicationRequest));
}

/** Whether the name holds for some item of the input. */
function some(names: NamedKind, call: (item: unknown, name: string) => boolean): TableFunction {
  return { takes: 'a name', names, call: (input, name) => [input.some((item) => call(item, name))] };
}

/** An order of which nothing tells the drug is as good as not there: what is asked of it stays open. */
function resolved(reference: Reference, { index }: Scene): FhirResource | undefined {
  const found = index.record.resolve(reference);
  return index.identityOf(found)?.stated === false ? undefined : found;
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

/** The very order is stopped, put on hold or replaced by the call; what discharge would end goes on until then. */
function isGivenUp(order: unknown, { index }: Scene): boolean {
  return index.hook !== 'encounter-discharge' && index.stops().some(({ resource }) => resource === order);
}

/** A stop whose order the list does not hold may be of any entry of its drug: none of them is then known to go on. */
function isStopped(resource: unknown, { index }: Scene): boolean {
  const drugs = index.identityOf(resource)?.drugs ?? [];
  const isUnlisted = (stop: DraftOrder) =>
    stop.supersedes === undefined && index.record.drafts.includes(stop);
  return index
    .stops()
    .some(
      (stop) =>
        stop.resource === resource ||
        (stop.identity.drugs.some((drug) => drugs.includes(drug)) && isUnlisted(stop)),
    );
}

/** Product and Medication of an order: what its tablets and millilitres are counted through. */
function strengthOf(
  order: MedicationRequest,
  scene: Scene,
): [product: string | undefined, medication: unknown] {
  return [productOf(order, scene), medicationOf(order, scene.index.record.resolve)];
}

function productOf(order: unknown, { index }: Scene): string | undefined {
  return index.identityOf(order)?.product;
}

function courseOf(order: MedicationRequest, scene: Scene): [OrderedCourse, Courses] {
  const { record, hook } = scene.index;
  const draft = record.drafts.find(({ resource }) => resource === order);
  const course =
    draft === undefined
      ? { resource: order, product: productOf(order, scene) }
      : orderedCourse(draft, hook === 'medication-refill');
  return [course, coursesFor(order, scene)];
}

/** Counted in the record, not from the day a stop was written. */
function takenOf(order: MedicationRequest, scene: Scene): [TakenCourse, Courses] {
  const { stop } = scene.binding.order;
  const isListed = scene.index.record.medications.some(({ resource }) => resource === order);
  const taken = { own: olderOf(order, scene), listed: isListed ? order : undefined, stopped: stop };
  return [taken, coursesFor(order, scene)];
}

function olderOf(order: MedicationRequest, { index }: Scene): MedicationRequest | undefined {
  return index.record.drafts.find((draft) => draft.resource === order)?.supersedes;
}

/** The courses of an order's drugs in the record, with the earlier states of the orders of the call. */
function coursesFor(order: MedicationRequest, { index }: Scene): Courses {
  return index.coursesOf(index.identityOf(order)?.drugs ?? []);
}

function milligrams(order: MedicationRequest, doseOf: typeof dailyDose, scene: Scene): number | undefined {
  if (scene.index.identityOf(order)?.amountsOfProduct === true) return undefined;
  const dose = doseOf(order, ...strengthOf(order, scene));
  if (dose === undefined) return undefined;
  return dose.unit === 'mg' ? dose.value : dose.value / 1000;
}

function offersDrug(order: MedicationRequest, name: string, { index, vocabulary }: Scene): boolean {
  const texts = textsOf(order);
  if (texts.length === 0) return false;
  const namesOf = (drug: string): readonly string[] => [drug, ...(vocabulary.drugs.get(drug)?.names ?? [])];
  const ordered = (index.identityOf(order)?.drugs ?? []).filter((drug) => drug !== name);
  return offers(texts, namesOf(name), flatMap(ordered, namesOf));
}

/** The order's own words: notes, dosage text, instructions, wording of its reasons and of that of a substitution. */
function textsOf(order: MedicationRequest): readonly string[] {
  const texts: readonly unknown[] = [
    ...(order.note ?? []).map((note) => note.text),
    ...flatMap(order.dosageInstruction ?? [], ({ text, patientInstruction, additionalInstruction }) => [
      text,
      patientInstruction,
      ...conceptWords(additionalInstruction),
    ]),
    ...(order.reasonCode ?? []).map((reason) => reason.text),
    ...conceptWords(order.substitution?.reason),
  ];
  return texts.filter((text): text is string => typeof text === 'string');
}
