/** `GET /metrics` and `GET /insights`: for the operator and the committee for medication safety, not for clients. */

import { Router } from 'express';
import { ServiceError } from '../errors.js';
import type { Insights } from '../journal/insights.js';
import { codeOf } from '../journal/store-faults.js';
import type { Log } from '../log.js';
import type { Metrics } from './metrics.js';
import { methodNotAllowed } from './outcome.js';

export interface OperatorOptions {
  readonly metrics: Pick<Metrics, 'contentType' | 'text'>;
  /** @throws Error of the store */
  readonly insights: (weeks: number) => Promise<Insights>;
  readonly log: Log;
}

/** Half a year. */
const WEEKS = 26;
const RETRY_SECONDS = 5;

export function operatorRoutes({ metrics, insights, log }: OperatorOptions): Router {
  const router = Router({ caseSensitive: true });
  const onlyGet = methodNotAllowed('GET', 'HEAD', 'OPTIONS');
  router
    .route('/metrics')
    .get(async (_request, response) => {
      response.type(metrics.contentType).send(await metrics.text());
    })
    .all(onlyGet);
  router
    .route('/insights')
    .get(async (request, response) => {
      const weeks = weeksIn(request.url);
      const figures = await insights(weeks).catch((error: unknown) => {
        log.error(
          { requestId: response.locals.requestId, fault: codeOf(error) },
          'the figures could not be read',
        );
        response.set('Retry-After', String(RETRY_SECONDS));
        throw new ServiceError('unavailable', 'The journal cannot be read at the moment.');
      });
      response.json(figures);
    })
    .all(onlyGet);
  return router;
}

/** Express reads no query string in this service. */
function weeksIn(url: string): number {
  const asked = new URLSearchParams(url.split('?')[1]).get('weeks');
  if (asked === null) return WEEKS;
  if (!/^[1-9]\d{0,2}$/.test(asked)) {
    throw new ServiceError('invalid-request', 'weeks: expected a number from 1 to 999.', {
      expression: 'weeks',
    });
  }
  return Number(asked);
}
