/** What a card offers to do: delete, change or add a draft of this call, as complete CDS Hooks actions. */

import { flatMap } from '../flat-map.js';
import type { Coding, Dosage, MedicationRequest } from 'fhir/r4.js';
import type { Suggestion } from '../cdshooks/protocol.js';
import type { Verdict } from '../decide/verdict.js';
import { drugsNamed } from '../library/argument.js';
import type { SuggestionForm } from '../library/card.js';
import type { Vocabulary } from '../library/vocabulary.js';
import type { DraftOrder } from '../record/record.js';
import { boundsApart } from '../record/steps.js';
import { isLongerThan, shortened } from './shorten.js';
import { startedLow } from './start-low.js';
import { type Offer, toldApart } from './told-apart.js';
import { listOf } from './words.js';

/** `G` of the HL7 v3 substanceAdminSubstitution code system, with its display. */
const genericSubstitution: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-substanceAdminSubstitution',
  code: 'G',
  display: 'generic composition',
};

type Starting = Extract<SuggestionForm, { kind: 'start with' }>;
type Tapering = Extract<SuggestionForm, { kind: 'taper' }>;

export interface Offering {
  readonly library: { readonly vocabulary: Vocabulary };
  readonly uuid: () => string;
  /** False for a draft without which its drug would be stopped at once, and is not to be. */
  readonly mayRemove: (order: DraftOrder) => boolean;
  /** False for a drug whose order would bring a critical card. */
  readonly mayAdd: (drug: string) => boolean;
  /** What the call itself stops. */
  readonly stopped: ReadonlySet<unknown>;
}

/** Suggestions of a verdict; one that cannot be carried out on the draft (no id, nothing to change) is left out. */
export function suggestionsOf(verdict: Verdict, offering: Offering): readonly Suggestion[] {
  const offers = flatMap(
    verdict.card.suggest.filter(({ at }) => at === undefined || at.includes(verdict.indicator)),
    ({ form }) => fromForm(form, verdict, offering),
  );
  return toldApart(offers);
}

function fromForm(
  form: SuggestionForm,
  verdict: Verdict,
  { library: { vocabulary }, uuid, mayRemove, mayAdd, stopped }: Offering,
): readonly Offer[] {
  const orders = verdict.orders.filter((order) => !order.stop && order.listed !== true);
  const stops = verdict.orders.filter((order) => order.stop);
  switch (form.kind) {
    case 'remove':
      // Without the one, and with the other stopped, the patient would be left with neither.
      if (restsOnAStop(verdict, stopped)) return [];
      return flatMap(
        orders.filter((order) => isOf(order, form.drug, verdict, vocabulary) && mayRemove(order)),
        (order) => removal(order, uuid),
      );
    case 'generic substitution only':
      return flatMap(orders, (order) =>
        change(order, 'Allow generic substitution only', genericOnly(order.resource), uuid),
      );
    case 'shorten to':
      return flatMap(orders.filter(isLongerThan(form.days)), (order) => shortening(order, form.days, uuid));
    case 'start with':
      return flatMap(orders, (order) => starting(order, form, uuid));
    case 'taper':
      return flatMap(
        stops.filter(
          (order) => isOf(order, form.drug, verdict, vocabulary) && order.identity.drugs.every(mayAdd),
        ),
        (order) => tapering(order, form, uuid),
      );
  }
}

/** Whether a pair is about one drug that takes the place of another, which the call stops. */
function restsOnAStop({ card, witnesses }: Verdict, stopped: ReadonlySet<unknown>): boolean {
  return (
    card.ways.every(({ key }) => key.kind === 'pair') &&
    witnesses.some(({ resource }) => stopped.has(resource))
  );
}

function shortening(order: DraftOrder, days: number, uuid: () => string): readonly Offer[] {
  const cut = shortened(order, days);
  return cut === undefined ? [] : change(order, `Shorten to ${days} days without refills`, cut, uuid);
}

function starting(order: DraftOrder, form: Starting, uuid: () => string): readonly Offer[] {
  const low = startedLow(order, form);
  const description = `Start with ${form.milligrams} mg ${form.timesADay} times a day`;
  return low === undefined ? [] : change(order, description, low, uuid);
}

function isOf(order: DraftOrder, written: string, verdict: Verdict, vocabulary: Vocabulary): boolean {
  const wanted = written === '{this}' ? verdict.this : drugsNamed(written, vocabulary);
  return order.identity.drugs.some((drug) => wanted.includes(drug));
}

/** What is the old order's alone: who wrote it and where, how long it went on, how much of it was to be had, and in place of what. */
const ofTheOldOrder: readonly (keyof MedicationRequest)[] = [
  'id',
  'meta',
  'identifier',
  'groupIdentifier',
  'basedOn',
  'encounter',
  'requester',
  'recorder',
  'reportedBoolean',
  'reportedReference',
  'detectedIssue',
  'eventHistory',
  'statusReason',
  'priorPrescription',
  'authoredOn',
  'category',
  'courseOfTherapyType',
  'dispenseRequest',
  'substitution',
];

/** A draft of the dose taken until now, for the prescriber to write the steps into. */
function tapering(order: DraftOrder, form: Tapering, uuid: () => string): readonly Offer[] {
  const { resource, supersedes, identity } = order;
  if (form.notAs !== undefined && identity.forms.includes(form.notAs)) return [];
  const taken = { ...(supersedes ?? resource) };
  for (const element of ofTheOldOrder) delete taken[element];
  const description = `Add a tapering order of ${listOf(identity.drugs)}; the steps are yours to set`;
  const draft: MedicationRequest = {
    ...taken,
    status: 'draft',
    intent: 'order',
    ...(Array.isArray(taken.dosageInstruction)
      ? { dosageInstruction: taken.dosageInstruction.map(withoutBounds) }
      : {}),
    note: [{ text: form.note }],
  };
  return [offer(order, { type: 'create', description, resource: draft }, uuid)];
}

function withoutBounds(dosage: Dosage): Dosage {
  const { bounds, rhythm } = boundsApart(dosage);
  return Object.keys(bounds).length === 0
    ? dosage
    : { ...dosage, timing: { ...dosage.timing, repeat: rhythm } };
}

/** An action says by id which draft it is about. */
function isNamed({ resource, sharesId }: DraftOrder): boolean {
  return typeof resource.id === 'string' && sharesId !== true;
}

function removal(order: DraftOrder, uuid: () => string): readonly Offer[] {
  // Of an order that is in force, the id names what the patient takes, and to remove it is to stop it at once.
  const isInForce = order.supersedes !== undefined && order.supersedes.status !== 'draft';
  if (!isNamed(order) || isInForce) return [];
  const { id } = order.resource;
  const description = `Remove the ${listOf(order.identity.drugs)} order`;
  return [offer(order, { type: 'delete', description, resourceId: `MedicationRequest/${id}` }, uuid)];
}

function change(
  order: DraftOrder,
  description: string,
  resource: MedicationRequest,
  uuid: () => string,
): readonly Offer[] {
  if (!isNamed(order)) return [];
  return [offer(order, { type: 'update', description, resource }, uuid)];
}

function offer(order: DraftOrder, action: Suggestion['actions'][number], uuid: () => string): Offer {
  return { order, suggestion: { label: action.description, uuid: uuid(), actions: [action] } };
}

function genericOnly(order: MedicationRequest): MedicationRequest {
  const { allowedBoolean: _, ...substitution } = order.substitution ?? {};
  return {
    ...order,
    substitution: { ...substitution, allowedCodeableConcept: { coding: [genericSubstitution] } },
  };
}
