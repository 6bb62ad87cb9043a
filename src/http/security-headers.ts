/** The headers that every answer carries, as helmet writes them: it is asked once, since it says the same each time. */

import { type IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: ["'unsafe-inline'"],
      formAction: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginResourcePolicy: { policy: 'cross-origin' },
});

type Headers = readonly (readonly [string, string])[];

/** Names as they are written, with their values. */
function ofHelmet(request: IncomingMessage): Headers {
  const written: [string, string][] = [];
  const recorder = new ServerResponse(request);
  recorder.setHeader = (name, value) => {
    written.push([name, String(value)]);
    return recorder;
  };
  protect(request, recorder, (error) => {
    if (error !== undefined) throw new Error('helmet made no headers', { cause: error });
  });
  return written;
}

let headers: Headers | undefined;

/** Answers hold decisions about one patient at one moment: nobody may keep them, nor a page show them as its own. */
export const markAnswers: RequestHandler = (request, response, next) => {
  headers ??= [...ofHelmet(request), ['Cache-Control', 'no-store']];
  for (const [name, value] of headers) response.setHeader(name, value);
  next();
};
