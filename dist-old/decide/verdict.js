/** What a decision says: the cards that hold, and the cards that could not be decided. */
const gravity = { info: 0, warning: 1, critical: 2 };
/** Positive when `a` is graver than `b`. */
export function compareIndicators(a, b) {
    return gravity[a] - gravity[b];
}
export function gravestOf(indicators) {
    return indicators.reduce((gravest, next) => (compareIndicators(next, gravest) > 0 ? next : gravest), 'info');
}
//# sourceMappingURL=verdict.js.map