/** Asks a fact of the record, once per call and argument, and answers in three values. */
import { asksInWords } from '../library/argument.js';
import { no, yes } from './answer.js';
import { isOver, notInTime } from './deadline.js';
import { emptyLooks, look, namelessIn } from './look.js';
import { unreadOf } from './unread.js';
import { variablesOf } from './variables.js';
export function createAsker(asked, index, deadline) {
    const { prepare, vocabulary, enter, onFault } = asked;
    const answersAbout = createAnswers();
    const looksOf = createLooks();
    const counts = { facts: 0, resources: 0 };
    const ask = (call, binding) => {
        const prepared = prepare(call, binding);
        const answers = answersAbout(prepared, binding);
        const known = answers.get(prepared);
        if (known !== undefined)
            return known;
        if (isOver(deadline, counts.resources))
            return notInTime;
        counts.facts += 1;
        const answer = hasNothingToLookAt(prepared, index)
            ? withoutLook(unreadOf(prepared.compiled.fact, prepared.args, index.record))
            : answerOf(askingOf(prepared, binding));
        answers.set(prepared, answer);
        return answer;
    };
    const askingOf = (prepared, binding) => {
        enter({ index, vocabulary, binding });
        let variables;
        const asking = {
            prepared,
            binding,
            index,
            onFault,
            counts,
            looks: looksOf(prepared),
            variables: () => (variables ??= variablesOf(asking)),
        };
        return asking;
    };
    const missing = (call, binding) => {
        const { compiled, args } = prepare(call, binding);
        return unreadOf(compiled.fact, args, index.record);
    };
    return { ask, missing, index, counts };
}
/** What has been answered in this call, apart for each order that an answer hangs on. */
function createAnswers() {
    const ofAnyOrder = new Map();
    const ofOrders = new Map();
    return ({ isOfAnyOrder }, { order }) => {
        if (isOfAnyOrder)
            return ofAnyOrder;
        const answers = ofOrders.get(order) ?? new Map();
        ofOrders.set(order, answers);
        return answers;
    };
}
/** What a fact has found: shared by all orders, unless it speaks of the one in focus. */
function createLooks() {
    const shared = new Map();
    return (prepared) => {
        if (prepared.compiled.isOfOneOrder)
            return emptyLooks();
        const looks = shared.get(prepared) ?? emptyLooks();
        shared.set(prepared, looks);
        return looks;
    };
}
/** Most questions are about drugs and problems that the record does not name at all. */
function hasNothingToLookAt({ compiled, drugs, problems }, index) {
    if (compiled.fact.distinct !== undefined)
        return false;
    switch (compiled.fact.needs) {
        case 'medications':
            return drugs !== undefined && index.unresolved().length === 0 && !index.names(drugs);
        case 'problems':
            return problems !== undefined && index.problemsOf(problems).length === 0;
        case 'allergies':
            return index.record.allergies.length === 0;
        default:
            return false;
    }
}
function withoutLook(unread) {
    return unread.length > 0 ? { is: 'unknown', missing: unread } : no;
}
function answerOf(asking) {
    const { compiled, args } = asking.prepared;
    const { fact } = compiled;
    const unread = unreadOf(fact, args, asking.index.record);
    const doubts = [];
    try {
        const found = look(asking);
        const { witnesses } = found;
        const enough = fact.distinct === undefined ? witnesses.length > 0 : distinctEnough(witnesses, asking);
        if (enough && !(fact.whole && unread.length > 0))
            return yes(fact.pick === 'newest' ? namedTogether(found.candidates) : witnesses);
        doubts.push(...doubtsOf(found, asking));
    }
    catch (error) {
        asking.onFault(fact.name, error);
        doubts.push({ what: fact.doubt ?? asksInWords(fact.asks, args), why: 'could not be evaluated' });
    }
    return unread.length + doubts.length > 0 ? { is: 'unknown', missing: [...unread, ...doubts] } : no;
}
/** Results of the same moment are all named, the one that decided and those that contradict it. */
function namedTogether(candidates) {
    return candidates.map(({ resource, identity }) => ({ resource, identity, elements: [] }));
}
/** The order's own drugs count among the different drugs. */
function distinctEnough(witnesses, { prepared, binding }) {
    const { compiled, args } = prepared;
    const wanted = prepared.drugs ?? [];
    const drugs = [binding.order.identity, ...witnesses.map((witness) => witness.identity)].flatMap((identity) => identity?.drugs ?? []);
    const limit = args[compiled.fact.distinct ?? ''];
    const found = new Set(drugs.filter((drug) => wanted.includes(drug)));
    return limit?.kind === 'number' && found.size >= limit.amount.value;
}
/** What keeps a "no" from being certain: an element that cannot be judged, or a medication nobody can name. */
function doubtsOf(found, asking) {
    const { prepared, index } = asking;
    const { fact } = prepared.compiled;
    const why = 'is missing or does not settle it';
    const nobody = fact.needs === 'patient' && found.candidates.length === 0;
    const missing = found.isDoubtful() || (nobody && !index.record.unread.has('Patient'))
        ? [{ what: fact.doubt ?? fact.name, why }]
        : [];
    const nameless = fact.needs === 'medications' ? namelessIn(asking) : 0;
    if (nameless > 0)
        missing.push({ what: `${nameless} listed medication(s)`, why: 'could not be identified' });
    return missing;
}
//# sourceMappingURL=ask.js.map