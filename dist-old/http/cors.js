/** Lets browser clients call the service: from any page while no list of clients is kept, else from their own pages only. */
/**
 * Answers every OPTIONS at once, before anything asks for a token, and marks all other answers, errors included.
 * `Access-Control-Allow-Credentials` is never sent: no call carries a cookie.
 * @param origins of the pages that may call; undefined: every page
 */
export function cors(origins) {
    return (request, response, next) => {
        const isTaken = allowOrigin(request.headers.origin, origins, (name, value) => response.setHeader(name, value));
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
function allowOrigin(origin, origins, set) {
    if (origins !== undefined) {
        // Whether the origin is taken or not: a shared cache must not hand one answer to the other.
        set('Vary', 'Origin');
        if (origin === undefined || !origins.has(origin))
            return false;
    }
    set('Access-Control-Allow-Origin', origins === undefined ? '*' : String(origin));
    set('Access-Control-Expose-Headers', 'X-Request-Id');
    return true;
}
//# sourceMappingURL=cors.js.map