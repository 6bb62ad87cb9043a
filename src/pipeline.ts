/** The path of a call, step by step: complete the record, decide, render. What `createApp` needs, made from the library. */

import { hookRules } from './cdshooks/hooks.js';
import type { Arrival, CdsResponse, HookName, HookRequest, ServiceEntry } from './cdshooks/protocol.js';
import { createDecider, type Decider, type Decision, factFaults } from './decide/decide.js';
import { pairsOf, subjectsOf } from './decide/reach.js';
import { ServiceError } from './errors.js';
import { type PrefetchTemplate, prefetchTemplates } from './library/derive.js';
import { type Library, loadLibrary } from './library/library.js';
import { reviewCounts } from './library/review.js';
import type { Log } from './log.js';
import { completeRecord, type RecordOptions } from './record/complete-record.js';
import { createFetchMissing, type FetchMissing, type FetchSettings } from './record/fetch/fetch-missing.js';
import { createIdentifier } from './record/identify.js';
import { medicationReferenceOf } from './record/medication.js';
import { resembledBy } from './record/resemblance.js';
import type { PatientRecord, UnreadReason } from './record/record.js';
import { bringToR4 } from './record/versions/bring-to-r4.js';
import { cardsInVersion } from './record/versions/cards-in-version.js';
import { arrangeCards } from './render/arrange.js';
import { carried } from './render/carry.js';
import { cardPage } from './render/page.js';
import { selectable } from './render/selectable.js';

export interface PipelineOptions {
  readonly config: { readonly cardsDir: string; readonly publicUrl: string; readonly canonicalUrl: string };
  readonly log: Log;
  readonly clock: () => Date;
  readonly uuid: () => string;
  /** Absent: nothing is fetched. */
  readonly fetching?: FetchSettings;
}

/** A decision with the cards it becomes: what a caller sees, and why. */
export interface Judgement extends CdsResponse {
  readonly decision: Decision;
}

export interface Pipeline {
  readonly library: Library;
  readonly services: readonly ServiceEntry[];
  /** The record of a call, from what was sent. */
  complete(request: HookRequest): PatientRecord;
  /** @throws ServiceError `missing-data` when nothing tells what is ordered */
  judge(record: PatientRecord, hook: HookName): Judgement;
  /** Every condition of a card with its answer. */
  trace: Decider['trace'];
  /** The codes of the library. */
  readonly codes: Decider['codes'];
  /** The same pipeline with other cards on the same facts. */
  withCards(cards: Library['cards']): Pipeline;
  /** From what was sent alone. */
  answer(request: HookRequest): CdsResponse;
  /** With what is missing fetched; at once when nothing is. */
  answer(request: HookRequest, arrival: Arrival): CdsResponse | Promise<CdsResponse>;
  /** Markdown of a card's page. */
  cardPage(topic: string): string | undefined;
  readiness(): Readonly<Record<string, unknown>>;
}

/**
 * Loads the library and makes the pipeline.
 * @throws LibraryFaultsError with every fault of the library, its FHIRPath included
 */
export function createPipeline(options: PipelineOptions): Pipeline {
  const library = loadLibrary(options.config.cardsDir, ({ facts }) => factFaults(facts));
  const decider = createDecider(library, (fact, error) => {
    options.log.error(
      { fact, fault: error instanceof Error ? error.name : typeof error },
      'a fact could not be evaluated',
    );
  });
  const fetchMissing =
    options.fetching === undefined ? undefined : createFetchMissing(options.fetching, options.log);
  return pipelineOf(library, decider, options, fetchMissing);
}

function pipelineOf(
  library: Library,
  decider: Decider,
  options: PipelineOptions,
  fetchMissing: FetchMissing | undefined,
): Pipeline {
  const templates = new Map(hookRules.map(({ hook }) => [hook, prefetchTemplates(library, hook)]));
  const complete = recordReader(library, templates, options.clock);
  const judge = createJudge(library, decider, options);
  function answer(request: HookRequest): CdsResponse;
  function answer(request: HookRequest, arrival: Arrival): CdsResponse | Promise<CdsResponse>;
  function answer(request: HookRequest, arrival?: Arrival): CdsResponse | Promise<CdsResponse> {
    const { hook } = request;
    const cardsOf = (record: PatientRecord): CdsResponse => ({
      cards: carried(
        cardsInVersion(selectable(judge(record, hook).cards, arrival?.caller, options.uuid), request),
      ),
    });
    if (fetchMissing === undefined || arrival === undefined) return cardsOf(complete(request));
    const isInScope = (record: PatientRecord): boolean => isOfChart(hook) || decider.reaches(record, hook);
    const needs = { templates: templates.get(hook) ?? [], isInScope, complete };
    const record = fetchMissing(request, needs, arrival);
    return record instanceof Promise ? record.then(cardsOf) : cardsOf(record);
  }

  return {
    library,
    complete: (request) => complete(request),
    judge,
    trace: decider.trace,
    codes: decider.codes,
    answer,
    withCards: (cards) => pipelineOf({ ...library, cards }, decider.withCards(cards), options, fetchMissing),
    services: servicesOf(library, templates),
    cardPage: (topic) => cardPage(topic, library),
    readiness: () => readinessOf(library, options.clock),
  };
}

