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
    const isBehindProxy = Number(request.app.get('trust proxy')) > 0;
    const requestId = idIn(request, isBehindProxy ? harmlessId : uuid) ?? randomUUID();
    const start = performance.now();
    response.locals.requestId = requestId;
    response.locals.arrivedAt = start;
    response.setHeader('X-Request-Id', requestId);
    response.on('close', () => {
      const { client, service, cards, isProbe } = response.locals;
      if (isProbe) return;
      const ms = Math.round(performance.now() - start);
      const isAnswered = response.writableFinished;
      const { method } = request;
      const status = response.statusCode;
      log.info(
        { requestId, from: addressOf(request, isBehindProxy), method, client, service, cards, status, ms },
        isAnswered ? 'answered' : 'the caller left before the answer was sent',
      );
    });
    next();
  };
}

function idIn({ headers }: Request, taken: RegExp): string | undefined {
  const given = headers['x-request-id'];
  return typeof given === 'string' && taken.test(given) ? given : undefined;
}

/** `X-Forwarded-For` is any text, also from a proxy. */
function addressOf(request: Request, isBehindProxy: boolean): string | undefined {
  if (!isBehindProxy) return request.socket.remoteAddress;
  const { ip = '' } = request;
  return isIP(ip) === 0 ? undefined : ip;
}
