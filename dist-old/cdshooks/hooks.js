/** The hooks we serve, one row each: under which id and where the context keeps its orders. */
export const hookRules = [
    {
        hook: 'medication-prescribe',
        serviceId: 'rx-distinct-medication-prescribe',
        hookVersion: '1.0',
        ordersField: 'medications',
        hasSelections: false,
        moment: 'while prescribing',
    },
    {
        hook: 'order-select',
        serviceId: 'rx-distinct-order-select',
        hookVersion: '1.0',
        ordersField: 'draftOrders',
        hasSelections: true,
        moment: 'on selecting an order',
    },
    {
        hook: 'order-sign',
        serviceId: 'rx-distinct-order-sign',
        hookVersion: '1.0',
        ordersField: 'draftOrders',
        hasSelections: false,
        moment: 'before signing',
    },
    {
        hook: 'medication-refill',
        serviceId: 'rx-distinct-medication-refill',
        hookVersion: '0.1.0',
        ordersField: 'medications',
        hasSelections: false,
        moment: 'on a refill request',
    },
    {
        hook: 'encounter-discharge',
        serviceId: 'rx-distinct-encounter-discharge',
        hookVersion: '1.0',
        ordersField: undefined,
        hasSelections: false,
        moment: 'at discharge',
    },
    {
        hook: 'patient-view',
        serviceId: 'rx-distinct-patient-view',
        hookVersion: '1.0',
        ordersField: undefined,
        hasSelections: false,
        moment: 'on opening the chart',
    },
];
//# sourceMappingURL=hooks.js.map