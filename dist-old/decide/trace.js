/** How a card came to its verdict: every way bound, every condition with its answer, nothing left out for speed. */
import { bindingsOf, partnersOf } from './bindings.js';
/** Ways whose key binds nothing in the call are not in the list. */
export function traceCard(card, asker) {
    return card.ways.flatMap((way, index) => bindingsOf(way, asker.index).map((bound) => ({
        way: index + 1,
        order: bound.binding.order,
        this: bound.binding.this,
        other: bound.binding.other,
        conditions: conditionsOf(bound, asker),
    })));
}
function conditionsOf(bound, asker) {
    const { way, binding } = bound;
    const part = (name, calls) => calls.map((call) => ({ part: name, call, answer: asker.ask(call, binding) }));
    const key = bound.partner === undefined
        ? []
        : [{ part: 'key', call: undefined, answer: partnersOf(bound, asker) }];
    return [...key, ...part('all', way.all), ...part('any', way.any), ...part('unless', way.unless)];
}
//# sourceMappingURL=trace.js.map