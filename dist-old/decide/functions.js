/** The closed table of functions that facts may call where FHIRPath cannot say it in one line. None names a drug. */
import { drugsNamed, problemsNamed } from '../library/argument.js';
import { coveredDays, joinedCourseDays, since, takenDays, until } from '../record/course.js';
import { dailyDose, firstDailyDose } from '../record/dose.js';
import { offers } from '../record/free-text.js';
import { medicationOf } from '../record/medication.js';
/** @param scene the call being judged while a fact is asked */
export function functionTable(scene) {
    const today = () => scene().index.record.today;
    const identity = (resource) => scene().index.identityOf(resource);
    return {
        inRecord: each((reference) => resolved(reference, scene())),
        ofDrug: some((resource, name) => isOfDrug(resource, name, scene())),
        alsoNamed: some((resource, name) => isInConflict(resource, name, scene())),
        givenAs: some((resource, form) => identity(resource)?.forms.includes(form) ?? false),
        means: some((concept, problem) => meansProblem(concept, problem, scene())),
        since: each((resource) => since(resource)),
        until: each((resource) => until(resource, today())),
        coveredDays: ofOrders((order) => coveredDays(order, ...strengthOf(order, scene()))),
        courseDays: ofOrders((order) => courseOf(order, scene())),
        takenDays: ofOrders((order) => takenOf(order, scene())),
        dailyDose: ofOrders((order) => milligrams(dailyDose(order, ...strengthOf(order, scene())))),
        firstDailyDose: ofOrders((order) => milligrams(firstDailyDose(order, ...strengthOf(order, scene())))),
        offers: some((order, name) => offersDrug(order, name, scene())),
    };
}
/** One value for each item of the input; `undefined` = cannot say = nothing. */
function each(call) {
    return {
        takes: 'nothing',
        call: (input) => input.flatMap((item) => call(item) ?? []),
    };
}
function ofOrders(call) {
    return each((order) => call(order));
}
/** Whether the name holds for some item of the input. */
function some(call) {
    return { takes: 'a name', call: (input, name) => [input.some((item) => call(item, name))] };
}
function resolved(reference, { index, binding }) {
    return index.record.resolve(reference, binding.order.resource);
}
function isOfDrug(resource, name, { index, vocabulary }) {
    const drugs = index.identityOf(resource)?.drugs ?? [];
    return drugsNamed(name, vocabulary).some((drug) => drugs.includes(drug));
}
function isInConflict(resource, name, { index, vocabulary }) {
    const conflict = index.identityOf(resource)?.conflict ?? [];
    return drugsNamed(name, vocabulary).some((drug) => conflict.includes(drug));
}
function meansProblem(concept, problem, { index, vocabulary }) {
    const problems = index.codes.problemsOf(concept);
    return problemsNamed(problem, vocabulary).some((name) => problems.has(name));
}
/** Product and Medication of an order: what its tablets and millilitres are counted through. */
function strengthOf(order, scene) {
    return [productOf(order, scene), medicationOf(order, scene.index.record.resolve)];
}
function productOf(order, { index }) {
    return index.identityOf(order)?.product;
}
function courseOf(order, scene) {
    const { today } = scene.index.record;
    return joinedCourseDays({ resource: order, product: productOf(order, scene) }, coursesFor(order, scene), today);
}
/** Counted in the record, not from the day a stop was written. */
function takenOf(order, scene) {
    const { drafts, today } = scene.index.record;
    const own = drafts.find((draft) => draft.resource === order)?.supersedes;
    return takenDays(coursesFor(order, scene), own, today);
}
/** The courses of an order's drugs in the record, with the earlier states of the orders of the call. */
function coursesFor(order, { index }) {
    return index.coursesOf(index.identityOf(order)?.drugs ?? []);
}
function milligrams(dose) {
    if (dose === undefined)
        return undefined;
    return dose.unit === 'mg' ? dose.value : dose.value / 1000;
}
function offersDrug(order, name, { vocabulary }) {
    const names = [name, ...(vocabulary.drugs.get(name)?.names ?? [])];
    return offers(textsOf(order), names);
}
/** The order's own words: notes, dosage text, patient instruction, wording of its reasons. */
function textsOf(order) {
    const texts = [
        ...(order.note ?? []).map((note) => note.text),
        ...(order.dosageInstruction ?? []).flatMap((dosage) => [dosage.text, dosage.patientInstruction]),
        ...(order.reasonCode ?? []).map((reason) => reason.text),
    ];
    return texts.filter((text) => typeof text === 'string');
}
//# sourceMappingURL=functions.js.map