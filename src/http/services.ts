/** `GET /cds-services` and `POST /cds-services/{id}`: discovery and the hook calls. */

import { type RequestHandler, type Response, Router } from 'express';
import { hookRules } from '../cdshooks/hooks.js';
import type { Arrival, CdsResponse, HookRequest, ServiceEntry } from '../cdshooks/protocol.js';
import { ServiceError } from '../errors.js';
import { readJsonBody } from './body.js';
import { isForeign } from './foreign.js';
import { methodNotAllowed } from './outcome.js';
import type { Overload } from './overload.js';
import { validate } from './validate.js';

export interface ServicesOptions {
  readonly services: readonly ServiceEntry[];
  readonly maxBody: number;
  /** Lets a call in or turns it away before its body is read, and says when it may be worked on. */
  readonly overload: Pick<Overload, 'admit' | 'turn'>;
  answer(request: HookRequest, arrival: Arrival): CdsResponse | Promise<CdsResponse>;
}

export function serviceRoutes(options: ServicesOptions): Router {
  const { overload } = options;
  const router = Router({ caseSensitive: true });
  router
    .route('/cds-services')
    .get((_request, response) => {
      response.json({ services: options.services });
    })
    .all(methodNotAllowed('GET', 'HEAD', 'OPTIONS'));
  for (const service of options.services) {
    router
      .route(`/cds-services/${service.id}`)
      .post(
        overload.admit,
        readJsonBody(options.maxBody, () => overload.turn()),
        answerCall(service, options),
      )
      .all(methodNotAllowed('POST', 'OPTIONS'));
  }
  router.all('/cds-services/:id', () => {
    throw new ServiceError('unknown-service', 'No service has this id.', {
      hint: 'GET /cds-services lists the services.',
    });
  });
  return router;
}

function answerCall(service: ServiceEntry, options: ServicesOptions): RequestHandler {
  const rule = hookRules.find(({ hook }) => hook === service.hook);
  if (rule === undefined) throw new Error(`service ${service.id}: no row for its hook in cdshooks/hooks.ts`);
  return async (request, response) => {
    response.locals.service = service.id;
    const { arrivedAt, requestId, caller } = response.locals as Arrival;
    const call = validate(request.body, rule, service.id);
    const fromElsewhere = call.fhirServer !== undefined && isForeign(request);
    const { cards } = await options.answer(call, { arrivedAt, requestId, caller, isForeign: fromElsewhere });
    response.locals.cards = cards.length;
    answerWith(response, cards);
  };
}

/** What Express would send, without what it does for callers that ask whether anything has changed. */
function answerWith(response: Response, cards: CdsResponse['cards']): void {
  // Of a string Node.js makes bytes in three times the room they need.
  const body = Buffer.from(JSON.stringify({ cards }));
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', body.length);
  response.end(body);
}
