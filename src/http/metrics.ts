/** Counts of what the service does, for Prometheus: no patient, no prescriber, no address in any label. */

import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { AnsweredCall } from '../journal/decision.js';
import type { WriterState } from '../journal/writer.js';
import { metricsOfAll } from './metrics-of-all.js';
import type { BreakerStates } from '../record/fetch/guard.js';

export interface MetricsSources {
  readonly journal: () => WriterState;
  /** How many circuit breakers of FHIR servers are in which state. */
  readonly breakers: () => BreakerStates;
}

export interface Metrics {
  /** Counts every call of the application it stands in, once it is answered. */
  readonly count: RequestHandler;
  /** Counts the cards of an answer and what could not be read for it. */
  readonly observe: (call: Pick<AnsweredCall, 'cards' | 'record'>) => void;
  readonly contentType: string;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
}

/** ANSWER_MS is 400 unless set; EHRs give up around a second. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2];

export function createMetrics(sources: MetricsSources): Metrics {
  const registers = [new Registry()];
  const [register] = registers as [Registry];
  collectDefaultMetrics({ register, prefix: 'rx_distinct_' });
  gauges(sources, registers);
  const cards = new Counter({
    name: 'rx_distinct_cards_total',
    help: 'Cards given out',
    labelNames: ['topic', 'indicator'],
    registers,
  });
  const unread = new Counter({
    name: 'rx_distinct_unread_total',
    help: 'Calls in which a part of the record could not be read',
    labelNames: ['type', 'reason'],
    registers,
  });
  return {
    count: countCalls(registers),
    observe(call) {
      for (const { indicator, source } of call.cards) cards.inc({ topic: source.topic.code, indicator });
      for (const [type, reason] of call.record.unread) unread.inc({ type, reason });
    },
    contentType: register.contentType,
    text: metricsOfAll(register),
  };
}

function countCalls(registers: Registry[]): RequestHandler {
  const calls = new Counter({
    name: 'rx_distinct_requests_total',
    help: 'Calls answered',
    labelNames: ['service', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'rx_distinct_request_duration_seconds',
    help: 'From the arrival of a call of a service to the end of its answer',
    labelNames: ['service'],
    buckets: SECONDS,
    registers,
  });
  const refused = new Counter({
    name: 'rx_distinct_tokens_refused_total',
    help: 'Calls whose token was not taken: refused, unavailable (could not be checked), too many',
    labelNames: ['outcome'],
    registers,
  });
  return (_request, response, next) => {
    const start = performance.now();
    response.on('close', () => {
      const { service, tokenOutcome } = response.locals as { service?: string; tokenOutcome?: string };
      calls.inc({ service: service ?? 'none', status: String(response.statusCode) });
      if (service !== undefined) seconds.observe({ service }, (performance.now() - start) / 1_000);
      if (tokenOutcome !== undefined) refused.inc({ outcome: tokenOutcome });
    });
    next();
  };
}

/** Read when they are asked for. */
function gauges({ journal, breakers }: MetricsSources, registers: Registry[]): void {
  const gauge = (
    name: string,
    help: string,
    read: (self: Gauge<'state'>) => void,
    // Of several workers together.
    aggregator: 'sum' | 'max' = 'sum',
  ) => {
    const made: Gauge<'state'> = new Gauge({
      name: `rx_distinct_${name}`,
      help,
      labelNames: ['state'],
      registers,
      aggregator,
      collect: () => read(made),
    });
  };
  gauge('journal_queued', 'Entries of the journal that wait', (self) => self.set(journal().queued));
  gauge('journal_dropped', 'Decisions not kept since the start', (self) => self.set(journal().dropped));
  const failing = (self: Gauge<'state'>) => self.set(Number(journal().isFailing));
  gauge('journal_failing', '1 while the journal cannot be written', failing, 'max');
  gauge('fhir_breakers', 'Circuit breakers of FHIR servers, by state', (self) => {
    for (const [state, count] of Object.entries(breakers())) self.set({ state }, count);
  });
}
