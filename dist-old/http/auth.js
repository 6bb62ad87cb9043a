/** Lets registered clients in and nobody else, before anything of a call but its headers is read. */
import { ServiceError } from '../errors.js';
import { cutUnreadBody } from './body.js';
/** How long a client shall wait when its keys cannot be had, or nothing more can be remembered. */
const RETRY_SECONDS = 30;
/** For the whole of `/cds-services`: what is added below it needs a token too. */
export function requireToken({ clients, discoveryOpen }, log) {
    return async (request, response, next) => {
        const path = `${request.baseUrl}${request.path}`.replace(/\/+$/, '');
        if (discoveryOpen && isDiscovery(request)) {
            next();
            return;
        }
        // `headers` keeps the first of several, and joins none.
        const authorization = request.headersDistinct['authorization'] ?? [];
        const outcome = await clients.authenticate(authorization, path);
        if (outcome.is !== 'known') {
            cutUnreadBody(request, response);
            response.locals.tokenOutcome = outcome.is;
            throw refusalOf(outcome, response, log);
        }
        response.locals.caller = outcome.caller;
        response.locals.client = outcome.caller.client;
        if (!outcome.origins.includes(request.headers.origin ?? '')) {
            response.removeHeader('Access-Control-Allow-Origin');
        }
        next();
    };
}
function isDiscovery(request) {
    return request.path === '/' && (request.method === 'GET' || request.method === 'HEAD');
}
/** One and the same 401 for every reason: which of them it was is for the log alone. */
function refusalOf(outcome, response, log) {
    const { requestId } = response.locals;
    switch (outcome.is) {
        case 'refused':
            log.warn({ requestId, reason: outcome.reason, ...outcome.known }, 'the token of a call was not taken');
            response.set('WWW-Authenticate', 'Bearer');
            return new ServiceError('unauthorized', 'A valid token is needed.');
        case 'unavailable':
            log.error({ requestId, reason: outcome.reason, client: outcome.client }, 'a call could not be checked');
            response.set('Retry-After', String(RETRY_SECONDS));
            return new ServiceError('unavailable', 'The service cannot check who calls at the moment.');
        case 'too many':
            log.warn({ requestId, client: outcome.client }, 'a client made more calls than its rate');
            response.set('Retry-After', String(outcome.retrySeconds));
            return new ServiceError('too-many-calls', 'This client has made more calls than its rate allows.');
    }
}
//# sourceMappingURL=auth.js.map