/** Resources of DSTU2 (1.0.2) in the shape of R4. */
import { partOf } from '../../untrusted.js';
import { ALLERGY_CLINICAL, ALLERGY_VERIFICATION, asConcept, CONDITION_CLINICAL, CONDITION_VERIFICATION, conceptOf, substitutionOfR4, } from './coded.js';
import { dosageOfDstu2 } from './dosage.js';
import { asNotes } from './notes.js';
import { orderReferenceOfDstu2, orderReferencesOfDstu2 } from './order-references.js';
import { dropped, inList, inside, insideEach, listOf, readers, renamed, reshape, rules, } from './reshape.js';
import { abatementBoolean, denied } from './statuses.js';
const ofPatient = renamed('subject');
/** `stopped` carries the day in R5's `statusChanged`, which the record reads; another end closes the dose period. */
const dateEnded = (ended, order) => order['status'] === 'stopped' ? { statusChanged: ended } : { effectiveDosePeriod: { end: ended } };
const ORDER = rules({
    resourceType: () => ({ resourceType: 'MedicationRequest', intent: 'order' }),
    patient: ofPatient,
    dateWritten: renamed('authoredOn'),
    dateEnded,
    reasonEnded: renamed('statusReason'),
    prescriber: renamed('requester'),
    reasonCodeableConcept: inList('reasonCode'),
    reasonReference: inList('reasonReference'),
    note: asNotes,
    dosageInstruction: insideEach('dosageInstruction', dosageOfDstu2),
    priorPrescription: orderReferenceOfDstu2('priorPrescription'),
    substitution: inside('substitution', ({ type, ...others }) => ({
        ...others,
        ...(type === undefined ? {} : { allowedCodeableConcept: substitutionOfR4(type) }),
    })),
});
const STATEMENT = rules({
    patient: ofPatient,
    ...denied('wasNotTaken', (said) => said === true, 'not-taken'),
    reasonNotTaken: inList('statusReason'),
    reasonForUseCodeableConcept: inList('reasonCode'),
    reasonForUseReference: inList('reasonReference'),
    supportingInformation: renamed('derivedFrom'),
    note: asNotes,
    dosage: insideEach('dosage', dosageOfDstu2),
});
const DISPENSE = rules({
    patient: ofPatient,
    identifier: inList('identifier'),
    authorizingPrescription: orderReferencesOfDstu2('authorizingPrescription'),
    note: asNotes,
    dosageInstruction: insideEach('dosageInstruction', dosageOfDstu2),
});
const ADMINISTRATION = rules({
    patient: ofPatient,
    ...denied('wasNotGiven', (said) => said === true, 'not-done'),
    encounter: renamed('context'),
    effectiveTimeDateTime: renamed('effectiveDateTime'),
    effectiveTimePeriod: renamed('effectivePeriod'),
    reasonGiven: inList('reasonCode'),
    reasonNotGiven: inList('statusReason'),
    prescription: orderReferenceOfDstu2('request'),
    note: asNotes,
    dosage: inside('dosage', ({ quantity, siteCodeableConcept, ...others }) => ({
        ...others,
        ...(quantity === undefined ? {} : { dose: quantity }),
        ...(siteCodeableConcept === undefined ? {} : { site: siteCodeableConcept }),
    })),
});
const INGREDIENT = rules({ item: renamed('itemReference'), amount: renamed('strength') });
const MEDICATION = rules({
    product: (value) => {
        const { form, ingredient } = partOf(value) ?? {};
        return {
            ...(form === undefined ? {} : { form }),
            ...(ingredient === undefined
                ? {}
                : insideEach('ingredient', (one) => reshape(one, INGREDIENT))(ingredient, {})),
        };
    },
});
const CONDITION = rules({
    patient: ofPatient,
    dateRecorded: renamed('recordedDate'),
    clinicalStatus: asConcept('clinicalStatus', CONDITION_CLINICAL),
    verificationStatus: asConcept('verificationStatus', CONDITION_VERIFICATION),
    category: inList('category'),
    onsetQuantity: renamed('onsetAge'),
    abatementQuantity: renamed('abatementAge'),
    abatementBoolean,
    stage: inList('stage'),
    notes: asNotes,
});
/** AllergyIntolerance.status of DSTU2 → clinical status and verification of R4. */
const ALLERGY_STATUSES = new Map([
    ['active', ['active']],
    ['unconfirmed', ['active', 'unconfirmed']],
    ['confirmed', ['active', 'confirmed']],
    ['inactive', ['inactive']],
    ['resolved', ['resolved']],
    ['refuted', [undefined, 'refuted']],
    ['entered-in-error', [undefined, 'entered-in-error']],
]);
const allergyStatus = (status) => {
    const [clinical, verification] = ALLERGY_STATUSES.get(status) ?? [];
    return {
        ...(clinical === undefined ? {} : { clinicalStatus: conceptOf(ALLERGY_CLINICAL, clinical) }),
        ...(verification === undefined
            ? {}
            : { verificationStatus: conceptOf(ALLERGY_VERIFICATION, verification) }),
    };
};
const CRITICALITIES = new Map([
    ['CRITL', 'low'],
    ['CRITH', 'high'],
    ['CRITU', 'unable-to-assess'],
]);
const ALLERGY = rules({
    // `patient` is called so in all versions.
    substance: renamed('code'),
    status: allergyStatus,
    onset: renamed('onsetDateTime'),
    lastOccurence: renamed('lastOccurrence'),
    reporter: renamed('asserter'),
    category: (category) => ({ category: listOf(category).filter((one) => one !== 'other') }),
    criticality: (code) => ({ criticality: CRITICALITIES.get(code) ?? code }),
    note: asNotes,
});
const OBSERVATION = rules({
    category: inList('category'),
    interpretation: inList('interpretation'),
    comments: asNotes,
    related: dropped,
});
export const readersOfDstu2 = readers({
    MedicationOrder: ORDER,
    MedicationStatement: STATEMENT,
    MedicationDispense: DISPENSE,
    MedicationAdministration: ADMINISTRATION,
    Medication: MEDICATION,
    Condition: CONDITION,
    AllergyIntolerance: ALLERGY,
    Observation: OBSERVATION,
});
//# sourceMappingURL=from-dstu2.js.map