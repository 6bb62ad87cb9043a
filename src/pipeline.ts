/** The path of a call, step by step: complete the record, decide, render. What `createApp` needs, made from the library. */

import { hookRules } from './cdshooks/hooks.js';
import type { Arrival, CdsResponse, HookName, HookRequest, ServiceEntry } from './cdshooks/protocol.js';
import { dayIn } from './day-in.js';
import { createDecider, type Decider, factFaults } from './decide/decide.js';
import { deadlineOf } from './decide/deadline.js';
import { drugsReaching, pairsOf } from './decide/reach.js';
import type { Verdict } from './decide/verdict.js';
import type { AnsweredCall } from './journal/decision.js';
import type { OverriddenBefore } from './journal/repeats.js';
import { createJudge, type Judge } from './judge.js';
import { type PrefetchTemplate, prefetchTemplates } from './library/derive.js';
import type { Fact } from './library/fact.js';
import { type Library, loadLibrary } from './library/library.js';
import { reviewCounts } from './library/review.js';
import type { Log } from './log.js';
import { completeRecord, type RecordOptions } from './record/complete-record.js';
import { createFetchMissing, type FetchMissing, type FetchSettings } from './record/fetch/fetch-missing.js';
import type { BreakerStates } from './record/fetch/guard.js';
import { createIdentifier } from './record/identify.js';
import type { PatientRecord, UnreadReason } from './record/record.js';
import { bringToR4 } from './record/versions/bring-to-r4.js';
import { cardsInVersion } from './record/versions/cards-in-version.js';
import { carried } from './render/carry.js';
import { cardPage } from './render/page.js';
import { selectable } from './render/selectable.js';

export interface PipelineOptions {
  readonly config: {
    readonly cardsDir: string;
    readonly publicUrl: string;
    readonly canonicalUrl: string;
    /** Where the day of a call begins; absent: UTC. */
    readonly timeZone?: string | undefined;
  };
  readonly log: Log;
  readonly clock: () => Date;
  readonly uuid: () => string;
  /** Milliseconds as `Arrival` counts them; absent: of the machine. */
  readonly now?: () => number;
  /** Absent: nothing is fetched. */
  readonly fetching?: FetchSettings;
  /** Told of each answer that is given, while it is on its way; must neither throw nor wait. */
  readonly observe?: (call: AnsweredCall) => void;
  /** Which cards the prescriber has overridden before; absent: nobody asks. */
  readonly overriddenBefore?: OverriddenBefore;
}

export interface Pipeline {
  readonly library: Library;
  readonly services: readonly ServiceEntry[];
  /** The record of a call, from what was sent. */
  complete(request: HookRequest): PatientRecord;
  readonly judge: Judge;
  /** Every condition of a card with its answer. */
  trace: Decider['trace'];
  /** The codes of the library. */
  readonly codes: Decider['codes'];
  /** The same pipeline with other cards on the same facts. */
  withCards(cards: Library['cards']): Pipeline;
  /** The same cards, with a fact in place of the one of its name. */
  withFact(fact: Fact): Pipeline;
  /** From what was sent alone. */
  answer(request: HookRequest): CdsResponse;
  /** With what is missing fetched; at once when nothing is. */
  answer(request: HookRequest, arrival: Arrival): CdsResponse | Promise<CdsResponse>;
  /** The drugs whose orders can bring a card; undefined for a topic that is none of the library. */
  drugsOf(topic: string): readonly string[] | undefined;
  /** How many circuit breakers of FHIR servers are in which state. */
  readonly breakers: () => BreakerStates;
  /** Markdown of a card's page. */
  cardPage(topic: string): string | undefined;
  readiness(): Readonly<Record<string, unknown>>;
}

/**
 * Loads the library and makes the pipeline.
 * @throws LibraryFaultsError with every fault of the library, its FHIRPath included
 */
