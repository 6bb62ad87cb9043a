/** The application: which middleware and routes there are, in which order. It does not listen and does not decide. */

import type { Answerer } from './cdshooks/protocol.js';
import type { Config } from './config.js';
import { type Access, requireToken } from './http/auth.js';
import { bareApp } from './http/bare-app.js';
import { cardPageRoutes } from './http/card-pages.js';
import { checkHeaders } from './http/check-headers.js';
import { cors } from './http/cors.js';
import { type HealthOptions, healthRoutes } from './http/health.js';
import type { Metrics } from './http/metrics.js';
import { operatorRoutes, type OperatorOptions } from './http/operator.js';
import { answerErrors, notFound } from './http/outcome.js';
import { feedbackRoutes } from './http/feedback.js';
import { createOverload, type Overload } from './http/overload.js';
import { oneLayer } from './http/one-layer.js';
import { requestLog } from './http/request-log.js';
import { markAnswers } from './http/security-headers.js';
import { serviceRoutes } from './http/services.js';
import type { TakeFeedback } from './journal/feedback.js';
import type { Log } from './log.js';

/** What is for the operator: on this port only while no list of clients is kept. */
export interface Operator {
  readonly metrics: Metrics;
  readonly insights: OperatorOptions['insights'];
}

export interface AppDeps extends Answerer {
  readonly config: Pick<Config, 'maxBody'> & Partial<Pick<Config, 'trustProxyHops' | 'isLocal'>>;
  readonly log: Log;
  /** Absent: every caller is taken. */
  readonly access?: Access | undefined;
  /** Absent: no feedback is taken. */
  readonly takeFeedback?: TakeFeedback;
  /** Absent: nothing is counted and no figures are told. */
  readonly operator?: Operator;
  /** Time of the service; absent: of the machine. */
  readonly clock?: () => Date;
  /** Absent: the delay of the event loop is not looked at. */
  readonly overload?: Overload;
  ready(): boolean;
}

export function createApp(deps: AppDeps) {
  const { maxBody, trustProxyHops, isLocal } = deps.config;
  const overload = deps.overload ?? createOverload(() => 0, maxBody);
  const app = bareApp(trustProxyHops);
  const count = deps.operator === undefined ? [] : [deps.operator.metrics.count];
  const origins = deps.access?.clients.origins;
  app.use(oneLayer(markAnswers, requestLog(deps.log), ...count, checkHeaders, cors(origins)));
  app.use('/cds-services', overload.shed);
  if (deps.access !== undefined) app.use('/cds-services', requireToken(deps.access, deps.log));
  const called = { services: deps.services, maxBody, overload };
  const { takeFeedback, clock = () => new Date() } = deps;
  // What is called most comes first.
  app.use(serviceRoutes({ ...called, answer: (request, arrival) => deps.answer(request, arrival) }));
  if (takeFeedback !== undefined) app.use(feedbackRoutes({ ...called, takeFeedback, clock }));
  app.use(healthRoutes({ ...deps, ready: () => deps.ready() && overload.ready() }));
  app.use(cardPageRoutes(deps));
  if (deps.operator !== undefined && deps.access === undefined)
    app.use(operatorRoutes({ ...deps.operator, log: deps.log, isLocal }));
  app.use(notFound, answerErrors(deps.log));
  return app;
}

/** What is for the operator alone, on a port of its own: clients neither see nor reach it. */
export function createOperatorApp(deps: HealthOptions & Operator & { readonly log: Log }) {
  const app = bareApp();
  app.use(oneLayer(markAnswers, requestLog(deps.log), checkHeaders));
  app.use(healthRoutes(deps), operatorRoutes(deps));
  app.use(notFound, answerErrors(deps.log));
  return app;
}
