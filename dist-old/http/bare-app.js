/** An Express application without its defaults: no banner, no ETag, no query string. */
import express, {} from 'express';
/** @param trustProxyHops how many proxies stand before the service, and so how many addresses of `X-Forwarded-For` are true */
export function bareApp(trustProxyHops = 0) {
    const app = express();
    // A number, never `true`: that would take the address that the caller says it has.
    app.set('trust proxy', trustProxyHops);
    app.disable('x-powered-by');
    // Answers hold decisions about one patient at one moment: nobody may keep or compare them.
    app.set('etag', false);
    app.set('case sensitive routing', true);
    // A query string is never read; the default parser would build objects from it.
    app.set('query parser', false);
    return app;
}
//# sourceMappingURL=bare-app.js.map