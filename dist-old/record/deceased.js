/** Whether the patient has died: then no card speaks of treatment. */
export function isDeceased({ patient }) {
    return patient?.deceasedBoolean === true || typeof patient?.deceasedDateTime === 'string';
}
//# sourceMappingURL=deceased.js.map