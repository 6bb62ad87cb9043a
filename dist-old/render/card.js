/** Renders a verdict as a CDS Hooks card in the words of its library. The folder's public file. */
import { reasonCode } from '../library/card.js';
import { suggestionsOf } from './suggestions.js';
import { orderInWords, witnessInWords } from './witness.js';
import { capitalised, cut, filled, fitted, listOf, wordsIn } from './words.js';
/** CDS Hooks 2.0: a summary is one sentence of less than 140 characters. */
export const SUMMARY_LIMIT = 139;
/** More words than this nobody reads while ordering. */
export const DETAIL_WORDS = 120;
export function renderCard(verdict, context) {
    const { card } = verdict;
    const names = {
        this: listOf(verdict.this),
        other: listOf(verdict.other),
        order: listOf(verdict.orders[0]?.identity.drugs ?? []),
    };
    const suggestions = suggestionsOf(verdict, context.library.vocabulary, context.uuid);
    return {
        uuid: context.uuid(),
        summary: cut(filled(card.summary[verdict.indicator], names), SUMMARY_LIMIT),
        detail: detailOf(verdict, names, context),
        indicator: verdict.indicator,
        source: sourceOf(card.topic, card.title, context),
        ...(suggestions.length === 0 ? {} : { suggestions, selectionBehavior: 'at-most-one' }),
        overrideReasons: overrideReasons(card.topic, card.override, context),
    };
}
export function sourceOf(topic, title, { library, publicUrl, canonicalUrl }) {
    return {
        label: library.publisher.label,
        url: `${publicUrl}/cards/${topic}`,
        topic: { system: `${canonicalUrl}/topics`, code: topic, display: title },
    };
}
/** The reasons of a library are the same for every call. */
const codedBefore = new WeakMap();
export function overrideReasons(topic, reasons, { canonicalUrl }) {
    const bySystem = codedBefore.get(reasons) ?? new Map();
    codedBefore.set(reasons, bySystem);
    const key = `${canonicalUrl} ${topic}`;
    const coded = bySystem.get(key) ?? codedReasons(topic, reasons, canonicalUrl);
    bySystem.set(key, coded);
    return coded;
}
function codedReasons(topic, reasons, canonicalUrl) {
    return reasons.map((reason) => ({
        system: `${canonicalUrl}/override-reasons`,
        code: `${topic}-${reasonCode(reason)}`,
        display: capitalised(reason),
    }));
}
function headingOf(orders) {
    const heading = orders.every((order) => order.listed === true) ? 'Medication' : 'Order';
    return orders.length > 1 ? `${heading}s` : heading;
}
function detailOf(verdict, names, context) {
    const { card, orders, also } = verdict;
    const said = [card.detail[verdict.indicator], ...also].map((sentence) => filled(sentence, names)).join(' ');
    const own = new Set(orders.map((order) => order.resource));
    const found = verdict.witnesses.filter((witness) => !own.has(witness.resource) || witness.elements.length > 0);
    const witnesses = [...new Set(found.flatMap((witness) => witnessInWords(witness, context)))];
    const byName = orders.some((order) => order.identity.byNameOnly) ||
        verdict.witnesses.some((witness) => witness.identity?.byNameOnly === true);
    const closing = byName ? ['Recognised by name only, without a known code.'] : [];
    const room = DETAIL_WORDS - wordsIn([said, ...closing].join(' '));
    return [said, ...facts(orders, witnesses, room), ...closing].join('\n\n');
}
/** The orders and the record, in at most `room` words; the record gives way first, the first of each never. */
function facts(orders, witnesses, room) {
    const about = `**${headingOf(orders)}:** `;
    const record = '**In the record:** ';
    const least = witnesses.length === 0 ? 0 : wordsIn(`${record}${fitted(witnesses, 0)}`);
    const ordered = `${about}${fitted(orders.map(orderInWords), room - wordsIn(about) - least)}.`;
    if (witnesses.length === 0)
        return [ordered];
    return [ordered, `${record}${fitted(witnesses, room - wordsIn(ordered) - wordsIn(record))}.`];
}
//# sourceMappingURL=card.js.map