/** Resources of R5 (5.0.0) in the shape of R4. */

import { flatMap } from '../../flat-map.js';
import { type Part, partOf, partsOf, stringOf } from '../../untrusted.js';
import { dosageOfR5, renderedOfR5 } from './dosage.js';
import {
  dropped,
  inside,
  insideEach,
  listOf,
  type Reader,
  readers,
  renamed,
  reshape,
  type Rule,
  rules,
} from './reshape.js';
import { statementStatus } from './statuses.js';

/** CodeableReference → the concept, the reference, or both. */
function eitherOf(conceptName: string, referenceName: string): Rule {
  return (value) => {
    const { concept, reference } = partOf(value) ?? {};
    return {
      ...(concept === undefined ? {} : { [conceptName]: concept }),
      ...(reference === undefined ? {} : { [referenceName]: reference }),
    };
  };
}

const medication = eitherOf('medicationCodeableConcept', 'medicationReference');

/** One reason is told once: by its reference only where its concept has no code. */
const reasons: Rule = (value) => {
  const given = partsOf(value);
  const concepts = flatMap(given, ({ concept }) => partOf(concept) ?? []);
  const references = flatMap(
    given.filter(({ concept }) => partsOf(partOf(concept)?.['coding']).length === 0),
    ({ reference }) => partOf(reference) ?? [],
  );
  return {
    ...(concepts.length === 0 ? {} : { reasonCode: concepts }),
    ...(references.length === 0 ? {} : { reasonReference: references }),
  };
};

/** What the prescriber tells the pharmacy is free text of the order, as a note is. */
const notes: Rule = (_, order) => {
  const told = partOf(order['dispenseRequest'])?.['dispenserInstruction'];
  const all = [order['note'], told].filter((note) => note !== undefined && note !== null);
  return all.length === 0 ? {} : { note: flatMap(all, listOf) };
};

const SUPPLY = rules({ dispenser: renamed('performer'), dispenserInstruction: dropped });

const ORDER = rules({
  medication,
  reason: reasons,
  // `ended`: the prescription ran its course.
  status: (status) => ({ status: status === 'ended' ? 'completed' : status }),
  reported: renamed('reportedBoolean'),
  note: notes,
  dosageInstruction: insideEach('dosageInstruction', dosageOfR5),
  renderedDosageInstruction: renderedOfR5,
  dispenseRequest: (request, order) => ({
    ...inside('dispenseRequest', (part) => reshape(part, SUPPLY))(request, order),
    ...notes(undefined, order),
  }),
});

const STATEMENT = rules({
  medication,
  reason: reasons,
  encounter: renamed('context'),
  adherence: dropped,
  renderedDosageInstruction: dropped,
  dosage: insideEach('dosage', dosageOfR5),
});

const DISPENSE = rules({
  medication,
  encounter: renamed('context'),
  notPerformedReason: eitherOf('statusReasonCodeableConcept', 'statusReasonReference'),
  dosageInstruction: insideEach('dosageInstruction', dosageOfR5),
  renderedDosageInstruction: renderedOfR5,
});

const ADMINISTRATION = rules({
  medication,
  reason: reasons,
  encounter: renamed('context'),
  // Spelled with one r in 5.0.0.
  occurenceDateTime: renamed('effectiveDateTime'),
  occurencePeriod: renamed('effectivePeriod'),
  occurrenceDateTime: renamed('effectiveDateTime'),
  occurrencePeriod: renamed('effectivePeriod'),
});

/** The strength of a unit of the product; what a whole pack of `totalVolume` holds is no strength. */
function ingredientOf(medicationResource: Part): (ingredient: Part) => Part {
  const perPiece: Rule = (quantity) =>
    medicationResource['totalVolume'] === undefined
      ? { strength: { numerator: quantity, denominator: { value: 1, unit: '1' } } }
      : {};
  const by = rules({
    item: eitherOf('itemCodeableConcept', 'itemReference'),
    strengthRatio: renamed('strength'),
    strengthQuantity: perPiece,
  });
  return (ingredient) => reshape(ingredient, by);
}

const MEDICATION = rules({
  doseForm: renamed('form'),
  marketingAuthorizationHolder: renamed('manufacturer'),
  ingredient: (value, whole) => insideEach('ingredient', ingredientOf(whole))(value, whole),
});

const ALLERGY = rules({
  type: (type) => {
    if (partOf(type) === undefined) return { type };
    const code = flatMap(partsOf(partOf(type)?.['coding']), (coding) => stringOf(coding['code']) ?? [])[0];
    return code === undefined ? {} : { type: code };
  },
  reaction: insideEach('reaction', (reaction) => ({
    ...reaction,
    ...(reaction['manifestation'] === undefined
      ? {}
      : { manifestation: partsOf(reaction['manifestation']).map((one) => one['concept'] ?? one) }),
  })),
});

export const readersOfR5: ReadonlyMap<string, Reader> = new Map([
  ...readers({
    MedicationRequest: ORDER,
    MedicationDispense: DISPENSE,
    MedicationAdministration: ADMINISTRATION,
    Medication: MEDICATION,
    AllergyIntolerance: ALLERGY,
  }),
  [
    'MedicationStatement',
    (statement: Part, today: string): Part => {
      const status = statementStatus(statement, today);
      return { ...reshape(statement, STATEMENT), ...(status === undefined ? {} : { status }) };
    },
  ] as const,
]);
