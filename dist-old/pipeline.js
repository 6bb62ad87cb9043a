/** The path of a call, step by step: complete the record, decide, render. What `createApp` needs, made from the library. */
import { hookRules } from './cdshooks/hooks.js';
import { createDecider, factFaults } from './decide/decide.js';
import { deadlineOf } from './decide/deadline.js';
import { drugsReaching, pairsOf, subjectsOf } from './decide/reach.js';
import { prefetchTemplates } from './library/derive.js';
import { loadLibrary } from './library/library.js';
import { reviewCounts } from './library/review.js';
import { completeRecord } from './record/complete-record.js';
import { createFetchMissing } from './record/fetch/fetch-missing.js';
import { isDeceased } from './record/deceased.js';
import { createIdentifier } from './record/identify.js';
import { resembledBy } from './record/resemblance.js';
import { refuseUnknowable, unknownOrders } from './record/unknown-orders.js';
import { bringToR4 } from './record/versions/bring-to-r4.js';
import { cardsInVersion } from './record/versions/cards-in-version.js';
import { arrangeCards } from './render/arrange.js';
import { carried } from './render/carry.js';
import { cardPage } from './render/page.js';
import { selectable } from './render/selectable.js';
/**
 * Loads the library and makes the pipeline.
 * @throws LibraryFaultsError with every fault of the library, its FHIRPath included
 */
export function createPipeline(options) {
    const library = loadLibrary(options.config.cardsDir, ({ facts }) => factFaults(facts));
    const decider = createDecider(library, (fact, error) => {
        options.log.error({ fact, fault: error instanceof Error ? error.name : typeof error }, 'a fact could not be evaluated');
    });
    const fetchMissing = options.fetching === undefined ? undefined : createFetchMissing(options.fetching, options.log);
    return pipelineOf(library, decider, options, fetchMissing);
}
function pipelineOf(library, decider, options, fetchMissing) {
    const templates = new Map(hookRules.map(({ hook }) => [hook, prefetchTemplates(library, hook)]));
    const complete = recordReader(library, templates, options.clock);
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
        services: servicesOf(library, templates),
        breakers: () => fetchMissing?.breakers() ?? {},
        drugsOf: (topic) => reaching.get(topic),
        cardPage: (topic) => cardPage(topic, library),
        readiness: () => readinessOf(library, options.clock),
    };
}
function createAnswer({ decider, options, fetchMissing, templates, complete, judge }) {
    const isInScope = (record, hook) => isOfChart(hook) || decider.reaches(record, hook);
    function answer(request, arrival) {
        const { hook } = request;
        const cardsOf = (record, repeated) => {
            const judgement = judge(record, hook, repeated, deadlineOf(arrival, options.fetching?.answerMs, options.now));
            const chosen = selectable(judgement.cards, arrival?.caller, options.uuid);
            const cards = carried(cardsInVersion(chosen, request));
            if (arrival !== undefined)
                options.observe?.({ request, arrival, record, judgement, cards });
            return { cards };
        };
        if (arrival === undefined)
            return cardsOf(complete(request));
        const answerFrom = (record) => {
            const asked = isInScope(record, hook) ? options.overriddenBefore?.(request, arrival) : undefined;
            return asked === undefined ? cardsOf(record) : asked.then((repeated) => cardsOf(record, repeated));
        };
        if (fetchMissing === undefined)
            return answerFrom(complete(request));
        const needs = {
            templates: templates.get(hook) ?? [],
            isInScope: (record) => isInScope(record, hook),
            complete,
        };
        const record = fetchMissing(request, needs, arrival);
        return record instanceof Promise ? record.then(answerFrom) : answerFrom(record);
    }
    return answer;
}
/** A hook without orders is about the whole chart. */
function isOfChart(hook) {
    return hookRules.find((rule) => rule.hook === hook)?.ordersField === undefined;
}
function createJudge(library, decider, { config, uuid }) {
    const subjects = subjectsOf(library);
    const names = [...subjects].flatMap((drug) => [drug, ...(library.vocabulary.drugs.get(drug)?.names ?? [])]);
    const { publicUrl, canonicalUrl } = config;
    return (record, hook, repeated, deadline) => {
        if (isDeceased(record))
            return nothingJudged;
        const unknown = unknownOrders(record);
        refuseUnknowable(record, unknown);
        const decision = decider.decide(record, hook, deadline);
        const context = { library, codes: decider.codes, publicUrl, canonicalUrl, today: record.today, uuid };
        const resembled = record.drafts.flatMap((draft) => resembledBy(draft, names, record.resolve) ?? []);
        const { foreign } = record;
        const arranging = { decision, subjects, resembled, foreign, unknown };
        return {
            decision,
            ...arrangeCards(repeated === undefined ? arranging : { ...arranging, repeated }, context),
        };
    };
}
/** Counts of cards and of reviews that are pending or overdue; equal hashes say the same cards. */
function readinessOf(library, clock) {
    const today = clock().toISOString().slice(0, 10);
    return { ...reviewCounts(library, today), library: library.hash.slice(0, 12) };
}
/** One entry of discovery for each hook. */
function servicesOf({ discovery }, templates) {
    return hookRules.map(({ hook, serviceId, moment }) => ({
        hook,
        id: serviceId,
        title: `${discovery.title}: ${moment}`,
        description: discovery.description,
        prefetch: Object.fromEntries((templates.get(hook) ?? []).map(({ key, query }) => [key, query])),
    }));
}
/** Completes records with the clock of the service and the prefetch keys of the hook. */
function recordReader(library, templates, clock) {
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
function keysOf(templates) {
    return {
        prefetchKeys: new Map(templates.map(({ key, type }) => [key, type])),
        newestOnly: new Set(templates.filter((template) => template.newestOnly).map(({ key }) => key)),
    };
}
const nothingJudged = {
    decision: { verdicts: [], undecided: [], replaced: [], counts: { facts: 0, resources: 0 } },
    cards: [],
    verdictOf: new Map(),
    withheld: [],
    open: [],
};
//# sourceMappingURL=pipeline.js.map