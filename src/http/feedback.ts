/** `POST /cds-services/{id}/feedback`: what prescribers did with the cards (CDS Hooks 2.0, "Feedback"). */

import { type RequestHandler, Router } from 'express';
import type { Arrival, ServiceEntry } from '../cdshooks/protocol.js';
import { ServiceError } from '../errors.js';
import type { RefusedItem, TakeFeedback } from '../journal/feedback.js';
import { StoreFailingError } from '../journal/store-faults.js';
import { readJsonBody } from './body.js';
import { readFeedback } from './feedback-form.js';
import { methodNotAllowed } from './outcome.js';
import type { Overload } from './overload.js';

export interface FeedbackOptions {
  readonly services: readonly ServiceEntry[];
  readonly maxBody: number;
  readonly overload: Pick<Overload, 'admit' | 'turn'>;
  readonly clock: () => Date;
  readonly takeFeedback: TakeFeedback;
}

const RETRY_SECONDS = 5;

export function feedbackRoutes(options: FeedbackOptions): Router {
  const { overload, services, maxBody } = options;
  const router = Router({ caseSensitive: true });
  for (const { id } of services) {
    router
      .route(`/cds-services/${id}/feedback`)
      .post(
        overload.admit,
        readJsonBody(maxBody, () => overload.turn()),
        answerFeedback(id, options),
      )
      .all(methodNotAllowed('POST', 'OPTIONS'));
  }
  return router;
}

function answerFeedback(service: string, { clock, takeFeedback }: FeedbackOptions): RequestHandler {
  return async (request, response) => {
    response.locals.service = service;
    const { client = '', tenant = '' } = (response.locals as Arrival).caller ?? {};
    const items = readFeedback(request.body, clock());
    const refused = await takeFeedback(items, { service, client, tenant }).catch((error: unknown) => {
      if (!(error instanceof StoreFailingError)) throw error;
      response.set('Retry-After', String(RETRY_SECONDS));
      throw new ServiceError('unavailable', 'The feedback cannot be stored at the moment.', {
        hint: 'Send it again later; what was stored before is not counted twice.',
      });
    });
    if (refused.length > 0) throw refusal(refused);
    response.json({});
  };
}

/** A card of somebody else is as unknown as one that never was. */
function refusal(refused: readonly RefusedItem[]): ServiceError {
  const isUnknown = refused.some(({ why }) => why === 'unknown card');
  const faults = refused.map(({ position, why }) => {
    const field = why === 'unknown card' ? 'card' : 'acceptedSuggestions';
    const expected = why === 'unknown card' ? 'a card of this service' : 'suggestions of this card';
    const expression = `feedback[${position}].${field}`;
    return { expression, message: `${expression}: expected ${expected}.` };
  });
  return new ServiceError(isUnknown ? 'not-found' : 'invalid-request', 'Some feedback was not taken.', {
    hint: 'All other items of the call are stored.',
    faults,
  });
}
