/** Records of a patient put together from drugs by name, and decisions in short. */

import type { Condition, FhirResource, MedicationRequest, Observation } from 'fhir/r4.js';
import type { HookName } from '../../src/cdshooks/protocol.js';
import { createDecider } from '../../src/decide/decide.js';
import type { Deadline } from '../../src/decide/deadline.js';
import type { Decision } from '../../src/decide/verdict.js';
import type {
  DraftOrder,
  DrugIdentity,
  MedicationEntry,
  MedicationResource,
  PatientRecord,
} from '../../src/record/record.js';
import { type Files, libraryOf } from '../library/support.js';

export function identityOf(drugs: readonly string[], parts: Partial<DrugIdentity> = {}): DrugIdentity {
  return {
    drugs,
    called: drugs,
    conflict: [],
    byNameOnly: false,
    product: undefined,
    forms: [],
    amountsOfProduct: false,
    stated: true,
    unresolved: false,
    nameless: false,
    ...parts,
  };
}

export function draft(
  drug: string,
  parts: Partial<MedicationRequest> = {},
  more: Partial<DraftOrder> = {},
): DraftOrder {
  const resource: MedicationRequest = {
    resourceType: 'MedicationRequest',
    id: `${drug}-draft`,
    status: 'draft',
    intent: 'order',
    subject: { reference: 'Patient/p1' },
    ...parts,
  };
  return { resource, identity: identityOf([drug]), judged: true, stop: false, ...more };
}

export function stop(drug: string, parts: Partial<MedicationRequest> = {}): DraftOrder {
  return draft(drug, { id: `${drug}-stop`, status: 'stopped', ...parts }, { stop: true });
}

/** An entry of the medication list. */
export function listed(
  drug: string,
  parts: object = {},
  identity: Partial<DrugIdentity> = {},
): MedicationEntry {
  const resource = {
    resourceType: 'MedicationRequest',
    id: `${drug}-listed`,
    status: 'active',
    intent: 'order',
    subject: { reference: 'Patient/p1' },
    ...parts,
  } as MedicationResource;
  return { resource, identity: identityOf([drug], identity) };
}

export function problem(code: string, parts: object = {}): Condition {
  return {
    resourceType: 'Condition',
    subject: { reference: 'Patient/p1' },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code }] },
    ...parts,
  };
}

export function egfr(value: unknown, parts: object = {}): Observation {
  return {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '33914-3' }] },
    effectiveDateTime: '2026-11-01',
    valueQuantity: { value, unit: 'mL/min/1.73m2' },
    ...parts,
  } as Observation;
}

/** A record read in full, of the frozen day. */
export function recordOf(parts: Partial<PatientRecord> = {}): PatientRecord {
  return {
    today: '2026-11-22',
    now: '2026-11-22T12:00:00.000Z',
    patient: { resourceType: 'Patient', id: 'p1', birthDate: '1948-03-01' },
    drafts: [],
    foreign: [],
    medications: [],
    problems: [],
    observations: [],
    allergies: [],
    unread: new Map(),
    resolve: () => undefined,
    identityOf: () => identityOf([]),
    ...parts,
  };
}

export interface Decided {
  /** `card path, indicator, ids of its orders`. */
  readonly shown: readonly string[];
  /** `card path, gravest indicator, id of its order: what is missing`. */
  readonly open: readonly string[];
  readonly decision: Decision;
  /** Facts that threw. */
  readonly faults: readonly string[];
}

const idsOf = (orders: readonly { resource: FhirResource }[]): string =>
  orders.map(({ resource }) => resource.id ?? '?').join('+');

/** The decision of the base library with `files` over it. */
export function decided(
  files: Files,
  record: Partial<PatientRecord>,
  hook: HookName = 'order-sign',
  deadline?: Deadline,
): Decided {
  const faults: string[] = [];
  const decider = createDecider(libraryOf(files), (fact) => {
    faults.push(fact);
  });
  const decision = decider.decide(recordOf(record), hook, deadline);
  return {
    shown: decision.verdicts.map(
      ({ card, indicator, orders }) => `${card.path}, ${indicator}, ${idsOf(orders)}`,
    ),
    open: decision.undecided.map(
      ({ card, indicator, order, missing }) =>
        `${card.path}, ${indicator}, ${idsOf([order])}: ${missing.map(({ what, why }) => `${what} (${why})`).join('; ')}`,
    ),
    decision,
    faults,
  };
}
