/** `GET /cds-services` and `POST /cds-services/{id}`: discovery and the hook calls. */
import { Router } from 'express';
import { hookRules } from '../cdshooks/hooks.js';
import { ServiceError } from '../errors.js';
import { readJsonBody } from './body.js';
import { methodNotAllowed } from './outcome.js';
import { validate } from './validate.js';
export function serviceRoutes(options) {
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
            .post(overload.admit, readJsonBody(options.maxBody, () => overload.turn()), answerCall(service, options))
            .all(methodNotAllowed('POST', 'OPTIONS'));
    }
    router.all('/cds-services/:id', () => {
        throw new ServiceError('unknown-service', 'No service has this id.', {
            hint: 'GET /cds-services lists the services.',
        });
    });
    return router;
}
function answerCall(service, options) {
    const rule = hookRules.find(({ hook }) => hook === service.hook);
    if (rule === undefined)
        throw new Error(`service ${service.id}: no row for its hook in cdshooks/hooks.ts`);
    return async (request, response) => {
        response.locals.service = service.id;
        const { arrivedAt, requestId, caller } = response.locals;
        const { cards } = await options.answer(validate(request.body, rule, service.id), {
            arrivedAt,
            requestId,
            caller,
        });
        response.locals.cards = cards.length;
        answerWith(response, cards);
    };
}
/** What Express would send, without what it does for callers that ask whether anything has changed. */
function answerWith(response, cards) {
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.end(JSON.stringify({ cards }));
}
//# sourceMappingURL=services.js.map