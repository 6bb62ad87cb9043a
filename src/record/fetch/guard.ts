/** Spares FHIR servers that fail: a circuit breaker for each server of each client, and the pause it has asked for. */

import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  handleWhenResult,
  SamplingBreaker,
} from 'cockatiel';
import type { Reply } from './http-client.js';

/** `spared`: not asked, since the server failed a moment ago; `busy`: not asked, since it wants a pause. */
export type Guarded = Reply | { readonly is: 'spared' } | { readonly is: 'busy' };

export interface Guard {
  /**
   * @param server its base, for one client: what a server answers to one says nothing of the others
   * @param leftMs how long it has to answer
   */
  (server: string, leftMs: number, ask: () => Promise<Reply>): Promise<Guarded>;
  breakers(): BreakerStates;
}

/** State of circuit breakers → how many are in it. */
export type BreakerStates = Readonly<Partial<Record<'closed' | 'open' | 'half-open', number>>>;

/** A fair time to answer in: with less, being late is no fault of the server's. */
export const FAIR_MS = 150;

/** Opens when more than half of at least ten requests within ten seconds failed; tries one request after five seconds. */
const BREAKER = { threshold: 0.5, duration: 10_000, minimumRps: 1 };
const HALF_OPEN_MS = 5_000;
/** A server cannot ask for more than this. */
const LONGEST_PAUSE_MS = 60_000;
/** Servers remembered; the one not used for longest is forgotten. */
const SERVERS = 256;

interface State {
  readonly breaker: CircuitBreakerPolicy;
  /** Milliseconds of `performance.now()`. */
  notBefore: number;
}

export function createGuard(): Guard {
  const states = new Map<string, State>();
  const guarded = async (server: string, leftMs: number, ask: () => Promise<Reply>): Promise<Guarded> => {
    const state = states.get(server) ?? { breaker: createBreaker(), notBefore: 0 };
    states.delete(server);
    states.set(server, state);
    if (states.size > SERVERS) states.delete(states.keys().next().value ?? server);
    if (performance.now() < state.notBefore) return { is: 'busy' };
    try {
      const reply = await state.breaker.execute(async () => {
        const answered = await ask();
        const isUnfair = answered.is === 'late' && leftMs < FAIR_MS;
        // While it tries whether a server is well again, only an answer tells.
        if (isUnfair && state.breaker.state === CircuitState.Closed) throw new UnfairError();
        return answered;
      });
      const pause = reply.is === 'status' ? (reply.retryAfterMs ?? 0) : 0;
      if (pause > 0) state.notBefore = performance.now() + Math.min(pause, LONGEST_PAUSE_MS);
      return reply;
    } catch (error) {
      // Asking never throws; else only the open breaker does.
      return { is: error instanceof UnfairError ? 'late' : 'spared' };
    }
  };
  return Object.assign(guarded, { breakers: () => countStates([...states.values()]) });
}

function countStates(states: readonly State[]): BreakerStates {
  const count = (...wanted: readonly CircuitState[]) =>
    states.filter(({ breaker }) => wanted.includes(breaker.state)).length;
  return {
    closed: count(CircuitState.Closed),
    open: count(CircuitState.Open, CircuitState.Isolated),
    'half-open': count(CircuitState.HalfOpen),
  };
}

/** Passes by the breaker, which counts results alone. */
class UnfairError extends Error {}

function createBreaker(): CircuitBreakerPolicy {
  return circuitBreaker(handleWhenResult(isFailure), {
    halfOpenAfter: HALF_OPEN_MS,
    breaker: new SamplingBreaker(BREAKER),
  });
}

/** A refusal (4xx) is an answer of a server that works. */
function isFailure(result: unknown): boolean {
  const reply = result as Reply;
  return reply.is === 'late' || reply.is === 'unreachable' || (reply.is === 'status' && reply.status >= 500);
}
