/** The headers that every answer carries, as helmet writes them: it is asked once, since it says the same each time. */
import { ServerResponse } from 'node:http';
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
/** Names as they are written, with their values. */
function ofHelmet(request) {
    const written = [];
    const recorder = new ServerResponse(request);
    recorder.setHeader = (name, value) => {
        written.push([name, String(value)]);
        return recorder;
    };
    protect(request, recorder, (error) => {
        if (error !== undefined)
            throw new Error('helmet made no headers', { cause: error });
    });
    return written;
}
let headers;
/** Answers hold decisions about one patient at one moment: nobody may keep them, nor a page show them as its own. */
export const markAnswers = (request, response, next) => {
    headers ??= [...ofHelmet(request), ['Cache-Control', 'no-store']];
    for (const [name, value] of headers)
        response.setHeader(name, value);
    next();
};
//# sourceMappingURL=security-headers.js.map