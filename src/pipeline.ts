/** The path of a call, step by step: complete the record, decide, render. What `createApp` needs, made from the library. */

import { hookRules } from './cdshooks/hooks.js';
import type { CdsResponse, HookName, HookRequest, ServiceEntry } from './cdshooks/protocol.js';
import { createDecider, type Decider, type Decision, factFaults } from './decide/decide.js';
import { pairsOf, subjectsOf } from './decide/reach.js';
import { ServiceError } from './errors.js';
import { type PrefetchTemplate, prefetchTemplates } from './library/derive.js';
import { type Library, loadLibrary } from './library/library.js';
import { reviewCounts } from './library/review.js';
import type { Log } from './log.js';
import { completeRecord, type RecordOptions } from './record/complete-record.js';
import { createIdentifier } from './record/identify.js';
import { resembledBy } from './record/resemblance.js';
import type { PatientRecord } from './record/record.js';
import { arrangeCards } from './render/arrange.js';
import { cardPage } from './render/page.js';

export interface PipelineOptions {
  readonly config: { readonly cardsDir: string; readonly publicUrl: string; readonly canonicalUrl: string };
  readonly log: Log;
  readonly clock: () => Date;
  readonly uuid: () => string;
}

/** A decision with the cards it becomes: what a caller sees, and why. */
export interface Judgement extends CdsResponse {
  readonly decision: Decision;
}

export interface Pipeline {
  readonly library: Library;
  readonly services: readonly ServiceEntry[];
  /** The record of a call, as far as it could be completed. */
  complete(request: HookRequest): PatientRecord;
  /** @throws ServiceError `missing-data` when nothing tells what is ordered */
  judge(record: PatientRecord, hook: HookName): Judgement;
  /** Every condition of a card with its answer. */
  trace: Decider['trace'];
  /** The codes of the library. */
  readonly codes: Decider['codes'];
  /** The same pipeline with other cards on the same facts. */
  withCards(cards: Library['cards']): Pipeline;
  answer(request: HookRequest): CdsResponse;
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
  return pipelineOf(library, decider, options);
}

function pipelineOf(library: Library, decider: Decider, options: PipelineOptions): Pipeline {
  const complete = recordReader(library, options.clock);
  const judge = createJudge(library, decider, options);
  return {
    library,
    complete,
    judge,
    trace: decider.trace,
    codes: decider.codes,
    answer: (request) => ({ cards: judge(complete(request), request.hook).cards }),
    withCards: (cards) => pipelineOf({ ...library, cards }, decider.withCards(cards), options),
    services: servicesOf(library),
    cardPage: (topic) => cardPage(topic, library),
    readiness: () => readinessOf(library, options.clock),
  };
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
    refuseUnknowable(record);
    const decision = decider.decide(record, hook);
    const context = { library, codes: decider.codes, publicUrl, canonicalUrl, today: record.today, uuid };
    const resembled = record.drafts.flatMap((draft) => resembledBy(draft, names, record.resolve) ?? []);
    return {
      decision,
      cards: arrangeCards({ decision, subjects, resembled, foreign: record.foreign }, context),
    };
  };
}

/** Counts of cards and of reviews that are pending or overdue; equal hashes say the same cards. */
function readinessOf(library: Library, clock: () => Date): ReturnType<Pipeline['readiness']> {
  const today = clock().toISOString().slice(0, 10);
  return { ...reviewCounts(library, today), library: library.hash.slice(0, 12) };
}

/** One entry of discovery for each hook. */
function servicesOf(library: Library): readonly ServiceEntry[] {
  return hookRules.map(({ hook, serviceId, moment }) => ({
    hook,
    id: serviceId,
    title: `${library.discovery.title}: ${moment}`,
    description: library.discovery.description,
    prefetch: Object.fromEntries(prefetchTemplates(library, hook).map(({ key, query }) => [key, query])),
  }));
}

/** Completes records with the clock of the service and the prefetch keys of the hook. */
function recordReader(library: Library, clock: () => Date): (request: HookRequest) => PatientRecord {
  const identify = createIdentifier(library.vocabulary, pairsOf(library));
  const templates = new Map<HookName, Pick<RecordOptions, 'prefetchKeys' | 'newestOnly'>>(
    hookRules.map(({ hook }) => [hook, keysOf(prefetchTemplates(library, hook))]),
  );
  return (request) => {
    const now = clock().toISOString();
    const keys = templates.get(request.hook) ?? { prefetchKeys: new Map() };
    return completeRecord(request, { identify, ...keys, now, today: now.slice(0, 10) });
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

/** CDS Hooks 2.0 "Prefetch query": 412 when required data cannot be had. Required is only to know what is ordered. */
function refuseUnknowable({ drafts }: PatientRecord): void {
  const judged = drafts.filter((draft) => draft.judged);
  if (judged.length === 0 || !judged.every((draft) => draft.identity.unresolved)) return;
  throw new ServiceError(
    'missing-data',
    'The medication of the order is a reference to a resource that was not sent.',
    {
      hint: 'Send the Medication in the order bundle, contained in the order, or in the prefetch; a display names it as well.',
    },
  );
}
