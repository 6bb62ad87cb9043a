/** The patient's own facts in words: own drug and problem names, checked numbers and dates, never the client's free text. */
import { timeOf } from '../decide/newest.js';
import { coveredDays, since, until } from '../record/course.js';
import { dailyDose } from '../record/dose.js';
import { stringOf } from '../untrusted.js';
import { listOf } from './words.js';
/** One witness in words ("phenelzine 15 MG Oral Tablet, active since 2026-03-01"); empty when there is nothing to print. */
export function witnessInWords(witness, context) {
    const { resource, identity, elements } = witness;
    switch (resource.resourceType) {
        case 'Patient':
            return ageOf(resource, context.today);
        case 'Observation':
            return resultInWords(resource, context.codes);
        case 'Condition':
            return problemInWords(resource, context.codes);
        case 'MedicationRequest':
            return elements.length > 0
                ? elements.flatMap((element) => elementInWords(element, context))
                : medicationInWords(resource, identity);
        case 'MedicationStatement':
        case 'MedicationDispense':
        case 'MedicationAdministration':
            return medicationInWords(resource, identity);
        case 'AllergyIntolerance':
            return allergyInWords(resource, identity);
        default:
            return [];
    }
}
/** Name of a medication in our own words: the coded product, else its drugs. */
export function medicationName(identity) {
    return identity?.product ?? listOf(identity?.drugs ?? []);
}
function medicationInWords(resource, identity) {
    const name = medicationName(identity);
    return name === '' ? [] : [`${name}, ${stateOf(resource)}`];
}
function stateOf(resource) {
    const from = since(resource);
    switch (resource.resourceType) {
        case 'MedicationDispense':
            return from === undefined ? 'dispensed' : `dispensed ${from}`;
        case 'MedicationAdministration':
            return from === undefined ? 'given' : `given ${from}`;
        default:
            if (resource.status === 'draft')
                return 'ordered in the same call';
            if (resource.status === 'active')
                return from === undefined ? 'listed as active without a date' : `listed as active since ${from}`;
            return endOf(resource);
    }
}
function endOf(resource) {
    const end = until(resource);
    const status = /^[a-z-]{1,20}$/.test(resource.status ?? '') ? resource.status : 'ended';
    return end === undefined ? `${status}, end date unknown` : `${status}, until ${end}`;
}
function elementInWords(element, { codes }) {
    if (typeof element !== 'object' || element === null)
        return [];
    const display = codes.displayOf(element);
    return display === undefined ? [] : [`reason: ${display}`];
}
function problemInWords(problem, codes) {
    if (problem.resourceType !== 'Condition')
        return [];
    const name = codes.displayOf(problem.code) ?? [...codes.problemsOf(problem.code)][0];
    if (name === undefined)
        return [];
    const recorded = writtenDate(problem.recordedDate);
    return [recorded === undefined ? name : `${name}, recorded ${recorded}`];
}
function allergyInWords(allergy, identity) {
    const called = identity?.called ?? [];
    if (called.length === 0)
        return [];
    const kind = allergy.type === 'intolerance' ? 'intolerance' : 'allergy';
    const recorded = writtenDate(allergy.recordedDate);
    return [`${kind} to ${listOf(called)}${recorded === undefined ? '' : `, recorded ${recorded}`}`];
}
const ordersInWords = new WeakMap();
/**
 * An order or stop a card is about: product, daily dose and length as far as they are known, and since when. Put in words
 * once for all cards about it.
 */
export function orderInWords(order) {
    const known = ordersInWords.get(order) ?? inWordsOf(order);
    ordersInWords.set(order, known);
    return known;
}
function inWordsOf(order) {
    const { resource, identity, supersedes, stop, listed } = order;
    const name = medicationName(identity);
    if (stop) {
        const from = since(supersedes ?? resource);
        return [`stop of ${name}`, ...(from === undefined ? [] : [`taken since ${from}`])].join(', ');
    }
    if (listed === true)
        return medicationInWords(resource, identity).join('');
    const dose = dailyDose(resource, identity.product);
    const days = coveredDays(resource, identity.product);
    return [
        name,
        ...(dose === undefined ? [] : [doseInWords(dose)]),
        ...(days === undefined ? [] : [lengthInWords(days)]),
    ].join(', ');
}
export function doseInWords(dose) {
    return `${rounded(dose.value)} ${dose.unit} a day`;
}
export function lengthInWords(days) {
    return `${rounded(days)} days`;
}
function rounded(value) {
    return Math.round(value * 1000) / 1000;
}
function resultInWords(result, codes) {
    const name = [...codes.labsOf(result.code)][0];
    const value = quantityInWords(result.valueQuantity);
    if (name === undefined || value === undefined)
        return [];
    const taken = writtenDate(timeOf(result));
    return [`${name} ${value}${taken === undefined ? ' without a date' : ` on ${taken}`}`];
}
const comparators = new Map([
    ['<', 'under '],
    ['<=', 'under or equal '],
    ['>', 'over '],
    ['>=', 'over or equal '],
]);
function quantityInWords(quantity) {
    if (typeof quantity?.value !== 'number' || !Number.isFinite(quantity.value))
        return undefined;
    const comparator = comparators.get(quantity.comparator) ?? '';
    const unit = (stringOf(quantity.unit) ?? stringOf(quantity.code) ?? '').replace(/[{}_ ]/g, '');
    const safeUnit = /^[A-Za-z0-9/.²%]{1,20}$/.test(unit) ? ` ${unit}` : '';
    return `${comparator}${quantity.value}${safeUnit}`;
}
function ageOf(patient, today) {
    const birth = patient.birthDate;
    if (typeof birth !== 'string' || !/^\d{4}(-\d{2}(-\d{2})?)?$/.test(birth))
        return [];
    if (birth.length < 10)
        return [`born ${birth}`];
    const before = today.slice(5) < birth.slice(5) ? 1 : 0;
    return [`age ${Number(today.slice(0, 4)) - Number(birth.slice(0, 4)) - before}`];
}
/** The date of an ISO date or dateTime as far as it is written (`2026`, `2026-11`), or nothing when it is not one. */
export function writtenDate(text) {
    return typeof text === 'string' ? /^\d{4}(-\d{2}(-\d{2})?)?/.exec(text)?.[0] : undefined;
}
//# sourceMappingURL=witness.js.map