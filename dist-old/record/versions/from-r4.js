/** Elements of an R4 order in another FHIR version: what a suggestion changes or creates goes back so. */
import { partOf, partsOf } from '../../untrusted.js';
import { substitutionUntilStu3 } from './coded.js';
import { dosageToDstu2, dosageToR5, dosageToStu3 } from './dosage.js';
import { SUBSTITUTION_OF_R4 } from './from-stu3.js';
import { asOneText } from './notes.js';
import { orderReferenceToDstu2 } from './order-references.js';
import { dropped, firstOf, inList, inside, insideEach, listOf, renamed, reshape, rules, } from './reshape.js';
/** `numberOfRepeatsAllowed` is a positiveInt until STU3: no refills is no element. */
const withoutZeroRefills = inside('dispenseRequest', ({ numberOfRepeatsAllowed, ...others }) => ({
    ...others,
    ...(numberOfRepeatsAllowed === undefined || numberOfRepeatsAllowed === 0 ? {} : { numberOfRepeatsAllowed }),
}));
const INGREDIENT_TO_DSTU2 = rules({ itemReference: renamed('item'), strength: renamed('amount') });
const medicationToDstu2 = ({ form, ingredient, ...others }) => ({
    ...others,
    ...(form === undefined && ingredient === undefined
        ? {}
        : {
            product: {
                ...(form === undefined ? {} : { form }),
                ...(ingredient === undefined
                    ? {}
                    : { ingredient: partsOf(ingredient).map((one) => reshape(one, INGREDIENT_TO_DSTU2)) }),
            },
        }),
});
const SUBSTITUTION_TO_DSTU2 = rules({
    allowedBoolean: dropped,
    allowedCodeableConcept: (concept) => ({ type: substitutionUntilStu3(concept) }),
});
const TO_DSTU2 = rules({
    resourceType: () => ({ resourceType: 'MedicationOrder' }),
    intent: dropped,
    category: dropped,
    doNotPerform: dropped,
    courseOfTherapyType: dropped,
    statusChanged: dropped,
    effectiveDosePeriod: dropped,
    subject: renamed('patient'),
    authoredOn: renamed('dateWritten'),
    requester: renamed('prescriber'),
    statusReason: renamed('reasonEnded'),
    reasonCode: firstOf('reasonCodeableConcept'),
    reasonReference: firstOf('reasonReference'),
    note: asOneText,
    dosageInstruction: insideEach('dosageInstruction', dosageToDstu2),
    dispenseRequest: withoutZeroRefills,
    priorPrescription: orderReferenceToDstu2('priorPrescription'),
    substitution: inside('substitution', (substitution) => reshape(substitution, SUBSTITUTION_TO_DSTU2)),
    contained: containing(medicationToDstu2),
});
/** `allowed` is required in STU3; which substitution it is only an extension can tell. */
function substitutionToStu3({ allowedCodeableConcept, allowedBoolean, extension, ...others }) {
    if (allowedCodeableConcept === undefined)
        return { ...others, ...(extension === undefined ? {} : { extension }), allowed: allowedBoolean };
    const codes = partsOf(partOf(allowedCodeableConcept)?.['coding']).map(({ code }) => code);
    const told = {
        url: SUBSTITUTION_OF_R4,
        valueCodeableConcept: substitutionUntilStu3(allowedCodeableConcept),
    };
    return {
        ...others,
        extension: [...(extension === undefined ? [] : listOf(extension)), told],
        allowed: !codes.includes('N'),
    };
}
const MEDICATION_TO_STU3 = rules({
    ingredient: insideEach('ingredient', (one) => reshape(one, rules({ strength: renamed('amount') }))),
});
const TO_STU3 = rules({
    encounter: renamed('context'),
    category: firstOf('category'),
    requester: (agent) => ({ requester: { agent } }),
    doNotPerform: dropped,
    courseOfTherapyType: dropped,
    statusReason: dropped,
    dosageInstruction: insideEach('dosageInstruction', dosageToStu3),
    dispenseRequest: withoutZeroRefills,
    substitution: inside('substitution', substitutionToStu3),
    contained: containing((medication) => reshape(medication, MEDICATION_TO_STU3)),
});
/** Concept and reference of one CodeableReference. */
function codeableReference(concept, reference) {
    return {
        ...(concept === undefined ? {} : { concept }),
        ...(reference === undefined ? {} : { reference }),
    };
}
const medicationToR5 = (_, whole) => ({
    medication: codeableReference(whole['medicationCodeableConcept'], whole['medicationReference']),
});
const reasonToR5 = (_, { reasonCode, reasonReference }) => ({
    reason: [
        ...partsOf(reasonCode).map((concept) => ({ concept })),
        ...partsOf(reasonReference).map((reference) => ({ reference })),
    ],
});
const INGREDIENT_TO_R5 = rules({
    itemCodeableConcept: (concept, whole) => ({ item: codeableReference(concept, whole['itemReference']) }),
    itemReference: (reference, whole) => ({ item: codeableReference(whole['itemCodeableConcept'], reference) }),
    strength: renamed('strengthRatio'),
});
const MEDICATION_TO_R5 = rules({
    form: renamed('doseForm'),
    manufacturer: renamed('marketingAuthorizationHolder'),
    ingredient: insideEach('ingredient', (one) => reshape(one, INGREDIENT_TO_R5)),
});
const TO_R5 = rules({
    medicationCodeableConcept: medicationToR5,
    medicationReference: medicationToR5,
    reasonCode: reasonToR5,
    reasonReference: reasonToR5,
    reportedBoolean: renamed('reported'),
    performer: inList('performer'),
    statusChanged: dropped,
    dosageInstruction: insideEach('dosageInstruction', dosageToR5),
    dispenseRequest: inside('dispenseRequest', ({ performer, ...others }) => ({
        ...others,
        ...(performer === undefined ? {} : { dispenser: performer }),
    })),
    contained: containing((medication) => reshape(medication, MEDICATION_TO_R5)),
});
const BACK = {
    DSTU2: TO_DSTU2,
    STU3: TO_STU3,
    R5: TO_R5,
};
/** @param elements of an order: all of them, or those that a suggestion changes */
export function orderFromR4(elements, version) {
    return version === 'R4' ? elements : reshape(elements, BACK[version]);
}
/** Contained Medications changed; other contained resources are the same in all versions, as far as orders go. */
function containing(change) {
    return (contained) => ({
        contained: listOf(contained).map((one) => {
            const part = partOf(one);
            return part?.['resourceType'] === 'Medication' ? change(part) : one;
        }),
    });
}
//# sourceMappingURL=from-r4.js.map