/** The one error class of the service: a closed code, a message and a hint, all three safe to show to the caller. */
/** A fault of a request, told to its caller. Never carries input text, paths of the machine or a stack. */
export class ServiceError extends Error {
    code;
    options;
    /**
     * @param code one of the closed union
     * @param message what was expected, what came and where
     * @param options.hint what to do next; `expression`: FHIRPath-like path of the faulty field, e.g. `context.patientId`;
     *   `faults`: every faulty field, when there are several
     */
    constructor(code, message, options = {}) {
        super(message);
        this.code = code;
        this.options = options;
        this.name = 'ServiceError';
    }
}
//# sourceMappingURL=errors.js.map