/** Lets browser clients call the service: any origin, since no call carries a cookie and none is told apart by its origin. */

import type { RequestHandler } from 'express';

/**
 * Answers every OPTIONS at once, before anything asks for a token, and marks all other answers, errors included.
 * `Access-Control-Allow-Credentials` is never sent.
 */
export const cors: RequestHandler = (request, response, next) => {
  response.set({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'X-Request-Id' });
  if (request.method !== 'OPTIONS') {
    next();
    return;
  }
  response.set({
    'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
    'Access-Control-Allow-Headers': 'Content-Type, Authorization',
    'Access-Control-Max-Age': '600',
  });
  response.status(204).end();
};
