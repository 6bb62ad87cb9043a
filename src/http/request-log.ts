/** Gives every call an id and one line in the log: ids, status, time and the caller's address, no path and no input. */

import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { isIP } from 'node:net';
import type { Request, RequestHandler } from 'express';
import type { Log } from '../log.js';

/** What an id looks like that nobody wrote by hand: it can be taken from anyone, since it can hold nothing else. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Harmless in a log and a header, though it may be a name or a number of a patient: taken from our own proxy only. */
const harmlessId = /^[\w.-]{1,64}$/;

export function requestLog(log: Log): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id') ?? '';
    const isBehindProxy = Number(request.app.get('trust proxy')) > 0;
    const requestId = (isBehindProxy ? harmlessId : uuid).test(given) ? given : randomUUID();
    const start = performance.now();
    response.locals.requestId = requestId;
    response.locals.arrivedAt = start;
    response.set('X-Request-Id', requestId);
    response.once('close', () => {
      const { client, service, cards, isProbe } = response.locals;
      if (isProbe) return;
      const ms = Math.round(performance.now() - start);
      const isAnswered = response.writableFinished;
      const { method } = request;
      const status = response.statusCode;
      log.info(
        { requestId, from: addressOf(request), method, client, service, cards, status, ms },
        isAnswered ? 'answered' : 'the caller left before the answer was sent',
      );
    });
    next();
  };
}

/** `X-Forwarded-For` is any text, also from a proxy. */
function addressOf({ ip = '' }: Request): string | undefined {
  return isIP(ip) === 0 ? undefined : ip;
}
