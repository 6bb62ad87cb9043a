/** Which parts of the record a fact needed and did not get, in the words a card prints. */
const inWords = {
    Patient: 'patient details',
    MedicationRequest: 'medication orders',
    MedicationStatement: 'medication statements',
    MedicationDispense: 'dispenses',
    MedicationAdministration: 'administrations',
    Condition: 'problem list',
    Observation: 'laboratory results',
    AllergyIntolerance: 'allergies',
};
export function unreadOf(fact, args, record) {
    if (record.unread.size === 0)
        return [];
    return fact.reads.flatMap((type) => {
        const why = record.unread.get(type);
        if (why === undefined)
            return [];
        const lab = Object.values(args).find((value) => value.kind === 'lab');
        return [
            { what: type === 'Observation' && lab !== undefined ? `${lab.name} results` : inWords[type], why },
        ];
    });
}
//# sourceMappingURL=unread.js.map