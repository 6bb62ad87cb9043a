/** Dosage instructions of every FHIR version in the shape of R4, and back. */
import { partOf, partsOf } from '../../untrusted.js';
import { firstOf, inList, inside, listOf, renamed, reshape, rules } from './reshape.js';
/** What R4 keeps in `doseAndRate` and DSTU2 and STU3 on the instruction itself. */
const AMOUNTS = ['doseQuantity', 'doseRange', 'rateRatio', 'rateRange', 'rateQuantity'];
const REPEAT_OF_DSTU2 = rules({
    boundsQuantity: renamed('boundsDuration'),
    durationUnits: renamed('durationUnit'),
    periodUnits: renamed('periodUnit'),
    when: inList('when'),
});
const REPEAT_TO_DSTU2 = rules({
    boundsDuration: renamed('boundsQuantity'),
    durationUnit: renamed('durationUnits'),
    periodUnit: renamed('periodUnits'),
    when: firstOf('when'),
});
const timingOfDstu2 = inside('timing', (timing) => withRepeat(timing, REPEAT_OF_DSTU2));
const OF_DSTU2 = rules({
    additionalInstructions: inList('additionalInstruction'),
    siteCodeableConcept: renamed('site'),
    timing: timingOfDstu2,
    scheduledTiming: timingOfDstu2,
    quantityQuantity: renamed('doseQuantity'),
    quantityRange: renamed('doseRange'),
});
const TO_DSTU2 = rules({
    additionalInstruction: firstOf('additionalInstructions'),
    site: renamed('siteCodeableConcept'),
    timing: inside('timing', (timing) => withRepeat(timing, REPEAT_TO_DSTU2)),
});
const OF_R5 = rules({
    asNeeded: renamed('asNeededBoolean'),
    asNeededFor: firstOf('asNeededCodeableConcept'),
    // Several limits stay a list: the record reads all of them, R4 has room for one.
    maxDosePerPeriod: (limits) => ({
        maxDosePerPeriod: Array.isArray(limits) && limits.length === 1 ? limits[0] : limits,
    }),
});
const TO_R5 = rules({
    asNeededBoolean: renamed('asNeeded'),
    asNeededCodeableConcept: inList('asNeededFor'),
    maxDosePerPeriod: inList('maxDosePerPeriod'),
});
/** MedicationOrder, -Statement and -Dispense of DSTU2: `dosageInstruction` or `dosage`. */
export function dosageOfDstu2(dosage) {
    return amountsTogether(reshape(dosage, OF_DSTU2));
}
export function dosageOfStu3(dosage) {
    return amountsTogether(dosage);
}
export function dosageOfR5(dosage) {
    return reshape(dosage, OF_R5);
}
export function dosageToDstu2(dosage) {
    return reshape(amountsApart(dosage), TO_DSTU2);
}
export function dosageToStu3(dosage) {
    return amountsApart(dosage);
}
export function dosageToR5(dosage) {
    return reshape(dosage, TO_R5);
}
/** A rendered text of R5 stands for instructions that are not there. */
export const renderedOfR5 = (text, whole) => {
    const given = partsOf(whole['dosageInstruction'] ?? whole['dosage']);
    return given.length > 0 || typeof text !== 'string' ? {} : { dosageInstruction: [{ text }] };
};
function withRepeat(timing, by) {
    const repeat = partOf(timing['repeat']);
    return repeat === undefined ? timing : { ...timing, repeat: reshape(repeat, by) };
}
function amountsTogether(dosage) {
    if (dosage['doseAndRate'] !== undefined)
        return dosage;
    const isAmount = ([name]) => AMOUNTS.includes(name);
    const elements = Object.entries(dosage);
    const amounts = elements.filter(isAmount);
    if (amounts.length === 0)
        return dosage;
    return {
        ...Object.fromEntries(elements.filter((element) => !isAmount(element))),
        doseAndRate: [Object.fromEntries(amounts)],
    };
}
function amountsApart(dosage) {
    const { doseAndRate, ...others } = dosage;
    const { type: _, ...amounts } = partOf(listOf(doseAndRate)[0]) ?? {};
    return { ...others, ...amounts };
}
//# sourceMappingURL=dosage.js.map