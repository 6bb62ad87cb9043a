/** The elements of a draft that a suggestion may carry back, from DSTU2 to R5: all of the standard, no additions to it. */
const all = (kind, names) => Object.fromEntries(names.split(' ').map((name) => [name, kind]));
/**
 * Left out everywhere: `extension` and `modifierExtension`, whose meaning nobody here knows, `meta`, `implicitRules` and
 * `language`, and `text` of a resource, which is HTML. The text of a concept or a dose is plain.
 */
const members = {
    order: {
        ...all('plain', 'resourceType id status intent priority doNotPerform authoredOn dateWritten dateEnded'),
        ...all('plain', 'statusChanged reportedBoolean reported instantiatesCanonical instantiatesUri'),
        ...all('plain', 'renderedDosageInstruction'),
        ...all('identifier', 'identifier groupIdentifier'),
        ...all('concept', 'statusReason reasonEnded category reasonCode reasonCodeableConcept performerType'),
        ...all('concept', 'courseOfTherapyType medicationCodeableConcept'),
        ...all('reference', 'medicationReference subject patient context encounter supportingInformation prescriber'),
        ...all('reference', 'performer recorder reasonReference basedOn definition insurance priorPrescription'),
        ...all('reference', 'detectedIssue eventHistory reportedReference informationSource'),
        ...all('either', 'medication reason device'),
        ...all('requester', 'requester'),
        ...all('note', 'note'),
        ...all('dose', 'dosageInstruction'),
        ...all('period', 'effectiveDosePeriod'),
        ...all('supply', 'dispenseRequest'),
        ...all('substitution', 'substitution'),
        ...all('medication', 'contained'),
    },
    medication: {
        ...all('plain', 'resourceType id status isBrand'),
        ...all('identifier', 'identifier'),
        ...all('concept', 'code form doseForm'),
        ...all('reference', 'manufacturer marketingAuthorizationHolder'),
        ...all('quantity', 'amount totalVolume'),
        ...all('ingredient', 'ingredient'),
        ...all('batch', 'batch'),
        ...all('medication', 'product'),
    },
    ingredient: {
        ...all('plain', 'isActive'),
        ...all('concept', 'itemCodeableConcept strengthCodeableConcept'),
        ...all('reference', 'itemReference'),
        ...all('either', 'item'),
        ...all('quantity', 'strength amount strengthRatio strengthQuantity'),
    },
    batch: all('plain', 'lotNumber expirationDate'),
    supply: {
        ...all('plain', 'numberOfRepeatsAllowed'),
        ...all('quantity', 'quantity expectedSupplyDuration dispenseInterval duration'),
        ...all('period', 'validityPeriod'),
        ...all('reference', 'performer dispenser medicationReference'),
        ...all('concept', 'medicationCodeableConcept doseAdministrationAid'),
        ...all('note', 'dispenserInstruction'),
        ...all('supply', 'initialFill'),
    },
    substitution: {
        ...all('plain', 'allowed allowedBoolean'),
        ...all('concept', 'allowedCodeableConcept type reason'),
        ...all('told', 'extension'),
    },
    told: { ...all('plain', 'url'), ...all('concept', 'valueCodeableConcept') },
    dose: {
        ...all('plain', 'sequence text patientInstruction asNeededBoolean asNeeded'),
        ...all('concept', 'additionalInstruction additionalInstructions asNeededCodeableConcept asNeededFor type'),
        ...all('concept', 'site siteCodeableConcept route method'),
        ...all('reference', 'siteReference'),
        ...all('timing', 'timing'),
        ...all('dose', 'doseAndRate'),
        ...all('quantity', 'doseRange doseQuantity rateRatio rateRange rateQuantity'),
        ...all('quantity', 'maxDosePerPeriod maxDosePerAdministration maxDosePerLifetime'),
    },
    timing: {
        ...all('plain', 'event count countMax duration durationMax durationUnit durationUnits frequency frequencyMax'),
        ...all('plain', 'period periodMax periodUnit periodUnits dayOfWeek timeOfDay when offset'),
        ...all('timing', 'repeat'),
        ...all('quantity', 'boundsDuration boundsQuantity boundsRange'),
        ...all('period', 'boundsPeriod'),
        ...all('concept', 'code'),
    },
    requester: {
        ...all('plain', 'reference type display'),
        ...all('identifier', 'identifier'),
        ...all('reference', 'agent onBehalfOf'),
    },
    note: { ...all('plain', 'authorString time text'), ...all('reference', 'authorReference') },
    identifier: {
        ...all('plain', 'use system value'),
        ...all('concept', 'type'),
        ...all('period', 'period'),
        ...all('reference', 'assigner'),
    },
    reference: { ...all('plain', 'reference type display'), ...all('identifier', 'identifier') },
    either: { ...all('concept', 'concept'), ...all('reference', 'reference') },
    concept: { ...all('coding', 'coding'), ...all('plain', 'text') },
    coding: all('plain', 'system version code display userSelected'),
    period: all('plain', 'start end'),
    quantity: {
        ...all('plain', 'value comparator unit system code'),
        ...all('quantity', 'low high numerator denominator'),
    },
};
/** @returns the kind of this member, or undefined when it may not be carried */
export function kindOf(kind, name) {
    if (kind === 'plain')
        return undefined;
    const allowed = members[kind];
    return Object.hasOwn(allowed, name) ? allowed[name] : undefined;
}
//# sourceMappingURL=order-elements.js.map