/** Spares FHIR servers that fail: a circuit breaker for each base, and the pause a server has asked for. */

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
  (base: string, ask: () => Promise<Reply>): Promise<Guarded>;
  breakers(): BreakerStates;
}

/** State of circuit breakers → how many are in it. */
export type BreakerStates = Readonly<Partial<Record<'closed' | 'open' | 'half-open', number>>>;

/** Opens when more than half of at least ten requests within ten seconds failed; tries one request after five seconds. */
const BREAKER = { threshold: 0.5, duration: 10_000, minimumRps: 1 };
const HALF_OPEN_MS = 5_000;
/** A server cannot ask for more than this. */
const LONGEST_PAUSE_MS = 60_000;
/** Bases remembered; the one not used for longest is forgotten. */
const BASES = 256;

interface State {
  readonly breaker: CircuitBreakerPolicy;
  /** Milliseconds of `performance.now()`. */
  notBefore: number;
}

export function createGuard(): Guard {
  const states = new Map<string, State>();
  const guarded = async (base: string, ask: () => Promise<Reply>): Promise<Guarded> => {
    const state = states.get(base) ?? { breaker: createBreaker(), notBefore: 0 };
    states.delete(base);
    states.set(base, state);
    if (states.size > BASES) states.delete(states.keys().next().value ?? base);
    if (performance.now() < state.notBefore) return { is: 'busy' };
    try {
      const reply = await state.breaker.execute(ask);
      const pause = reply.is === 'status' ? (reply.retryAfterMs ?? 0) : 0;
      if (pause > 0) state.notBefore = performance.now() + Math.min(pause, LONGEST_PAUSE_MS);
      return reply;
    } catch {
      // Asking never throws; only the open breaker does.
      return { is: 'spared' };
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
