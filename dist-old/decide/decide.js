/** Decides which cards hold for a call: library and record in, verdicts out; no clock, no network. The folder's public file. */
import { createCodeIndex } from '../library/code-index.js';
import { createAsker } from './ask.js';
import { compileFacts, factFaults as faultsOfFacts } from './compile-facts.js';
import { functionTable } from './functions.js';
import { gravestPossible, judgeCard } from './judge-card.js';
import { createReach } from './reach.js';
import { createRecommendation } from './recommend.js';
import { indexRecord } from './record-index.js';
import { createPrepare } from './prepare.js';
import { mergeByCard, withoutReplaced } from './settle.js';
import { traceCard } from './trace.js';
import { compareIndicators } from './verdict.js';
/** Faults of the facts that show when their FHIRPath is read. */
export function factFaults(facts) {
    return faultsOfFacts(facts, new Set(Object.keys(functionTable(outsideAFact))));
}
function outsideAFact() {
    throw new Error('a function of the table was called outside a fact');
}
/**
 * @param library without `factFaults`
 * @param onFault told of a fact that threw; it counts as unknown and the call goes on
 */
export function createDecider(library, onFault) {
    let current;
    const table = functionTable(() => {
        return current ?? outsideAFact();
    });
    const facts = compileFacts(library.facts, table);
    const codes = createCodeIndex(library.vocabulary);
    const enter = (scene) => {
        current = scene;
    };
    const prepare = createPrepare(facts, library.vocabulary);
    return deciderOf(library, { prepare, vocabulary: library.vocabulary, codes, enter, onFault });
}
function deciderOf(library, engine) {
    const { codes } = engine;
    const reach = createReach(library);
    const trace = (card, record, hook) => traceCard(card, createAsker(engine, indexRecord(record, engine, hook)));
    // Without orders only the list itself tells what the call is about, so it has to be read.
    const reaches = (record, hook) => hook === 'patient-view' ||
        hook === 'encounter-discharge' ||
        reach(drugsJudged(indexRecord(record, engine, hook)), hook).length > 0;
    return {
        codes,
        decide: decideWith(reach, engine),
        reaches,
        trace,
        withCards: (cards) => deciderOf({ ...library, cards }, engine),
    };
}
function decideWith(reach, engine) {
    const { vocabulary } = engine;
    const decide = (index, deadline, least = 'info') => {
        const asker = createAsker(engine, index, deadline);
        const recommended = createRecommendation(index, least, (hypothetical) => decide(hypothetical, deadline, 'critical'));
        const cards = reach(drugsJudged(index), index.hook);
        const judged = new Map(gravestFirst(cards).map((card) => [card, judgeCard(card, { asker, vocabulary, recommended, least })]));
        const inOrder = cards.flatMap((card) => judged.get(card) ?? []);
        const left = withoutReplaced({
            verdicts: inOrder.flatMap(({ verdicts }) => verdicts),
            undecided: inOrder.flatMap(({ undecided }) => undecided),
        });
        const merged = { verdicts: mergeByCard(left.verdicts), replaced: mergeByCard(left.replaced) };
        return { ...left, ...merged, counts: asker.counts };
    };
    return (record, hook, deadline) => decide(indexRecord(record, engine, hook), deadline);
}
/** The same in every call. */
const gravity = new WeakMap();
function gravityOf(card) {
    const known = gravity.get(card) ?? gravestPossible(card);
    gravity.set(card, known);
    return known;
}
/** When time runs out, what is left unjudged is what matters least. */
function gravestFirst(cards) {
    return [...cards].sort((a, b) => compareIndicators(gravityOf(b), gravityOf(a)));
}
/** Drugs of the judged drafts, of the orders that they stop or replace, and on the chart of what is listed. */
function drugsJudged(index) {
    const judged = [
        ...index.record.drafts.filter((draft) => draft.judged),
        ...index.stops(),
        ...(index.hook === 'patient-view' ? index.taken() : []),
    ];
    return judged.flatMap((draft) => draft.identity.drugs);
}
//# sourceMappingURL=decide.js.map