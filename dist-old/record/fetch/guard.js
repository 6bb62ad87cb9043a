/** Spares FHIR servers that fail: a circuit breaker for each server of each client, and the pause it has asked for. */
import { circuitBreaker, CircuitState, handleWhenResult, SamplingBreaker, } from 'cockatiel';
/** A fair time to answer in: with less, being late is no fault of the server's. */
export const FAIR_MS = 150;
/** Opens when more than half of at least ten requests within ten seconds failed; tries one request after five seconds. */
const BREAKER = { threshold: 0.5, duration: 10_000, minimumRps: 1 };
const HALF_OPEN_MS = 5_000;
/** A server cannot ask for more than this. */
const LONGEST_PAUSE_MS = 60_000;
/** Servers remembered; the one not used for longest is forgotten. */
const SERVERS = 256;
export function createGuard() {
    const states = new Map();
    const guarded = async (server, leftMs, ask) => {
        const state = states.get(server) ?? { breaker: createBreaker(), notBefore: 0 };
        states.delete(server);
        states.set(server, state);
        if (states.size > SERVERS)
            states.delete(states.keys().next().value ?? server);
        if (performance.now() < state.notBefore)
            return { is: 'busy' };
        try {
            const reply = await state.breaker.execute(async () => {
                const answered = await ask();
                const isUnfair = answered.is === 'late' && leftMs < FAIR_MS;
                // While it tries whether a server is well again, only an answer tells.
                if (isUnfair && state.breaker.state === CircuitState.Closed)
                    throw new UnfairError();
                return answered;
            });
            const pause = reply.is === 'status' ? (reply.retryAfterMs ?? 0) : 0;
            if (pause > 0)
                state.notBefore = performance.now() + Math.min(pause, LONGEST_PAUSE_MS);
            return reply;
        }
        catch (error) {
            // Asking never throws; else only the open breaker does.
            return { is: error instanceof UnfairError ? 'late' : 'spared' };
        }
    };
    return Object.assign(guarded, { breakers: () => countStates([...states.values()]) });
}
function countStates(states) {
    const count = (...wanted) => states.filter(({ breaker }) => wanted.includes(breaker.state)).length;
    return {
        closed: count(CircuitState.Closed),
        open: count(CircuitState.Open, CircuitState.Isolated),
        'half-open': count(CircuitState.HalfOpen),
    };
}
/** Passes by the breaker, which counts results alone. */
class UnfairError extends Error {
}
function createBreaker() {
    return circuitBreaker(handleWhenResult(isFailure), {
        halfOpenAfter: HALF_OPEN_MS,
        breaker: new SamplingBreaker(BREAKER),
    });
}
/** A refusal (4xx) is an answer of a server that works. */
function isFailure(result) {
    const reply = result;
    return reply.is === 'late' || reply.is === 'unreachable' || (reply.is === 'status' && reply.status >= 500);
}
//# sourceMappingURL=guard.js.map