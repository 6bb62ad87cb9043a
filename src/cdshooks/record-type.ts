/** The FHIR resource types this service reads of a patient; prefetch templates and "unread" speak in these. */

/** What names a medication that a patient has, had or is to have. */
export const medicationTypes = [
  'MedicationRequest',
  'MedicationStatement',
  'MedicationDispense',
  'MedicationAdministration',
] as const;

/** The smallest thing that can be unread. */
export const recordTypes = [
  'Patient',
  ...medicationTypes,
  'Condition',
  'Observation',
  'AllergyIntolerance',
] as const;
export type RecordType = (typeof recordTypes)[number];
