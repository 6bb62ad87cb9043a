/** The FHIR resource types this service reads of a patient; prefetch templates and "unread" speak in these. */
/** The smallest thing that can be unread. */
export const recordTypes = [
    'Patient',
    'MedicationRequest',
    'MedicationStatement',
    'MedicationDispense',
    'MedicationAdministration',
    'Condition',
    'Observation',
    'AllergyIntolerance',
];
//# sourceMappingURL=record-type.js.map