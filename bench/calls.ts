/** Synthetic hook calls of a given size, with drugs and risks that bring a given number of cards. */

import type { HookName } from '../src/cdshooks/protocol.js';

type Json = Record<string, unknown>;

export interface CallShape {
  /** How many resources there are of each kind; 1 is the record of the 45 kB call. */
  readonly scale: number;
  readonly cards: 0 | 1 | 5;
  readonly drafts?: number;
  /** All drafts are of a drug that cards are about, not the first alone. */
  readonly onlyOurs?: boolean;
  /** An order of a drug that no card is about. */
  readonly isOutOfScope?: boolean;
}

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const ICD10 = 'http://hl7.org/fhir/sid/icd-10-cm';
const LOINC = 'http://loinc.org';

const baclofen = { code: '1292', display: 'baclofen' };
const cyclobenzaprine = { code: '21949', display: 'cyclobenzaprine' };
/** Drugs that no card asks about, so that they only make the list longer. */
const others = [
  { code: '83367', display: 'atorvastatin' },
  { code: '6809', display: 'metformin' },
  { code: '29046', display: 'lisinopril' },
  { code: '10582', display: 'levothyroxine' },
];
const otherProblems = [
  { code: 'E78.5', display: 'Hyperlipidemia, unspecified' },
  { code: 'E11.9', display: 'Type 2 diabetes mellitus without complications' },
  { code: 'J45.909', display: 'Unspecified asthma, uncomplicated' },
];
const otherLabs = [
  { code: '2345-7', display: 'Glucose [Mass/volume] in Serum or Plasma' },
  { code: '2951-2', display: 'Sodium [Moles/volume] in Serum or Plasma' },
];

const subject = { reference: 'Patient/patient-1' };
const meta = {
  versionId: '3',
  lastUpdated: '2026-11-01T08:15:30.000Z',
  source: '#a1b2c3d4e5f6',
  profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core'],
};
const narrative = {
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${'Generated text of the resource. '.repeat(10)}</p></div>`,
};

const concept = (system: string, { code, display }: Json) => ({
  coding: [{ system, code, display, userSelected: true }],
  text: display,
});

const dosage = (times: number, milligrams: number) => [
  {
    sequence: 1,
    text: `${milligrams} mg by mouth`,
    timing: { repeat: { frequency: times, period: 1, periodUnit: 'd' } },
    route: { coding: [{ system: 'http://snomed.info/sct', code: '26643006', display: 'Oral route' }] },
    doseAndRate: [
      {
        doseQuantity: { value: milligrams, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' },
      },
    ],
  },
];

function medication(id: string, drug: Json): Json {
  return {
    resourceType: 'MedicationRequest',
    id,
    meta,
    text: narrative,
    status: 'active',
    intent: 'order',
    category: [{ coding: [{ code: 'outpatient' }] }],
    medicationCodeableConcept: concept(RXNORM, drug),
    subject,
    encounter: { reference: 'Encounter/encounter-1' },
    authoredOn: '2026-10-01',
    requester: { reference: 'Practitioner/practitioner-1', display: 'A practitioner' },
    dosageInstruction: dosage(1, 10),
    dispenseRequest: { numberOfRepeatsAllowed: 3 },
  };
}

function problem(id: string, what: Json): Json {
  return {
    resourceType: 'Condition',
    id,
    meta,
    text: narrative,
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    verificationStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
    },
    category: [{ coding: [{ code: 'problem-list-item', display: 'Problem List Item' }] }],
    code: concept(ICD10, what),
    subject,
    onsetDateTime: '2020-03-01',
    recordedDate: '2020-03-02',
  };
}

function observation(id: string, what: Json, value: number, unit: string): Json {
  return {
    resourceType: 'Observation',
    id,
    meta,
    text: narrative,
    status: 'final',
    category: [{ coding: [{ code: 'laboratory', display: 'Laboratory' }] }],
    code: concept(LOINC, what),
    subject,
    effectiveDateTime: '2026-11-02',
    valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
    referenceRange: [{ low: { value: 1, unit }, high: { value: 200, unit } }],
  };
}

const list = <T>(count: number, make: (position: number) => T): T[] =>
  Array.from({ length: Math.max(0, Math.round(count)) }, (_, position) => make(position));
const of = <T>(items: readonly T[], position: number): T => items[position % items.length] as T;
const searchset = (resources: readonly Json[]) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  total: resources.length,
  entry: resources.map((resource) => ({ fullUrl: `https://ehr.example.org/${String(resource['id'])}`, resource })),
});

