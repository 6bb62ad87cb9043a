/** Refuses calls whose headers two parties could read differently, and calls with too many of them. */

import type { RequestHandler } from 'express';
import { ServiceError } from '../errors.js';

/** Node.js drops those beyond a limit of its own without a word; browsers and proxies send thirty or so. */
const maxHeaders = 100;

/** Node.js keeps the first, others the last: who is called, who calls and what is sent must not depend on it. */
const singleHeaders = ['host', 'authorization', 'content-type'] as const;

export const checkHeaders: RequestHandler = (request, _response, next) => {
  if (request.rawHeaders.length > 2 * maxHeaders) {
    throw new ServiceError('too-many-headers', `A call has at most ${maxHeaders} headers.`);
  }
  for (const name of singleHeaders) {
    if ((request.headersDistinct[name]?.length ?? 0) > 1) {
      throw new ServiceError('invalid-request', `${name}: this header stands twice.`);
    }
  }
  const coding = request.headers['transfer-encoding'] ?? 'chunked';
  // Node.js refuses any other one as well, but may have begun to answer by then.
  if (coding.trim().toLowerCase() !== 'chunked') {
    throw new ServiceError('invalid-request', 'transfer-encoding: expected chunked or none.');
  }
  next();
};