/** A hook without orders is about the whole chart. */
function isOfChart(hook: HookName): boolean {
  return hookRules.find((rule) => rule.hook === hook)?.ordersField === undefined;
}

function createJudge(
  library: Library,
  decider: Decider,
  { config, uuid }: PipelineOptions,
): Pipeline['judge'] {
  const subjects = subjectsOf(library);
  const names = [...subjects].flatMap((drug) => [drug, ...(library.vocabulary.drugs.get(drug)?.names ?? [])]);
  const { publicUrl, canonicalUrl } = config;
  return (record, hook) => {
    if (isDeceased(record)) return { decision: nothingDecided, cards: [] };
    const unknown = unknownOrders(record);
    refuseUnknowable(record, unknown);
    const decision = decider.decide(record, hook);
    const context = { library, codes: decider.codes, publicUrl, canonicalUrl, today: record.today, uuid };
    const resembled = record.drafts.flatMap((draft) => resembledBy(draft, names, record.resolve) ?? []);
    return {
      decision,
      cards: arrangeCards({ decision, subjects, resembled, foreign: record.foreign, unknown }, context),
    };
  };
}

/** Counts of cards and of reviews that are pending or overdue; equal hashes say the same cards. */
function readinessOf(library: Library, clock: () => Date): ReturnType<Pipeline['readiness']> {
  const today = clock().toISOString().slice(0, 10);
  return { ...reviewCounts(library, today), library: library.hash.slice(0, 12) };
}

/** What each hook asks to be prefetched. */
type Templates = ReadonlyMap<HookName, readonly PrefetchTemplate[]>;

/** One entry of discovery for each hook. */
function servicesOf({ discovery }: Library, templates: Templates): readonly ServiceEntry[] {
  return hookRules.map(({ hook, serviceId, moment }) => ({
    hook,
    id: serviceId,
    title: `${discovery.title}: ${moment}`,
    description: discovery.description,
    prefetch: Object.fromEntries((templates.get(hook) ?? []).map(({ key, query }) => [key, query])),
  }));
}

type Complete = (request: HookRequest, whyNot?: ReadonlyMap<string, UnreadReason>) => PatientRecord;

/** Completes records with the clock of the service and the prefetch keys of the hook. */
function recordReader(library: Library, templates: Templates, clock: () => Date): Complete {
  const identify = createIdentifier(library.vocabulary, pairsOf(library));
  const keysOfHook = new Map([...templates].map(([hook, asked]) => [hook, keysOf(asked)]));
  return (request, whyNot = new Map()) => {
    const now = clock().toISOString();
    const keys = keysOfHook.get(request.hook) ?? keysOf([]);
    const today = now.slice(0, 10);
    const { request: inR4, unread } = bringToR4(request, today);
    const record = completeRecord(inR4, { identify, ...keys, whyNot, now, today });
    return unread.size === 0 ? record : { ...record, unread: new Map([...record.unread, ...unread]) };
  };
}

function keysOf(templates: readonly PrefetchTemplate[]): Pick<RecordOptions, 'prefetchKeys' | 'newestOnly'> {
  return {
    prefetchKeys: new Map(templates.map(({ key, type }) => [key, type])),
    newestOnly: new Set(templates.filter((template) => template.newestOnly).map(({ key }) => key)),
  };
}

const nothingDecided: Decision = { verdicts: [], undecided: [], counts: { facts: 0, resources: 0 } };

/** No card speaks of treating a patient who has died. */
function isDeceased({ patient }: PatientRecord): boolean {
  return patient?.deceasedBoolean === true || typeof patient?.deceasedDateTime === 'string';
}

const NOT_SENT: UnreadReason = 'not sent';

/** For each judged order whose drug nothing tells: why its medication could not be read. */
function unknownOrders({ drafts, unreadReferences }: PatientRecord): readonly UnreadReason[] {
  return drafts
    .filter(({ judged, identity }) => judged && identity.unresolved)
    .map(
      ({ resource }) =>
        unreadReferences?.get(String(medicationReferenceOf(resource)?.['reference'])) ?? NOT_SENT,
    );
}

/**
 * CDS Hooks 2.0 "Prefetch query": 412 when required data cannot be had. Required is only to know what is ordered, and
 * only while nobody could be asked: EHRs show cards, not errors.
 */
function refuseUnknowable({ drafts }: PatientRecord, unknown: readonly UnreadReason[]): void {
  const judged = drafts.filter((draft) => draft.judged);
  const isUnknowable = unknown.length === judged.length && unknown.every((why) => why === NOT_SENT);
  if (judged.length === 0 || !isUnknowable) return;
  throw new ServiceError(
    'missing-data',
    'The medication of the order is a reference to a resource that was not sent.',
    {
      hint: 'Send the Medication in the order bundle, contained in the order, or in the prefetch; a display names it as well.',
    },
  );
}
