/** An Express application without its defaults: no banner, no ETag, security headers, nothing cached. */

import express, { type Express } from 'express';
import helmet from 'helmet';

/** @param trustProxyHops how many proxies stand before the service, and so how many addresses of `X-Forwarded-For` are true */
export function bareApp(trustProxyHops = 0): Express {
  const app = express();
  // A number, never `true`: that would take the address that the caller says it has.
  app.set('trust proxy', trustProxyHops);
  app.disable('x-powered-by');
  // Answers hold decisions about one patient at one moment: nobody may keep or compare them.
  app.set('etag', false);
  app.set('case sensitive routing', true);
  // A query string is never read; the default parser would build objects from it.
  app.set('query parser', false);
  app.use(
    helmet({
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
    }),
    (_request, response, next) => {
      response.set('Cache-Control', 'no-store');
      next();
    },
  );
  return app;
}
