/** CDS Hooks 2.0.1 as types: what a service advertises, takes and answers (https://cds-hooks.hl7.org/2.0/). */

import type { MedicationOrder as MedicationOrderOfDstu2 } from 'fhir/r2.js';
import type { MedicationRequest as MedicationRequestOfStu3 } from 'fhir/r3.js';
import type { FhirResource, MedicationRequest } from 'fhir/r4.js';
import type { MedicationRequest as MedicationRequestOfR5 } from 'fhir/r5.js';

export const hookNames = [
  'medication-prescribe',
  'order-select',
  'order-sign',
  'medication-refill',
  'encounter-discharge',
  'patient-view',
] as const;
export type HookName = (typeof hookNames)[number];

export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

/** One entry of `GET /cds-services`. */
export interface ServiceEntry {
  readonly hook: HookName;
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly prefetch?: Readonly<Record<string, string>>;
}

export type Indicator = 'info' | 'warning' | 'critical';

/** An order in the FHIR version of the caller. */
export type OrderResource =
  | MedicationRequest
  | MedicationOrderOfDstu2
  | MedicationRequestOfStu3
  | MedicationRequestOfR5;

export interface Action {
  readonly type: 'create' | 'update' | 'delete';
  readonly description: string;
  readonly resource?: OrderResource;
  /** `MedicationRequest/<id>` of the draft to delete; `MedicationOrder/<id>` in DSTU2. */
  readonly resourceId?: string;
}

export interface Suggestion {
  readonly label: string;
  readonly uuid: string;
  readonly actions: readonly Action[];
}

export interface Card {
  readonly uuid: string;
  /** One sentence of at most 139 characters. */
  readonly summary: string;
  readonly detail: string;
  readonly indicator: Indicator;
  readonly source: { readonly label: string; readonly url: string; readonly topic: Coding };
  readonly suggestions?: readonly Suggestion[];
  readonly selectionBehavior?: 'at-most-one' | 'any';
  readonly overrideReasons?: readonly Coding[];
}

export interface CdsResponse {
  readonly cards: readonly Card[];
}

/**
 * A validated call, whatever shape it came in. Produced by `http/validate`.
 * `orders` are all order resources of the context bundle in their order of arrival, `selections` the `Type/id`
 * references the client says it is about (order-select only; undefined = all), `siblings` every other resource of
 * that bundle (Medication entries, for example), `prefetch` the client's object untouched.
 */
export interface HookRequest {
  readonly hook: HookName;
  readonly serviceId: string;
  readonly hookInstance: string;
  readonly patientId: string;
  readonly userId?: string;
  readonly encounterId?: string;
  readonly orders: readonly FhirResource[];
  readonly siblings: readonly FhirResource[];
  /** Entry `fullUrl` → its resource, orders and siblings alike: what a `urn:uuid:` or absolute reference points to. */
  readonly byFullUrl?: ReadonlyMap<string, FhirResource>;
  readonly selections?: readonly string[];
  readonly prefetch: Readonly<Record<string, unknown>>;
  readonly fhirServer?: string;
  /** FHIR version as the client itself names it (Epic: `extension["com.epic.cdshooks.request.fhir-version"]`). */
  readonly fhirVersion?: string;
  readonly fhirAuthorization?: { readonly accessToken: string };
}

/** Who calls, as far as it matters to the answer: a registered client. */
export interface Caller {
  /** Its name in the log. */
  readonly client: string;
  readonly tenant?: string;
  /** Base addresses of the FHIR servers that may be asked for it, and no others. */
  readonly fhirServers: readonly string[];
  /** `any`: a prescriber may take several suggestions, and each is one action (Epic). */
  readonly selectionBehavior: 'at-most-one' | 'any';
  /** So many days a card that was overridden is only named, not shown again in full; absent: always shown. */
  readonly repeatDays?: number;
}

/** When a call came, in `performance.now()`, and its id in the log. */
export interface Arrival {
  readonly arrivedAt: number;
  readonly requestId?: string | undefined;
  /** Absent where no list of clients is kept. */
  readonly caller?: Caller | undefined;
  /** A web page of another site calls, or somebody by a name that is not of this machine; told of calls that name a FHIR server. */
  readonly isForeign?: boolean;
}

/** What `pipeline.ts` makes, as far as HTTP asks for it. */
export interface Answerer {
  readonly services: readonly ServiceEntry[];
  answer(request: HookRequest, arrival: Arrival): CdsResponse | Promise<CdsResponse>;
  cardPage(topic: string): string | undefined;
  readiness(): Readonly<Record<string, unknown>>;
}
