/** Which FHIR versions a resource fits, told by its type and the elements it carries. */
import { ANY, DSTU2, FROM_R4, FROM_STU3, NONE, R4, R5, STU3, UNTIL_R4, UNTIL_STU3, } from './fhir-version.js';
import { marks, text, within } from './mark.js';
import { medicationMarks, ofPatient } from './medication-marks.js';
const BY_TYPE = new Map([
    ...medicationMarks,
    [
        'Condition',
        marks({
            ...ofPatient,
            dateRecorded: DSTU2,
            onsetQuantity: DSTU2,
            abatementQuantity: DSTU2,
            notes: DSTU2,
            abatementBoolean: UNTIL_STU3,
            assertedDate: STU3,
            context: STU3,
            recordedDate: FROM_R4,
            participant: R5,
            clinicalStatus: text(UNTIL_STU3, FROM_R4),
            verificationStatus: text(UNTIL_STU3, FROM_R4),
        }),
    ],
    [
        'AllergyIntolerance',
        marks({
            substance: DSTU2,
            status: DSTU2,
            onset: DSTU2,
            reporter: DSTU2,
            lastOccurence: DSTU2,
            code: FROM_STU3,
            assertedDate: STU3,
            recordedDate: DSTU2 | R4 | R5,
            participant: R5,
            type: text(UNTIL_R4, R5),
            clinicalStatus: text(STU3, FROM_R4),
            verificationStatus: text(STU3, FROM_R4),
        }),
    ],
    [
        'Observation',
        marks({
            comments: DSTU2,
            comment: STU3,
            context: STU3,
            related: UNTIL_STU3,
            encounter: DSTU2 | R4 | R5,
            note: FROM_R4,
            hasMember: FROM_R4,
            triggeredBy: R5,
            bodyStructure: R5,
            // One object where a list belongs is no mark: clients send it in every version, and no fact reads it.
            interpretation: (value) => (Array.isArray(value) ? FROM_R4 : ANY),
        }),
    ],
]);
/** A resource whose own marks contradict one another says nothing of its version; a type of DSTU1 fits none. */
export function versionsOf(resource) {
    const type = resource['resourceType'];
    const known = typeof type === 'string' ? BY_TYPE.get(type) : undefined;
    if (known === undefined)
        return ANY;
    if (typeof known === 'number')
        return known;
    const fitting = within(resource, known);
    return fitting === NONE ? ANY : fitting;
}
//# sourceMappingURL=marks.js.map