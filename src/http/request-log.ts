/** Gives every call an id and one line in the log: ids, status and time, no address and no input. */

import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { RequestHandler } from 'express';
import type { Log } from '../log.js';

/** An id that a proxy has given is kept when it is harmless in a log and a header. */
const harmlessId = /^[\w.-]{1,64}$/;

export function requestLog(log: Log): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id') ?? '';
    const requestId = harmlessId.test(given) ? given : randomUUID();
    const start = performance.now();
    response.locals.requestId = requestId;
    response.locals.arrivedAt = start;
    response.set('X-Request-Id', requestId);
    response.once('close', () => {
      const { client, service, cards, isProbe } = response.locals;
      if (isProbe) return;
      const ms = Math.round(performance.now() - start);
      const isAnswered = response.writableFinished;
      log.info(
        { requestId, method: request.method, client, service, cards, status: response.statusCode, ms },
        isAnswered ? 'answered' : 'the caller left before the answer was sent',
      );
    });
    next();
  };
}
