/** Resources of STU3 (3.0.2) in the shape of R4. */
import { partOf, partsOf } from '../../untrusted.js';
import { ALLERGY_CLINICAL, ALLERGY_VERIFICATION, asConcept, CONDITION_CLINICAL, CONDITION_VERIFICATION, substitutionOfR4, } from './coded.js';
import { dosageOfStu3 } from './dosage.js';
import { asNotes } from './notes.js';
import { dropped, inList, inside, insideEach, readers, renamed, reshape, rules, } from './reshape.js';
import { abatementBoolean, denied } from './statuses.js';
/** Where an STU3 order says which substitution it allows, if it says so at all: `allowed` is a boolean there. */
export const SUBSTITUTION_OF_R4 = 'http://hl7.org/fhir/4.0/StructureDefinition/extension-MedicationRequest.substitution.allowed';
/** The extension that FHIR defines for an element of another version, with or without the `[x]` of its path. */
export function isSubstitutionOfR4(extension) {
    const url = extension['url'];
    return url === SUBSTITUTION_OF_R4 || url === `${SUBSTITUTION_OF_R4}[x]`;
}
function substitutionOfStu3({ allowed, extension, ...others }) {
    const told = partsOf(extension).find(isSubstitutionOfR4)?.['valueCodeableConcept'];
    const concept = partOf(told) ?? partOf(allowed);
    const kept = Array.isArray(extension)
        ? extension.filter((one) => !isSubstitutionOfR4(partOf(one) ?? {}))
        : [];
    return {
        ...others,
        ...(kept.length === 0 ? {} : { extension: kept }),
        ...(concept === undefined ? {} : { allowedCodeableConcept: substitutionOfR4(concept) }),
        ...(concept === undefined && allowed !== undefined ? { allowedBoolean: allowed } : {}),
    };
}
/** Who ordered, without on whose behalf. */
const requester = (value) => ({ requester: partOf(value)?.['agent'] ?? value });
const ORDER = rules({
    context: renamed('encounter'),
    category: inList('category'),
    requester,
    definition: dropped,
    reasonReference: inList('reasonReference'),
    dosageInstruction: insideEach('dosageInstruction', dosageOfStu3),
    substitution: inside('substitution', substitutionOfStu3),
});
const STATEMENT = rules({
    ...denied('taken', (said) => said === 'n', 'not-taken'),
    reasonNotTaken: inList('statusReason'),
    reasonReference: inList('reasonReference'),
    dosage: insideEach('dosage', dosageOfStu3),
});
const DISPENSE = rules({
    ...denied('notDone', (said) => said === true, 'declined'),
    notDoneReasonCodeableConcept: renamed('statusReasonCodeableConcept'),
    notDoneReasonReference: renamed('statusReasonReference'),
    dosageInstruction: insideEach('dosageInstruction', dosageOfStu3),
});
const ADMINISTRATION = rules({
    ...denied('notGiven', (said) => said === true, 'not-done'),
    reasonNotGiven: inList('statusReason'),
    prescription: renamed('request'),
    definition: dropped,
});
const INGREDIENT = rules({ amount: renamed('strength') });
const MEDICATION = rules({
    ingredient: insideEach('ingredient', (one) => reshape(one, INGREDIENT)),
});
const CONDITION = rules({
    context: renamed('encounter'),
    assertedDate: renamed('recordedDate'),
    clinicalStatus: asConcept('clinicalStatus', CONDITION_CLINICAL),
    verificationStatus: asConcept('verificationStatus', CONDITION_VERIFICATION),
    abatementBoolean,
    stage: inList('stage'),
});
const ALLERGY = rules({
    assertedDate: renamed('recordedDate'),
    clinicalStatus: asConcept('clinicalStatus', ALLERGY_CLINICAL),
    verificationStatus: asConcept('verificationStatus', ALLERGY_VERIFICATION),
});
const OBSERVATION = rules({
    context: renamed('encounter'),
    comment: asNotes,
    interpretation: inList('interpretation'),
    related: dropped,
});
export const readersOfStu3 = readers({
    MedicationRequest: ORDER,
    MedicationStatement: STATEMENT,
    MedicationDispense: DISPENSE,
    MedicationAdministration: ADMINISTRATION,
    Medication: MEDICATION,
    Condition: CONDITION,
    AllergyIntolerance: ALLERGY,
    Observation: OBSERVATION,
});
//# sourceMappingURL=from-stu3.js.map