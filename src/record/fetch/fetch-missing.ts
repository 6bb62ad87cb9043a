/** Fetches what a call does not hold from the FHIR server it names, within its time. The folder's public function. */

import { setMaxListeners } from 'node:events';
import { parseBase, type ServerBase } from '../../addresses.js';
import type { Arrival, HookRequest } from '../../cdshooks/protocol.js';
import type { PrefetchTemplate } from '../../library/derive.js';
import type { Log } from '../../log.js';
import type { PatientRecord, UnreadReason } from '../record.js';
import type { Conversation } from './ask.js';
import { isOneOf, isRegistered } from './base.js';
import { type BreakerStates, createGuard } from './guard.js';
import { createGet } from './http-client.js';
import { fetchWant, isOfOthers, withFetched } from './fetched.js';
import { roomFor } from './room.js';
import { type Want, wantsOf } from './wanted.js';

export interface FetchSettings {
  /** Most milliseconds from the arrival of a call to its answer. */
  readonly answerMs: number;
  /** Base addresses beside those of this machine that may be asked; a registered client has its own list. */
  readonly servers: readonly string[];
  /** Only this machine can call the service: FHIR servers of this machine then need not be listed. */
  readonly isLocal: boolean;
}

/** A call on its way. */
export interface Completing {
  readonly request: HookRequest;
  /** Why a prefetch key or a reference was not read. */
  readonly whyNot: ReadonlyMap<string, UnreadReason>;
  /** Completed from what was sent. */
  readonly record: PatientRecord;
}

export interface Needs {
  readonly templates: readonly PrefetchTemplate[];
  readonly isInScope: (record: PatientRecord) => boolean;
  readonly complete: (request: HookRequest, whyNot: ReadonlyMap<string, UnreadReason>) => PatientRecord;
}

/** Its record at once when there is nothing to fetch, else as soon as everything is there or the time is over. */
export interface FetchMissing {
  (request: HookRequest, needs: Needs, arrival: Arrival): PatientRecord | Promise<PatientRecord>;
  /** How many circuit breakers of FHIR servers are in which state. */
  breakers(): BreakerStates;
}

/** Medications of orders, then lists, then medications of the lists. */
const ROUNDS = 3;
/** Of everything that is fetched in a call: as much again as a call itself may hold. */
const MOST_BYTES = 5 * 1024 * 1024;
/** Part of the time that is kept for deciding. */
const KEPT = 0.15;

const UNREGISTERED: UnreadReason = 'its FHIR server is not registered here';
const ANOTHERS: UnreadReason = "the record system answered with another patient's data";

/** Stands for an address that parsers could read differently: registered by nobody (RFC 2606). */
const NOBODYS: ServerBase = { origin: 'https://unreadable.invalid', path: '' };

const UNLISTED =
  'the FHIR server of a call is not in SANDBOX_FHIR_SERVERS, nor one of this machine while only this machine can call';
const UNLISTED_FOR_PAGE =
  'a page of another site called: of the FHIR servers of this machine only those in SANDBOX_FHIR_SERVERS are asked for it';
const UNLISTED_FOR_CLIENT = 'the FHIR server of a call is not one of the fhirServers of its client';

export function createFetchMissing({ answerMs, servers, isLocal }: FetchSettings, log: Log): FetchMissing {
  const listed = servers.map(parseBase).filter((base) => base !== undefined);
  const tools = { get: createGet(), guard: createGuard() };
  const fetchMissing = (
    request: HookRequest,
    needs: Needs,
    arrival: Arrival,
  ): PatientRecord | Promise<PatientRecord> => {
    const record = needs.complete(request, new Map());
    const base = request.fhirServer === undefined ? undefined : (parseBase(request.fhirServer) ?? NOBODYS);
    if (base === undefined) return record;
    const start = { request, whyNot: new Map<string, UnreadReason>(), record };
    const wants = wantsIn(start, needs, base);
    if (wants.length === 0) return record;
    const { caller, requestId, isForeign = false } = arrival;
    const isTaken =
      caller === undefined
        ? isRegistered(base, listed, isLocal && !isForeign)
        : isOneOf(base, caller.fhirServers);
    if (!isTaken) {
      const ofNobody = isLocal && isForeign ? UNLISTED_FOR_PAGE : UNLISTED;
      const where = caller === undefined ? ofNobody : UNLISTED_FOR_CLIENT;
      log.warn({ requestId, client: caller?.client }, `${where}: nothing is fetched, its token is not sent`);
      return needs.complete(request, new Map(wants.map(({ name }) => [name, UNREGISTERED])));
    }
    const controller = new AbortController();
    // Every request of the call listens to it.
    setMaxListeners(0, controller.signal);
    const until = arrival.arrivedAt + answerMs * (1 - KEPT);
    const token = request.fhirAuthorization?.accessToken;
    const room = roomFor(MOST_BYTES);
    const talk = { base, client: caller?.client, token, until, signal: controller.signal, room, ...tools };
    const over = setTimeout(() => controller.abort(), Math.max(0, until - performance.now()));
    return inRounds(start, needs, { talk, log, arrival }).finally(() => {
      clearTimeout(over);
      controller.abort();
    });
  };
  return Object.assign(fetchMissing, { breakers: () => tools.guard.breakers() });
}

function wantsIn({ request, record }: Completing, needs: Needs, base: ServerBase): readonly Want[] {
  const { templates } = needs;
  return wantsOf({ request, record, templates, base, isInScope: needs.isInScope(record) });
}

interface Fetching {
  readonly talk: Conversation;
  readonly log: Log;
  readonly arrival: Arrival;
}

async function inRounds(start: Completing, needs: Needs, fetching: Fetching): Promise<PatientRecord> {
  const { talk, log, arrival } = fetching;
  const { requestId } = arrival;
  const asked = new Set<string>();
  let now = start;
  for (let round = 0; round < ROUNDS; round += 1) {
    const wants = onceEach(wantsIn(now, needs, talk.base)).filter(({ name }) => !asked.has(name));
    if (wants.length === 0) break;
    for (const { name } of wants) asked.add(name);
    const fetched = await Promise.all(wants.map((want) => fetchWant(want, talk)));
    if (fetched.some((one) => isOfOthers(one, start.request.patientId))) {
      log.error({ requestId, alarm: 'another-patient' }, ALARM);
      return needs.complete(start.request, new Map([...asked].map((name) => [name, ANOTHERS])));
    }
    const { request, whyNot } = withFetched(now, fetched);
    now = { request, whyNot, record: needs.complete(request, whyNot) };
  }
  report(now, asked.size, fetching);
  return now.record;
}

const ALARM =
  "a FHIR server answered with another patient's data: everything fetched in this call was dropped; check the server and its token";

function onceEach(wants: readonly Want[]): readonly Want[] {
  return [...new Map(wants.map((want) => [want.name, want])).values()];
}

/** Names of our own keys only: references are the client's words. */
function report({ whyNot }: Completing, asked: number, { log, arrival }: Fetching): void {
  const ms = Math.round(performance.now() - arrival.arrivedAt);
  const reasons = [...new Set(whyNot.values())];
  const facts = { requestId: arrival.requestId, asked, unread: whyNot.size, reasons, ms };
  if (whyNot.size === 0) log.info(facts, 'fetched what the call did not hold');
  else log.warn(facts, 'not everything that the call did not hold could be fetched');
}
