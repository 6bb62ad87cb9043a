/** Lets browser clients call the service: from any page while no list of clients is kept, else from their own pages only. */

import type { RequestHandler } from 'express';
import { isOfOperator } from './operator.js';

/**
 * Answers every OPTIONS at once, before anything asks for a token, and marks all other answers, errors included.
 * `Access-Control-Allow-Credentials` is never sent: no call carries a cookie. What is for the operator is for no page.
 * @param origins of the pages that may call; undefined: every page
 */
export function cors(origins: ReadonlySet<string> | undefined): RequestHandler {
  return (request, response, next) => {
    // Where there is a list, it is not on this port.
    if (origins === undefined && isOfOperator(request.url)) {
      next();
      return;
    }
    const isTaken = allowOrigin(request.headers.origin, origins, (name, value) =>
      response.setHeader(name, value),
    );
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    if (isTaken) {
      response.set({
        'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
        'Access-Control-Allow-Headers': 'Content-Type, Authorization',
        'Access-Control-Max-Age': '600',
      });
    }
    response.status(204).end();
  };
}

function allowOrigin(
  origin: string | undefined,
  origins: ReadonlySet<string> | undefined,
  set: (name: string, value: string) => void,
): boolean {
  if (origins !== undefined) {
    // Whether the origin is taken or not: a shared cache must not hand one answer to the other.
    set('Vary', 'Origin');
    if (origin === undefined || !origins.has(origin)) return false;
  }
  set('Access-Control-Allow-Origin', origins === undefined ? '*' : String(origin));
  set('Access-Control-Expose-Headers', 'X-Request-Id');
  return true;
}
