/** `GET /healthz` (the process lives) and `GET /readyz` (it can answer calls), for supervisors and load balancers. */

import { Router } from 'express';
import { methodNotAllowed } from './outcome.js';

export interface HealthOptions {
  /** False while the service is stopping or near its limits. */
  ready(): boolean;
  /** What an operator may want to know: counts of cards, of pending reviews. Nothing of patients. */
  readiness(): Readonly<Record<string, unknown>>;
}

export function healthRoutes(options: HealthOptions): Router {
  const router = Router({ caseSensitive: true });
  const onlyGet = methodNotAllowed('GET', 'HEAD', 'OPTIONS');
  router.use(['/healthz', '/readyz'], (_request, response, next) => {
    // Probes come every few seconds; their lines would drown the calls.
    response.locals.isProbe = true;
    next();
  });
  router
    .route('/healthz')
    .get((_request, response) => {
      response.json({ status: 'ok' });
    })
    .all(onlyGet);
  router
    .route('/readyz')
    .get((_request, response) => {
      const isReady = options.ready();
      const status = isReady ? 'ready' : 'not ready';
      response.status(isReady ? 200 : 503).json({ ...options.readiness(), status });
    })
    .all(onlyGet);
  return router;
}
