/** The application: which middleware and routes there are, in which order. It does not listen and does not decide. */

import type { Pipeline } from './cdshooks/protocol.js';
import type { Config } from './config.js';
import { type Access, requireToken } from './http/auth.js';
import { bareApp } from './http/bare-app.js';
import { cardPageRoutes } from './http/card-pages.js';
import { cors } from './http/cors.js';
import { healthRoutes } from './http/health.js';
import { answerErrors, notFound } from './http/outcome.js';
import { requestLog } from './http/request-log.js';
import { serviceRoutes } from './http/services.js';
import type { Log } from './log.js';

export type { Pipeline } from './cdshooks/protocol.js';

export interface AppDeps extends Pipeline {
  readonly config: Pick<Config, 'maxBody'>;
  readonly log: Log;
  /** Absent: every caller is taken. */
  readonly access?: Access | undefined;
  ready(): boolean;
}

export function createApp(deps: AppDeps) {
  const app = bareApp();
  app.use(requestLog(deps.log), cors(deps.access?.clients.origins));
  app.use(healthRoutes(deps));
  if (deps.access !== undefined) app.use('/cds-services', requireToken(deps.access, deps.log));
  app.use(
    serviceRoutes({
      services: deps.services,
      maxBody: deps.config.maxBody,
      answer: (request, arrival) => deps.answer(request, arrival),
    }),
  );
  app.use(cardPageRoutes(deps));
  app.use(notFound, answerErrors(deps.log));
  return app;
}
