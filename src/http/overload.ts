/** Turns calls away, before their bodies are read, while the process has more to do than it can do in time. */

import { performance } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { Request, RequestHandler, Response } from 'express';
import { ServiceError } from '../errors.js';
import { cutUnreadBody, type Receiving } from './body.js';
import { createTurns } from './turns.js';

export interface OverloadLimits {
  /** Calls that are answered at the same time. */
  readonly calls: number;
  /** Bytes of their bodies. */
  readonly bytes: number;
  /** Delay of the event loop, or wait for a turn, at which calls are turned away. */
  readonly delayMs: number;
}

/** 64 MB of bodies become some 300 MB of objects, and more when each member has a name of its own. */
const mostBytes = 64 * 1024 * 1024;
const shareOfHeap = 1 / 16;

/**
 * 256 calls of 4 ms of work each wait for about a second, which is more than an EHR waits; 100 ms of delay is a quarter of
 * ANSWER_MS, spent on nothing.
 * @param heapBytes what V8 may use: bodies are held for as long as their calls wait for a FHIR server
 */
export function limitsWithin(heapBytes: number): OverloadLimits {
  return { calls: 256, bytes: Math.min(mostBytes, Math.floor(heapBytes * shareOfHeap)), delayMs: 100 };
}

/** The part of each limit at which readiness ends: a load balancer looks elsewhere before anything is turned away. */
const readyShare = 0.75;

/** For so long every call must have waited before the wait turns calls away: bursts are answered, up to the number of calls. */
const behindMs = 1_000;

const RETRY_SECONDS = 1;

export interface Overload {
  /** False some time before calls are turned away. */
  ready(): boolean;
  /** Turns a call away for the wait; costs nothing, and so comes before anything that does. */
  readonly shed: RequestHandler;
  /** Lets a call in or turns it away, and counts it, and what has come of its body, until it is answered. */
  readonly admit: RequestHandler;
  /** Resolves when a call that has been read may be worked on. */
  turn(): Promise<void>;
  /** How many calls are in that have no answer yet. */
  calls(): number;
}

/**
 * @param delay of the event loop, in milliseconds, smoothed
 * @param maxBody what a body is expected to be that does not announce its size
 */
export function createOverload(
  delay: () => number,
  maxBody: number,
  limits: OverloadLimits = limitsWithin(getHeapStatistics().heap_size_limit),
): Overload {
  const bytes = Math.max(limits.bytes, maxBody);
  const turns = createTurns(limits.delayMs / 2, behindMs);
  const gate = createGate(maxBody, { ...limits, bytes });
  return {
    ready: () =>
      gate.isBelow(readyShare) &&
      delay() < limits.delayMs * readyShare &&
      turns.behind() < behindMs * readyShare,
    shed: (request, response, next) => {
      const isBehind = turns.behind() >= behindMs && turns.expected() >= limits.delayMs;
      if (isBehind || delay() >= limits.delayMs) throw turnedAway(request, response);
      next();
    },
    admit: gate.admit,
    turn: () => turns.next(),
    calls: gate.calls,
  };
}

/** Counts the calls that are let in, and what has come of their bodies. */
function createGate(maxBody: number, limits: Pick<OverloadLimits, 'calls' | 'bytes'>) {
  let calls = 0;
  let bytes = 0;
  return {
    calls: () => calls,
    isBelow: (share: number) => calls < limits.calls * share && bytes < limits.bytes * share,
    admit: ((request, response, next) => {
      const announced = Number(request.headers['content-length'] ?? maxBody);
      // A body beyond the limit is not read: it is the next step that says so.
      const size = Math.min(announced, maxBody);
      if (calls >= limits.calls || bytes + size > limits.bytes) throw turnedAway(request, response);
      let come = 0;
      calls += 1;
      // What is only announced takes no memory: counted, a few calls that never come would keep out all others.
      const receive: Receiving['receive'] = (chunk) => {
        if (bytes + chunk > limits.bytes) return turnedAway(request, response);
        come += chunk;
        bytes += chunk;
        return undefined;
      };
      Object.assign(response.locals, { receive });
      response.on('close', () => {
        calls -= 1;
        bytes -= come;
      });
      next();
    }) satisfies RequestHandler,
  };
}

function turnedAway(request: Request, response: Response): ServiceError {
  cutUnreadBody(request, response);
  response.set('Retry-After', String(RETRY_SECONDS));
  return new ServiceError('unavailable', 'The service has more calls than it can answer in time.');
}

/** How often the delay is measured, how long the greatest one counts, and over how many of those: a second. */
const delayTimes = { everyMs: 20, lookMs: 100, looks: 10 } as const;

/**
 * The median of the greatest delays in each tenth of the last second: one long call is one of ten, and moves nothing.
 * `monitorEventLoopDelay` is not used: it loses the first delay after each reset, under load the only one.
 */
export function watchDelay(): () => number {
  const { everyMs, lookMs, looks } = delayTimes;
  const recent: number[] = Array.from({ length: looks }, () => 0);
  let last = performance.now();
  let lookedAt = last;
  let greatest = 0;
  let median = 0;
  setInterval(() => {
    const now = performance.now();
    greatest = Math.max(greatest, now - last - everyMs);
    last = now;
    if (now - lookedAt < lookMs) return;
    recent.shift();
    recent.push(greatest);
    greatest = 0;
    lookedAt = now;
    median = recent.toSorted((a, b) => a - b)[looks / 2] ?? 0;
  }, everyMs).unref();
  return () => median;
}
