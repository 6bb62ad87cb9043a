/** Plain codes of DSTU2 and STU3 as the concepts of R4, and the code systems that changed their names since. */
import { partOf, partsOf, stringOf } from '../../untrusted.js';
import {} from './reshape.js';
const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem';
export const CONDITION_CLINICAL = `${TERMINOLOGY}/condition-clinical`;
export const CONDITION_VERIFICATION = `${TERMINOLOGY}/condition-ver-status`;
export const ALLERGY_CLINICAL = `${TERMINOLOGY}/allergyintolerance-clinical`;
export const ALLERGY_VERIFICATION = `${TERMINOLOGY}/allergyintolerance-verification`;
/** Name of the substitution codes in R4 and in DSTU2 and STU3. */
const SUBSTITUTION = `${TERMINOLOGY}/v3-substanceAdminSubstitution`;
const SUBSTITUTION_UNTIL_STU3 = 'http://hl7.org/fhir/v3/substanceAdminSubstitution';
/** A code that R4 does not have (`unknown` of a verification) says nothing. */
const SAYS_NOTHING = ['unknown'];
export function conceptOf(system, code) {
    return { coding: [{ system, code }] };
}
/** A plain code as a concept of a system; a concept stays as it is. */
export function asConcept(name, system) {
    return (value) => {
        if (typeof value !== 'string')
            return { [name]: value };
        const code = stringOf(value)?.trim().toLowerCase();
        return code === undefined || SAYS_NOTHING.includes(code) ? {} : { [name]: conceptOf(system, code) };
    };
}
export function substitutionOfR4(concept) {
    return inSystem(concept, SUBSTITUTION_UNTIL_STU3, SUBSTITUTION);
}
export function substitutionUntilStu3(concept) {
    return inSystem(concept, SUBSTITUTION, SUBSTITUTION_UNTIL_STU3);
}
function inSystem(concept, from, to) {
    const part = partOf(concept);
    if (part === undefined || part['coding'] === undefined)
        return concept;
    return {
        ...part,
        coding: partsOf(part['coding']).map((coding) => coding['system'] === from ? { ...coding, system: to } : coding),
    };
}
//# sourceMappingURL=coded.js.map