/** What a card offers to do: delete, change or add a draft of this call, as complete CDS Hooks actions. */
import { drugsNamed } from '../library/argument.js';
import { coveredDays } from '../record/course.js';
import { numberOf, partOf } from '../untrusted.js';
import { toldApart } from './told-apart.js';
import { listOf } from './words.js';
/** `G` of the HL7 v3 substanceAdminSubstitution code system, with its display. */
const genericSubstitution = {
    system: 'http://terminology.hl7.org/CodeSystem/v3-substanceAdminSubstitution',
    code: 'G',
    display: 'generic composition',
};
/** Suggestions of a verdict; one that cannot be carried out on the draft (no id, nothing to change) is left out. */
export function suggestionsOf(verdict, vocabulary, uuid) {
    const offers = verdict.card.suggest
        .filter(({ at }) => at === undefined || at.includes(verdict.indicator))
        .flatMap(({ form }) => fromForm(form, verdict, vocabulary, uuid));
    return toldApart(offers);
}
function fromForm(form, verdict, vocabulary, uuid) {
    const orders = verdict.orders.filter((order) => !order.stop && order.listed !== true);
    const stopped = verdict.orders.filter((order) => order.stop);
    switch (form.kind) {
        case 'remove':
            return orders
                .filter((order) => isOf(order, form.drug, verdict, vocabulary))
                .flatMap((order) => removal(order, uuid));
        case 'generic substitution only':
            return orders.flatMap((order) => change(order, 'Allow generic substitution only', genericOnly(order.resource), uuid));
        case 'shorten to':
            return orders
                .filter(isLongerThan(form.days))
                .flatMap((order) => change(order, `Shorten to ${form.days} days without refills`, shortened(order, form.days), uuid));
        case 'start with':
            return orders.flatMap((order) => change(order, `Start with ${form.milligrams} mg ${form.timesADay} times a day`, startingWith(order.resource, form), uuid));
        case 'taper':
            return stopped
                .filter((order) => isOf(order, form.drug, verdict, vocabulary))
                .flatMap((order) => tapering(order, form, uuid));
    }
}
function isOf(order, written, verdict, vocabulary) {
    const wanted = written === '{this}' ? verdict.this : drugsNamed(written, vocabulary);
    return order.identity.drugs.some((drug) => wanted.includes(drug));
}
/** A draft of the dose taken until now, for the prescriber to write the steps into. */
function tapering(order, form, uuid) {
    const { resource, supersedes, identity } = order;
    if (form.notAs !== undefined && identity.forms.includes(form.notAs))
        return [];
    const { id: _, meta: __, statusReason: ___, priorPrescription: ____, authoredOn: _____, ...taken } = supersedes ?? resource;
    const description = `Add a tapering order of ${listOf(identity.drugs)}; the steps are yours to set`;
    const draft = {
        ...taken,
        status: 'draft',
        intent: 'order',
        note: [{ text: form.note }],
    };
    return [offer(order, { type: 'create', description, resource: draft }, uuid)];
}
function removal(order, uuid) {
    const { id } = order.resource;
    if (typeof id !== 'string')
        return [];
    const description = `Remove the ${listOf(order.identity.drugs)} order`;
    return [offer(order, { type: 'delete', description, resourceId: `MedicationRequest/${id}` }, uuid)];
}
function change(order, description, resource, uuid) {
    if (typeof order.resource.id !== 'string')
        return [];
    return [offer(order, { type: 'update', description, resource }, uuid)];
}
function offer(order, action, uuid) {
    return { order, suggestion: { label: action.description, uuid: uuid(), actions: [action] } };
}
function genericOnly(order) {
    const { allowedBoolean: _, ...substitution } = order.substitution ?? {};
    return {
        ...order,
        substitution: { ...substitution, allowedCodeableConcept: { coding: [genericSubstitution] } },
    };
}
/** An order of a few days that continues a long course is not made longer in the name of shortening it. */
function isLongerThan(days) {
    return ({ resource, identity }) => (coveredDays(resource, identity.product) ?? Infinity) > days;
}
/** Days' supply, bounds and amount all say the new length; an amount that cannot be computed is left out, not guessed. */
function shortened({ resource: order, identity: { product } }, days) {
    const { validityPeriod: _, quantity, ...dispense } = order.dispenseRequest ?? {};
    const amount = amountFor(order, days, product);
    const { courseOfTherapyType: __, ...rest } = order;
    const bounds = { value: days, unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' };
    return {
        ...rest,
        dispenseRequest: {
            ...dispense,
            numberOfRepeatsAllowed: 0,
            expectedSupplyDuration: bounds,
            ...(quantity !== undefined && amount !== undefined ? { quantity: { ...quantity, value: amount } } : {}),
        },
        ...(Array.isArray(order.dosageInstruction)
            ? { dosageInstruction: order.dosageInstruction.map((step) => bounded(step, bounds)) }
            : {}),
    };
}
/** The amount for the new length, whole units; the amount ordered covers one fill. */
function amountFor(order, days, product) {
    const { quantity, numberOfRepeatsAllowed } = order.dispenseRequest ?? {};
    const refills = Math.max(numberOf(numberOfRepeatsAllowed) ?? 0, 0);
    const covered = coveredDays(order, product);
    if (typeof quantity?.value !== 'number' || covered === undefined || covered <= 0)
        return undefined;
    return Math.ceil((quantity.value * days * (1 + refills)) / covered);
}
function bounded(step, bounds) {
    const repeat = partOf(step)?.['timing'] === undefined ? undefined : step.timing?.repeat;
    if (repeat?.boundsDuration === undefined && repeat?.boundsPeriod === undefined)
        return step;
    const { boundsPeriod: _, boundsRange: __, ...others } = repeat;
    return { ...step, timing: { ...step.timing, repeat: { ...others, boundsDuration: bounds } } };
}
function startingWith(order, { milligrams, timesADay }) {
    const route = order.dosageInstruction?.[0]?.route;
    const dose = { value: milligrams, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' };
    return {
        ...order,
        dosageInstruction: [
            {
                text: `${milligrams} mg ${timesADay} times a day`,
                timing: { repeat: { frequency: timesADay, period: 1, periodUnit: 'd' } },
                doseAndRate: [{ doseQuantity: dose }],
                ...(route === undefined ? {} : { route }),
            },
        ],
    };
}
//# sourceMappingURL=suggestions.js.map