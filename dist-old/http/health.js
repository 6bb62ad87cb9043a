/** `GET /healthz` (the process lives) and `GET /readyz` (it can answer calls), for supervisors and load balancers. */
import { Router } from 'express';
import { methodNotAllowed } from './outcome.js';
export function healthRoutes(options) {
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
//# sourceMappingURL=health.js.map