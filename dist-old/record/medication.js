/** What a medication resource says of its medication: concepts, references, ingredients, route and dose form. */
import { elementsOf, partOf, partsOf, stringOf } from '../untrusted.js';
/** Reads R4 (`medicationCodeableConcept`, `medicationReference`) and R5 (`medication.concept`, `.reference`) alike. */
export function statedMedication(resource, resolve) {
    const order = elementsOf(resource);
    const either = partOf(order['medication']);
    const substances = resource.resourceType === 'AllergyIntolerance' ? substancesOf(order) : [];
    const concepts = [order['medicationCodeableConcept'], either?.['concept'], ...substances].flatMap(conceptsOf);
    const reference = medicationReferenceOf(resource);
    const medication = medicationOf(resource, resolve);
    const displays = stringOf(reference?.['display']);
    return {
        concepts: [...concepts, ...conceptsOf(medication?.['code'])],
        ingredients: partsOf(medication?.['ingredient']).flatMap((item) => itemConcepts(item, resource, resolve)),
        displays: displays === undefined ? [] : [displays],
        formTexts: [...routesOf(order), medication?.['form'], medication?.['doseForm']].flatMap(textsOf),
        isAllergy: resource.resourceType === 'AllergyIntolerance',
        missing: reference !== undefined && medication === undefined,
    };
}
/** What an allergy is to: its code, and the substances of its reactions. */
function substancesOf(allergy) {
    return [allergy['code'], ...partsOf(allergy['reaction']).map((reaction) => reaction['substance'])];
}
/** The Medication resource an order, dispense, statement or administration refers to. */
export function medicationOf(resource, resolve) {
    const reference = medicationReferenceOf(resource);
    const found = reference === undefined ? undefined : resolve(reference, resource);
    return found?.resourceType === 'Medication' ? partOf(found) : undefined;
}
/** Of R4 and R5 alike, and of what carries the same elements. */
export function medicationReferenceOf(resource) {
    const order = elementsOf(resource);
    return partOf(order['medicationReference']) ?? partOf(partOf(order['medication'])?.['reference']);
}
function itemConcepts(item, from, resolve) {
    const either = partOf(item['item']);
    const reference = partOf(item['itemReference']) ?? partOf(either?.['reference']);
    const found = reference === undefined ? undefined : partOf(resolve(reference, from));
    const display = stringOf(reference?.['display']);
    return [
        ...[item['itemCodeableConcept'], either?.['concept'], found?.['code']].flatMap(conceptsOf),
        ...(display === undefined ? [] : [{ text: display }]),
    ];
}
function conceptsOf(value) {
    const concept = partOf(value);
    return concept === undefined ? [] : [concept];
}
function routesOf(order) {
    return [...partsOf(order['dosageInstruction']), ...partsOf(order['dosage'])].map((dosage) => dosage['route']);
}
function textsOf(value) {
    const concept = partOf(value);
    const displays = partsOf(concept?.['coding']).map((coding) => coding['display']);
    return [concept?.['text'], ...displays].flatMap((text) => stringOf(text) ?? []);
}
//# sourceMappingURL=medication.js.map