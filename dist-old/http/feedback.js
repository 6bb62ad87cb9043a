/** `POST /cds-services/{id}/feedback`: what prescribers did with the cards (CDS Hooks 2.0, "Feedback"). */
import { Router } from 'express';
import { ServiceError } from '../errors.js';
import { StoreFailingError } from '../journal/store-faults.js';
import { readJsonBody } from './body.js';
import { readFeedback } from './feedback-form.js';
import { methodNotAllowed } from './outcome.js';
const RETRY_SECONDS = 5;
export function feedbackRoutes(options) {
    const { overload, services, maxBody } = options;
    const router = Router({ caseSensitive: true });
    for (const { id } of services) {
        router
            .route(`/cds-services/${id}/feedback`)
            .post(overload.admit, readJsonBody(maxBody, () => overload.turn()), answerFeedback(id, options))
            .all(methodNotAllowed('POST', 'OPTIONS'));
    }
    return router;
}
function answerFeedback(service, { clock, takeFeedback }) {
    return async (request, response) => {
        response.locals.service = service;
        const { client = '', tenant = '' } = response.locals.caller ?? {};
        const items = readFeedback(request.body, clock());
        const refused = await takeFeedback(items, { service, client, tenant }).catch((error) => {
            if (!(error instanceof StoreFailingError))
                throw error;
            response.set('Retry-After', String(RETRY_SECONDS));
            throw new ServiceError('unavailable', 'The feedback cannot be stored at the moment.', {
                hint: 'Send it again later; what was stored before is not counted twice.',
            });
        });
        if (refused.length > 0)
            throw refusal(refused);
        response.json({});
    };
}
/** A card of somebody else is as unknown as one that never was. */
function refusal(refused) {
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
//# sourceMappingURL=feedback.js.map