/** What a record holds beside what only makes it long. */
interface Risks {
  readonly medications: readonly Json[];
  readonly problems: readonly Json[];
  readonly birthDate: string;
}

const risksFor: Readonly<Record<CallShape['cards'], Risks>> = {
  0: { medications: [], problems: [{ code: 'G35', display: 'Multiple sclerosis' }], birthDate: '1980-04-12' },
  1: { medications: [cyclobenzaprine], problems: [{ code: 'G35', display: 'Multiple sclerosis' }], birthDate: '1980-04-12' },
  5: {
    medications: [{ code: '36437', display: 'sertraline' }, { code: '8123', display: 'phenelzine' }],
    problems: [
      { code: 'I48.91', display: 'Unspecified atrial fibrillation' },
      { code: 'K74.60', display: 'Unspecified cirrhosis of liver' },
    ],
    birthDate: '1948-04-12',
  },
};

export interface BenchCall {
  readonly hook: HookName;
  readonly body: string;
}

/** @returns the body of an order-sign call; the same for the same shape */
export function callOf({ scale, cards, drafts = 2, onlyOurs = false, isOutOfScope = false }: CallShape): BenchCall {
  const first = isOutOfScope ? of(others, 0) : cards === 5 ? cyclobenzaprine : baclofen;
  const ordered = list(drafts, (position) => draft(position, position === 0 || onlyOurs ? first : of(others, position)));
  const prefetch = prefetchOf(risksFor[cards], scale);
  const context = {
    userId: 'Practitioner/practitioner-1',
    patientId: 'patient-1',
    encounterId: 'encounter-1',
    draftOrders: { resourceType: 'Bundle', entry: ordered.map((resource) => ({ resource })) },
  };
  const body = { hook: 'order-sign', hookInstance: '5fe19a23-3c5d-4c8f-9a0e-6b0e5a9f2a11', context, prefetch };
  return { hook: 'order-sign', body: JSON.stringify(body) };
}

function draft(position: number, drug: Json): Json {
  const { meta: _, text: __, dispenseRequest: ___, ...order } = medication(`draft-${position}`, drug);
  return {
    ...order,
    status: 'draft',
    authoredOn: '2026-11-22',
    dosageInstruction: dosage(3, 5),
    dispenseRequest: { expectedSupplyDuration: { value: 7, unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' } },
  };
}

function prefetchOf({ medications, problems, birthDate }: Risks, scale: number): Json {
  const known = problems.map((what, position) => problem(`risk-${position}`, what));
  const taken = medications.map((drug, position) => medication(`taken-${position}`, drug));
  return {
    patient: {
      resourceType: 'Patient',
      id: 'patient-1',
      meta,
      text: narrative,
      gender: 'female',
      birthDate,
    },
    medications: searchset([
      ...taken,
      ...list(8 * scale - taken.length, (position) => medication(`m-${position}`, of(others, position))),
    ]),
    statements: searchset([]),
    dispenses: searchset([]),
    administrations: searchset([]),
    problems: searchset([
      ...known,
      ...list(12 * scale - known.length, (position) => problem(`p-${position}`, of(otherProblems, position))),
    ]),
    allergies: searchset([]),
    egfr: searchset(
      list(12 * scale, (position) =>
        position === 0
          ? observation('egfr-0', { code: '98979-8', display: 'Glomerular filtration rate' }, 95, 'mL/min/{1.73_m2}')
          : observation(`o-${position}`, of(otherLabs, position), 100, 'mg/dL'),
      ),
    ),
  };
}