export function createPipeline(options: PipelineOptions): Pipeline {
  const library = loadLibrary(options.config.cardsDir, factFaults);
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
  const complete = recordReader(library, templates, options);
  const judge = createJudge(library, decider, options);
  const reaching = drugsReaching(library);
  return {
    library,
    complete: (request) => complete(request),
    judge,
    trace: decider.trace,
    codes: decider.codes,
    answer: createAnswer({ decider, options, fetchMissing, templates, complete, judge }),
    withCards: (cards) => pipelineOf({ ...library, cards }, decider.withCards(cards), options, fetchMissing),
    withFact: (fact) => {
      const facts = new Map([...library.facts, [fact.name, fact]]);
      return pipelineOf({ ...library, facts }, decider.withFact(fact), options, fetchMissing);
    },
    services: servicesOf(library, templates),
    breakers: () => fetchMissing?.breakers() ?? {},
    drugsOf: (topic) => reaching.get(topic),
    cardPage: (topic) => cardPage(topic, library),
    readiness: () => readinessOf(library, options.clock),
  };
}

interface Answering extends Pick<Pipeline, 'judge'> {
  readonly decider: Decider;
  readonly options: PipelineOptions;
  readonly fetchMissing: FetchMissing | undefined;
  readonly templates: Templates;
  readonly complete: Complete;
}

function createAnswer({ decider, options, fetchMissing, templates, complete, judge }: Answering) {
  const isInScope = (record: PatientRecord, hook: HookName): boolean =>
    isOfChart(hook) || decider.reaches(record, hook);
  function answer(request: HookRequest): CdsResponse;
  function answer(request: HookRequest, arrival: Arrival): CdsResponse | Promise<CdsResponse>;
  function answer(request: HookRequest, arrival?: Arrival): CdsResponse | Promise<CdsResponse> {
    const { hook } = request;
    const cardsOf = (record: PatientRecord, repeated?: (verdict: Verdict) => boolean): CdsResponse => {
      const judgement = judge(
        record,
        hook,
        repeated,
        deadlineOf(arrival, options.fetching?.answerMs, options.now),
      );
      const chosen = selectable(judgement.cards, arrival?.caller, options.uuid);
      const cards = carried(cardsInVersion(chosen, request));
      if (arrival !== undefined) options.observe?.({ request, arrival, record, judgement, cards });
      return { cards };
    };
    if (arrival === undefined) return cardsOf(complete(request));
    const answerFrom = (record: PatientRecord): CdsResponse | Promise<CdsResponse> => {
      const asked = options.overriddenBefore?.(request, arrival, () => isInScope(record, hook));
      return asked === undefined ? cardsOf(record) : asked.then((repeated) => cardsOf(record, repeated));
    };
    if (fetchMissing === undefined) return answerFrom(complete(request));
    const needs = {
      templates: templates.get(hook) ?? [],
      isInScope: (record: PatientRecord) => isInScope(record, hook),
      complete,
    };
    const record = fetchMissing(request, needs, arrival);
    return record instanceof Promise ? record.then(answerFrom) : answerFrom(record);
  }
  return answer;
}

/** A hook without orders is about the whole chart. */
function isOfChart(hook: HookName): boolean {
  return hookRules.find((rule) => rule.hook === hook)?.ordersField === undefined;
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
function recordReader(library: Library, templates: Templates, { clock, config }: PipelineOptions): Complete {
  const dayOf = dayIn(config.timeZone ?? 'UTC');
  const identify = createIdentifier(library.vocabulary, pairsOf(library));
  const keysOfHook = new Map([...templates].map(([hook, asked]) => [hook, keysOf(asked)]));
  return (request, whyNot = new Map()) => {
    const instant = clock();
    const now = instant.toISOString();
    const keys = keysOfHook.get(request.hook) ?? keysOf([]);
    const today = dayOf(instant);
    const { request: inR4, unread } = bringToR4(request, today);
    const record = completeRecord(inR4, { identify, ...keys, whyNot, now, today });
    return unread.size === 0 ? record : { ...record, unread: new Map([...record.unread, ...unread]) };
  };
}

function keysOf(
  templates: readonly PrefetchTemplate[],
): Pick<RecordOptions, 'prefetchKeys' | 'newestOnly' | 'resultCodes'> {
  return {
    prefetchKeys: new Map(templates.map(({ key, type }) => [key, type])),
    newestOnly: new Set(templates.filter((template) => template.newestOnly).map(({ key }) => key)),
    resultCodes: new Map(
      templates.filter(({ codes }) => codes.length > 0).map(({ key, codes }) => [key, new Set(codes)]),
    ),
  };
}
