/** What the journal keeps of an answered call: which cards and why, and of persons nothing but keyed hashes. */

import { flatMap } from '../flat-map.js';
import type { Arrival, Card, HookRequest, Indicator } from '../cdshooks/protocol.js';
import type { Card as LibraryCard } from '../library/card.js';
import type { Library } from '../library/library.js';
import type { PatientRecord } from '../record/record.js';
import type { Arrangement, WithheldWhy } from '../render/arrange.js';
import type { JournalKeys } from './keys.js';

/** A call and its answer, as they are while it is given: handed on, never kept. */
export interface AnsweredCall {
  readonly request: HookRequest;
  readonly arrival: Arrival;
  readonly record: PatientRecord;
  readonly judgement: Arrangement;
  /** The cards as they are sent. */
  readonly cards: readonly Card[];
}

/** A card given out. */
export interface IssuedCard {
  readonly uuid: string;
  readonly topic: string;
  /** Absent for the cards that the service writes about its own work. */
  readonly version?: string;
  readonly indicator: Indicator;
  readonly drugs: readonly string[];
  readonly suggestions: readonly string[];
}

/** A card that holds, or could not be decided, and was not given out as one of its own. */
export interface SuppressedCard {
  readonly topic: string;
  readonly version: string;
  readonly why: WithheldWhy | 'not decided';
}

/** Names and codes of the library, ids of our own and keyed hashes; nothing that a client has written. */
export interface DecisionEntry {
  /** Id of the call in the log. */
  readonly requestId: string | undefined;
  readonly client: string;
  readonly tenant: string;
  readonly hook: string;
  readonly service: string;
  /** SHA-256 of the library, in hex. */
  readonly library: string;
  /** For each order that was judged, the drugs it was recognised as. */
  readonly orders: readonly (readonly string[])[];
  readonly patient: string;
  readonly prescriber: string;
  readonly issued: readonly IssuedCard[];
  readonly suppressed: readonly SuppressedCard[];
  /** What of the record could not be read, and why. */
  readonly unread: Readonly<Record<string, string>>;
  /** From the arrival of the call to its answer. */
  readonly ms: number;
}

/** @param now in `performance.now()` */
export function decisionOf(
  { request, arrival, record, judgement, cards }: AnsweredCall,
  {
    library,
    keys,
    now,
  }: { readonly library: Pick<Library, 'hash'>; readonly keys: JournalKeys; readonly now: number },
): DecisionEntry {
  const { client = '', tenant = '' } = arrival.caller ?? {};
  const hashed = (hash: JournalKeys['patient'], id: string | undefined) =>
    id === undefined ? '' : hash({ client, tenant, id });
  return {
    requestId: arrival.requestId,
    client,
    tenant,
    hook: request.hook,
    service: request.serviceId,
    library: library.hash,
    orders: record.drafts.filter(({ judged }) => judged).map(({ identity }) => identity.drugs),
    patient: hashed(keys.patient, request.patientId),
    prescriber: hashed(keys.prescriber, request.userId),
    issued: cards.map((card) => issuedCard(card, judgement)),
    suppressed: suppressedIn(judgement),
    unread: Object.fromEntries(record.unread),
    ms: Math.round(now - arrival.arrivedAt),
  };
}

function issuedCard(card: Card, { verdictOf }: Arrangement): IssuedCard {
  const verdict = verdictOf.get(card.uuid);
  const { uuid, indicator, suggestions = [] } = card;
  return {
    uuid,
    topic: card.source.topic.code,
    ...(verdict === undefined ? {} : { version: verdict.card.version }),
    indicator,
    drugs: verdict === undefined ? [] : drugsOf(verdict.orders),
    suggestions: suggestions.map((suggestion) => suggestion.uuid),
  };
}

/** Of the orders that a card is about, in alphabetical order. */
export function drugsOf(
  orders: readonly { readonly identity: { readonly drugs: readonly string[] } }[],
): string[] {
  return [...new Set(flatMap(orders, ({ identity }) => identity.drugs))].sort();
}

function suppressedIn({ withheld, open }: Arrangement): readonly SuppressedCard[] {
  const because = ({ topic, version }: LibraryCard, why: SuppressedCard['why']) => ({ topic, version, why });
  const undecided = new Set(open.map(({ card }) => card));
  return [
    ...withheld.map(({ verdict, why }) => because(verdict.card, why)),
    ...[...undecided].map((card) => because(card, 'not decided')),
  ];
}
