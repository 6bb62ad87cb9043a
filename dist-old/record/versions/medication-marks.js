/** What tells the FHIR version of the medication resources. */
import { partOf } from '../../untrusted.js';
import { ANY, DSTU2, FROM_R4, FROM_STU3, NONE, R4, R5, STU3, UNTIL_R4, UNTIL_STU3, } from './fhir-version.js';
import { coded, marks, within, withinAll } from './mark.js';
/** `[x]` elements and backbones of the medication resources: R5 has CodeableReference instead. */
const medication = {
    medicationCodeableConcept: UNTIL_R4,
    medicationReference: UNTIL_R4,
    medication: R5,
};
const reason = { reasonCode: STU3 | R4, reasonReference: UNTIL_R4, reason: R5 };
export const ofPatient = { patient: DSTU2, subject: FROM_STU3 };
const TIMING = marks({
    boundsQuantity: DSTU2,
    periodUnits: DSTU2,
    durationUnits: DSTU2,
    boundsDuration: FROM_STU3,
    periodUnit: FROM_STU3,
    durationUnit: FROM_STU3,
});
const DOSAGE = marks({
    doseAndRate: FROM_R4,
    doseQuantity: UNTIL_STU3,
    doseRange: UNTIL_STU3,
    rateRatio: UNTIL_STU3,
    rateRange: UNTIL_STU3,
    rateQuantity: STU3,
    quantityQuantity: DSTU2,
    quantityRange: DSTU2,
    additionalInstructions: DSTU2,
    siteCodeableConcept: DSTU2,
    siteReference: DSTU2,
    scheduledTiming: DSTU2,
    asNeededBoolean: UNTIL_R4,
    asNeededCodeableConcept: UNTIL_R4,
    asNeeded: R5,
    asNeededFor: R5,
    timing: (timing) => within(partOf(timing)?.['repeat'], TIMING),
});
/** The dosage of an administration has its own shape in every version. */
const ADMINISTERED = marks({
    quantity: DSTU2,
    dose: FROM_STU3,
    siteCodeableConcept: DSTU2,
    siteReference: DSTU2,
});
const SUBSTITUTION = marks({
    type: DSTU2,
    allowed: STU3,
    allowedBoolean: FROM_R4,
    allowedCodeableConcept: FROM_R4,
});
const SUPPLY = marks({
    medicationCodeableConcept: DSTU2,
    medicationReference: DSTU2,
    initialFill: FROM_R4,
    dispenseInterval: FROM_R4,
    dispenser: R5,
    dispenserInstruction: R5,
});
const INGREDIENT = marks({
    itemCodeableConcept: STU3 | R4,
    itemReference: STU3 | R4,
    item: UNTIL_STU3 | R5,
    amount: UNTIL_STU3,
    strength: R4,
    strengthRatio: R5,
    strengthQuantity: R5,
    strengthCodeableConcept: R5,
});
export const medicationMarks = [
    // DSTU1: not read.
    ['MedicationPrescription', NONE],
    ['MedicationOrder', DSTU2],
    [
        'MedicationRequest',
        marks({
            // A type that DSTU2 does not have.
            resourceType: FROM_STU3,
            ...medication,
            ...reason,
            context: STU3,
            definition: STU3,
            requester: (value) => (partOf(value)?.['agent'] === undefined ? ANY : STU3),
            encounter: FROM_R4,
            doNotPerform: FROM_R4,
            statusReason: FROM_R4,
            courseOfTherapyType: FROM_R4,
            reportedBoolean: R4,
            reportedReference: R4,
            reported: R5,
            statusChanged: R5,
            effectiveDosePeriod: R5,
            renderedDosageInstruction: R5,
            status: coded({ ended: R5 }),
            substitution: (value) => within(value, SUBSTITUTION),
            dispenseRequest: (value) => within(value, SUPPLY),
            dosageInstruction: (value) => withinAll(value, DOSAGE),
        }),
    ],
    [
        'MedicationStatement',
        marks({
            ...medication,
            ...reason,
            ...ofPatient,
            reasonReference: STU3 | R4,
            wasNotTaken: DSTU2,
            reasonForUseCodeableConcept: DSTU2,
            reasonForUseReference: DSTU2,
            reasonNotTaken: UNTIL_STU3,
            taken: STU3,
            context: STU3 | R4,
            statusReason: R4,
            encounter: R5,
            adherence: R5,
            renderedDosageInstruction: R5,
            status: coded({ recorded: R5, draft: R5, 'not-taken': R4, unknown: R4 }),
            dosage: (value) => withinAll(value, DOSAGE),
        }),
    ],
    [
        'MedicationDispense',
        marks({
            ...medication,
            ...ofPatient,
            context: STU3 | R4,
            notDone: STU3,
            statusReasonCodeableConcept: R4,
            statusReasonReference: R4,
            notPerformedReason: R5,
            statusChanged: R5,
            encounter: R5,
            renderedDosageInstruction: R5,
            status: coded({ cancelled: FROM_R4, declined: FROM_R4, unknown: FROM_R4 }),
            dosageInstruction: (value) => withinAll(value, DOSAGE),
        }),
    ],
    [
        'MedicationAdministration',
        marks({
            ...medication,
            ...ofPatient,
            reason: R5,
            context: STU3 | R4,
            practitioner: DSTU2,
            wasNotGiven: DSTU2,
            effectiveTimeDateTime: DSTU2,
            effectiveTimePeriod: DSTU2,
            reasonGiven: DSTU2,
            notGiven: STU3,
            reasonNotGiven: UNTIL_STU3,
            prescription: UNTIL_STU3,
            request: FROM_R4,
            statusReason: FROM_R4,
            effectiveDateTime: STU3 | R4,
            effectivePeriod: STU3 | R4,
            // Spelled so in R5.
            occurenceDateTime: R5,
            occurencePeriod: R5,
            status: coded({ 'not-done': FROM_R4 }),
            dosage: (value) => within(value, ADMINISTERED),
        }),
    ],
    [
        'Medication',
        marks({
            product: DSTU2,
            isBrand: UNTIL_STU3,
            package: UNTIL_STU3,
            isOverTheCounter: STU3,
            form: STU3 | R4,
            doseForm: R5,
            marketingAuthorizationHolder: R5,
            batch: FROM_R4,
            ingredient: (value) => withinAll(value, INGREDIENT),
        }),
    ],
];
//# sourceMappingURL=medication-marks.js.map