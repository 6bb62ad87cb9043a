/** Who reviewed a card and until when that holds: what pages print, the card check tells and operators count. */
/** What `reviewer` says while nobody has signed: no reviewer is ever invented. */
const NOBODY_YET = 'pending';
/** "Ada Example, 2026-11-22", or the publisher's reviewer for a card that nobody signed itself. */
export function reviewerInWords({ reviewer }, publisher) {
    return reviewer === undefined ? publisher.reviewer : `${reviewer.name}, ${reviewer.on}`;
}
/** @param today YYYY-MM-DD; a card that is no longer judged need not be read again */
export function isOverdue({ status, expires }, today) {
    return status !== 'retired' && expires <= today;
}
function isPending(card, publisher) {
    return card.status !== 'retired' && reviewerInWords(card, publisher) === NOBODY_YET;
}
export function reviewCounts({ cards, publisher }, today) {
    return {
        cards: cards.length,
        reviewPending: cards.filter((card) => isPending(card, publisher)).length,
        reviewOverdue: cards.filter((card) => isOverdue(card, today)).length,
    };
}
//# sourceMappingURL=review.js.map