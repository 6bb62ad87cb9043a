/** What is known of one patient during one call: the record the library's facts are asked of. */
/** Why a part of the record could not be read, worded for the prescriber; a graver reason comes later. */
export const unreadReasons = [
    'not complete',
    'not sent',
    'its FHIR server is not registered here',
    'not found in the record system',
    'the record system did not answer in time',
    'the record system is busy',
    'the record system failed a moment ago and was not asked again',
    'the record system could not be reached',
    'the record system failed',
    'the record system refused access',
    'the record system answered in a form that could not be read',
    "the record system answered with another patient's data",
    'sent in a form that could not be read',
    'sent in another FHIR version than the order',
    'sent in a FHIR version that is not read',
    'reported as an error by the record system',
];
//# sourceMappingURL=record.js.map