/** What is known of one patient during one call: the record the library's facts are asked of. */

import type {
  AllergyIntolerance,
  Condition,
  FhirResource,
  MedicationAdministration,
  MedicationDispense,
  MedicationRequest,
  MedicationStatement,
  Observation,
  Patient,
  Reference,
} from 'fhir/r4.js';
import type { RecordType } from '../cdshooks/record-type.js';

export type MedicationResource =
  | MedicationRequest
  | MedicationStatement
  | MedicationDispense
  | MedicationAdministration;

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
] as const;

export type UnreadReason = (typeof unreadReasons)[number];

/** How a medication was recognised. */
export interface DrugIdentity {
  /** Names of `cards/vocabulary/drugs.yaml`; empty when the medication is not one the library knows. */
  readonly drugs: readonly string[];
  /** What `drugs` are called as a card prints them: the drugs, or the name of a class an allergy is to. */
  readonly called: readonly string[];
  /** Drugs whose codings, displays and texts disagree: more than one of an interchange pair. Empty when they agree. */
  readonly conflict: readonly string[];
  /** True when no known code, only a display or text, told the drug. */
  readonly byNameOnly: boolean;
  /** Name of the coded product from our own product table ("baclofen 10 MG Oral Tablet"), never client text. */
  readonly product: string | undefined;
  /** Forms named in `drugs.yaml` that product, display, text or route tell: `sublingual`, `extended release`, … */
  readonly forms: readonly string[];
  /** True when its amounts are of the product, not of the drug ("1 g of the cream"): they tell no dose. */
  readonly amountsOfProduct: boolean;
  /** True when the resource says anything at all about its medication (code, text, display or a resolvable reference). */
  readonly stated: boolean;
  /** True when a medication reference could not be resolved and nothing else names the drug. */
  readonly unresolved: boolean;
  /** True when nobody can say which drug it is: no words, and no code that is known or of a system that would tell. */
  readonly nameless: boolean;
  /** True when a statement says in the words of its medication that all it names is not taken. */
  readonly notTaken?: boolean | undefined;
}

export interface MedicationEntry {
  readonly resource: MedicationResource;
  readonly identity: DrugIdentity;
}

export interface AllergyEntry {
  readonly resource: AllergyIntolerance;
  /** Of the substance: a drug, or every drug of a class that `drugs.yaml` gives names. */
  readonly identity: DrugIdentity;
}

/** A draft order of the call. */
export interface DraftOrder {
  readonly resource: MedicationRequest;
  readonly identity: DrugIdentity;
  /** Judged (order-select: selected; other hooks: all) or context only. */
  readonly judged: boolean;
  /** True for status `stopped` or `cancelled`: a stop, not an order. */
  readonly stop: boolean;
  /** True for an entry of the record that stands for an order where none is drafted (chart, discharge). */
  readonly listed?: boolean;
  /** True for such an entry when nothing tells whether it was going on before the stay. */
  readonly unsure?: boolean;
  /** True when another order, of the call or of the record, has its id: no action could say which of them it is about. */
  readonly sharesId?: boolean;
  /** The record's older state of this very order (same id): a stop's course is counted from there. */
  readonly supersedes?: MedicationRequest;
}

export interface PatientRecord {
  /** Calendar date of the call where the patients are, `YYYY-MM-DD`. */
  readonly today: string;
  /** Instant of the call, ISO 8601 in UTC. */
  readonly now: string;
  readonly patient: Patient | undefined;
  /** Orders and stops of the call, in the order they came; `completed` and `entered-in-error` ones left out. */
  readonly drafts: readonly DraftOrder[];
  /** Orders of the call that name another patient: neither judged nor read as context. */
  readonly foreign: readonly DraftOrder[];
  /** Medication list, without entries of which a draft is the newer state, and without drafts. */
  readonly medications: readonly MedicationEntry[];
  readonly problems: readonly Condition[];
  readonly observations: readonly Observation[];
  readonly allergies: readonly AllergyEntry[];
  /** Types that could not be read, wholly or in part. A type absent here was read. */
  readonly unread: ReadonlyMap<RecordType, UnreadReason>;
  /** Prefetch keys of the hook that the call answers neither by name nor by resources of their type. */
  readonly leftOut?: readonly string[];
  /** The call names a FHIR server, whether or not it could be asked. */
  readonly namesServer?: boolean;
  /** References, as they are written, and prefetch keys that were asked for and could not be read. */
  readonly unreadReferences?: ReadonlyMap<string, UnreadReason>;
  /**
   * The resource a reference of the record points to (contained, sibling, prefetched), or undefined. `from` is the resource
   * holding the reference, for `#id`; without it, the one of the record that holds this very object.
   */
  readonly resolve: (reference: Reference | undefined, from?: FhirResource) => FhirResource | undefined;
  /** Of any medication: one that only a reference leads to (a copy, a contained order, a draft of the list) as well. */
  readonly identityOf: (resource: FhirResource) => DrugIdentity;
}
