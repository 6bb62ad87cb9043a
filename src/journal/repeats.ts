/** Which cards a prescriber has overridden not long ago, for this patient and drug: for clients that want them named only. */

import type { Arrival, HookRequest } from '../cdshooks/protocol.js';
import type { Verdict } from '../decide/verdict.js';
import type { Log } from '../log.js';
import { sparing, SparedError } from '../within.js';
import type { Connection } from './connection.js';
import { drugsOf } from './decision.js';
import type { JournalKeys } from './keys.js';

/**
 * @param isInScope asked last: whether a card may concern the call
 * @returns undefined when the client does not want it, the call names no prescriber, or no card can come of it
 */
export type OverriddenBefore = (
  request: HookRequest,
  arrival: Arrival,
  isInScope: () => boolean,
) => Promise<(verdict: Verdict) => boolean> | undefined;

export interface RepeatsOptions {
  readonly connection: Connection;
  readonly keys: JournalKeys;
  readonly clock: () => Date;
  readonly log: Log;
}

/** Longer than this no answer waits: the cards are then shown in full. */
const LOOK_UP_MS = 50;
/** After a failure it is not asked for so long. */
const SPARED_MS = 1_000;
const DAY_MS = 86_400_000;

export function createOverriddenBefore({ connection, keys, clock, log }: RepeatsOptions): OverriddenBefore {
  const ask = sparing(LOOK_UP_MS, SPARED_MS);
  return (request, { caller, requestId }, isInScope) => {
    const { patientId, userId } = request;
    if (caller?.repeatDays === undefined || userId === undefined || !isInScope()) return undefined;
    const { client, tenant = '' } = caller;
    const person = (id: string) => ({ client, tenant, id });
    const whose = {
      patient: keys.patient(person(patientId)),
      prescriber: keys.prescriber(person(userId)),
      since: new Date(clock().getTime() - caller.repeatDays * DAY_MS).toISOString(),
    };
    const asked = ask(() => overridden(connection, whose));
    return asked.catch((error: unknown) => {
      if (error instanceof SparedError) return () => false;
      log.warn({ requestId }, 'what was overridden before could not be looked up: all cards are shown');
      return () => false;
    });
  };
}

async function overridden(
  connection: Connection,
  { patient, prescriber, since }: Record<'patient' | 'prescriber' | 'since', string>,
): Promise<(verdict: Verdict) => boolean> {
  const { db } = await connection.get();
  const rows = await db
    .selectFrom('answer')
    .select(['topic', 'indicator', 'drugs', 'outcome'])
    .where('patient', '=', patient)
    .where('prescriber', '=', prescriber)
    .where('outcome_at', '>=', since)
    .orderBy('outcome_at')
    .execute();
  // The newest answer to a card counts: who has accepted it since wants to see it.
  const newest = new Map(rows.map((row) => [nameOf(row.topic, row.indicator, row.drugs), row.outcome]));
  return ({ card, indicator, orders }) =>
    newest.get(nameOf(card.topic, indicator, drugsOf(orders).join(','))) === 'overridden';
}

/** The same card at a graver indicator is another one. */
function nameOf(topic: string, indicator: string, drugs: string): string {
  return `${topic} ${indicator} ${drugs}`;
}
