/** Which cards of a decision a prescriber sees, and in which order: gravest first, at most five for one order. */
import { compareIndicators } from '../decide/verdict.js';
import { renderCard } from './card.js';
import { renderMoreCards, renderNotChecked, renderNotIdentified, renderOtherPatient, renderRepeated, } from './service-cards.js';
/** More than this teaches people to click away. */
const CARDS_FOR_AN_ORDER = 5;
export function arrangeCards({ decision, subjects, resembled, foreign, unknown = [], repeated = () => false }, context) {
    const active = decision.verdicts.filter(({ card }) => card.status === 'active');
    const sorted = [...active].sort((a, b) => compareIndicators(b.indicator, a.indicator));
    const isRepeated = (verdict) => verdict.indicator !== 'critical' && repeated(verdict);
    const again = sorted.filter(isRepeated);
    const { shown, cut } = capped(sorted.filter((verdict) => !again.includes(verdict)));
    const open = decision.undecided
        .filter(({ card }) => card.status === 'active')
        .filter(({ order }) => order.identity.drugs.some((drug) => subjects.has(drug)));
    const rendered = shown.map((verdict) => [renderCard(verdict, context), verdict]);
    const because = (why, verdicts) => verdicts.map((verdict) => ({ verdict, why }));
    return {
        verdictOf: new Map(rendered.map(([card, verdict]) => [card.uuid, verdict])),
        withheld: [
            ...because('draft', decision.verdicts.filter(({ card }) => card.status === 'draft')),
            ...because('replaced', decision.replaced),
            ...because('beyond the most for an order', cut),
            ...because('overridden before', again),
        ],
        open,
        cards: [
            ...rendered.map(([card]) => card),
            ...renderMoreCards(cut, context),
            ...renderRepeated(again, context),
            ...renderOtherPatient(foreign.flatMap(({ identity }) => identity.drugs.filter((drug) => subjects.has(drug))), context),
            ...renderNotIdentified(resembled, context),
            ...renderNotChecked(open, context, unknown),
        ],
    };
}
/** A critical card is never cut, however many there are. */
function capped(sorted) {
    const count = new Map();
    const shown = [];
    const cut = [];
    for (const verdict of sorted) {
        const fullest = Math.max(...verdict.orders.map((order) => count.get(order) ?? 0));
        const isShown = fullest < CARDS_FOR_AN_ORDER || verdict.indicator === 'critical';
        (isShown ? shown : cut).push(verdict);
        if (isShown)
            for (const order of verdict.orders)
                count.set(order, (count.get(order) ?? 0) + 1);
    }
    return { shown, cut };
}
//# sourceMappingURL=arrange.js.map