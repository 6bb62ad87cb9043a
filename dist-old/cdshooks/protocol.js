/** CDS Hooks 2.0.1 as types: what a service advertises, takes and answers (https://cds-hooks.hl7.org/2.0/). */
export const hookNames = [
    'medication-prescribe',
    'order-select',
    'order-sign',
    'medication-refill',
    'encounter-discharge',
    'patient-view',
];
//# sourceMappingURL=protocol.js.map