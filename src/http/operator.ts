/** `GET /metrics` and `GET /insights`: for the operator and the committee for medication safety, not for clients. */

import { type RequestHandler, Router } from 'express';
import { ServiceError } from '../errors.js';
import type { Insights } from '../journal/insights.js';
import { codeOf } from '../journal/store-faults.js';
import type { Log } from '../log.js';
import { isForeign } from './foreign.js';
import type { Metrics } from './metrics.js';
import { methodNotAllowed } from './outcome.js';

export interface OperatorOptions {
  readonly metrics: Pick<Metrics, 'contentType' | 'text'>;
  /** @throws Error of the store */
  readonly insights: (weeks: number) => Promise<Insights>;
  readonly log: Log;
  /** Whether only this machine can call, and so nobody but programs and pages of it. */
  readonly isLocal?: boolean | undefined;
}

/** Whether the address of a call, as it came, leads to what is for the operator: told of any text, also of what is none. */
export function isOfOperator(url: string): boolean {
  return /^(?:https?:\/\/[^/?#]*)?\/(?:metrics|insights)\/?(?:[?#]|$)/.test(url);
}

/** Half a year. */
const WEEKS = 26;
const RETRY_SECONDS = 5;

const FOREIGN = 'For callers of this machine only, by a name of it.';
const BY_NAME = 'Call it as 127.0.0.1 or localhost.';

export function operatorRoutes({ metrics, insights, log, isLocal = false }: OperatorOptions): Router {
  const router = Router({ caseSensitive: true });
  const onlyGet = methodNotAllowed('GET', 'HEAD', 'OPTIONS');
  const ofHere: RequestHandler = (request, _response, next) => {
    if (isLocal && isForeign(request)) throw new ServiceError('not-found', FOREIGN, { hint: BY_NAME });
    next();
  };
  router
    .route('/metrics')
    .all(ofHere)
    .get(async (_request, response) => {
      response.type(metrics.contentType).send(await metrics.text());
    })
    .all(onlyGet);
  router
    .route('/insights')
    .all(ofHere)
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
