/** Several middlewares as one layer of Express, whose own work for a layer is more than that of most of them. */
/** @param handlers that call `next` at once, answer the call, or throw */
export function oneLayer(...handlers) {
    return (request, response, next) => {
        let isPassed = true;
        const pass = () => {
            isPassed = true;
        };
        for (const handler of handlers) {
            isPassed = false;
            void handler(request, response, pass);
            if (!isPassed)
                return;
        }
        next();
    };
}
//# sourceMappingURL=one-layer.js.map